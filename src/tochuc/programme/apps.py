from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "tochuc.programme"
    label = "programme"

    def ready(self) -> None:
        from tochuc.programme import due, oversight, scope

        scope.setup()
        due.setup()
        oversight.setup()

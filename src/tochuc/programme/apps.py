from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "tochuc.programme"
    label = "programme"

    def ready(self) -> None:
        from tochuc.programme import scope

        scope.setup()

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "tochuc.cases"
    label = "cases"

    def ready(self) -> None:
        from tochuc.cases import due, following, scope

        scope.setup()
        due.setup()
        following.setup()

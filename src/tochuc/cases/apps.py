from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "tochuc.cases"
    label = "cases"

    def ready(self) -> None:
        from tochuc.cases import due, following, lapse_due, scope

        scope.setup()
        due.setup()
        lapse_due.setup()
        following.setup()

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "tochuc.reports"
    label = "reports"

    def ready(self) -> None:
        from tochuc.reports import scope

        scope.setup()

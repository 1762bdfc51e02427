from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "tochuc.jobs"
    label = "jobs"

    def ready(self) -> None:
        from tochuc.jobs import scope

        scope.setup()

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "tochuc.access"
    label = "access"

    def ready(self) -> None:
        from tochuc.access import scope

        scope.setup()

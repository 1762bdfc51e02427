from django.apps import AppConfig


class ChangesConfig(AppConfig):
    name = "tochuc.changes"
    label = "changes"

    def ready(self) -> None:
        from tochuc.changes import scope

        scope.setup()

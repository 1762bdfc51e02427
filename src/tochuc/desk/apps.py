from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "tochuc.desk"
    label = "desk"

    def ready(self) -> None:
        from tochuc.desk import due

        due.setup()

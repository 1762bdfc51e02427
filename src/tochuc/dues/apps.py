from django.apps import AppConfig


class DuesConfig(AppConfig):
    name = "tochuc.dues"
    label = "dues"

    def ready(self) -> None:
        from tochuc.dues import due, following

        due.setup()
        following.setup()

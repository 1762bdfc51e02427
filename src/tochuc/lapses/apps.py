from django.apps import AppConfig


class LapsesConfig(AppConfig):
    name = "tochuc.lapses"
    label = "lapses"

    def ready(self) -> None:
        from tochuc.lapses import due

        due.setup()

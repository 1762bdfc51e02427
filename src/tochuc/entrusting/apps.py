from django.apps import AppConfig


class EntrustingConfig(AppConfig):
    name = "tochuc.entrusting"
    label = "entrusting"

    def ready(self) -> None:
        from tochuc.entrusting import due

        due.setup()

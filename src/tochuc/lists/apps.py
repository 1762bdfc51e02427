from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "tochuc.lists"
    label = "lists"

    def ready(self) -> None:
        from tochuc.lists import badge_due, card_due

        badge_due.setup()
        card_due.setup()

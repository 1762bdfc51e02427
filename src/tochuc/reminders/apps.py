from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "tochuc.reminders"
    label = "reminders"

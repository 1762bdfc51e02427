from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "tochuc.duties"
    label = "duties"

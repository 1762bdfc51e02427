from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    name = "tochuc.regulations"
    label = "regulations"

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "tochuc.programme"
    label = "programme"

from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "tochuc.org"
    label = "org"

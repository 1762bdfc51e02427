from django.apps import AppConfig


class ReorganiseConfig(AppConfig):
    name = "tochuc.reorganise"
    label = "reorganise"

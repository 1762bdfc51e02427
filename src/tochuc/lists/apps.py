from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "tochuc.lists"
    label = "lists"

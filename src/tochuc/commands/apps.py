from django.apps import AppConfig


class CommandsConfig(AppConfig):
    name = "tochuc.commands"
    label = "commands"

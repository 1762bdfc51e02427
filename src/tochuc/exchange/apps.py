from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "tochuc.exchange"
    label = "exchange"

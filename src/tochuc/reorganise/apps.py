from django.apps import AppConfig


class ReorganiseConfig(AppConfig):
    name = "tochuc.reorganise"
    label = "reorganise"

    def ready(self) -> None:
        from tochuc.reorganise import running_cases, scope

        scope.setup()
        running_cases.setup()

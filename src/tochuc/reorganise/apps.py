from django.apps import AppConfig


class ReorganiseConfig(AppConfig):
    name = "tochuc.reorganise"
    label = "reorganise"

    def ready(self) -> None:
        from tochuc.reorganise import running_cases, running_cells, scope

        scope.setup()
        running_cases.setup()
        running_cells.setup()

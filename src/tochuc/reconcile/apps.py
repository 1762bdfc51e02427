from django.apps import AppConfig


class ReconcileConfig(AppConfig):
    name = "tochuc.reconcile"
    label = "reconcile"

    def ready(self) -> None:
        from tochuc.reconcile import due, scope

        scope.setup()
        due.setup()

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "tochuc.procedures"
    label = "procedures"

    def ready(self) -> None:
        from tochuc.procedures import every

        every.register_all()

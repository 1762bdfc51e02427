from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "tochuc.documents"
    label = "documents"

    def ready(self) -> None:
        from tochuc.documents import scope

        scope.setup()

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "tochuc.meetings"
    label = "meetings"

    def ready(self) -> None:
        from tochuc.meetings import due, scope

        scope.setup()
        due.setup()

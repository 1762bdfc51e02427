from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "tochuc.duties"
    label = "duties"

    def ready(self) -> None:
        from tochuc.duties import from_members, from_organisations, from_party_age, from_transfers

        from_members.setup()
        from_organisations.setup()
        from_transfers.setup()
        from_party_age.setup()

from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "tochuc.members"
    label = "members"

    def ready(self) -> None:
        from tochuc.members import scope, totalling
        from tochuc.org import tree

        scope.setup()
        tree.follow(totalling.following_tree)

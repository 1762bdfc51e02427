from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "tochuc.members"
    label = "members"

    def ready(self) -> None:
        from tochuc.members import branch_names, scope, totalling
        from tochuc.org import heirs, tree

        scope.setup()
        tree.follow(totalling.following_tree)
        tree.follow(branch_names.following_tree)
        heirs.follow(branch_names.following_heirs)

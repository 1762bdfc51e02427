"""``tochuc migrate``: make or upgrade the tables as the owner, then give the application its rights."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand, call_command

from tochuc.access import grants


class Command(BaseCommand):
    help = "Tạo hoặc nâng cấp bảng, rồi cấp quyền cho ứng dụng."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        grants.ensure_role()
        quiet = {"verbosity": 0 if options["verbosity"] < 2 else 1}
        call_command("migrate", database="owner", interactive=False, **quiet)
        call_command("createcachetable", database="owner", **quiet)
        grants.grant()

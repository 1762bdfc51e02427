"""``tochuc second-factor off``: for one who lost both the telephone and the codes kept for that."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from tochuc.access import factors
from tochuc.audit.record import NOBODY
from tochuc.commands.naming import account_named


class Command(BaseCommand):
    help = "Tắt xác thực hai bước của một tài khoản, khi chủ tài khoản mất điện thoại và mã dự phòng."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["off"])
        parser.add_argument("username")
        parser.add_argument("--reason", required=True, help="lý do, lưu cùng vết")

    def handle(self, *args: Any, **options: Any) -> None:
        account = account_named(options["username"])
        if not factors.is_on(account):
            raise CommandError("Tài khoản này không bật xác thực hai bước.")
        factors.turn_off(account, by=NOBODY, reason=options["reason"])
        self.stdout.write(f"Đã tắt xác thực hai bước của {account.username}.")

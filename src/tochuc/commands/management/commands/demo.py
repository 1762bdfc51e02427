"""``tochuc demo``: make the tables, and load the demonstration district into an empty database."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser, call_command

from tochuc.access.clock import today
from tochuc.exchange.demo.load import greeting, is_empty, load


class Command(BaseCommand):
    help = "Nạp huyện trình diễn vào cơ sở dữ liệu trống."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="không báo lỗi khi đã có dữ liệu")
        parser.add_argument(
            "--until",
            type=date.fromisoformat,
            metavar="NGÀY",
            help="nạp đến ngày này, viết như 2025-07-01; từ 2025 có cả các đợt sắp xếp tổ chức",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("prepare")
        if not is_empty():
            if options["if_empty"]:
                return
            raise CommandError("Cơ sở dữ liệu đã có dữ liệu; chỉ nạp bản trình diễn vào cơ sở dữ liệu trống.")
        began = time.monotonic()
        self.stdout.write("Đang nạp huyện trình diễn…")
        until = options["until"] or today()
        try:
            district = load(until)
        except ValueError as unknown:
            raise CommandError(str(unknown)) from unknown
        self.stdout.write(
            f"Đã nạp {len(district.orgs)} tổ chức, {len(district.people)} người "
            f"trong {time.monotonic() - began:.0f} giây."
        )
        if not options["if_empty"]:
            self.stdout.write(greeting(until))
        if until > today():
            self.stdout.write(f"  Chạy ở ngày đó: TOCHUC_TODAY={until} tochuc serve")

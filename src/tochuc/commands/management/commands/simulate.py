"""``tochuc simulate``: a made-up country of any size in an empty database, whose tables it makes, to measure with."""

from __future__ import annotations

import os
import time
from datetime import date
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser, call_command

from tochuc.access.clock import today
from tochuc.exchange.simulate.load import NotEmpty, simulate

_LEAST, _MOST = 100, 20_000_000
_DAY_ONE = date(2010, 1, 1)


class Command(BaseCommand):
    help = "Tạo một đảng bộ giả định cỡ bất kỳ trong cơ sở dữ liệu trống, để đo tốc độ."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--members", type=int, required=True, metavar="N", help="số đảng viên hiện có")
        parser.add_argument("--seed", type=int, default=2026, help="cùng số này thì cùng dữ liệu")
        parser.add_argument("--until", type=date.fromisoformat, metavar="NGÀY", help="viết như 2025-12-31")
        parser.add_argument(
            "--processes", type=int, default=os.cpu_count() or 1, help="số tiến trình cùng viết"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        until = options["until"] or today()
        if not _LEAST <= options["members"] <= _MOST:
            raise CommandError(f"--members: cần một số từ {_LEAST} đến {_MOST}.")
        if not _DAY_ONE <= until <= today():
            raise CommandError(f"--until: cần một ngày từ {_DAY_ONE} đến hôm nay.")
        call_command("prepare")
        self._began = time.monotonic()
        try:
            simulate(
                options["members"],
                seed=options["seed"],
                until=until,
                processes=options["processes"],
                say=self._say,
            )
        except NotEmpty as full:
            raise CommandError(
                "Cơ sở dữ liệu đã có tổ chức hoặc đảng viên; chỉ tạo trong cơ sở dữ liệu trống."
            ) from full
        self._say("xong")

    def _say(self, what: str) -> None:
        self.stdout.write(f"[{time.monotonic() - self._began:6.0f} s] {what}")

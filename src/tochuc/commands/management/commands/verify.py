"""``tochuc check``: is the record whole? Each violation is named with how to mend it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.core.management import BaseCommand, CommandParser
from django.db import connection, transaction

from tochuc.access.clock import today
from tochuc.audit.verify import broken
from tochuc.kernel.violations import MOST, ORGANISATION, PERSON, TRAIL, Violation
from tochuc.members import balances, branch_names, joining_days, refolding
from tochuc.members.invariants import REFOLD, violations
from tochuc.org.bulk import restand
from tochuc.org.invariants import REFOLD as RESTAND
from tochuc.org.models import Organisation

_SAMPLE = 2000
_TRAIL_MEND = "giữ nguyên cơ sở dữ liệu, đối chiếu với bản sao lưu gần nhất và báo người quản trị"


class Command(BaseCommand):
    help = "Kiểm tra sổ đảng viên, cây tổ chức và nhật ký; in từng chỗ sai và cách sửa."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text", help="json: để máy đọc")
        parser.add_argument(
            "--refold",
            default=str(_SAMPLE),
            type=_most,
            metavar="N",
            help="tổng hợp thử lại sổ của chừng N người để so, hoặc all: tất cả",
        )
        parser.add_argument("--mend", action="store_true", help="sửa những chỗ chỉ cần tổng hợp lại")

    def handle(self, *args: Any, **options: Any) -> None:
        self._whole = options["format"] == "text"
        found = []
        for one in _all(options["refold"]):
            found.append(one)
            if self._whole:
                self.stdout.write(f"{one.code}: {one.what} — {one.mend}")
        if options["mend"]:
            self._mend(found)
        self._conclude(found)
        if found:
            sys.exit(1)

    def _conclude(self, found: list[Violation]) -> None:
        if not self._whole:
            said = {"ok": not found, "violations": [asdict(one) for one in found]}
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=1))
            return
        for code, n in Counter(one.code for one in found).items():
            if n >= MOST:
                self.stdout.write(f"{code}: mới nêu {MOST} chỗ đầu, còn nữa.")
        self.stdout.write("Đạt: sổ và nhật ký khớp." if not found else f"Có {len(found)} chỗ cần xem.")

    def _mend(self, found: list[Violation]) -> None:
        people = {one.key for one in found if one.kind == PERSON and one.mend == REFOLD}
        units = {one.key for one in found if one.kind == ORGANISATION and one.mend == RESTAND}
        if units:
            with transaction.atomic():
                restand(list(Organisation.objects.filter(code__in=units)))
        totals = {one.key for one in found if one.kind == ORGANISATION and one.mend == balances.RETOTAL}
        lists = {one.key for one in found if one.kind == ORGANISATION and one.mend == branch_names.RELIST}
        days = {one.key for one in found if one.kind == PERSON and one.mend == joining_days.RECOUNT}
        refolding.mend(people)
        with transaction.atomic():
            joining_days.mend(days)
        people |= days
        if totals:
            with transaction.atomic():
                balances.mend_totals(totals)
        if lists:
            with transaction.atomic():
                branch_names.mend(lists)
        units |= totals | lists
        if self._whole:
            self.stdout.write(
                f"Đã tổng hợp lại {len(people)} người, {len(units)} tổ chức; hãy kiểm tra lại một lần nữa."
            )


def _most(typed: str) -> int | None:
    """How many people are folded again; None for all of them."""
    return None if typed == "all" else int(typed)


def _all(most: int | None) -> Iterator[Violation]:
    """Every check in turn."""
    with connection.cursor() as cursor:
        # Whole tables are sorted and joined: what a page may take would send them through the disk.
        cursor.execute("SET work_mem = '256MB'")
        cursor.execute("SET max_parallel_workers_per_gather = 2")
        cursor.execute("SET jit = off")
    yield from violations()
    yield from refolding.differences(refolding.sample(most))
    yield from balances.unequal(today())
    for stream, sequence, what in broken():
        yield Violation("audit", TRAIL, f"{stream}/{sequence}", "nhật ký", what, _TRAIL_MEND)

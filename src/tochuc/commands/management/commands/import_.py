"""``tochuc import``: bring a list of members in from a spreadsheet, or undo having done so."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from tochuc.access.clock import today
from tochuc.changes import queries
from tochuc.changes.actions import undo
from tochuc.commands.naming import actor_named, organisation_coded
from tochuc.exchange.branch.read import import_branch
from tochuc.exchange.imports import telling
from tochuc.exchange.imports.movements import import_movements
from tochuc.exchange.imports.organisations import import_organisations
from tochuc.exchange.imports.plan import Planned, planned, read_alone
from tochuc.exchange.imports.posts import import_posts
from tochuc.exchange.imports.readings import corrections_for, keep_for_kind
from tochuc.exchange.imports.write import Written, check_day, import_members
from tochuc.exchange.intake.command import UNREADABLE
from tochuc.exchange.intake.corrections import EVERY_SHEET, NONE, Corrections, WrongCorrection, parse_columns
from tochuc.exchange.intake.refused import Unreadable
from tochuc.kernel.errors import DomainError
from tochuc.kernel.known_dates import parse_day
from tochuc.org.models import Organisation


class Command(BaseCommand):
    help = "Nhập danh sách đảng viên, biến động, tổ chức, chức vụ từ bảng tính, hoặc hoàn tác lần nhập đó."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        members = what.add_parser("members", help="nhập danh sách đảng viên")
        members.add_argument("file", type=Path, help="tệp .xlsx, .xls, .ods hoặc .csv")
        members.add_argument("--org", required=True, metavar="MÃ", help="tổ chức có danh sách")
        members.add_argument("--dry-run", action="store_true", help="chỉ xem trước, không ghi gì")
        members.add_argument("--format", choices=("text", "json"), default="text")
        members.add_argument("--on", metavar="NGÀY", help="danh sách lập đến ngày nào; mặc định là hôm nay")
        members.add_argument("--account", metavar="TÊN", help="tài khoản người nhập, ghi vào nhật ký")
        members.add_argument(
            "--map", action="append", default=[], metavar="CỘT=MỤC",
            help="cột này là mục này, ví dụ B=full_name; «K=» để không dùng cột K",
        )  # fmt: skip
        members.add_argument("--sheet", action="append", default=[], metavar="TÊN", help="chỉ đọc bảng này")
        members.add_argument("--header-row", type=int, metavar="SỐ", help="tiêu đề nằm ở dòng này")
        members.add_argument("--keep-map", action="store_true", help="ghi nhớ --map cho loại tệp này")
        for name, about in (
            ("organisations", "nhập danh sách tổ chức đảng thành cây tổ chức"),
            ("posts", "nhập danh sách chức vụ và người giữ"),
        ):
            units = what.add_parser(name, help=about)
            units.add_argument("file", type=Path, help="tệp .xlsx, .xls, .ods hoặc .csv")
            units.add_argument(
                "--org", required=True, metavar="MÃ", help="tổ chức của danh sách, kèm cấp dưới"
            )
            units.add_argument("--dry-run", action="store_true", help="chỉ xem trước, không ghi gì")
            units.add_argument("--on", metavar="NGÀY", help="ngày của dòng không ghi ngày")
            units.add_argument("--account", metavar="TÊN", help="tài khoản người nhập, ghi vào nhật ký")
        moves = what.add_parser("movements", help="nhập danh sách biến động đã qua")
        moves.add_argument("file", type=Path, help="tệp .xlsx, .xls, .ods hoặc .csv")
        moves.add_argument("--org", required=True, metavar="MÃ", help="tổ chức có danh sách")
        moves.add_argument("--dry-run", action="store_true", help="chỉ xem trước, không ghi gì")
        moves.add_argument("--format", choices=("text", "json"), default="text")
        moves.add_argument("--account", metavar="TÊN", help="tài khoản người nhập, ghi vào nhật ký")
        branch = what.add_parser("branch", help="nhập bản xuất toàn bộ vào cơ sở dữ liệu trống")
        branch.add_argument("folder", type=Path, help="thư mục do tochuc export ghi ra")
        branch.add_argument("--account", metavar="TÊN", help="tài khoản người nhập, ghi vào nhật ký")
        back = what.add_parser("undo", help="hoàn tác một lần nhập")
        back.add_argument("ref", metavar="MÃ", help="mã lần nhập")
        back.add_argument("--reason", required=True, help="lý do hoàn tác")
        back.add_argument("--account", metavar="TÊN", help="tài khoản người hoàn tác, ghi vào nhật ký")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["what"] == "undo":
                self._undo(options)
            elif options["what"] in ("organisations", "posts"):
                self._units(options)
            elif options["what"] == "movements":
                self._movements(options)
            elif options["what"] == "branch":
                self._branch(options)
            elif options["dry_run"]:
                self._look(options)
            else:
                self._write(options)
        except Unreadable as refusal:
            self.stderr.write(refusal.message)
            sys.exit(UNREADABLE)
        except DomainError as refused:
            raise CommandError(refused.message) from refused

    def _look(self, options: dict[str, Any]) -> None:
        rows: list[Planned] = []
        for one in self._found(options):
            if options["format"] == "json":
                row = one.row if isinstance(one, Planned) else one
                self.stdout.write(json.dumps(row, ensure_ascii=False))
            elif isinstance(one, Planned):
                rows.append(one)
            else:
                self.stdout.write(telling.head(one))
        if options["format"] == "text":
            for line in telling.preview(rows):
                self.stdout.write(line)

    def _found(self, options: dict[str, Any]) -> Iterator[dict[str, Any] | Planned]:
        file, organisation = options["file"], _organisation(options["org"])
        if organisation is not None:
            return planned(
                file,
                file.name,
                organisation=organisation,
                as_of=_day(options["on"]),
                today=today(),
                corrections=_corrections(options, organisation),
            )
        # What a file says can be read before there is anything to compare it with.
        self.stderr.write(f"Chưa có tổ chức mã «{options['org']}» trong sổ nên chỉ đọc tệp, không đối chiếu.")
        return read_alone(file, file.name, today=today(), corrections=_corrections(options, None))

    def _write(self, options: dict[str, Any]) -> None:
        organisation = organisation_coded(options["org"])
        corrections = _corrections(options, organisation)
        if options["keep_map"]:
            keep_for_kind(
                options["file"], corrections, organisation=organisation, by=actor_named(options["account"])
            )
        written = import_members(
            options["file"],
            options["file"].name,
            organisation=organisation,
            as_of=_day(options["on"]),
            today=today(),
            by=actor_named(options["account"]),
            progress=self._tell,
            corrections=corrections,
        )
        if options["format"] == "json":
            self.stdout.write(json.dumps(_as_json(written), ensure_ascii=False))
            return
        for line in telling.written(written):
            self.stdout.write(line)

    def _units(self, options: dict[str, Any]) -> None:
        organisation = organisation_coded(options["org"])
        given: dict[str, Any] = {
            "under": organisation,
            "as_of": _day(options["on"]),
            "by": actor_named(options["account"]),
            "dry_run": options["dry_run"],
        }
        file: Path = options["file"]
        if options["what"] == "posts":
            seated = import_posts(file, file.name, today=today(), **given)
            told = [(one.row.number, one.title, one.why, one.action) for one in seated.rows]
        else:
            founded = import_organisations(file, file.name, **given)
            told = [(one.row.number, one.name, one.why, one.action) for one in founded.rows]
        self._tell_rows(told, dry_run=options["dry_run"])
        changeset = seated.changeset if options["what"] == "posts" else founded.changeset
        if changeset is not None and not options["dry_run"]:
            self.stdout.write(
                f"Mã lần nhập: {changeset.ref}. Hoàn tác: tochuc import undo {changeset.ref} --reason …"
            )

    def _tell_rows(self, told: list[tuple[int, str, str, str]], *, dry_run: bool) -> None:
        for number, name, why, _ in told:
            if why:
                self.stdout.write(f"  dòng {number}, {name}: TỪ CHỐI: {why}")
        counts = Counter(action for *_, action in told)
        word = "Sẽ" if dry_run else "Đã"
        self.stdout.write(
            f"{word}: tạo mới {counts['create']}, giữ nguyên {counts['same']}, từ chối {counts['refuse']}."
        )

    def _movements(self, options: dict[str, Any]) -> None:
        organisation = organisation_coded(options["org"])
        file: Path = options["file"]
        done = import_movements(
            file,
            file.name,
            organisation=organisation,
            today=today(),
            by=actor_named(options["account"]),
            progress=self._tell,
            corrections=corrections_for(organisation),
            dry_run=options["dry_run"],
        )
        if options["format"] == "json":
            for one in done.in_order():
                self.stdout.write(json.dumps(one, ensure_ascii=False))
            return
        for line in telling.moved(done, dry_run=options["dry_run"]):
            self.stdout.write(line)

    def _branch(self, options: dict[str, Any]) -> None:
        counts = import_branch(options["folder"], by=actor_named(options["account"]))
        for label, rows in counts.items():
            self.stdout.write(f"{label}: {rows}")

    def _tell(self, read: int, total: int) -> None:
        if total:
            self.stderr.write(f"Đã đọc {read} dòng…")

    def _undo(self, options: dict[str, Any]) -> None:
        changeset = queries.by_ref(options["ref"])
        if changeset is None:
            raise CommandError(f"Không có lần nhập mã «{options['ref']}».")
        undone = undo(changeset, by=actor_named(options["account"]), reason=options["reason"])
        units = f", {undone.made} tổ chức và chức vụ" if undone.made else ""
        self.stdout.write(f"Đã hoàn tác {undone.people} hồ sơ{units} của «{changeset.name}».")
        for one in undone.kept:
            self.stdout.write(f"  Giữ nguyên {one.change.person.full_name}: {'; '.join(one.conflicts)}.")


def _as_json(written: Written) -> dict[str, Any]:
    return {
        "changeset": written.changeset.ref if written.changeset else None,
        "counts": {action: written.counts[action] for action in ("create", "change", "same", "refuse")},
        "refused": [
            {"sheet": one.row["sheet"], "row": one.row["row"], "errors": one.findings}
            for one in written.refused
        ],
    }


def _organisation(code: str) -> Organisation | None:
    """The organisation of that code; None also where the database has no tables yet."""
    try:
        return Organisation.objects.filter(code=code).first()
    except DatabaseError:
        return None


def _corrections(options: dict[str, Any], organisation: Organisation | None) -> Corrections:
    """What is remembered of the organisation's lists, and what this command says of the file."""
    kept = corrections_for(organisation) if organisation else NONE
    row = options["header_row"]
    try:
        columns = parse_columns(options["map"])
    except WrongCorrection as wrong:
        raise CommandError(str(wrong)) from wrong
    return replace(
        kept,
        columns=columns,
        only=frozenset(options["sheet"]),
        header_rows={} if row is None else {EVERY_SHEET: row},
    )


def _day(text: str | None) -> date:
    day = parse_day(text) if text else today()
    check_day(day, today())
    return day

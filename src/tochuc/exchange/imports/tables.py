"""Lists other than of members — past movements, organisations, posts — in one form: what each row would do, and why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tochuc.audit.record import Actor
from tochuc.changes.models import ChangeSet
from tochuc.documents import files
from tochuc.documents.actions import open_file
from tochuc.documents.models import StoredFile
from tochuc.exchange.imports import organisations, posts
from tochuc.exchange.imports.marked import Marks, copied
from tochuc.exchange.imports.movements import import_movements
from tochuc.exchange.imports.organisations import OrganisationRow, import_organisations
from tochuc.exchange.imports.posts import PostRow, import_posts
from tochuc.exchange.imports.readings import corrections_for
from tochuc.exchange.imports.write import check_day
from tochuc.exchange.intake.cells import column_index
from tochuc.exchange.intake.corrections import NONE
from tochuc.exchange.intake.dry_run import Progress
from tochuc.exchange.intake.movements import movement_rows
from tochuc.exchange.intake.refused import Unreadable
from tochuc.exchange.intake.table import Headings, TableRow, table_rows
from tochuc.kernel.known_dates import parse_known_date
from tochuc.members.kinds import EVENT_KINDS

MOVEMENTS, ORGANISATIONS, POSTS = "movements", "organisations", "posts"


@dataclass(frozen=True)
class Said:
    """Something said of a cell; ``refuses`` where it keeps the row out."""

    column: str
    value: str
    message: str
    refuses: bool = True


@dataclass(frozen=True)
class Line:
    """One row: whom or what it is about, what it would do in words, what is said of it."""

    sheet: str | None
    number: int
    name: str
    action: str
    does: str
    said: tuple[Said, ...] = ()

    @property
    def where(self) -> str:
        """Where it stands in the file."""
        return f"Dòng {self.number}" + (f", bảng {self.sheet}" if self.sheet else "")


@dataclass
class Looked:
    """A list looked at, or written; ``changeset`` is None where nothing was."""

    lines: list[Line] = field(default_factory=list)
    changeset: ChangeSet | None = None

    @property
    def counts(self) -> Counter[str]:
        """How many rows did what."""
        return Counter(one.action for one in self.lines)

    @property
    def writes(self) -> int:
        """How many rows write something."""
        return self.counts["create"] + self.counts["change"]


def take(
    what: str,
    file: StoredFile,
    *,
    as_of: date,
    today: date,
    by: Actor,
    dry_run: bool,
    progress: Progress | None = None,
) -> Looked:
    """Look at a kept list of that sort, or write it; ``Unreadable`` for a file that is none."""
    check_day(as_of, today)
    return _TAKERS[what](file, as_of, today, by, dry_run, progress)


def check_readable(what: str, raw: bytes, name: str, *, today: date) -> None:
    """Raise ``Unreadable`` where a file holds no list of that sort."""
    if what == MOVEMENTS:
        next(iter(movement_rows(raw, name, today=today)))
        return
    headings, needed = _TABLES[what]
    for _ in table_rows(raw, headings, needed):
        return
    raise Unreadable("no_rows")


def marked_copy(what: str, file: StoredFile, *, as_of: date, today: date, by: Actor) -> bytes:
    """The same workbook with the cells marked that were refused or ask for a look; that it was handed out is noted."""
    looked = take(what, file, as_of=as_of, today=today, by=by, dry_run=True)
    marks: Marks = {}
    for line in looked.lines:
        cells = marks.setdefault((line.sheet, line.number), {})
        for one in line.said:
            cells.setdefault(column_index(one.column), []).append((one.refuses, one.message))
    corrections = corrections_for(file.organisation, file) if what == MOVEMENTS else NONE
    return copied(open_file(file, by=by), marks, corrections)


def _movements(
    file: StoredFile, as_of: date, today: date, by: Actor, dry_run: bool, progress: Progress | None
) -> Looked:
    done = import_movements(
        files.read(file),
        file.name,
        organisation=file.organisation,
        today=today,
        by=by,
        file=file,
        progress=progress,
        corrections=corrections_for(file.organisation, file),
        dry_run=dry_run,
    )
    lines = [
        Line(
            one.row["sheet"],
            one.row["row"],
            one.row["fields"].get("full_name", ""),
            one.action,
            _happened(one.row["fields"]),
            (*_said(one.findings, refuses=True), *_said(one.asks, refuses=False)),
        )
        for one in done.rows
    ]
    return Looked(lines, done.changeset)


def _happened(fields: dict[str, Any]) -> str:
    """What a row of movements tells, in a line."""
    parts = []
    if kind := fields.get("movement"):
        day = f" {parse_known_date(fields['happened_on']).vn}" if "happened_on" in fields else ""
        parts.append(f"{EVENT_KINDS[kind].label}{day}")
    for name, words in (("admitted_on", "Vào Đảng"), ("official_on", "Chính thức")):
        if name in fields:
            parts.append(f"{words} {parse_known_date(fields[name]).vn}")
    return "; ".join(parts)


def _said(findings: Iterable[dict[str, str]], *, refuses: bool) -> Iterable[Said]:
    return (Said(one["column"], one["value"], one["message"], refuses) for one in findings)


def _organisations(
    file: StoredFile, as_of: date, today: date, by: Actor, dry_run: bool, progress: Progress | None
) -> Looked:
    done = import_organisations(
        files.read(file),
        file.name,
        under=file.organisation,
        as_of=as_of,
        by=by,
        file=file,
        dry_run=dry_run,
    )
    return Looked([_unit(one) for one in done.rows], done.changeset)


def _unit(one: OrganisationRow) -> Line:
    kind = one.organisation.get_kind_display() if one.organisation else ""
    parent = one.row.text("parent")
    does = f"{kind} trực thuộc {parent}" if kind and parent else kind
    return _table_line(one.row, one.name, one.action, does, one.field, one.why)


def _posts(
    file: StoredFile, as_of: date, today: date, by: Actor, dry_run: bool, progress: Progress | None
) -> Looked:
    done = import_posts(
        files.read(file),
        file.name,
        under=file.organisation,
        as_of=as_of,
        today=today,
        by=by,
        file=file,
        dry_run=dry_run,
    )
    return Looked([_post(one) for one in done.rows], done.changeset)


def _post(one: PostRow) -> Line:
    where = one.row.text("organisation")
    holder = one.row.text("full_name")
    name = f"{one.title}, {where}" if where else one.title
    return _table_line(one.row, name, one.action, holder, one.field, one.why)


def _table_line(row: TableRow, name: str, action: str, does: str, told_of: str, why: str) -> Line:
    said = (Said(row.letters.get(told_of, "A"), row.text(told_of), why),) if why else ()
    return Line(row.sheet, row.number, name, action, does, said)


_TABLES: dict[str, tuple[Headings, list[str]]] = {
    ORGANISATIONS: (organisations.HEADINGS, ["name"]),
    POSTS: (posts.HEADINGS, ["organisation", "title"]),
}
_Taker = Callable[[StoredFile, date, date, Actor, bool, Progress | None], Looked]
_TAKERS: dict[str, _Taker] = {MOVEMENTS: _movements, ORGANISATIONS: _organisations, POSTS: _posts}

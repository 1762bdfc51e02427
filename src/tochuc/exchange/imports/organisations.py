"""Importing a tree of organisations: each row one organisation under another, of the file or of the record."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import F

from tochuc.audit.record import Actor, record
from tochuc.changes.models import ChangeSet, Made
from tochuc.documents.models import StoredFile
from tochuc.exchange.imports.codes import free_code
from tochuc.exchange.imports.taking import table_taken, taking_in
from tochuc.exchange.intake.dates import read_date
from tochuc.exchange.intake.table import TableRow, table_rows
from tochuc.kernel.errors import Refused
from tochuc.kernel.names import fold
from tochuc.org import actions
from tochuc.org.kinds import CELL_KIND_CHOICES, KINDS, KINDS_BY_WORDS
from tochuc.org.models import Organisation, Under

CREATE, SAME, REFUSE = "create", "same", "refuse"
HEADINGS = {
    "code": ("Mã", "Mã tổ chức", "Mã số"),
    "name": ("Tên tổ chức", "Tên", "Tên tổ chức đảng", "Tổ chức đảng", "Tên chi bộ", "Chi bộ", "Đơn vị"),
    "short_name": ("Tên ngắn", "Tên gọi tắt", "Tên viết tắt"),
    "kind": ("Loại", "Loại hình", "Loại hình tổ chức", "Loại tổ chức"),
    "cell_kind": ("Loại chi bộ", "Loại hình chi bộ", "Thuộc loại"),
    "parent": ("Trực thuộc", "Cấp trên", "Cấp trên trực tiếp", "Thuộc", "Đảng bộ", "Mã cấp trên"),
    "since": ("Ngày thành lập", "Thành lập", "Từ ngày", "Thành lập ngày"),
    "decision": ("Số quyết định", "Quyết định", "Quyết định số", "Quyết định thành lập"),
}
_LONGEST = {"code": 64, "name": 200, "short_name": 120, "decision": 80}
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass
class OrganisationRow:
    """One row and what it does; ``why`` says what keeps it out, ``field`` where that is to be mended."""

    row: TableRow
    name: str
    action: str = CREATE
    why: str = ""
    field: str = "name"
    organisation: Organisation | None = None

    def refuse(self, why: str, field: str = "") -> None:
        """Keep the row out, saying why and where."""
        self.action, self.why = REFUSE, why
        self.field = field if field in self.row.letters else "name"


@dataclass
class Founded:
    """What an import of organisations did, row by row; ``changeset`` is None where it founded none."""

    rows: list[OrganisationRow] = field(default_factory=list)
    changeset: ChangeSet | None = None

    def count(self, action: str) -> int:
        """How many rows did that."""
        return sum(one.action == action for one in self.rows)


def import_organisations(
    source: Path | bytes,
    name: str,
    *,
    under: Organisation,
    as_of: date,
    by: Actor,
    file: StoredFile | None = None,
    dry_run: bool = False,
) -> Founded:
    """Found the organisations of a list under a branch, superiors first, in one transaction and one change set.

    Those that are there already, by code or by name under the same superior, stay as they are. Rows that can't be
    founded are left out, each with its reason. ``as_of`` is the founding day where a row names none.
    """
    done = Founded()
    with taking_in(dry_run=dry_run):
        done.rows = [OrganisationRow(row, row.text("name")) for row in table_rows(source, HEADINGS, ["name"])]
        _Founding(under, as_of, by).all(done.rows)
        if not dry_run:
            _finish(done, source, name, under, as_of, by, file)
    return done


def _finish(
    done: Founded,
    source: Path | bytes,
    name: str,
    under: Organisation,
    as_of: date,
    by: Actor,
    file: StoredFile | None,
) -> None:
    counts = {action: done.count(action) for action in (CREATE, SAME, REFUSE)}
    founded = [one.organisation for one in done.rows if one.action == CREATE and one.organisation]
    if founded:
        summary = {"create": len(founded), "change": 0, "same": counts[SAME], "refuse": counts[REFUSE]}
        done.changeset = table_taken(
            source, name=name, file=file, under=under, as_of=as_of, by=by, summary=summary
        )
        Made.objects.bulk_create(Made(changeset=done.changeset, organisation=one) for one in founded)
    record(
        by,
        "organisations.imported",
        stream=under.code,
        kind="organisation",
        key=under.code,
        data={"file": name, "changeset": done.changeset.ref if done.changeset else None, **counts},
    )


class _Founding:
    """Finds superiors, among the organisations of the branch and those of the file, and founds what is missing."""

    def __init__(self, under: Organisation, as_of: date, by: Actor) -> None:
        self._under, self._as_of, self._by = under, as_of, by
        units = Under.objects.on(as_of).filter(above=under).values("unit")
        self._known: dict[str, list[Organisation]] = {}
        for one in [under, *Organisation.objects.filter(pk__in=units).exclude(pk=under.pk)]:
            self._note(one)
        above = Under.objects.on(as_of).filter(above=under, depth__gt=0)
        self._parent_of = {
            link.unit_id: link.above_id
            for link in Under.objects.on(as_of).filter(unit__in=above.values("unit"), depth=1)
        }

    def all(self, rows: list[OrganisationRow]) -> None:
        """Take the rows in as many rounds as superiors need."""
        waiting = rows
        while waiting:
            called = Counter(word for one in waiting for word in _called(one))
            later = [one for one in waiting if not self._take(one, _superior_waits(one, called))]
            if len(later) == len(waiting):
                for one in later:
                    one.refuse("Cấp trên của dòng này không lập được.", "parent")
                return
            waiting = later

    def _take(self, one: OrganisationRow, superior_waits: bool) -> bool:
        wanted = one.row.text("parent")
        found = self._known.get(fold(wanted), []) if wanted else [self._under]
        if not found and superior_waits:
            return False
        try:
            if len(found) != 1:
                why = "Có nhiều tổ chức" if found else "Không có tổ chức"
                raise Refused("parent", f"{why} tên hoặc mã «{wanted}» trong {self._under.name}.")
            self._found(one, found[0])
        except Refused as refused:
            one.refuse(
                refused.message, {"on": "since"}.get(refused.field or "", refused.field or refused.code)
            )
        return True

    def _found(self, one: OrganisationRow, parent: Organisation) -> None:
        said = {name: one.row.text(name) for name in HEADINGS}
        for name, most in _LONGEST.items():
            if len(said[name]) > most:
                raise Refused("too_long", f"«{said[name][:30]}…» dài hơn {most} ký tự.", name)
        if there := self._there(said, parent):
            one.action, one.organisation = SAME, there
            return
        kind = _kind(said["kind"], said["name"], parent)
        with transaction.atomic():
            one.organisation = actions.found(
                code=_code(said, parent),
                name=said["name"],
                short_name=said["short_name"] or said["name"][:120],
                kind=kind,
                parent=parent,
                on=self._day(one.row),
                by=self._by,
                cell_kind=_choice(said["cell_kind"], CELL_KIND_CHOICES, "loại chi bộ"),
                decision=said["decision"],
            )
        self._parent_of[one.organisation.pk] = parent.pk
        self._note(one.organisation)

    def _there(self, said: dict[str, str], parent: Organisation) -> Organisation | None:
        if said["code"]:
            return next(
                (one for one in self._known.get(fold(said["code"]), []) if one.code == said["code"]), None
            )
        alike = self._known.get(fold(said["name"]), [])
        return next((one for one in alike if self._parent_of.get(one.pk) == parent.pk), None)

    def _note(self, one: Organisation) -> None:
        for word in {fold(one.code), fold(one.name), fold(one.short_name)}:
            self._known.setdefault(word, []).append(one)

    def _day(self, row: TableRow) -> date:
        written = read_date(row.cells.get("since"))
        if written is None:
            return self._as_of
        if written.known is None or written.known.precision != "day":
            raise Refused("since", f"Ngày thành lập «{written.shown}» phải là ngày đầy đủ.")
        return written.known.first


def _kind(said: str, name: str, parent: Organisation) -> str:
    """The kind by its words; where none are said, what such a name is under such a superior."""
    if said:
        return _choice(said, KINDS_BY_WORDS, "loại hình")
    cell = fold(name).startswith("chi bo")
    fitting = [
        kind.code
        for kind in KINDS.values()
        if parent.kind in kind.under and kind.holds_members == cell and kind.code != "board"
    ]
    if len(fitting) != 1:
        raise Refused("kind", "Cần ghi loại hình: có nhiều loại hình đặt được dưới cấp trên này.")
    return fitting[0]


def _called(one: OrganisationRow) -> set[str]:
    """The words by which other rows may name this one as their superior."""
    return {fold(one.name), fold(one.row.text("code"))} - {""}


def _superior_waits(one: OrganisationRow, called: Counter[str]) -> bool:
    """Whether the superior is another row that hasn't had its turn; ``called``: how often each word names one that waits."""
    wanted = fold(one.row.text("parent"))
    return called[wanted] > (wanted in _called(one))


def _choice(said: str, choices: Iterable[tuple[str, str]], what: str) -> str:
    if not said:
        return ""
    found = [code for code, label in choices if fold(said) in (fold(label), code)]
    if not found:
        labels = ", ".join(label for _, label in choices)
        raise Refused("unknown", f"Không có {what} «{said}». Các {what}: {labels}.")
    return found[0]


def _code(said: dict[str, str], parent: Organisation) -> str:
    if said["code"]:
        if not _CODE.fullmatch(said["code"]):
            raise Refused("code", f"Mã «{said['code']}» chỉ gồm chữ thường không dấu, chữ số và gạch nối.")
        return said["code"]
    words = re.findall(r"[a-z0-9]+", fold(said["name"]))
    shortened = words[2:] if words[:2] == ["chi", "bo"] and len(words) > 2 else words
    base = "-".join([parent.code, *shortened])[:60].strip("-")
    standing = Organisation.objects.filter(since__lt=F("until"), code__startswith=base)
    return free_code(base, set(standing.values_list("code", flat=True)))

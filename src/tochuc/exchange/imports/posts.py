"""Importing posts and who holds them: each row a post of an organisation and, where named, its holder since when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import F

from tochuc.audit.record import Actor, record
from tochuc.changes.models import CHANGED, Change, ChangeSet, Made
from tochuc.documents.models import StoredFile
from tochuc.exchange.imports.codes import free_code
from tochuc.exchange.imports.known import branch_of
from tochuc.exchange.imports.taking import table_taken, taking_in
from tochuc.exchange.intake.dates import read_date
from tochuc.exchange.intake.names import person_name
from tochuc.exchange.intake.table import TableRow, table_rows
from tochuc.kernel.errors import Refused
from tochuc.kernel.known_dates import day_vn
from tochuc.kernel.names import fold
from tochuc.members import actions
from tochuc.members.actions import Decision
from tochuc.members.models import Holds, Membership, Person
from tochuc.org.kinds import POST_KIND_CHOICES
from tochuc.org.models import Organisation, Post, Under

CREATE, SAME, REFUSE = "create", "same", "refuse"
HEADINGS = {
    "organisation": ("Tổ chức", "Tổ chức đảng", "Đơn vị", "Chi bộ", "Đảng bộ", "Tên tổ chức", "Mã tổ chức"),
    "title": ("Chức vụ", "Chức danh", "Chức vụ Đảng", "Chức vụ trong Đảng"),
    "full_name": ("Họ và tên", "Họ tên", "Người giữ", "Người giữ chức vụ", "Đồng chí"),
    "birth": ("Ngày sinh", "Năm sinh", "Ngày tháng năm sinh", "Ngày, tháng, năm sinh"),
    "card_number": ("Số thẻ", "Số thẻ đảng viên", "Số thẻ Đảng", "Số TĐV"),
    "since": ("Từ ngày", "Giữ từ ngày", "Ngày nhận chức vụ", "Nhận chức vụ từ ngày", "Ngày bổ nhiệm"),
    "until": ("Đến ngày", "Giữ đến ngày", "Thôi giữ từ ngày", "Thôi từ ngày"),
    "decision": ("Số quyết định", "Quyết định", "Quyết định số"),
}
_LONGEST = {"title": 160, "decision": 60}
_SHORT = {"pbt": "pho bi thu", "bt": "bi thu", "pbttt": "pho bi thu thuong truc", "cuv": "chi uy vien"}
_COMMITTEE = frozenset({"chi uy vien", "dang uy vien", "uy vien ban chap hanh", "cap uy vien"})


@dataclass
class PostRow:
    """One row and what it does; ``why`` says what keeps it out, ``field`` where that is to be mended."""

    row: TableRow
    title: str
    action: str = SAME
    why: str = ""
    field: str = "title"
    person: Person | None = None
    made: Post | None = None


@dataclass
class Seated:
    """What an import of posts did, row by row; ``changeset`` is None where it wrote nothing."""

    rows: list[PostRow] = field(default_factory=list)
    changeset: ChangeSet | None = None

    def count(self, action: str) -> int:
        """How many rows did that."""
        return sum(one.action == action for one in self.rows)


def import_posts(
    source: Path | bytes,
    name: str,
    *,
    under: Organisation,
    as_of: date,
    today: date,
    by: Actor,
    file: StoredFile | None = None,
    dry_run: bool = False,
) -> Seated:
    """Set up the posts of a list and let people take and leave them, in one transaction and one change set.

    A post that is there, and a holder who holds it, stay as they are. ``as_of`` is the day where a row names none.
    Someone who held a post before their record begins holds it from its first day; the true day is kept beside.
    """
    done = Seated()
    with taking_in(dry_run=dry_run):
        rows = table_rows(source, HEADINGS, ["organisation", "title"])
        done.rows = [PostRow(row, row.text("title")) for row in rows]
        changeset = table_taken(source, name=name, file=file, under=under, as_of=as_of, by=by)
        seating = _Seating(under, as_of, today, by, changeset)
        for one in done.rows:
            seating.take(one)
        if not dry_run:
            _finish(done, changeset, by)
    return done


def _finish(done: Seated, changeset: ChangeSet, by: Actor) -> None:
    counts = {action: done.count(action) for action in (CREATE, SAME, REFUSE)}
    record(
        by,
        "posts.imported",
        stream=changeset.organisation.code,
        kind="organisation",
        key=changeset.organisation.code,
        data={"file": changeset.file_name, **counts},
    )
    made = [
        Made(changeset=changeset, post=one.made) for one in done.rows if one.made and one.action == CREATE
    ]
    if not made and not changeset.changes.exists():
        changeset.delete()
        return
    Made.objects.bulk_create(made)
    changeset.summary = {
        "create": len(made),
        "change": changeset.changes.count(),
        "same": counts[SAME],
        "refuse": counts[REFUSE],
    }
    changeset.save(update_fields=["summary"])
    done.changeset = changeset


class _Seating:
    """Takes rows in: finds the organisation, the post and the person, and seats them."""

    def __init__(
        self, under: Organisation, as_of: date, today: date, by: Actor, changeset: ChangeSet
    ) -> None:
        self._as_of, self._today, self._by, self._changeset = as_of, today, by, changeset
        self._branch = branch_of(under, today)
        self._under = under
        units = Under.objects.on(today).filter(above=under).values("unit")
        self._units: dict[str, list[Organisation]] = {}
        for one in Organisation.objects.filter(pk__in=units):
            for word in {fold(one.code), fold(one.name), fold(one.short_name)}:
                self._units.setdefault(word, []).append(one)

    def take(self, one: PostRow) -> None:
        """Do what a row says, or say why not; whole or not at all."""
        try:
            with transaction.atomic():
                self._seat(one)
        except Refused as refused:
            one.action, one.why = REFUSE, refused.message
            named = refused.field or refused.code
            named = {"on": "since", "person": "full_name", "decision_number": "decision"}.get(named, named)
            one.field = named if named in one.row.letters else "title"

    def _seat(self, one: PostRow) -> None:
        _check_lengths(one.row)
        since = _day(one.row, "since") or self._as_of
        until = _day(one.row, "until")
        post, fresh = self._post(self._organisation(one.row.text("organisation")), one.title, since)
        if fresh:
            one.action, one.made = CREATE, post
        if not one.row.text("full_name"):
            return
        one.person = self._person(one.row)
        begins = max(since, self._first_day(one.person))
        held = Holds.objects.on(begins).filter(person=one.person, post=post).first()
        leaves = until is not None and (held is None or until < held.until)
        if held is not None and not leaves:
            return
        if held is None:
            said = {"changeset": self._changeset.ref}
            if begins != since:
                said["held_since"] = since.isoformat()
            self._append(one.person, "took_post", begins, post, said, one.row.text("decision"))
        if until is not None and leaves:
            self._append(one.person, "left_post", until, post, {"changeset": self._changeset.ref}, "")
        Change.objects.get_or_create(
            changeset=self._changeset,
            person=one.person,
            defaults={"what": CHANGED, "row": ": ".join(self._at(one.row))},
        )
        one.action = CREATE

    def _append(
        self, person: Person, kind: str, on: date, post: Post, data: dict[str, str], decision: str
    ) -> None:
        actions.append(
            person,
            kind,
            on=on,
            by=self._by,
            today=self._today,
            post=post,
            data=data,
            decision=Decision(number=decision),
        )

    def _organisation(self, said: str) -> Organisation:
        found = self._units.get(fold(said), []) if said else [self._under]
        if len(found) != 1:
            why = "Có nhiều tổ chức" if found else "Không có tổ chức"
            raise Refused("organisation", f"{why} tên hoặc mã «{said}» trong {self._under.name}.")
        return found[0]

    def _post(self, organisation: Organisation, title: str, since: date) -> tuple[Post, bool]:
        if not title:
            raise Refused("title", "Dòng này chưa ghi chức vụ.")
        kind = _kind(title)
        there = Post.objects.filter(organisation=organisation, since__lt=F("until"))
        same = next((one for one in there if fold(one.title) == fold(title)), None)
        same = same or (
            there.filter(kind=kind).first() if kind not in ("other", "committee_member") else None
        )
        if same is not None:
            return same, False
        code = "-".join([organisation.code, *re.findall(r"[a-z0-9]+", fold(title))])[:72]
        taken = Post.objects.filter(code__startswith=code).values_list("code", flat=True)
        created = Post.objects.create(
            organisation=organisation,
            code=free_code(code, set(taken)),
            kind=kind,
            title=title,
            since=max(organisation.since, min(since, self._as_of)),
        )
        return created, True

    def _person(self, row: TableRow) -> Person:
        name = person_name(row.text("full_name"))
        birth = read_date(row.cells.get("birth"))
        said = {"full_name": name, "card_number": "".join(row.text("card_number").split())}
        if birth and birth.known:
            said["birth"] = birth.known.iso
        number = self._branch.match(said)
        if number is None:
            raise Refused("person", f"Không tìm được đúng một đảng viên «{name}» theo số thẻ hoặc ngày sinh.")
        return Person.objects.get(pk=number)

    @staticmethod
    def _first_day(person: Person) -> date:
        first = Membership.objects.filter(person=person).order_by("since").first()
        if first is None:
            raise Refused("person", f"{person.full_name} không sinh hoạt ở đây.")
        return first.since

    @staticmethod
    def _at(row: TableRow) -> Iterator[str]:
        if row.sheet:
            yield row.sheet
        yield str(row.number)


def _check_lengths(row: TableRow) -> None:
    for name, most in _LONGEST.items():
        if len(said := row.text(name)) > most:
            raise Refused("too_long", f"«{said[:30]}…» dài hơn {most} ký tự.", name)


def _day(row: TableRow, name: str) -> date | None:
    written = read_date(row.cells.get(name))
    if written is None:
        return None
    if written.known is None or written.known.precision != "day":
        raise Refused(name, f"Ngày «{written.shown}» phải là ngày đầy đủ, ví dụ {day_vn(date(2020, 6, 15))}.")
    return written.known.first


def _kind(title: str) -> str:
    """The kind of a post by its words: Bí thư chi bộ is a secretary."""
    words = fold(title)
    words = _SHORT.get(words.replace(".", "").replace(" ", ""), words)
    if words in _COMMITTEE:
        return "committee_member"
    labels = sorted(((fold(label), code) for code, label in POST_KIND_CHOICES), reverse=True)
    return next((code for label, code in labels if words == label or words.startswith(f"{label} ")), "other")

"""What a change set carried from one record to another beside fields and events: rows of tables, and papers.

A row that is carried is said again where it goes and stays where it was; a paper is one thing and goes over. Both are
named in what the change says, so that undoing gives them back exactly.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from tochuc.changes.models import Change
from tochuc.members.facts import in_force
from tochuc.members.models import Fact, Paper, Person
from tochuc.members.record_fields import TABLES

ROWS, PAPERS = "rows", "papers"
"""Keys of what a change says: facts by number; papers by number, with the record that they came from."""


def rows_to_carry(stays: Person, goes: Person) -> list[Fact]:
    """The rows of tables in force of one record that the other doesn't have word for word."""
    own = {(one.field, _words(one)) for one in _rows(stays)}
    found = []
    for one in _rows(goes):
        if (one.field, _words(one)) not in own:
            own.add((one.field, _words(one)))
            found.append(one)
    return found


def carry(stays: Person, goes: Person, *, by: int | None, at: datetime) -> dict[str, object]:
    """Say the rows again in the record that stays, and let the papers go over; what the change is to say of it."""
    rows = Fact.objects.bulk_create(
        Fact(
            person=stays,
            field=one.field,
            value=one.value,
            since=one.since,
            since_precision=one.since_precision,
            recorded_at=at,
            recorded_by_id=by,
            ground=f"Theo hồ sơ đã gộp của đồng chí {goes.full_name}. {one.ground}".strip()[:300],
        )
        for one in rows_to_carry(stays, goes)
    )
    papers = list(goes.papers.order_by("pk").values_list("pk", flat=True))
    Paper.objects.filter(pk__in=papers).update(person=stays)
    said: dict[str, object] = {}
    if rows:
        said[ROWS] = [one.pk for one in rows]
    if papers:
        said[PAPERS] = {"from": goes.pk, "rows": papers}
    return said


def give_back(changes: Iterable[Change], *, by: int | None, at: datetime, reason: str) -> None:
    """Strike out the rows that these changes carried over, and return the papers."""
    for change in changes:
        if rows := change.said.get(ROWS):
            Fact.objects.bulk_create(
                Fact(
                    person_id=one.person_id,
                    field=one.field,
                    value=None,
                    recorded_at=at,
                    recorded_by_id=by,
                    ground=f"Hoàn tác đợt thay đổi. {reason}"[:300],
                    corrects=one,
                )
                for one in Fact.objects.filter(pk__in=rows, corrected_by=None)
            )
        if papers := change.said.get(PAPERS):
            Paper.objects.filter(pk__in=papers["rows"]).update(person=papers["from"])


def changed_since(change: Change) -> Iterator[str]:
    """The rows carried over that were changed since, in sentences: they stand against undoing."""
    rows: Collection[int] = change.said.get(ROWS, ())
    if change.undone_at is None and rows:
        for one in Fact.objects.filter(pk__in=rows).exclude(corrected_by=None).order_by("pk"):
            yield f"{TABLES[one.field].label}: một dòng chuyển sang đã được sửa từ đó"


def _rows(person: Person) -> list[Fact]:
    facts = in_force(person.facts.filter(field__in=TABLES).order_by("pk"))
    return [one for one in facts if one.value is not None]


def _words(fact: Fact) -> tuple[tuple[str, str], ...]:
    row = fact.value if isinstance(fact.value, dict) else {}
    return tuple(
        sorted((key, " ".join(str(value).split()).casefold()) for key, value in row.items() if value)
    )

"""The facts behind a record: appending them, and what the record said of a day, as known on a day.

Of a field's facts in force the one that took effect last holds, of one day the one recorded last; one without a
day has held since before all others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Min

from tochuc.members.models import Fact, MemberEvent, Person
from tochuc.members.record_fields import FIELDS, TABLES

OPENED = "Ghi khi lập hồ sơ"
Change = tuple[str, str]
"""What stood in a field and what stands there afterwards."""


def in_force(facts: Iterable[Fact], known: datetime | None = None) -> list[Fact]:
    """The facts that nothing recorded (by a moment) took the place of, in the order of recording."""
    told = [one for one in facts if known is None or one.recorded_at <= known]
    replaced = {one.corrects_id for one in told if one.corrects_id}
    return sorted((one for one in told if one.pk not in replaced), key=lambda one: one.pk)


def holding(facts: Iterable[Fact], on: date | None = None) -> Fact | None:
    """The one of a field's facts in force that holds on a day, or holds last of all."""
    begun = [one for one in facts if on is None or one.since is None or one.since <= on]
    return max(begun, key=lambda one: (one.since or date.min, one.pk), default=None)


@dataclass(frozen=True)
class Ground:
    """On what a change rests: since when it holds, and where that is known from.

    ``correcting`` says that what stood there was wrong, not that it changed; ``latest`` that it is what the record
    says now, even where something later was known.
    """

    since: date | None = None
    precision: str = "day"
    words: str = ""
    correcting: bool = False
    latest: bool = False


def appended(
    changes: Collection[tuple[Person, Mapping[str, Change]]], ground: Ground, *, at: datetime, by: int | None
) -> list[Fact]:
    """The facts that these changes add, not yet stored: for each field its new value, the first time also the old one.

    A correction takes the place of the fact that held; where only the opening of the record stands behind it, that
    is written down first and must be stored before. See ``store``.
    """
    known = _last_facts([person.pk for person, _ in changes])
    opened = _opened([person for person, _ in changes])
    made: list[Fact] = []
    for person, fields in changes:
        for code, (before, after) in fields.items():
            last = known.get((person.pk, code))
            if last is None and before:
                last = Fact(
                    person=person,
                    field=code,
                    value=before,
                    recorded_at=min(opened.get(person.pk) or at, at),
                    ground=OPENED,
                )
                made.append(last)
            made.append(_next(person, code, after, last, ground, at, by))
    return made


def _next(
    person: Person, code: str, after: str, last: Fact | None, ground: Ground, at: datetime, by: int | None
) -> Fact:
    dated = FIELDS[code].dated and ground.since is not None and not ground.correcting
    replaces = last if ground.correcting or not dated else None
    since, precision = (ground.since, ground.precision) if dated else (None, "day")
    if dated and ground.latest and last is not None and last.since is not None:
        since = max(last.since, ground.since or last.since)
    if replaces is not None:
        since, precision = replaces.since, replaces.since_precision
    return Fact(
        person=person,
        field=code,
        value=after,
        since=since,
        since_precision=precision,
        recorded_at=at,
        recorded_by_id=by,
        ground=ground.words[:300],
        corrects=replaces,
    )


def store(facts: Collection[Fact]) -> None:
    """Store new facts: first those that others of them take the place of."""
    first = [one for one in facts if one.corrects_id is None and one.corrects is None]
    Fact.objects.bulk_create(first, batch_size=2000)
    later = [one for one in facts if one.pk is None]
    for one in later:
        # Its number is known only now.
        one.corrects = one.corrects
    Fact.objects.bulk_create(later, batch_size=2000)


def _last_facts(people: list[int]) -> dict[tuple[int, str], Fact]:
    """Of each person and single field the fact that holds."""
    by_field: dict[tuple[int, str], list[Fact]] = defaultdict(list)
    for fact in in_force(Fact.objects.filter(person__in=people).exclude(field__in=TABLES)):
        by_field[fact.person_id, fact.field].append(fact)
    found = {key: holding(facts) for key, facts in by_field.items()}
    return {key: fact for key, fact in found.items() if fact is not None}


def _opened(people: list[Person]) -> dict[int, datetime]:
    """When each record was opened; for old ones the first thing recorded of them."""
    found = {one.pk: one.registered_at for one in people if one.registered_at is not None}
    missing = [one.pk for one in people if one.pk not in found]
    if missing:
        first = (
            MemberEvent.objects.filter(person__in=missing).values_list("person").annotate(Min("recorded_at"))
        )
        found |= dict(first)
    return found


@dataclass(frozen=True)
class Told:
    """A value of a field with what it rests on; ``fact`` is None for what stands since the record was opened."""

    value: Any
    fact: Fact | None = None


def record_on(
    person: Person, facts: Iterable[Fact], current: Mapping[str, str], on: date | None, known: datetime | None
) -> dict[str, Told]:
    """What the record said of each single field on a day, as known at a moment; ``current`` is what it says now."""
    by_field: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_field[fact.field].append(fact)
    found = {}
    for code in FIELDS:
        own = by_field.get(code)
        if not own:
            found[code] = Told(current.get(code, ""))
            continue
        held = holding(in_force(own, known), on)
        found[code] = Told(held.value if held else "", held)
    return found


def rows_of(facts: Iterable[Fact], code: str, known: datetime | None = None) -> list[Fact]:
    """The rows of a table in force, the latest first."""
    own = [one for one in in_force((f for f in facts if f.field == code), known) if one.value is not None]
    return sorted(own, key=_when, reverse=True)


def _when(fact: Fact) -> tuple[str, int]:
    row = fact.value or {}
    return str(row.get("on") or row.get("since") or row.get("born") or ""), -fact.pk

"""What changed in a record in a year: fields, rows of its tables, entries of the ledger. The yearly supplement is drafted from it.

Something belongs to the year of its own day; what has no day of its own, to the year in which it was recorded.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localtime

from tochuc.members.facts import OPENED, holding, in_force
from tochuc.members.models import Fact, MemberEvent, Person
from tochuc.members.record_fields import FIELDS, HIDDEN, TABLES, Field

_DAYS_OF_A_ROW = ("since", "until", "on", "ended_on")
_NO_CHANGE = ("void", "opening")


@dataclass(frozen=True)
class FieldChange:
    """What a field says since a day in the year, what it said before, and on what ground it was changed."""

    field: Field
    before: str
    now: str
    since: date | None
    ground: str


def fields_changed(facts: Iterable[Fact], year: int) -> list[FieldChange]:
    """Each single field that changed in the year, in the order of the form, as it came to stand at its end."""
    by_field: dict[str, list[Fact]] = defaultdict(list)
    for fact in in_force(facts):
        by_field[fact.field].append(fact)
    found = []
    for code, field in FIELDS.items():
        changed = [one for one in by_field[code] if one.ground != OPENED and _year_of(one) == year]
        last = holding(changed)
        if last is None or field.kind == HIDDEN:
            continue
        before = holding([one for one in by_field[code] if one not in changed and _year_of(one) < year])
        was = str(before.value or "") if before else ""
        found.append(
            FieldChange(field, field.shown(was), field.shown(str(last.value or "")), last.since, last.ground)
        )
    return found


def rows_changed(facts: Iterable[Fact], table: str, year: int) -> list[Fact]:
    """The rows of a table that begin, end or happened in the year, or were recorded in it without a day."""
    own = [one for one in in_force(facts) if one.field == table and one.value is not None]
    return [one for one in own if _row_is_of(one, year)]


def _row_is_of(fact: Fact, year: int) -> bool:
    days = [str(day) for name in _DAYS_OF_A_ROW if (day := (fact.value or {}).get(name))]
    if days:
        return any(day.startswith(f"{year:04d}") for day in days)
    return localtime(fact.recorded_at).year == year


def _year_of(fact: Fact) -> int:
    return fact.since.year if fact.since else localtime(fact.recorded_at).year


def events_in(person: Person, year: int) -> list[MemberEvent]:
    """The entries of the ledger that happened in the year and stand, the earliest first."""
    rows = person.events.filter(happened_on__year=year, corrected_by=None).exclude(kind__in=_NO_CHANGE)
    return list(rows.select_related("post", "organisation").order_by("happened_on", "id"))


def how_many(people: Collection[Person], year: int) -> Counter[int]:
    """How many things changed in the year in each of these records."""
    found: Counter[int] = Counter()
    by_person: dict[int, list[Fact]] = defaultdict(list)
    for fact in Fact.objects.filter(person__in=people).order_by("pk"):
        by_person[fact.person_id].append(fact)
    for key, facts in by_person.items():
        rows = sum(len(rows_changed(facts, table, year)) for table in TABLES)
        found[key] += len(fields_changed(facts, year)) + rows
    events = MemberEvent.objects.filter(person__in=people, happened_on__year=year, corrected_by=None)
    for key in events.exclude(kind__in=_NO_CHANGE).values_list("person", flat=True):
        found[key] += 1
    return found

"""The list of an occasion for Party badges: who comes to a mark by it, whose case is open, at which step it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from tochuc.cases.models import Case, OpenStep
from tochuc.kernel.errors import NotInForce
from tochuc.lists import criteria, party_days
from tochuc.members import queries
from tochuc.members.kinds import OFFICIAL
from tochuc.members.models import MemberEvent, Person
from tochuc.org.models import Organisation, Under
from tochuc.procedures.badge import FULL, PROCEDURE
from tochuc.rules.ask import rule

_A_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Due:
    """A member whose years of Party age are full on a day, and where the member stands."""

    person: Person
    cell: Organisation
    years: int
    on: date


@dataclass(frozen=True)
class Entry:
    """One member on the list of an occasion: the badge, the way it is given, the case and its open step."""

    case: Case
    years: int
    manner: str
    step: str = ""
    due_on: date | None = None


@dataclass
class Round:
    """The list of an occasion in a branch: those with no case yet, and the cases."""

    occasion: date
    without: list[Due] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def at(self, step: str) -> list[Entry]:
        """The cases that wait for a step."""
        return [one for one in self.entries if one.step == step]

    @property
    def bonus(self) -> int:
        """What the badges not refused come to in money, by the rules of the day of the occasion."""
        years = [one.years for one in self.without]
        years += [one.years for one in self.entries if one.case.result in {"", "awarded"}]
        return sum(bonus(one, self.occasion) or 0 for one in years)


def reaching(organisation: Organisation, since: date, occasion: date, today: date) -> list[Due]:
    """Whoever of a branch comes to a mark after one day and by another, the longest first, then by name."""
    seen = min(occasion, today)
    marks = criteria.badge_marks(seen)
    members = queries.members_of(organisation, seen, standing=OFFICIAL)
    near = {
        row.person_id: row
        for year in range(since.year, occasion.year + 1)
        for row in party_days.reaching(members, "person__", year, marks, seen)
    }
    found = [
        Due(near[person].person, near[person].organisation, mark, on)
        for person, age in party_days.ages(near, occasion).items()
        for mark in marks
        if since < (on := party_days.badge_day(age, mark)) <= occasion
    ]
    return sorted(found, key=lambda one: (-one.years, one.person.sort_key, one.person.pk))


def round_of(organisation: Organisation, cases: QuerySet[Case], occasion: date, today: date) -> Round:
    """The list of an occasion; ``cases`` are those one may see."""
    entries = _entries(_cases_of(organisation, cases, occasion, today))
    since = before(occasion)
    due = reaching(organisation, since, occasion, today) if since is not None else []
    with_case = {(one.case.person_id, one.years) for one in entries}
    given = _given({one.person.pk for one in due})
    without = [
        one
        for one in due
        if (one.person.pk, one.years) not in with_case and (one.person.pk, one.years) not in given
    ]
    return Round(occasion, without, entries)


def _cases_of(
    organisation: Organisation, cases: QuerySet[Case], occasion: date, today: date
) -> QuerySet[Case]:
    units = Under.objects.on(today).filter(above=organisation).values("unit")
    rows = cases.filter(procedure=PROCEDURE.code, answers__occasion=occasion.isoformat())
    people = Person.objects.filter(home__in=units).values("pk")
    return rows.filter(person__in=people).select_related("person", "person__home", "organisation")


def _entries(cases: QuerySet[Case]) -> list[Entry]:
    rows = list(cases)
    steps: dict[int, OpenStep] = {}
    for open_step in OpenStep.objects.filter(case__in=rows, optional=False).order_by("pk"):
        steps.setdefault(open_step.case_id, open_step)
    found = []
    for case in rows:
        step = steps.get(case.pk)
        years, manner = int(case.answers["years"]), str(case.answers["manner"])
        found.append(Entry(case, years, manner, step.step if step else "", step.due_on if step else None))
    return sorted(found, key=lambda one: (-one.years, one.case.person.sort_key if one.case.person else ""))


def _given(people: Iterable[int]) -> set[tuple[int, int]]:
    """The badges that the record says were given to these people, as (person, years)."""
    events = MemberEvent.objects.filter(person__in=people, kind="badge_awarded", corrected_by=None)
    return {(event.person_id, int(event.data["years"])) for event in events}


def wanted(due: Iterable[Due], occasion: date) -> list[tuple[Person, dict[str, Any]]]:
    """The answers with which a case is opened for each of these who come to their years by the occasion."""
    return [
        (one.person, {"years": one.years, "occasion": occasion.isoformat(), "manner": FULL}) for one in due
    ]


def bonus(years: int, on: date) -> int | None:
    """The money that goes with a badge of these years, in đồng; None where no rule says so on that day."""
    try:
        times = Decimal(str(rule(f"badge.bonus_{years}", on=on).value))
        return int(times * rule("allowances.base_salary", on=on).number)
    except (NotInForce, LookupError):
        return None


def occasions(around: date) -> list[date]:
    """The days on which badges are given, from the one before to a year ahead, by the rule of that day."""
    every = _every(around, (around.year - 1, around.year, around.year + 1))
    last_past = max((day for day in every if day <= around), default=None)
    return [day for day in every if last_past is not None and last_past <= day <= around + _A_YEAR]


def before(occasion: date) -> date | None:
    """The occasion before this one: whoever came to a mark by then was on its list."""
    return max(
        (day for day in _every(occasion, (occasion.year - 1, occasion.year)) if day < occasion), default=None
    )


def _every(around: date, years: Iterable[int]) -> list[date]:
    try:
        listed = [str(item).split("-") for item in rule("badge.occasions", on=around).items]
    except NotInForce:
        return []
    return sorted(date(year, int(month), int(day)) for year in years for day, month in listed)

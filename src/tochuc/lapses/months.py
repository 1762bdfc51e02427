"""Months of a year in which a member was absent without reason, or paid no dues without reason, as recorded.

A month counts as absent where at least one meeting has the member absent without reason and none of that month has
them there or excused. It counts as unpaid once it has ended and the cell, which recorded dues for it, has nothing
of theirs. Whether the months must follow each other the Charter doesn't say: all of a year are given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from tochuc.dues.models import Arrear, Collection
from tochuc.dues.reading import STOPPED_BY
from tochuc.kernel.months import last_day, month_of
from tochuc.lapses.grounds import ABSENCE, FEES
from tochuc.meetings.models import Meeting
from tochuc.meetings.queries import absent_in, others_in
from tochuc.members.conditions import CONDITIONS
from tochuc.members.merged import owners
from tochuc.members.models import Condition, Person

Lapses = dict[tuple[int, str], list[date]]


@dataclass(frozen=True)
class _Stay:
    kind: str
    since: date
    until: date


def lapses(people: QuerySet[Person], year: int, today: date) -> Lapses:
    """By person (id) and ground, the months of a year that count, for people who have at least one."""
    return _lapses(people, date(year, 1, 1), date(year, 12, 31), today)


def lapses_by_year(people: QuerySet[Person], years: Sequence[int], today: date) -> dict[int, Lapses]:
    """The same for years that follow each other, looked up at once."""
    found: dict[int, Lapses] = {year: {} for year in years}
    for key, months in _lapses(people, date(min(years), 1, 1), date(max(years), 12, 31), today).items():
        for month in months:
            found[month.year].setdefault(key, []).append(month)
    return found


def _lapses(people: QuerySet[Person], first: date, end: date, today: date) -> Lapses:
    last = min(end, today)
    if last < first:
        return {}
    # The records merged into theirs as well: what was kept there is theirs.
    whose = owners(people.values_list("pk", flat=True))
    if not whose:
        return {}
    absences = [(whose[row.person_id], row.meeting.held_on) for row in absent_in(list(whose), first, last)]
    unpaid = list(
        Arrear.objects.filter(
            person__in=[pk for pk in whose if whose[pk] == pk],
            month__gte=first,
            month__lt=min(month_of(today), end),
        ).values_list("person", "month")
    )
    concerned = {person for person, _ in absences} | {person for person, _ in unpaid}
    stays = _conditions(concerned, first, last)
    found: defaultdict[tuple[int, str], set[date]] = defaultdict(set)
    for person, month in _absent(absences, whose, (first, last), stays):
        found[person, ABSENCE].add(month)
    for person, month in unpaid:
        if not _stopped(stays[person], month, last_day(month), STOPPED_BY):
            found[person, FEES].add(month)
    return {key: sorted(months) for key, months in found.items()}


def _absent(
    absences: list[tuple[int, date]],
    whose: dict[int, int],
    days: tuple[date, date],
    stays: defaultdict[int, list[_Stay]],
) -> Iterable[tuple[int, date]]:
    away = {person for person, _ in absences}
    there = others_in([pk for pk, owner in whose.items() if owner in away], *days)
    excused = {(whose[person], month_of(day)) for person, day in there}
    for person, day in absences:
        # A condition that was recorded later, with an earlier day, counts as well.
        if (person, month_of(day)) not in excused and not _stopped(stays[person], day, day, CONDITIONS):
            yield person, month_of(day)


def _conditions(people: Iterable[int], first: date, last: date) -> defaultdict[int, list[_Stay]]:
    rows = Condition.objects.filter(person__in=list(people), since__lte=last, until__gt=first)
    found: defaultdict[int, list[_Stay]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(_Stay(row.kind, row.since, row.until))
    return found


def _stopped(stays: Iterable[_Stay], first: date, last: date, kinds: Iterable[str]) -> bool:
    return any(one.kind in kinds and one.since <= last and one.until > first for one in stays)


def lapses_of(person: Person, year: int, today: date) -> dict[str, list[date]]:
    """The same of one person, by ground."""
    found = lapses(Person.objects.filter(pk=person.pk), year, today)
    return {ground: months for (_, ground), months in found.items()}


def kept(person: Person, ground: str, month: date) -> bool:
    """Whether the record says anything of a month: that the person's cells met in it, or collected dues for it."""
    cells = person.memberships.filter(since__lte=last_day(month), until__gt=month).values("organisation")
    if ground == FEES:
        return Collection.objects.filter(organisation__in=cells, month=month).exists()
    days = (month, last_day(month))
    return Meeting.objects.filter(organisation__in=cells, held_on__range=days, withdrawn_at=None).exists()

"""Party days in queries: from which day Party age counts, the day of admission, badges reached.

They stand in the events, and beside them a row for each person (``PartyDays``): as of a day before the last of these
events, the events themselves are asked. For the few who were out of the Party between, Party age is taken from the fold
(``members.party_age``); for everyone else the day of the decision says all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Case, DateField, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, ExtractYear

from tochuc.kernel.days import add_months
from tochuc.members.kinds import OFFICIAL
from tochuc.members.models import MemberEvent, PartyDays
from tochuc.members.party_age import PartyAge, party_age

_MONTHS = 12
_FROM_A_LIST = ("opening", "arrived")
_JOINED = ("admitted", "readmitted")
JOINING = (*_FROM_A_LIST, *_JOINED, "recognised", "admission_annulled", "recognition_annulled")
"""What says when one joined the Party and became official."""


def age_from(of: str, on: date) -> Coalesce:
    """From which day Party age counts as of a day; ``of`` leads from the row to the person."""
    listed = (
        _events(of, on, _FROM_A_LIST)
        .annotate(day=Coalesce(KT("data__party_age_from"), KT("data__admitted_on")))
        .exclude(day=None)
        .order_by("-happened_on", "-id")
        .values("day")[:1]
    )
    decided = (
        _events(of, on, _JOINED)
        .order_by("happened_on", "id")
        .annotate(day=Coalesce("decision_on", "happened_on"))
        .values("day")[:1]
    )
    asked = Coalesce(Cast(Subquery(listed), DateField()), Subquery(decided), output_field=DateField())
    return _kept(of, "age_from", on, asked)


def admitted_on(of: str, on: date) -> Coalesce:
    """The day of the ceremony, the latest for one admitted again."""
    day = Case(
        When(kind__in=_FROM_A_LIST, then=Cast(KT("data__admitted_on"), DateField())),
        default=F("happened_on"),
        output_field=DateField(),
    )
    events = _events(of, on, (*_FROM_A_LIST, *_JOINED)).annotate(day=day).exclude(day=None)
    asked = Subquery(events.order_by("-happened_on", "-id").values("day")[:1], output_field=DateField())
    return _kept(of, "admitted_on", on, asked)


def _kept(of: str, field: str, on: date, asked: Combinable) -> Coalesce:
    """The day that stands in the person's row, where nothing was recorded since; else as the events say.

    Looked up for each row: where it is joined, the database would rather read the whole country's.
    """
    rows = PartyDays.objects.filter(person=OuterRef(f"{of}pk"), last_on__lte=on)
    return Coalesce(Subquery(rows.values(field)[:1]), asked, output_field=DateField())


def _events(of: str, on: date, kinds: Iterable[str]) -> QuerySet[MemberEvent]:
    return MemberEvent.objects.filter(
        person=OuterRef(f"{of}pk"), kind__in=list(kinds), corrected_by=None, happened_on__lte=on
    )


def of_age(rows: QuerySet[Any], of: str, on: date, least: int | None, most: int | None) -> QuerySet[Any]:
    """Those of these rows (``of`` leads to the person) whose Party age in full years lies between, both included."""
    days = Q()
    if least is not None:
        days &= Q(age_from__lte=add_months(on, -_MONTHS * least))
    if most is not None:
        days &= Q(age_from__gt=add_months(on, -_MONTHS * (most + 1)))

    def fits(age: PartyAge) -> bool:
        years = age.months // _MONTHS
        return (least is None or years >= least) and (most is None or years <= most)

    return _with(rows, of, on, days, fits)


def reaching(rows: QuerySet[Any], of: str, year: int, marks: Iterable[int], on: date) -> QuerySet[Any]:
    """Those whose Party age comes to one of these years in that calendar year."""
    wanted = list(marks)
    # One comparison of one value: each further mention of it would look it up in the events again.
    days = Q(age_year__in=[year - mark for mark in wanted])

    def fits(age: PartyAge) -> bool:
        return any(badge_day(age, mark).year == year for mark in wanted)

    return _with(rows, of, on, days, fits)


def badge_day(age: PartyAge, years: int) -> date:
    """The day on which that many years of Party age are full."""
    return add_months(age.since, _MONTHS * years + age.taken_off)


def _with(rows: QuerySet[Any], of: str, on: date, days: Q, fits: Callable[[PartyAge], bool]) -> QuerySet[Any]:
    """Those who fit by the day of their decision; those with time outside the Party by their events."""
    # Rows of people themselves (as known on a past day) don't say how one stood.
    official = rows.filter(standing=OFFICIAL) if of else rows
    people = official.order_by().values(f"{of}pk")
    back = PartyDays.objects.filter(back=True, person__in=people).values("person")
    exact = {
        person for person, age in ages(set(back.values_list("person", flat=True)), on).items() if fits(age)
    }
    by_day = days & ~Q(**{f"{of}pk__in": back})
    from_day = age_from(of, on)
    return official.alias(age_from=from_day, age_year=ExtractYear(from_day)).filter(
        by_day | Q(**{f"{of}pk__in": exact})
    )


def ages(people: Iterable[int], on: date) -> dict[int, PartyAge]:
    """The Party age of each of these people (by id) who is official on that day."""
    return ages_of(events_of(people, on), on)


def ages_of(events: Mapping[int, Sequence[MemberEvent]], on: date) -> dict[int, PartyAge]:
    """The same from their events."""
    found = {person: party_age(own, on) for person, own in events.items()}
    return {person: age for person, age in found.items() if age is not None}


def events_of(people: Iterable[int], on: date, kinds: Iterable[str] = ()) -> dict[int, list[MemberEvent]]:
    """The events in force of each of these people up to a day, in order of time; of all kinds, or of these."""
    events = MemberEvent.objects.in_force().filter(person__in=list(people), happened_on__lte=on)
    if kinds:
        events = events.filter(kind__in=list(kinds))
    own: defaultdict[int, list[MemberEvent]] = defaultdict(list)
    for event in events.order_by("person_id", "happened_on", "id"):
        own[event.person_id].append(event)
    return own

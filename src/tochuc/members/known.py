"""Who stood in a branch on a day, as the record said at an earlier moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from tochuc.members.folds import fold, known_at
from tochuc.members.ledger import Count, one
from tochuc.members.models import MemberEvent, Membership, Person
from tochuc.org.known import Days, units_through_time
from tochuc.org.models import Organisation


@dataclass(frozen=True)
class Stood:
    """A person with where and as what they stood, as was known."""

    person: Person
    organisation: Organisation
    standing: str


def stood(organisation: Organisation, on: date, standings: frozenset[str], known: datetime) -> list[Stood]:
    """Who stood in the branch on a day as known at a moment, sorted as Vietnamese names are."""
    places = dict(_places(organisation, on, standings, known))
    people = Person.objects.filter(pk__in=places).order_by("sort_key", "pk")
    cells = Organisation.objects.in_bulk({unit for unit, _standing in places.values()})
    return [Stood(person, cells[places[person.pk][0]], places[person.pk][1]) for person in people]


def headcount(organisation: Organisation, on: date, standings: frozenset[str], known: datetime) -> Count:
    """Members of a branch by standing on a day, as known at a moment."""
    total = Count()
    for _person, (_unit, standing) in _places(organisation, on, standings, known):
        total += one(standing)
    return total


def _places(
    organisation: Organisation, on: date, standings: frozenset[str], known: datetime
) -> Iterator[tuple[int, tuple[int, str]]]:
    """Each person (by id) with their place that day. Folds one person after another: memory stays flat."""
    units = units_through_time(organisation, known)
    people = (
        MemberEvent.objects.filter(organisation__in=units)
        .values("person")
        .union(Membership.objects.filter(organisation__in=units).values("person"))
    )
    events = MemberEvent.objects.filter(person__in=people, recorded_at__lte=known).order_by("person_id", "id")
    for person, own in groupby(events.iterator(chunk_size=5000), key=lambda event: event.person_id):
        place = fold(known_at(list(own), known)).at(on)
        if (
            place.organisation is not None
            and place.standing in standings
            and _inside(units, place.organisation, on)
        ):
            yield person, (place.organisation, place.standing)


def _inside(units: dict[int, Days], unit: int, day: date) -> bool:
    return any(since <= day < until for since, until in units.get(unit, ()))

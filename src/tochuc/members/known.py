"""Who stood in a branch on a day, as the record said at an earlier moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from tochuc.members.ledger import Count, one
from tochuc.members.lives import inside, lives
from tochuc.members.models import Person
from tochuc.org.known import units_through_time
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
    """Each person (by id) with their place that day."""
    units = units_through_time(organisation, known)
    for person, folded in lives(units, known):
        place = folded.at(on)
        if (
            place.organisation is not None
            and place.standing in standings
            and inside(units, place.organisation, on)
        ):
            yield person, (place.organisation, place.standing)

"""Everyone who ever had to do with a branch, folded one after another as the record stood at an earlier moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby

from tochuc.members.folds import Folded, fold, known_at
from tochuc.members.models import MemberEvent, Membership
from tochuc.org.known import Days


def lives(units: Iterable[int], known: datetime) -> Iterator[tuple[int, Folded]]:
    """Each person (by id) of these organisations with what was recorded of them by a moment; memory stays flat."""
    within = list(units)
    people = (
        MemberEvent.objects.filter(organisation__in=within)
        .values("person")
        .union(Membership.objects.filter(organisation__in=within).values("person"))
    )
    events = MemberEvent.objects.filter(person__in=people, recorded_at__lte=known).order_by("person_id", "id")
    for person, own in groupby(events.iterator(chunk_size=5000), key=lambda event: event.person_id):
        yield person, fold(known_at(list(own), known))


def inside(units: dict[int, Days], unit: int | None, day: date) -> bool:
    """Whether an organisation stood in the branch on a day; ``units`` are the branch's with their days."""
    return unit is not None and any(since <= day < until for since, until in units.get(unit, ()))

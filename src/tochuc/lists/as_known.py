"""Who stood where on a day, as the record said at an earlier moment: everyone of the branch folded anew."""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby

from tochuc.members.folds import Place, fold, known_at
from tochuc.members.models import MemberEvent, Membership
from tochuc.org.known import units_through_time
from tochuc.org.models import Organisation


def places(organisation: Organisation, day: date, known: datetime) -> dict[int, Place]:
    """By person (id), the place in the branch on that day, from what had been recorded by that moment."""
    units = units_through_time(organisation, known)
    inside = {unit for unit, spans in units.items() if any(since <= day < until for since, until in spans)}
    people = (
        MemberEvent.objects.filter(organisation__in=units)
        .values("person")
        .union(Membership.objects.filter(organisation__in=units).values("person"))
    )
    events = MemberEvent.objects.filter(person__in=people, recorded_at__lte=known).order_by("person_id", "id")
    found = {}
    for person, own in groupby(events.iterator(chunk_size=5000), key=lambda event: event.person_id):
        place = fold(known_at(list(own), known)).at(day)
        if place.organisation in inside:
            found[person] = place
    return found

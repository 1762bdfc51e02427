"""How people came to a branch and left it, for its register: from the ledger, transfers inside the branch left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import QuerySet

from tochuc.members.kinds import EVENT_KINDS, IN_PARTY
from tochuc.members.models import Membership, Movement, Person
from tochuc.org.models import Organisation, Under

_BY_TRANSFER = frozenset({"transferred", "reorganisation"})


def ever_in(organisation: Organisation, on: date) -> QuerySet[Person]:
    """Everyone who has been a Party member in the branch up to that day, by name."""
    stood = Membership.objects.filter(
        organisation__in=_units(organisation, on), standing__in=IN_PARTY, since__lte=on
    )
    people = Person.objects.filter(pk__in=stood.values("person")).select_related("home")
    return people.order_by("sort_key", "pk")


def comings(organisation: Organisation, people: Collection[int], on: date) -> dict[int, dict[str, Any]]:
    """By person, when and whence they last came to the branch, and when and how they left it since."""
    units = set(_units(organisation, on).values_list("unit", flat=True))
    moves = Movement.objects.filter(person__in=people, on__lte=on).select_related(
        "event", "from_organisation", "to_organisation"
    )
    found: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    for move in moves.order_by("person_id", "on", "pk"):
        was = move.from_organisation_id in units and move.from_standing in IN_PARTY
        is_in = move.to_organisation_id in units and move.to_standing in IN_PARTY
        if is_in and not was:
            found[move.person_id] = _came(move)
        elif was and not is_in:
            found[move.person_id] |= _left(move)
    return found


def _units(organisation: Organisation, on: date) -> QuerySet[Under, Any]:
    return Under.objects.filter(above=organisation, since__lte=on).values("unit")


def _came(move: Movement) -> dict[str, Any]:
    """Only a transfer has a place it comes from; an admission stands in its own column."""
    if move.reason not in _BY_TRANSFER:
        return {}
    frm = move.from_organisation.name if move.from_organisation else move.event.data.get("origin", "")
    return {"came_on": move.on, "came_from": frm}


def _left(move: Movement) -> dict[str, Any]:
    if move.reason in _BY_TRANSFER:
        to = move.to_organisation.name if move.to_organisation else move.event.data.get("destination", "")
        return {"left_on": move.on, "left_to": to}
    if move.reason == "deceased":
        return {"died_on": move.on}
    return {"out_on": move.on, "out_how": EVENT_KINDS[move.event.kind].label}

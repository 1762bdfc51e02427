"""The roll of a cell on a day: who is expected at a meeting, and who isn't and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tochuc.members.conditions import CONDITIONS, TEMPORARY
from tochuc.members.kinds import IN_PARTY
from tochuc.members.models import Condition, Membership, Person
from tochuc.org.models import Organisation


@dataclass(frozen=True)
class Place:
    """A person on the roll; ``why_not`` names the condition in which they aren't expected."""

    person: Person
    guest: bool = False
    why_not: str = ""

    @property
    def expected(self) -> bool:
        """Whether their attendance counts."""
        return not self.why_not


def roll(cell: Organisation, on: date) -> list[Place]:
    """Members of the cell on a day and those who meet here for a time, by name.

    Exempt, suspended, abroad, elsewhere for a time or on the way to another cell, one isn't expected.
    """
    stays = Membership.objects.on(on).filter(organisation=cell, standing__in=IN_PARTY)
    members = {stay.person_id: stay.person for stay in stays.select_related("person")}
    guests = {
        one.person_id: one.person
        for one in Condition.objects.on(on)
        .filter(kind=TEMPORARY, organisation=cell, person__standing__in=IN_PARTY)
        .select_related("person")
    }
    kept_away: dict[int, str] = {}
    for one in Condition.objects.on(on).filter(person__in={*members, *guests}).order_by("pk"):
        # A guest is here because they are elsewhere for a time.
        if not (one.kind == TEMPORARY and one.person_id in guests):
            kept_away[one.person_id] = CONDITIONS[one.kind].label
    places = [Place(person, why_not=kept_away.get(pk, "")) for pk, person in members.items()]
    places += [
        Place(person, guest=True, why_not=kept_away.get(pk, ""))
        for pk, person in guests.items()
        if pk not in members
    ]
    return sorted(places, key=lambda place: (place.person.sort_key, place.person.pk))

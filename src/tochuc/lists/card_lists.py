"""Party cards in a branch: who has none yet, whose has to be taken in, which were given over a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from tochuc.cases.models import Case
from tochuc.members.kinds import OFFICIAL, OUTSIDE
from tochuc.members.models import MemberEvent, Person
from tochuc.org.models import Organisation, Under
from tochuc.procedures.card import ISSUE, WITHDRAWAL

GIVEN = {"card_issued": "Phát thẻ", "card_exchanged": "Đổi thẻ", "card_reissued": "Cấp lại thẻ"}
_LEFT = ("expelled", "removed", "departed")


@dataclass(frozen=True)
class Without:
    """An official member without a card, and since when official where the ledger tells."""

    person: Person
    since: date | None


@dataclass(frozen=True)
class Given:
    """A card that was given: when, to whom, what number, by which decision."""

    on: date
    what: str
    person: Person
    number: str
    decision: str


def _people(organisation: Organisation, on: date) -> QuerySet[Person]:
    units = Under.objects.on(on).filter(above=organisation).values("unit")
    return Person.objects.filter(home__in=units, merged_into=None).select_related("home")


def _asked(code: str) -> Exists:
    return Exists(Case.objects.filter(person=OuterRef("pk"), procedure=code, closed_on=None))


def without_card(organisation: Organisation, on: date) -> list[Without]:
    """Official members whose record has no card number and for whom none is asked yet, by name."""
    people = _people(organisation, on).filter(standing=OFFICIAL, card_number="")
    rows = list(people.exclude(_asked(ISSUE.code)).order_by("sort_key", "pk"))
    events = MemberEvent.objects.filter(person__in=rows, kind="recognised", corrected_by=None)
    since = {event.person_id: event.happened_on for event in events.order_by("happened_on")}
    return [Without(person, since.get(person.pk)) for person in rows]


def to_take_in(organisation: Organisation, on: date) -> list[Without]:
    """Who was expelled, removed or left and still has a card by the record, with the day of leaving."""
    people = _people(organisation, on).filter(standing=OUTSIDE).exclude(card_number="")
    rows = {person.pk: person for person in people.exclude(_asked(WITHDRAWAL.code))}
    events = MemberEvent.objects.filter(
        person__in=rows, kind__in=(*_LEFT, "died", "left_for"), corrected_by=None
    )
    last = {event.person_id: event for event in events.order_by("happened_on", "id")}
    found = [Without(rows[pk], event.happened_on) for pk, event in last.items() if event.kind in _LEFT]
    return sorted(found, key=lambda one: (one.since or date.min, one.person.sort_key))


def given(organisation: Organisation, first: date, last: date) -> list[Given]:
    """The cards given to the branch's members from one day to another, both included, in order of time."""
    events = MemberEvent.objects.filter(
        kind__in=GIVEN,
        corrected_by=None,
        happened_on__range=(first, last),
        person__in=_people(organisation, last).values("pk"),
    )
    return [
        Given(
            event.happened_on,
            GIVEN[event.kind],
            event.person,
            str(event.data.get("number", "")),
            event.decision_number,
        )
        for event in events.select_related("person", "person__home").order_by(
            "happened_on", "person__sort_key"
        )
    ]


def running(organisation: Organisation, cases: QuerySet[Case], on: date) -> QuerySet[Case]:
    """The running cases about cards of the branch's members, among those one may see."""
    codes = (ISSUE.code, "card_replacement", WITHDRAWAL.code)
    rows = cases.filter(
        procedure__in=codes, closed_on=None, person__in=_people(organisation, on).values("pk")
    )
    return rows.select_related("person", "organisation").order_by("opened_on", "pk")

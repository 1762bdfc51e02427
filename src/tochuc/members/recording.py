"""Recording what happened to a person, checked by the rules; and rehearsing it to show what it would change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from tochuc.audit.record import Actor
from tochuc.kernel.days import FOREVER
from tochuc.kernel.remembering import asking_anew
from tochuc.members import actions, eligibility, temporary
from tochuc.members.actions import NO_DECISION, Decision
from tochuc.members.branches import heads
from tochuc.members.conditions import CONDITIONS
from tochuc.members.folds import Folded, fold
from tochuc.members.kinds import EVENT_KINDS, IN_PARTY, STANDINGS
from tochuc.members.ledger import Count
from tochuc.members.models import MemberEvent, Person
from tochuc.org.models import Organisation

_IN_ONE_S_CELL = frozenset(
    {"admitted", "readmitted", "restored", "reconnected", "arrived", "sympathiser_listed"}
)


@dataclass(frozen=True)
class Wish:
    """What is to be recorded of a person: the kind of event, its day, its paper, where to."""

    kind: str
    on: date
    decision: Decision = NO_DECISION
    organisation: Organisation | None = None
    data: dict[str, Any] = field(default_factory=dict)


def write(person: Person, wish: Wish, *, by: Actor, today: date) -> MemberEvent:
    """Record one event. Where the kind needs a cell and none is named, it is the person's own.

    Raises ``Refused`` with the field to mend.
    """
    _check_rules(person, wish)
    if wish.kind == "left_for":
        return actions.transfer_out(
            person,
            destination=str(wish.data.get("destination", "")),
            on=wish.on,
            by=by,
            today=today,
            decision=wish.decision,
        )
    kind = EVENT_KINDS[wish.kind]
    cell = wish.organisation or (person.home if wish.kind in _IN_ONE_S_CELL else None)
    return actions.append(
        person,
        wish.kind,
        on=wish.on,
        by=by,
        today=today,
        organisation=cell if kind.place or kind.elsewhere else None,
        decision=wish.decision,
        data=wish.data,
    )


def _check_rules(person: Person, wish: Wish) -> None:
    if wish.kind in {"admitted", "readmitted"}:
        eligibility.check_admission(person, wish.on)
    if wish.kind == "recognised":
        eligibility.check_recognition(eligibility.probation_end(events_in_force(person)), wish.on)
    if wish.kind == "sent_temporarily" and (until := wish.data.get("until_on")):
        temporary.check(wish.on, date.fromisoformat(until), str(wish.data.get("purpose", "")))


def events_in_force(person: Person) -> Iterable[MemberEvent]:
    """A person's events that no other corrects, in order of time."""
    return person.events.in_force().order_by("happened_on", "id")


@dataclass(frozen=True)
class Stand:
    """Where a person stands: standing, cell and the conditions that hold, in words."""

    standing: str
    cell: str
    conditions: str


@dataclass(frozen=True)
class Change:
    """The members of one cell today, before and after."""

    name: str
    before: Count
    after: Count


@dataclass(frozen=True)
class Effect:
    """What a record would change: where the person stands now, the cells it touches, the whole life."""

    before: Stand
    after: Stand
    cells: tuple[Change, ...]
    lives: tuple[Folded, Folded]


def rehearse(person: Person, work: Callable[[], MemberEvent], *, today: date) -> Effect:
    """Do the work in full, see what it comes to, and undo it. Raises what the work raises."""
    cells: dict[int, str] = {}
    with asking_anew(), transaction.atomic():
        before, was = _stand(person, cells), fold(person.events.all())
        work()
        after = _stand(Person.objects.select_related("home").get(pk=person.pk), cells)
        changed, will_be = heads(list(cells), [today]), fold(person.events.all())
        transaction.set_rollback(True)
    standing = heads(list(cells), [today])
    return Effect(
        before,
        after,
        tuple(Change(n, standing[c, today].members, changed[c, today].members) for c, n in cells.items()),
        (was, will_be),
    )


def _stand(person: Person, cells: dict[int, str]) -> Stand:
    """Where the person stands; notes their cell among those to count."""
    if person.home is not None:
        cells[person.home.pk] = person.home.name
    inside = person.home is not None and person.standing != "outside"
    held = person.conditions.filter(until=FOREVER).order_by("since").values_list("kind", flat=True)
    return Stand(
        STANDINGS[person.standing],
        person.home.name if person.home and inside else "",
        ", ".join(CONDITIONS[kind].label for kind in held),
    )


def in_party(person: Person) -> bool:
    """Whether the person is a Party member now."""
    return person.standing in IN_PARTY

"""What the record says of someone who joins: age, whether and how they left the Party before, who knows them."""

from __future__ import annotations

from datetime import date
from typing import Any

from tochuc.cases.asking import recorded
from tochuc.cases.facts import Later
from tochuc.cases.models import Case
from tochuc.kernel.known_dates import KnownDate
from tochuc.members import eligibility
from tochuc.members.models import Person
from tochuc.members.queries import events_in_force
from tochuc.procedures.record_facts import member_case_facts

LEFT = ("expelled", "removed", "departed")


def joining_facts(case: Case, on: date) -> dict[str, Any]:
    """Facts of the person and of those who vote on them, their age, and how they left before."""
    facts = member_case_facts(case, on)
    if case.person is None:
        return facts
    return {**facts, "over_age": _over_age(case.person.birth, on), **_left_before(case.person, case)}


def _over_age(birth: KnownDate, on: date) -> bool:
    found = [one for one in eligibility.ages(birth, on) if one.rule.id == "admission.age_maximum"]
    return any(not one.met for one in found)


def _left_before(person: Person, case: Case) -> dict[str, Any]:
    """The last exit in force, its kind and, where a case led to it, its ground; how often admitted again."""
    events = events_in_force(person)
    last = next((one for one in reversed(events) if one.kind in LEFT), None)
    own = {move.event_id for move in recorded(case)} if case.pk else set[int | None]()
    again = [one for one in events if one.kind == "readmitted" and one.pk not in own]
    return {
        "left_on": last.happened_on if last else None,
        "left_by": last.kind if last else "",
        "left_ground": Later(lambda: _ground(person)) if last is not None else "",
        "readmissions": len(again),
    }


def _ground(person: Person) -> str:
    """The ground of the removal by which the person left; empty where no case led to it."""
    removals = Case.objects.filter(person=person, procedure="removal", result="removed")
    removal = removals.order_by("pk").last()
    return str(removal.answers.get("ground", "")) if removal else ""

"""What the record says of someone who joins: age, whether and how they left the Party before, who knows them."""

from __future__ import annotations

from datetime import date
from typing import Any

from tochuc.cases.models import Case
from tochuc.kernel.known_dates import KnownDate
from tochuc.members import eligibility
from tochuc.members.models import MemberEvent, Person
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
    events = MemberEvent.objects.filter(person=person, corrected_by=None)
    last = events.filter(kind__in=LEFT).order_by("happened_on", "pk").last()
    again = events.filter(kind="readmitted")
    if case.pk is not None:
        again = again.exclude(case_moves__case=case)
    removal = Case.objects.filter(person=person, procedure="removal", result="removed").order_by("pk").last()
    return {
        "left_on": last.happened_on if last else None,
        "left_by": last.kind if last else "",
        "left_ground": str(removal.answers.get("ground", "")) if removal else "",
        "readmissions": again.count(),
    }

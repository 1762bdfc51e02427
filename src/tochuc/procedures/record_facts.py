"""What the record says for a case on a day: about the person, and how many may vote where."""

from __future__ import annotations

from datetime import date
from typing import Any

from tochuc.cases.declare import BASE, CELL, COMPETENT
from tochuc.cases.models import Case
from tochuc.cases.places import place_of
from tochuc.kernel.days import add_months
from tochuc.kernel.errors import NotInForce
from tochuc.members.kinds import OUTSIDE
from tochuc.members.ledger import headcount
from tochuc.members.models import Holds
from tochuc.members.queries import joined_party, membership_on
from tochuc.org.kinds import KINDS
from tochuc.org.models import Organisation, Under
from tochuc.rules.ask import rule

_ON_THE_COMMITTEE = (
    "secretary",
    "standing_deputy_secretary",
    "deputy_secretary",
    "standing_committee_member",
    "committee_member",
)


def person_facts(case: Case, on: date) -> dict[str, Any]:
    """The person as the ledger knows them on the day: birth, standing, the days of joining."""
    person = case.person
    if person is None:
        return {}
    stands = membership_on(person, on)
    decided, ceremony, official = joined_party(person)
    facts: dict[str, Any] = {
        "full_name": person.full_name,
        "birth": person.birth,
        "standing": stands.standing if stands else OUTSIDE,
        "decided_on": decided,
        "admitted_on": ceremony,
        "official_on": official,
    }
    if ceremony is not None and official is None:
        facts["probation_ends"] = _probation_end(ceremony)
    return facts


def _probation_end(ceremony: date) -> date | None:
    try:
        return add_months(ceremony, rule("probation.length", on=ceremony).number)
    except NotInForce:
        return None


def voting_facts(case: Case, on: date) -> dict[str, Any]:
    """How many official members the cell has, how many sit on the committees, whether there is a level between."""
    cell, base = place_of(case, CELL, on), place_of(case, BASE, on)
    competent = place_of(case, COMPETENT, on)
    facts: dict[str, Any] = {
        "official_members": headcount(cell, on).official if cell else None,
        "committee_members": seated(base, on),
        "competent_members": seated(competent, on),
        "has_sectional": bool(cell) and _under_a_sectional(cell, on),
        "base": base.pk if base else None,
        "base_is_cell": base is not None and KINDS[base.kind].holds_members,
    }
    return facts


def seated(organisation: Organisation | None, on: date) -> int | None:
    """People who sit on the organisation's committee; None where the record names none."""
    if organisation is None:
        return None
    rows = Holds.objects.on(on).filter(post__organisation=organisation, post__kind__in=_ON_THE_COMMITTEE)
    return rows.values("person").distinct().count() or None


def being_appealed(case: Case, *steps: str) -> bool:
    """Whether an appeal against the decision that one of these steps put into the ledger is being settled."""
    if case.pk is None:
        return False
    decided = case.moves.filter(step__in=steps, taken_back_by=None).exclude(event=None).last()
    if decided is None:
        return False
    against = f"event:{decided.event_id}"
    return Case.objects.filter(person=case.person, closed_on=None, answers__against=against).exists()


def _under_a_sectional(cell: Organisation | None, on: date) -> bool:
    return Under.objects.on(on).filter(unit=cell, above__kind="sectional_committee").exists()


def member_case_facts(case: Case, on: date) -> dict[str, Any]:
    """Facts of the person and of those who vote on them."""
    return {**person_facts(case, on), **voting_facts(case, on)}

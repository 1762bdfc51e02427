"""What the record says for a case on a day: about the person, and how many may vote where."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q

from tochuc.cases.asking import recorded
from tochuc.cases.declare import BASE, CELL, COMPETENT
from tochuc.cases.facts import Later
from tochuc.cases.models import Case, CaseMove
from tochuc.cases.places import place_of
from tochuc.kernel.days import add_months
from tochuc.kernel.errors import NotInForce
from tochuc.members.kinds import OUTSIDE
from tochuc.members.ledger import headcount
from tochuc.members.models import Holds
from tochuc.members.queries import joined_party, membership_on
from tochuc.org.kinds import KINDS
from tochuc.org.models import Organisation
from tochuc.org.queries import lines_above
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
    """How many official members the cell has, how many sit on the committees, whether there is a level between.

    Numbers of those who vote are looked up where a vote asks for them.
    """
    cell, base = place_of(case, CELL, on), place_of(case, BASE, on)
    competent = place_of(case, COMPETENT, on)
    seats = Later(lambda: _seated_at([one.pk for one in (base, competent) if one], on))
    facts: dict[str, Any] = {
        "official_members": Later(lambda: headcount(cell, on).official) if cell else None,
        "committee_members": seats.then(lambda found: found[0].get(base.pk)) if base else None,
        "competent_members": seats.then(lambda found: found[1].get(competent.pk)) if competent else None,
        "has_sectional": bool(cell) and _under_a_sectional(cell, on),
        "base": base.pk if base else None,
        "base_is_cell": base is not None and KINDS[base.kind].holds_members,
    }
    return facts


def seated(organisation: Organisation | None, on: date) -> int | None:
    """People who sit on the organisation's committee; None where the record names none."""
    return _seated_at([organisation.pk], on)[0].get(organisation.pk) if organisation else None


def _seated_at(organisations: list[int], on: date) -> tuple[dict[int, int], dict[int, int]]:
    """How many sit on the committees of several, by id, and on the standing committees of those that have one.

    Those whose record names nobody are left out. A committee whose record names no member of a standing committee
    decides as a whole.
    """
    rows = Holds.objects.on(on).filter(post__organisation__in=organisations, post__kind__in=_ON_THE_COMMITTEE)
    counted = (
        rows.order_by()
        .values_list("post__organisation")
        .annotate(
            whole=Count("person", distinct=True),
            leading=Count("person", distinct=True, filter=~Q(post__kind="committee_member")),
            named=Count("person", filter=Q(post__kind="standing_committee_member")),
        )
    )
    found = list(counted)
    return {pk: whole for pk, whole, _leading, _named in found}, {
        pk: leading if named else whole for pk, whole, leading, named in found
    }


def being_appealed(case: Case, *steps: str) -> bool:
    """Whether an appeal against the decision that one of these steps put into the ledger is being settled."""
    if case.pk is None:
        return False
    decided = next((one for one in reversed(recorded(case)) if one.step in steps and _entered(one)), None)
    if decided is None:
        return False
    against = f"event:{decided.event_id}"
    return Case.objects.filter(person=case.person, closed_on=None, answers__against=against).exists()


def _entered(move: CaseMove) -> bool:
    return move.event_id is not None and not hasattr(move, "taken_back_by")


def _under_a_sectional(cell: Organisation | None, on: date) -> bool:
    return cell is not None and any(
        line.above.kind == "sectional_committee" for line in lines_above(cell, on)
    )


def member_case_facts(case: Case, on: date) -> dict[str, Any]:
    """Facts of the person and of those who vote on them."""
    return {**person_facts(case, on), **voting_facts(case, on)}

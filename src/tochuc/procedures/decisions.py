"""The decision that an outcome rests on: its number, day, and the committee that decided on that day."""

from __future__ import annotations

from datetime import date

from tochuc.cases.declare import BASE, COMPETENT
from tochuc.cases.models import Case
from tochuc.cases.places import place_of
from tochuc.members.actions import Decision
from tochuc.org.models import Organisation

AT_THE_BASE = "decide_base"
"""The step in which an empowered committee at the base decides."""


def decider(case: Case, step: str, on: date) -> Organisation | None:
    """Whose decision a step is: the empowered committee's at the base, else the competent one's."""
    return place_of(case, BASE if step == AT_THE_BASE else COMPETENT, on)


def decision_in(case: Case, step: str, number: object, on: date) -> Decision:
    """The decision that was made in a step."""
    body = decider(case, step, on)
    return Decision(str(number), on, body.name if body else "")


def decision_above(case: Case, number: object, on: date) -> Decision:
    """A decision of the committee that is competent for the case on the day."""
    return decision_in(case, "", number, on)

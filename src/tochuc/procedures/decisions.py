"""The decision that an outcome rests on: its number, day, and the committee that was competent on that day."""

from __future__ import annotations

from datetime import date

from tochuc.cases.declare import COMPETENT
from tochuc.cases.models import Case
from tochuc.cases.places import place_of
from tochuc.members.actions import Decision


def decision_above(case: Case, number: object, on: date) -> Decision:
    """A decision of the committee that is competent for the case on the day."""
    competent = place_of(case, COMPETENT, on)
    return Decision(str(number), on, competent.name if competent else "")

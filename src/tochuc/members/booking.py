"""How one person's life is booked in the statement of a branch: what each figure counts, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tochuc.members import shifts
from tochuc.members.folds import Folded, Step
from tochuc.members.kinds import IN_PARTY
from tochuc.members.lives import inside
from tochuc.org.known import Days


@dataclass(frozen=True)
class Booked:
    """A movement of the branch: the standing before and after, None for anywhere outside it or the Party.

    It rests on a step of the person, or on the crossing of the unit in which they stayed.
    """

    on: date
    reason: str
    frm: str | None
    to: str | None
    step: Step | None = None
    crossing: shifts.Crossing | None = None


def booked(folded: Folded, units: dict[int, Days], first: date, last: date) -> Iterator[Booked]:
    """The movements of a branch that one person made in a period; what nets to nothing within it is none."""
    for step in folded.steps:
        if not first <= step.on <= last:
            continue
        was = step.frm.in_party and inside(units, step.frm.organisation, step.from_on)
        is_in = step.to.in_party and inside(units, step.to.organisation, step.on)
        frm, to = step.frm.standing if was else None, step.to.standing if is_in else None
        if frm != to:
            yield Booked(step.on, step.reason, frm, to, step=step)
    for crossing in shifts.shifted(folded, units, first, last):
        if crossing.standing in IN_PARTY:
            frm, to = (None, crossing.standing) if crossing.is_in else (crossing.standing, None)
            yield Booked(crossing.on, shifts.REASON, frm, to, crossing=crossing)

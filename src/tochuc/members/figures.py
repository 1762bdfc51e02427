"""Who stands behind each figure of a statement: by name of the figure, for sealing it and for seeing what changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import NamedTuple

from tochuc.members import ledger
from tochuc.members.booking import booked
from tochuc.members.folds import Folded
from tochuc.members.lives import inside
from tochuc.members.queries import members_of
from tochuc.members.statement_form import DECREASE, FOOT, HEAD, INCREASE, SHIFT
from tochuc.org.known import Days
from tochuc.org.models import Organisation

_PART = {ledger.IN: INCREASE, ledger.OUT: DECREASE, ledger.SHIFT: SHIFT}
_OPENING, _CLOSING = "opening", "closing"


class Figure(NamedTuple):
    """One figure of the form: the part, the row, the standing; a shift has the standing that one comes to."""

    part: str
    code: str
    standing: str


def people_behind(organisation: Organisation, first: date, last: date) -> dict[Figure, list[int]]:
    """The people (by id) behind each figure of a branch's statement; one who moved twice stands there twice."""
    found: defaultdict[Figure, list[int]] = defaultdict(list)
    for part, code, day in ((HEAD, _OPENING, first - timedelta(days=1)), (FOOT, _CLOSING, last)):
        for person, standing in members_of(organisation, day).values_list("person_id", "standing"):
            found[Figure(part, code, standing)].append(person)
    for line in ledger.lines(organisation, first, last):
        found[Figure(_PART[line.side], line.reason, line.standing)].append(line.person)
    return dict(found)


def figures_of(folded: Folded, units: dict[int, Days], first: date, last: date) -> Counter[Figure]:
    """In which figures of a branch one person counts; ``units`` are the branch's organisations with their days."""
    found = Counter[Figure]()

    for part, code, day in ((HEAD, _OPENING, first - timedelta(days=1)), (FOOT, _CLOSING, last)):
        place = folded.at(day)
        if place.in_party and inside(units, place.organisation, day):
            found[Figure(part, code, place.standing)] += 1
    for one in booked(folded, units, first, last):
        side = ledger.side_of(one.frm, one.to)
        found[Figure(_PART[side], ledger.row_code(one.reason, side), one.to or one.frm or "")] += 1
    return found

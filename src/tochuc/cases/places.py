"""Which organisation a place of a case is on a day: the cell, the base above it, the committee that decides."""

from __future__ import annotations

from datetime import date

from tochuc.cases.declare import ABOVE, BASE, CELL, COMPETENT, HERE, PROVINCE, SUBJECT, TO, TO_BASE
from tochuc.cases.models import Case
from tochuc.members.queries import membership_on
from tochuc.org.models import Heir, Organisation
from tochuc.org.queries import lines_above

_AT_THE_BASE = frozenset({"grassroots_committee", "grassroots_cell"})
_ABOVE_THE_BASE = frozenset({"commune_committee", "district_committee", "province_committee"})
_THAT_DECIDE = _ABOVE_THE_BASE | {"grassroots_committee"}
_KINDS_OF = {
    BASE: _AT_THE_BASE,
    TO_BASE: _AT_THE_BASE,
    ABOVE: _THAT_DECIDE,
    PROVINCE: frozenset({"province_committee"}),
}


def place_of(case: Case, place: str, on: date) -> Organisation | None:
    """The organisation; None for the person themself, and where there is none on that day.

    Where nothing above is in the record, what stands highest decides for itself. What ended is stood for by
    those that followed it, so a case goes on after a reorganisation.
    """
    if place == SUBJECT:
        return None
    start = _receiving(case, on) if place in {TO, TO_BASE} else cell_of(case, on)
    if start is None or place in {CELL, HERE, TO}:
        return start
    if place == ABOVE:
        return _above(start, ABOVE, on) or start
    return _above(start, place, on)


def above_of(organisation: Organisation, on: date) -> Organisation | None:
    """The committee next above an organisation, or above what followed it; None where our record ends."""
    return _above(_alive(organisation, on), ABOVE, on)


def cell_of(case: Case, on: date) -> Organisation:
    """The cell of the case's person on a day; where they stand nowhere, that of the case or what follows it."""
    if case.person is not None:
        stands = membership_on(case.person, on)
        if stands is not None:
            return stands.organisation
    return _alive(case.organisation, on)


def _receiving(case: Case, on: date) -> Organisation | None:
    return _alive(case.to, on) if case.to is not None else None


def _alive(organisation: Organisation, on: date) -> Organisation:
    if organisation.exists_on(on):
        return organisation
    heir = (
        Heir.objects.on(on).filter(ended=organisation).select_related("heir").order_by("heir__code").first()
    )
    return heir.heir if heir else organisation


def _above(start: Organisation, place: str, on: date) -> Organisation | None:
    kinds = _KINDS_OF.get(place, _ABOVE_THE_BASE)
    least = 1 if place in {COMPETENT, ABOVE} else 0
    fit = (line.above for line in lines_above(start, on) if line.depth >= least and line.above.kind in kinds)
    return next(fit, None)

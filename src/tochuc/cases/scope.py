"""How cases are reached: by where they live, where they go, and who has a step to take; each by its own person.

A closed file (discipline, complaints) is a kind of its own: only an organisation that acts in it reaches it,
never one above merely because it stands above, nor the cell of the person where it has no part in it.
"""

from __future__ import annotations

from django.db.models import Q

from tochuc.access.reach import Reach, Units, register
from tochuc.cases.models import Case, CaseParty, OpenStep


def _near(units: Units) -> Q:
    return Q(organisation__in=units) | Q(to__in=units)


def _acting(units: Units) -> Units:
    """The files in which these organisations have, had or will have a step to take."""
    return CaseParty.objects.filter(organisation__in=units).values("case")


CASE = Reach(
    kind="case",
    model=Case,
    key="ref",
    read="case.read",
    place=lambda units, _day: Q(closed_file=False) & (_near(units) | Q(pk__in=_acting(units))),
    own=lambda account: Q(closed_file=False, person__account=account),
    related=("person", "person__home", "organisation", "to"),
)

CLOSED_CASE = Reach(
    kind="closed_case",
    model=Case,
    key="ref",
    read="closed_case.read",
    place=lambda units, _day: Q(closed_file=True, pk__in=_acting(units)),
    own=lambda account: Q(closed_file=True, person__account=account),
    related=("person", "person__home", "organisation", "to"),
)

OPEN_STEP = Reach(
    kind="open_step",
    model=OpenStep,
    key="pk",
    read="case.due",
    place=lambda units, _day: Q(actors__organisation__in=units, case__closed_file=False),
    own=lambda account: Q(actors__organisation=None, case__closed_file=False, case__person__account=account),
)


CLOSED_STEP = Reach(
    kind="closed_step",
    model=OpenStep,
    key="pk",
    read="closed_case.due",
    place=lambda units, _day: Q(actors__organisation__in=units, case__closed_file=True),
    own=lambda account: Q(actors__organisation=None, case__closed_file=True, case__person__account=account),
)


def setup() -> None:
    """Register the kinds; called once when the application is ready."""
    for reach in (CASE, CLOSED_CASE, OPEN_STEP, CLOSED_STEP):
        register(reach)

"""Who of a branch has a condition on a day, and who is expected there: counts and lists."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet

from tochuc.members.conditions import ABROAD, EXEMPT, IN_TRANSFER, SUSPENDED, TEMPORARY
from tochuc.members.models import Condition, Membership
from tochuc.org.models import Organisation, Under

COMING, GUESTS = "coming", "guests"
"""On the way to the branch; meeting in it for a time while counted elsewhere."""
OWN = (IN_TRANSFER, TEMPORARY, SUSPENDED, ABROAD, EXEMPT)
_FROM_ELSEWHERE = {COMING: IN_TRANSFER, GUESTS: TEMPORARY}


def listed(branch: Organisation, on: date, view: str) -> QuerySet[Condition]:
    """The conditions of one view: one of ``OWN`` among the branch's members, or those that lead to the branch."""
    kind = _FROM_ELSEWHERE.get(view)
    rows = _coming(branch, on).filter(kind=kind) if kind else _own(branch, on).filter(kind=view)
    return rows.select_related("person__home", "organisation", "event").order_by("since", "person__sort_key")


def tally(branch: Organisation, on: date) -> dict[str, int]:
    """How many there are of each view."""
    own = dict(_own(branch, on).values_list("kind").annotate(n=Count("pk")))
    coming = dict(_coming(branch, on).values_list("kind").annotate(n=Count("pk")))
    found = {view: coming.get(kind, 0) for view, kind in _FROM_ELSEWHERE.items()}
    return found | {kind: own.get(kind, 0) for kind in OWN}


def _units(branch: Organisation, on: date) -> QuerySet[Under, int]:
    return Under.objects.on(on).filter(above=branch).values_list("unit", flat=True)


def _own(branch: Organisation, on: date) -> QuerySet[Condition]:
    here = Membership.objects.on(on).filter(person=OuterRef("person"), organisation__in=_units(branch, on))
    return Condition.objects.on(on).filter(Exists(here))


def _coming(branch: Organisation, on: date) -> QuerySet[Condition]:
    return Condition.objects.on(on).filter(
        organisation__in=_units(branch, on), kind__in=_FROM_ELSEWHERE.values()
    )

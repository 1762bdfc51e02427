"""How reconciliations are reached: by the organisation whose branch the list is of."""

from __future__ import annotations

from django.db.models import Q

from tochuc.access.reach import Reach, register
from tochuc.reconcile.models import Reconciliation

RECONCILIATION = Reach(
    kind="reconciliation",
    model=Reconciliation,
    key="ref",
    read="member.reconcile",
    place=lambda units, _day: Q(organisation__in=units),
    related=("organisation", "made_by"),
)


def setup() -> None:
    """Register the kind; called once when the application is ready."""
    register(RECONCILIATION)

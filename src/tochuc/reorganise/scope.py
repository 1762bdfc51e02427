"""How plans and reorganisations are reached: by the organisation whose branch they rearrange."""

from __future__ import annotations

from django.db.models import Q

from tochuc.access.reach import Reach, register
from tochuc.reorganise.models import Draft, Reorganisation

PLAN = Reach(
    kind="plan",
    model=Draft,
    key="ref",
    read="organisation.arrange",
    place=lambda units, _day: Q(organisation__in=units),
    related=("organisation", "carried_out", "changed_by"),
)
REORGANISATION = Reach(
    kind="reorganisation",
    model=Reorganisation,
    key="ref",
    read="organisation.arrange",
    place=lambda units, _day: Q(organisation__in=units),
    related=("organisation", "applied_by", "settled_by"),
)


def setup() -> None:
    """Register the kinds; called once when the application is ready."""
    register(PLAN)
    register(REORGANISATION)

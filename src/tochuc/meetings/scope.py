"""How meetings are reached: by the cell that held them."""

from __future__ import annotations

from django.db.models import Q

from tochuc.access.reach import Reach, register
from tochuc.meetings.models import Meeting

MEETING = Reach(
    kind="meeting",
    model=Meeting,
    key="ref",
    read="meeting.read",
    place=lambda units, _day: Q(organisation__in=units),
    related=("organisation",),
)


def setup() -> None:
    """Register the kind; called once when the application is ready."""
    register(MEETING)

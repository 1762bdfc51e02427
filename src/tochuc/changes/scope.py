"""How change sets are reached: by the organisation whose branch they were made for."""

from __future__ import annotations

from django.db.models import Q

from tochuc.access.reach import Reach, register
from tochuc.changes.models import ChangeSet

CHANGESET = Reach(
    kind="changeset",
    model=ChangeSet,
    key="ref",
    read="changeset.read",
    place=lambda units, _day: Q(organisation__in=units),
    related=("organisation", "made_by", "undone_by"),
)


def setup() -> None:
    """Register the kind; called once when the application is ready."""
    register(CHANGESET)

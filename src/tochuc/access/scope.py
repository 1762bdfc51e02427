"""How organisations and accounts are reached."""

from __future__ import annotations

from django.db.models import Q

from tochuc.access.reach import Reach, register
from tochuc.org.models import Organisation

ORGANISATION = Reach(
    kind="organisation",
    model=Organisation,
    key="code",
    read="organisation.read",
    place=lambda units, _day: Q(pk__in=units),
)


def setup() -> None:
    """Register the kinds; called once when the application is ready."""
    register(ORGANISATION)

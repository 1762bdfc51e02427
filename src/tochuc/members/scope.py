"""How people are reached: by where they stand now or stood last, and each by their own account."""

from __future__ import annotations

from django.db.models import Q

from tochuc.access.reach import Reach, register
from tochuc.members.models import Person

PERSON = Reach(
    kind="person",
    model=Person,
    key="ref",
    read="member.read",
    place=lambda units, _day: Q(home__in=units),
    own=lambda account: Q(account=account),
    related=("home",),
)


def setup() -> None:
    """Register the kinds; called once when the application is ready."""
    register(PERSON)

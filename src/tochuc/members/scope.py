"""How people are reached: by where they stand now or stood last, and each by their own account."""

from __future__ import annotations

from django.db.models import Q

from tochuc.access.reach import Reach, register
from tochuc.members.models import Paper, Person, Proposal

PERSON = Reach(
    kind="person",
    model=Person,
    key="ref",
    read="member.read",
    place=lambda units, _day: Q(home__in=units),
    own=lambda account: Q(account=account),
    related=("home",),
)

PAPER = Reach(
    kind="paper",
    model=Paper,
    key="ref",
    read="member.papers",
    place=lambda units, _day: Q(person__home__in=units, taken_out_at=None),
    own=lambda account: Q(person__account=account, taken_out_at=None),
    related=("person__home", "file"),
)
PROPOSAL = Reach(
    kind="proposal",
    model=Proposal,
    key="pk",
    read="member.approve",
    place=lambda units, _day: Q(person__home__in=units),
    own=lambda account: Q(proposed_by=account),
    related=("person__home",),
)


def setup() -> None:
    """Register the kinds; called once when the application is ready."""
    register(PERSON)
    register(PAPER)
    register(PROPOSAL)

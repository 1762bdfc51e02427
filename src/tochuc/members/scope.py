"""How people are reached: by where they stand now or stood last, and each by their own account; and papers on the way."""

from __future__ import annotations

from django.db.models import Q

from tochuc.access.reach import Reach, register
from tochuc.kernel.days import FOREVER
from tochuc.members.conditions import IN_TRANSFER
from tochuc.members.models import MemberEvent, Paper, Person, Proposal

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
# Papers on the way belong to where they lead: its side accepts the member or sends them back.
PAPERS = Reach(
    kind="papers",
    model=MemberEvent,
    key="pk",
    read="transfer.accept",
    place=lambda units, _day: Q(
        kind="papers_out",
        conditions__kind=IN_TRANSFER,
        conditions__until=FOREVER,
        conditions__organisation__in=units,
    ),
    related=("person", "person__home", "organisation"),
)


def setup() -> None:
    """Register the kinds; called once when the application is ready."""
    register(PERSON)
    register(PAPER)
    register(PROPOSAL)
    register(PAPERS)

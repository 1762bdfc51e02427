"""How organisations are reached, and tokens: each by the account whose it is, by nobody else."""

from __future__ import annotations

from django.db.models import Q

from tochuc.access.models import AccessToken
from tochuc.access.reach import Reach, register
from tochuc.org.models import Organisation

ORGANISATION = Reach(
    kind="organisation",
    model=Organisation,
    key="code",
    read="organisation.read",
    place=lambda units, _day: Q(pk__in=units),
)
TOKEN = Reach(
    kind="token",
    model=AccessToken,
    key="ref",
    read="token.manage",
    place=lambda _units, _day: Q(pk__in=[]),
    own=lambda account: Q(account=account, revoked_at=None),
)


def setup() -> None:
    """Register the kinds; called once when the application is ready."""
    register(ORGANISATION)
    register(TOKEN)

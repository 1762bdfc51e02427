"""How each kind of row maps to the organisations and the account that reach it.

``access`` lies below the tables it guards, so each part registers its own kinds from its ``scope`` module.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Expression, Model, Q, QuerySet

from tochuc.access.models import Account

Units = QuerySet[Any, Any] | Expression
"""What stands behind ``__in``: the ids of organisations."""


@dataclass(frozen=True)
class Reach:
    """One kind of row: its table, the field its addresses use, and the filters that place it.

    ``place(units, day)`` filters to rows that belong to these organisations; ``own(account)`` to rows about
    the account's own person. ``read`` is the action that shows such a row exists at all.
    """

    kind: str
    model: type[Model]
    key: str
    read: str
    place: Callable[[Units, date], Q]
    own: Callable[[Account], Q] | None = None
    related: tuple[str, ...] = ()


_REACHES: dict[str, Reach] = {}


def register(reach: Reach) -> None:
    """Make a kind of row reachable; a kind is registered once."""
    if _REACHES.setdefault(reach.kind, reach) is not reach:
        raise ValueError(f"reach {reach.kind!r} registered twice")


def reach_of(kind: str) -> Reach:
    """The reach of a kind; ``LookupError`` for one that nobody registered."""
    if kind not in _REACHES:
        raise LookupError(f"no reach registered for {kind!r}")
    return _REACHES[kind]


def kinds() -> dict[str, Reach]:
    """All registered kinds."""
    return dict(_REACHES)

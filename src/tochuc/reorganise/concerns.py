"""What else runs on at the organisations of a plan, counted for its preview by the parts of the system that keep it.

A part that keeps running things (procedures, residence contacts, …) registers how to count them; the preview shows
each beside the rest. Nothing is registered by a part that isn't there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from tochuc.org.models import Organisation


@dataclass(frozen=True)
class Count:
    """So many running things at one organisation."""

    organisation: Organisation
    number: int


@dataclass(frozen=True)
class Concern:
    """A kind of running thing: what lists call it, what becomes of it, and how to count it on a day."""

    kind: str
    label: str
    goes_on: str
    count: Callable[[Collection[Organisation], date], Iterable[Count]]


_CONCERNS: dict[str, Concern] = {}


def register(concern: Concern) -> None:
    """Add a kind; a kind is registered once."""
    if _CONCERNS.setdefault(concern.kind, concern) is not concern:
        raise ValueError(f"concerns of kind {concern.kind!r} registered twice")


def concerns() -> tuple[Concern, ...]:
    """All registered kinds."""
    return tuple(_CONCERNS.values())

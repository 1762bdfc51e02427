"""Folding an organisation's events into spans of name, kind and direct superior."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from tochuc.kernel.days import FOREVER


class Happening(Protocol):
    """What the fold reads of an event."""

    kind: str
    happened_on: date
    data: dict[str, Any]


@dataclass(frozen=True)
class Shape:
    """What an organisation is from one day until another."""

    name: str
    short_name: str
    kind: str
    cell_kind: str
    parent: int | None
    since: date
    until: date


_SAID = ("name", "short_name", "kind", "cell_kind", "parent")


def fold(events: Iterable[Happening]) -> list[Shape]:
    """Give the shapes of one organisation in order of time; its events come in order of time.

    Those that a later one corrects, and the voids that correct, are left out beforehand. What comes before
    the founding counts for nothing: an organisation whose founding was taken back has no shape.
    """
    shapes: list[Shape] = []
    current: dict[str, Any] = {}
    since: date | None = None

    def close(day: date) -> None:
        if since is not None and since < day:
            shapes.append(Shape(**current, since=since, until=day))

    for event in events:
        said = {key: event.data[key] for key in _SAID if key in event.data}
        founded = len(current) == len(_SAID) or len(said) == len(_SAID)
        if not founded or not (said or event.kind == "ended"):
            continue
        close(event.happened_on)
        if event.kind == "ended":
            since = None
            continue
        current = {**current, **said}
        since = event.happened_on
    close(FOREVER)
    return shapes

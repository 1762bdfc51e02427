"""Short ways to tell what happened to a person, for tests of the folds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from tochuc.kernel.known_dates import parse_day
from tochuc.members.folds import Folded, Place, fold

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Happened:
    """One event as the fold reads it; `tell` numbers it."""

    kind: str
    happened_on: date
    organisation_id: int | None = None
    post_id: int | None = None
    data: dict[str, Any] = field(default_factory=dict)
    corrects_id: int | None = None
    id: int = 0
    recorded_at: datetime = NEVER


def it(
    kind: str,
    on: str,
    cell: int | None = None,
    *,
    post: int | None = None,
    corrects: int | None = None,
    **data: Any,
) -> Happened:
    """An event of this kind on a day written as 1/4/2023; `corrects` is the number of an earlier one."""
    return Happened(kind, parse_day(on), cell, post, data, corrects)


def tell(*events: Happened) -> list[Happened]:
    """The events numbered from 1 in the order in which they were recorded."""
    return [replace(event, id=number) for number, event in enumerate(events, 1)]


def folded(*events: Happened) -> Folded:
    """What the events, recorded in this order, come to."""
    return fold(tell(*events))


def spans(places: Iterable[Any]) -> list[tuple[int, str, str, str]]:
    """Places as (cell, standing, since, until) with days as one reads them; `-` for still."""
    return [
        (
            p.organisation,
            p.standing,
            f"{p.since:%d/%m/%Y}",
            "-" if p.until.year == 9999 else f"{p.until:%d/%m/%Y}",
        )
        for p in places
    ]


OUT = Place(None, "outside")

"""Slips: one line for each duty, enough to count, filter and order duties before any of them is worked out.

A provider gives its slips as a query, not as rows: counts for a province and the fifty that a page shows come from
the same query, and only these fifty are then turned into duties.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from tochuc.duties.deadlines import with_workdays

COLUMNS = "kind, place, person, due_on, key, said, waits"
"""What a query of slips selects, in this order: kind of duty, ids of organisation and person (or NULL), the day,
a text that names it once within its kind, further words it can be found by, and whether it waits without a time limit:
then the day is the one since which it waits."""
ORDER = 'waits, due_on, kind COLLATE "C", key COLLATE "C"'
"""The order of the list: by the day due, then what waits without a limit, the longest wait first."""


class Slip(NamedTuple):
    """One duty before it is worked out; ``place`` and ``person`` are ids; ``due_on`` the day since when it ``waits``.

    Or ``n`` duties of one kind and group gathered, with the first of their days.
    """

    kind: str
    place: int | None
    person: int | None
    due_on: date
    key: str
    waits: bool = False
    n: int = 1


@dataclass(frozen=True)
class Slips:
    """A query that selects ``COLUMNS``, with its values."""

    sql: str
    values: tuple[Any, ...] = ()

    def fetch(self, today: date) -> list[Slip]:
        """All of them, in the order of the list."""
        head = with_workdays(self.sql, today)
        query = f"WITH {head}slip({COLUMNS}) AS ({self.sql}) SELECT kind, place, person, due_on, key, waits FROM slip"
        with connection.cursor() as cursor:
            cursor.execute(f"{query} ORDER BY {ORDER}", self.values)
            return [Slip(*row) for row in cursor.fetchall()]


@dataclass(frozen=True)
class Part:
    """A look-up that the gate gave, to be put into a query by its text and values."""

    sql: str
    values: tuple[Any, ...]


def part(rows: QuerySet[Any, Any]) -> Part | None:
    """The text and values of a look-up; None where it can find nothing."""
    try:
        sql, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return None
    return Part(sql, tuple(values))


def together(several: Iterable[Slips | None]) -> Slips | None:
    """The slips of several queries; None where there is none."""
    there = [one for one in several if one is not None]
    if not there:
        return None
    return Slips(
        " UNION ALL ".join(f"({one.sql})" for one in there),
        tuple(value for one in there for value in one.values),
    )

"""The movements behind a statement, a page at a time: however long the period, no more than a page is held."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

from tochuc.members.ledger import LISTED, Line, line_of
from tochuc.org.models import Organisation

Key = tuple[str, str, int, str, bool]
"""What orders the movements of a period: day, name's sort key, number, reason, whether it left the branch."""


def lines_after(
    organisation: Organisation, first: date, last: date, *, after: Key | None, most: int
) -> list[tuple[Key, Line]]:
    """At most so many movements of a branch in a period, those that come after a key, each with its own."""
    asked: dict[str, Any] = {
        "above": organisation.pk,
        "branches": [organisation.pk],
        "first": first,
        "last": last,
        "most": most,
    }
    if after is not None:
        asked |= dict(zip(("on", "name", "number", "reason", "left"), after, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(_FIRST if after is None else _NEXT, asked)
        rows = cursor.fetchall()
    return [((row[7].isoformat(), row[13], row[14], row[8], row[0]), line_of(row)) for row in rows]


# What only passes within the branch with its standing unchanged is no movement of the branch.
_COUNTED = f"""
    SELECT * FROM ({LISTED}) listed
    WHERE (CASE WHEN was_in THEN from_standing END) IS DISTINCT FROM (CASE WHEN is_in THEN to_standing END)
"""
_ORDER = """ ORDER BY "on", sort_key, id, reason, was_in LIMIT %(most)s"""
_FIRST = _COUNTED + _ORDER
_NEXT = (
    _COUNTED
    + """ AND ("on", sort_key, id, reason, was_in)
           > (%(on)s::date, %(name)s, %(number)s, %(reason)s, %(left)s)"""
    + _ORDER
)

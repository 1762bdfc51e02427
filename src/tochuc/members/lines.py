"""The movements behind a statement, a page at a time: however long the period, no more than a page is held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db import connection

from tochuc.members.ledger import LISTED, TWO_WAYS, Line, line_of
from tochuc.org.models import Organisation

Key = tuple[str, str, int, str, bool]
"""What orders the movements of a period: day, name's sort key, number, reason, whether it left the branch."""


class Counted(Protocol):
    """What tells in which figure a movement counts."""

    @property
    def reason(self) -> str: ...
    @property
    def side(self) -> str: ...
    @property
    def standing(self) -> str: ...


@dataclass(frozen=True)
class Wanted:
    """Which movements are asked for: of a row of the statement, of a side, of a standing; None for any."""

    reason: str | None = None
    side: str | None = None
    standing: str | None = None

    def has(self, line: Counted) -> bool:
        """Whether a movement is one of these."""
        return (
            self.reason in {None, line.reason}
            and self.side in {None, line.side}
            and self.standing in {None, line.standing}
        )


ALL = Wanted()


def lines_after(
    organisation: Organisation,
    first: date,
    last: date,
    wanted: Wanted = ALL,
    *,
    after: Key | None,
    most: int,
) -> list[tuple[Key, Line]]:
    """At most so many movements of a branch in a period, those that come after a key, each with its own."""
    asked: dict[str, Any] = {
        "above": organisation.pk,
        "branches": [organisation.pk],
        "first": first,
        "last": last,
        "most": most,
        "wanted_reason": wanted.reason,
        "wanted_side": wanted.side,
        "wanted_standing": wanted.standing,
        "two_ways": sorted(TWO_WAYS),
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
    CROSS JOIN LATERAL (
        SELECT CASE WHEN was_in AND is_in THEN 'shift' WHEN is_in THEN 'in' ELSE 'out' END AS side
    ) counted
    WHERE (CASE WHEN was_in THEN from_standing END) IS DISTINCT FROM (CASE WHEN is_in THEN to_standing END)
      AND (%(wanted_side)s::text IS NULL OR side = %(wanted_side)s)
      AND (%(wanted_standing)s::text IS NULL
           OR (CASE WHEN is_in THEN to_standing ELSE from_standing END) = %(wanted_standing)s)
      AND (%(wanted_reason)s::text IS NULL
           OR reason || (CASE WHEN reason = ANY(%(two_ways)s) AND side <> 'shift' THEN '_' || side ELSE '' END)
              = %(wanted_reason)s)
"""
_ORDER = """ ORDER BY "on", sort_key, id, reason, was_in LIMIT %(most)s"""
_FIRST = _COUNTED + _ORDER
_NEXT = (
    _COUNTED
    + """ AND ("on", sort_key, id, reason, was_in)
           > (%(on)s::date, %(name)s, %(number)s, %(reason)s, %(left)s)"""
    + _ORDER
)

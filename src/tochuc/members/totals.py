"""What a large branch's movements come to, read from what was rolled up (``totalling``): any period, any day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.db import connection

from tochuc.members import totalling
from tochuc.members.kinds import IN_PARTY
from tochuc.org.models import Organisation

Line = tuple[int, int, str, str | None, str | None, int]
"""A branch, a year, a reason, the standing of a member before and after (None outside), how many."""


def kept_of(branch: Organisation) -> bool:
    """Whether the totals of this branch are kept."""
    return branch.kind in totalling.LARGE_KINDS


def movements(branches: Collection[int], first: date, last: date) -> Iterator[Line]:
    """Members' movements in these branches (by id) from one day to another, both included, by year and kind."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVEMENTS, {"branches": list(branches), "first": first, "last": last})
        rows = cursor.fetchall()
    for above, year, reason, frm, to, n in rows:
        yield above, year, reason, frm if frm in IN_PARTY else None, to if to in IN_PARTY else None, n


def heads(branches: Collection[int], days: Collection[date]) -> dict[tuple[int, date], Counter[str]]:
    """Who stands in each of these branches (by id) on each of these days, by standing.

    Whole months are added up from the beginning, then the days of the month that the day breaks off.
    """
    found = {(above, day): Counter[str]() for above in branches for day in days}
    months = [(day + timedelta(days=1)).replace(day=1) for day in days]
    with connection.cursor() as cursor:
        cursor.execute(_HEADS, {"branches": list(branches), "days": list(days), "months": months})
        for above, day, standing, n in cursor.fetchall():
            found[above, day][standing] = n
    return found


_MOVEMENTS = """
    SELECT above_id, extract(year FROM "on")::int, reason, from_standing, to_standing, sum(n)::int
    FROM members_branchday
    WHERE above_id = ANY(%(branches)s) AND "on" BETWEEN %(first)s AND %(last)s
    GROUP BY 1, 2, 3, 4, 5 HAVING sum(n) <> 0
"""

_HEADS = """
    WITH asked AS (SELECT * FROM unnest(%(days)s::date[], %(months)s::date[]) AS d(day, month))
    SELECT above_id, day, standing, sum(n)::int FROM (
        SELECT m.above_id, d.day, m.standing, m.n
        FROM asked d JOIN members_branchmonth m ON m.above_id = ANY(%(branches)s) AND m.month < d.month
        UNION ALL
        SELECT b.above_id, d.day, e.standing, e.n
        FROM asked d
        JOIN members_branchday b ON b.above_id = ANY(%(branches)s) AND b.on >= d.month AND b.on <= d.day
        CROSS JOIN LATERAL (VALUES (b.to_standing, b.n), (b.from_standing, -b.n)) e(standing, n)
        WHERE e.standing <> ''
    ) counted
    GROUP BY 1, 2, 3
"""

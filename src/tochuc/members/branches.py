"""Statements of many branches at once: side by side for a page, or one branch year by year for a report.

Two queries however many branches or years: the heads on the days that bound the periods, and the movements
between; two more where some of the branches are large and have their totals kept (``totals``). Each figure is what
``ledger.statement`` gives for that branch and period alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import connection

from tochuc.kernel.days import year_span
from tochuc.members import totals
from tochuc.members.kinds import IN_PARTY, OFFICIAL, PROBATIONARY, SYMPATHISER
from tochuc.members.ledger import IN, OUT, SHIFT, Count, Statement, book, one
from tochuc.members.shifts import REASON, SHIFTED
from tochuc.org.models import Organisation


@dataclass
class Heads:
    """Everyone who stands in a branch on a day: members by standing, and its sympathisers."""

    members: Count = field(default_factory=Count)
    sympathisers: int = 0


def heads(branches: Collection[int], days: Collection[date]) -> dict[tuple[int, date], Heads]:
    """Who stands in each of these branches (by id) on each of these days, counted one by one."""
    found = {(above, day): Heads() for day in days for above in branches}
    ids, on, standings = list(branches), list(days), [*IN_PARTY, SYMPATHISER]
    with connection.cursor() as cursor:
        cursor.execute(_HEADS, {"above": ids, "days": on, "standings": standings})
        for day, above, standing, n in cursor.fetchall():
            if standing == SYMPATHISER:
                found[above, day].sympathisers = n
            else:
                found[above, day].members += one(standing, n)
    return found


def statements(
    branches: Iterable[Organisation], first: date, last: date
) -> tuple[dict[int, Statement], dict[int, int]]:
    """The statement of each branch from ``first`` to ``last``, and its sympathisers on ``last``; by id."""
    asked = list(branches)
    ids = [branch.pk for branch in asked]
    before = first - timedelta(days=1)
    standing = _standing(asked, (before, last))
    parts = {above: _empty() for above in ids}
    for above, _year, reason, frm, to, n in _movements(asked, first, last):
        book(parts[above], reason, frm, to, n)
    found = {
        above: _statement(first, last, standing[above, before], parts[above], standing[above, last])
        for above in ids
    }
    return found, {above: standing[above, last].sympathisers for above in ids}


def years(branch: Organisation, wanted: Collection[int], until: date) -> dict[int, Statement]:
    """The statement of a branch for each of these calendar years; the running one as far as ``until``."""
    spans = {y: (year_span(y).since, min(year_span(y).until - timedelta(days=1), until)) for y in wanted}
    bounds = {day for first, last in spans.values() for day in (first - timedelta(days=1), last)}
    standing = _standing([branch], bounds)
    parts = {year: _empty() for year in spans}
    whole = min(f for f, _ in spans.values()), max(last for _, last in spans.values())
    for _above, year, reason, frm, to, n in _movements([branch], *whole):
        if year in parts:
            book(parts[year], reason, frm, to, n)
    return {
        year: _statement(
            first,
            last,
            standing[branch.pk, first - timedelta(days=1)],
            parts[year],
            standing[branch.pk, last],
        )
        for year, (first, last) in spans.items()
    }


Parts = dict[str, dict[str, Count]]


def _empty() -> Parts:
    return {IN: {}, OUT: {}, SHIFT: {}}


def _statement(first: date, last: date, opening: Heads, parts: Parts, closing: Heads) -> Statement:
    return Statement(first, last, opening.members, parts[IN], parts[OUT], parts[SHIFT], closing.members)


def _parted(branches: Collection[Organisation]) -> tuple[list[int], list[int]]:
    """Those whose movements are counted one by one, and those whose totals are kept; by id."""
    large = [branch.pk for branch in branches if totals.kept_of(branch)]
    return [branch.pk for branch in branches if branch.pk not in large], large


def _standing(branches: Collection[Organisation], days: Collection[date]) -> dict[tuple[int, date], Heads]:
    small, large = _parted(branches)
    found = heads(small, days) if small else {}
    for key, counted in (totals.heads(large, days) if large else {}).items():
        found[key] = Heads(Count(counted[OFFICIAL], counted[PROBATIONARY]), counted[SYMPATHISER])
    return found


def _movements(
    branches: Collection[Organisation], first: date, last: date
) -> Iterator[tuple[int, int, str, str | None, str | None, int]]:
    """By branch, year and reason: the members' standings before and after, None outside, and how many."""
    small, large = _parted(branches)
    if small:
        with connection.cursor() as cursor:
            days = {"first": first, "last": last}
            cursor.execute(
                _MOVEMENTS, {"above": small, "branches": small, "standings": list(IN_PARTY), **days}
            )
            rows = cursor.fetchall()
        for above, year, reason, was_in, is_in, frm, to, n in rows:
            yield above, year, reason, frm if was_in else None, to if is_in else None, n
    if large:
        yield from totals.movements(large, first, last)


_HEADS = """
    SELECT d.day, u.above_id, m.standing, count(*)
    FROM unnest(%(days)s::date[]) AS d(day)
    JOIN org_under u ON u.above_id = ANY(%(above)s) AND u.since <= d.day AND u.until > d.day
    JOIN members_membership m
      ON m.organisation_id = u.unit_id AND m.since <= d.day AND m.until > d.day
    WHERE m.standing = ANY(%(standings)s)
    GROUP BY d.day, u.above_id, m.standing
"""

# Each end of a movement lies in some of the branches; both ends in one branch make one line of it.
_MOVEMENTS = f"""
    WITH gone AS (
        SELECT v.id, u.above_id FROM members_movement v
        JOIN org_under u ON u.unit_id = v.from_organisation_id AND u.since <= v.from_on AND u.until > v.from_on
        WHERE u.above_id = ANY(%(above)s) AND v.on BETWEEN %(first)s AND %(last)s
          AND v.from_standing = ANY(%(standings)s)
    ), come AS (
        SELECT v.id, u.above_id FROM members_movement v
        JOIN org_under u ON u.unit_id = v.to_organisation_id AND u.since <= v.on AND u.until > v.on
        WHERE u.above_id = ANY(%(above)s) AND v.on BETWEEN %(first)s AND %(last)s
          AND v.to_standing = ANY(%(standings)s)
    ), ends AS (
        SELECT coalesce(g.id, c.id) AS id, coalesce(g.above_id, c.above_id) AS above_id,
               g.id IS NOT NULL AS was_in, c.id IS NOT NULL AS is_in
        FROM gone g FULL JOIN come c ON c.id = g.id AND c.above_id = g.above_id
    )
    SELECT e.above_id, extract(year FROM v.on)::int, v.reason, e.was_in, e.is_in,
           v.from_standing, v.to_standing, count(*)
    FROM ends e JOIN members_movement v ON v.id = e.id
    GROUP BY 1, 2, 3, 4, 5, 6, 7
    UNION ALL
    SELECT above_id, extract(year FROM "on")::int, '{REASON}', was_in, is_in, standing, standing, count(*)
    FROM ({SHIFTED}) shifted
    GROUP BY 1, 2, 3, 4, 5, 6, 7
"""

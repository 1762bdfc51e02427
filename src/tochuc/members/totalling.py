"""Rolling movements up to large branches, in the transaction that folds a person or changes the tree.

A movement is booked for every large branch in which one of its ends lies on its day, as ``ledger.statement`` would
book it; so is one whose unit changes its superior (``shifts``). What a fold or a change of the tree alters is worked
out as the difference of what these people, or units, were booked as before and after.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection

from tochuc.members.shifts import REASON
from tochuc.org import tree
from tochuc.org.known import Days, joined
from tochuc.org.models import Under

LARGE_KINDS = ["province_committee"]
"""Whose totals are kept. Below them the movements themselves are soon read, and their totals would be as many."""

Key = tuple[int, date, str, str, str]
"""A branch, a day, a reason, the standing before and after; empty outside."""
Booked = Counter[Key]
_NO_TREE: dict[str, list[Any]] = {"units": [], "aboves": [], "sinces": [], "untils": [], "told": []}


@contextmanager
def following(people: Collection[int]) -> Iterator[None]:
    """Fold these people (by id) within: the totals of their branches change by what their folds change.

    The tree stands still until the transaction ends, so that who is booked and who moves organisations agree.
    """
    tree.hold_still()
    before = _booked_of_people(people)
    yield
    after = _booked_of_people(people)
    after.subtract(before)
    _add(after)


def _booked_of_people(people: Collection[int]) -> Booked:
    ids = list(people)
    chosen = {"moved": "person_id = ANY(%(people)s)", "stood": "person_id = ANY(%(people)s)"}
    return _booked(_BOOKED.format(**chosen), {"people": ids, **_NO_TREE})


@contextmanager
def following_tree(units: Collection[int]) -> Iterator[None]:
    """Compute the closure of these units (by id) anew within: totals follow the superiors they had on each day."""
    before = _large_superiors(units)
    yield
    after = _large_superiors(units)
    turned = _turned(units)
    changed = sorted(unit for unit in units if before.get(unit) != after.get(unit))
    if changed:
        _follow(changed, {unit: before.get(unit, {}) for unit in changed})
    if turned:
        rebuild(turned)


_Superiors = dict[int, Days]


def _large_superiors(units: Collection[int]) -> dict[int, _Superiors]:
    """Under which large branches each unit stood, and on which days."""
    found: dict[int, dict[int, Days]] = {}
    rows = Under.objects.filter(unit__in=list(units), above__kind__in=LARGE_KINDS)
    for unit, above, since, until in rows.values_list("unit", "above", "since", "until"):
        found.setdefault(unit, {}).setdefault(above, []).append((since, until))
    return {unit: {above: joined(days) for above, days in own.items()} for unit, own in found.items()}


def _turned(units: Collection[int]) -> list[int]:
    """Those of the units that have become large branches, or no longer are."""
    with connection.cursor() as cursor:
        cursor.execute(_TURNED, {"units": list(units), "large": LARGE_KINDS})
        return [row[0] for row in cursor.fetchall()]


def _follow(changed: list[int], before: dict[int, _Superiors]) -> None:
    """Book everyone who had to do with these units under the superiors of now instead of those of before."""
    rows = [
        (unit, above, since, until)
        for unit, own in before.items()
        for above, days in own.items()
        for since, until in days
    ]
    units, aboves, sinces, untils = ([row[n] for row in rows] for n in range(4))
    was = {"units": units, "aboves": aboves, "sinces": sinces, "untils": untils, "told": changed}
    chosen = {
        "moved": "from_organisation_id = ANY(%(changed)s) OR to_organisation_id = ANY(%(changed)s)",
        "stood": "organisation_id = ANY(%(changed)s)",
    }
    query = _BOOKED.format(**chosen)
    after = _booked(query, {"changed": changed, **_NO_TREE})
    after.subtract(_booked(query, {"changed": changed, **was}))
    _add(after)


def _booked(query: str, given: dict[str, Any]) -> Booked:
    found: Booked = Counter()
    with connection.cursor() as cursor:
        cursor.execute(query, {"large": LARGE_KINDS, **given})
        # People who move and people whose unit moves can be booked as the same.
        for *key, n in cursor.fetchall():
            found[tuple(key)] += n
    return found


def _add(change: Booked) -> None:
    rows = [(*key, n) for key, n in change.items() if n]
    if not rows:
        return
    months: Counter[tuple[int, date, str]] = Counter()
    for (above, on, _reason, frm, to), n in change.items():
        for standing, sign in ((frm, -1), (to, 1)):
            if standing:
                months[above, on.replace(day=1), standing] += sign * n
    grown = [(*key, n) for key, n in months.items() if n]
    with connection.cursor() as cursor:
        cursor.execute(_ADD_DAYS, [[row[n] for row in rows] for n in range(6)])
        if grown:
            cursor.execute(_ADD_MONTHS, [[row[n] for row in grown] for n in range(4)])


def rebuild(branches: Collection[int] | None = None, *, cursor: Any = None) -> None:
    """Roll these branches (by id; all for None) up from the ledger as it stands. Call within a transaction."""
    if cursor is None:
        tree.hold_still()
        with connection.cursor() as own:
            rebuild(branches, cursor=own)
        return
    given = {"large": LARGE_KINDS, "branches": None if branches is None else list(branches)}
    for table in ("members_branchday", "members_branchmonth"):
        cursor.execute(f"DELETE FROM {table} WHERE {_OF_THESE}", given)
    cursor.execute(f"INSERT INTO members_branchday ({_DAY}) {BOOKED_OF_ALL}", given)
    cursor.execute(f"INSERT INTO members_branchmonth ({_MONTH}) {GROWN_OF_ALL}", given)


_DAY = 'above_id, "on", reason, from_standing, to_standing, n'
_MONTH = "above_id, month, standing, n"
_OF_THESE = "(%(branches)s::bigint[] IS NULL OR above_id = ANY(%(branches)s))"

_TURNED = """
    SELECT id FROM org_organisation o
    WHERE id = ANY(%(units)s)
      AND (kind = ANY(%(large)s)) <> EXISTS (SELECT 1 FROM members_branchday b WHERE b.above_id = o.id)
"""


def _adding(table: str, columns: str, kinds: str) -> str:
    """Add rows, and take along those of the same kinds that nobody else holds: one row of each is left, mostly.

    Nobody waits: what another transaction is adding to stays as it is beside the new row.
    """
    key = columns.removesuffix(", n")
    return f"""
        WITH fresh AS (SELECT * FROM unnest({kinds}) AS f({columns})
        ), held AS (
            SELECT b.id FROM {table} b JOIN fresh USING ({key}) FOR UPDATE OF b SKIP LOCKED
        ), gone AS (
            DELETE FROM {table} b USING held WHERE b.id = held.id RETURNING {_prefixed(columns)}
        )
        INSERT INTO {table} ({columns})
        SELECT {key}, sum(n) FROM (SELECT * FROM fresh UNION ALL SELECT * FROM gone) added
        GROUP BY {key} HAVING sum(n) <> 0
    """


def _prefixed(columns: str) -> str:
    return ", ".join(f"b.{column}" for column in columns.split(", "))


_ADD_DAYS = _adding(
    "members_branchday", _DAY, "%s::bigint[], %s::date[], %s::text[], %s::text[], %s::text[], %s::int[]"
)
_ADD_MONTHS = _adding("members_branchmonth", _MONTH, "%s::bigint[], %s::date[], %s::text[], %s::int[]")

# The superiors that are asked of: those told, and for the other units those of the tree as it is. Days at different
# depths under one superior are joined, so that each row begins and ends where the unit enters or leaves its branch.
_BOOKED = f"""
    WITH moved AS MATERIALIZED (
        SELECT id, "on", from_on, reason, from_organisation_id, from_standing, to_organisation_id, to_standing
        FROM members_movement WHERE {{moved}}
    ), stood AS MATERIALIZED (
        SELECT organisation_id, standing, since, until FROM members_membership WHERE {{stood}}
    ), concerned AS MATERIALIZED (
        SELECT from_organisation_id AS unit FROM moved UNION SELECT to_organisation_id FROM moved
        UNION SELECT organisation_id FROM stood
    ), superior AS (
        SELECT * FROM unnest(%(units)s::bigint[], %(aboves)s::bigint[], %(sinces)s::date[], %(untils)s::date[])
            AS told(unit, above, since, until)
        UNION ALL
        SELECT u.unit_id, u.above_id, u.since, u.until
        FROM concerned c JOIN org_under u ON u.unit_id = c.unit JOIN org_organisation o ON o.id = u.above_id
        WHERE o.kind = ANY(%(large)s) AND u.unit_id <> ALL(%(told)s::bigint[])
    ), within AS MATERIALIZED (
        SELECT unit, above, min(since) AS since, max(until) AS until FROM (
            SELECT *, sum(fresh) OVER (PARTITION BY unit, above ORDER BY since) AS island FROM (
                SELECT *, CASE WHEN lag(until) OVER (PARTITION BY unit, above ORDER BY since) >= since
                               THEN 0 ELSE 1 END AS fresh FROM superior) stepped
        ) islands GROUP BY unit, above, island
    ), ends AS (
        SELECT m.id, w.above, m.from_standing AS frm, '' AS "to" FROM moved m
        JOIN within w ON w.unit = m.from_organisation_id AND w.since <= m.from_on AND w.until > m.from_on
        UNION ALL
        SELECT m.id, w.above, '', m.to_standing FROM moved m
        JOIN within w ON w.unit = m.to_organisation_id AND w.since <= m.on AND w.until > m.on
    ), sides AS (
        SELECT id, above, max(frm) AS frm, max("to") AS "to" FROM ends GROUP BY id, above HAVING max(frm) <> max("to")
    )
    SELECT s.above, m.on, m.reason, s.frm, s."to", count(*) FROM sides s JOIN moved m ON m.id = s.id
    GROUP BY 1, 2, 3, 4, 5
    UNION ALL
    SELECT c.above, c.on, '{REASON}', CASE WHEN c.is_in THEN '' ELSE s.standing END,
           CASE WHEN c.is_in THEN s.standing ELSE '' END, count(*)
    FROM (SELECT unit, above, since AS on, TRUE AS is_in FROM within
          UNION ALL SELECT unit, above, until, FALSE FROM within) c
    JOIN stood s ON s.organisation_id = c.unit AND s.since < c.on AND s.until > c.on
    GROUP BY 1, 2, 3, 4, 5
"""

# The same of everyone. Units that stood under the same large branches are counted together first, so that the
# country's movements are read once and only their sums are given to each branch.
BOOKED_OF_ALL = f"""
    WITH within AS MATERIALIZED (
        SELECT unit, above_id, min(since) AS since, max(until) AS until FROM (
            SELECT *, sum(fresh) OVER (PARTITION BY unit, above_id ORDER BY since) AS island FROM (
                SELECT u.unit_id AS unit, u.above_id, u.since, u.until,
                       CASE WHEN lag(u.until) OVER (PARTITION BY u.unit_id, u.above_id ORDER BY u.since) >= u.since
                            THEN 0 ELSE 1 END AS fresh
                FROM org_under u JOIN org_organisation o ON o.id = u.above_id
                WHERE o.kind = ANY(%(large)s) AND {_OF_THESE}) stepped
        ) islands GROUP BY unit, above_id, island
    ), segments AS (
        SELECT unit, day AS since, lead(day) OVER (PARTITION BY unit ORDER BY day) AS until
        FROM (SELECT unit, since AS day FROM within UNION SELECT unit, until FROM within) days
    ), standing_under AS (
        SELECT s.unit, s.since, s.until, array_agg(w.above_id ORDER BY w.above_id) AS branches
        FROM segments s JOIN within w ON w.unit = s.unit AND w.since <= s.since AND w.until >= s.until
        GROUP BY s.unit, s.since, s.until
    ), numbered AS (
        SELECT branches, row_number() OVER ()::int AS path FROM standing_under GROUP BY branches
    ), paths AS MATERIALIZED (
        SELECT s.unit, s.since, s.until, n.path FROM standing_under s JOIN numbered n USING (branches)
    ), counted AS MATERIALIZED (
        SELECT v.on, v.reason, v.from_standing, v.to_standing, f.path AS was, t.path AS now, count(*) AS n
        FROM members_movement v
        LEFT JOIN paths f ON f.unit = v.from_organisation_id AND f.since <= v.from_on AND f.until > v.from_on
        LEFT JOIN paths t ON t.unit = v.to_organisation_id AND t.since <= v.on AND t.until > v.on
        WHERE f.path IS DISTINCT FROM t.path OR f.path IS NOT NULL AND v.from_standing <> v.to_standing
        GROUP BY 1, 2, 3, 4, 5, 6
    ), sides AS (
        SELECT c.on, c.reason, b.above_id, c.n,
               CASE WHEN b.above_id = ANY(f.branches) THEN c.from_standing ELSE '' END AS frm,
               CASE WHEN b.above_id = ANY(t.branches) THEN c.to_standing ELSE '' END AS "to"
        FROM counted c LEFT JOIN numbered f ON f.path = c.was LEFT JOIN numbered t ON t.path = c.now
        CROSS JOIN LATERAL (SELECT unnest(f.branches) UNION SELECT unnest(t.branches)) b(above_id)
    ), crossings AS (
        SELECT unit, above_id, since AS on, TRUE AS is_in FROM within
        UNION ALL SELECT unit, above_id, until, FALSE FROM within WHERE until < '9999-12-31'
    ), stayed AS MATERIALIZED (
        SELECT c.unit, c.on, m.standing, count(*) AS n FROM (SELECT DISTINCT unit, "on" FROM crossings) c
        JOIN members_membership m ON m.organisation_id = c.unit AND m.until > c.on AND m.since < c.on
        GROUP BY c.unit, c.on, m.standing
    )
    SELECT above_id, "on", reason, frm, "to", sum(n) FROM sides WHERE frm <> "to" GROUP BY 1, 2, 3, 4, 5
    UNION ALL
    SELECT c.above_id, c.on, '{REASON}', CASE WHEN c.is_in THEN '' ELSE s.standing END,
           CASE WHEN c.is_in THEN s.standing ELSE '' END, sum(s.n)
    FROM crossings c JOIN stayed s ON s.unit = c.unit AND s.on = c.on
    GROUP BY 1, 2, 3, 4, 5
"""

GROWN_OF_ALL = f"""
    SELECT above_id, date_trunc('month', "on")::date, standing, sum(n) FROM (
        SELECT above_id, "on", to_standing AS standing, n FROM members_branchday WHERE to_standing <> ''
        UNION ALL
        SELECT above_id, "on", from_standing, -n FROM members_branchday WHERE from_standing <> ''
    ) grown WHERE {_OF_THESE} GROUP BY 1, 2, 3 HAVING sum(n) <> 0
"""

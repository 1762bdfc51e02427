"""The dated closure of the tree, folded from the spans of direct superiors."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, ExitStack

from django.db import connection

Follower = Callable[[list[int]], AbstractContextManager[None]]
_FOLLOWERS: list[Follower] = []
_LOCK = "hashtextextended('org_under', 7)"

_SUBTREE = """
    WITH RECURSIVE sub(unit) AS (
        SELECT unnest(%s::bigint[])
        UNION
        SELECT s.organisation_id FROM org_organisationspan s JOIN sub ON s.parent_id = sub.unit
    ) SELECT unit FROM sub
"""

# A unit stands under its superior's superiors for the days both links hold, hence the intersections.
_CLOSURE = """
    WITH RECURSIVE up(unit, above, depth, since, until) AS (
        SELECT organisation_id, organisation_id, 0, min(since), max(until)
        FROM org_organisationspan {which} GROUP BY organisation_id
        UNION ALL
        SELECT up.unit, s.parent_id, up.depth + 1,
               greatest(up.since, s.since), least(up.until, s.until)
        FROM up JOIN org_organisationspan s ON s.organisation_id = up.above
        WHERE s.parent_id IS NOT NULL
          AND greatest(up.since, s.since) < least(up.until, s.until) AND up.depth < 12
    )
    SELECT unit, above, depth, min(since) AS since, max(until) AS until
    FROM (
        SELECT *, sum(fresh) OVER (PARTITION BY unit, above, depth ORDER BY since) AS island
        FROM (
            SELECT up.*, CASE WHEN lag(until) OVER w = since THEN 0 ELSE 1 END AS fresh
            FROM up WINDOW w AS (PARTITION BY unit, above, depth ORDER BY since)
        ) stepped
    ) islands
    GROUP BY unit, above, depth, island
"""


def closure_of_all() -> str:
    """The query that works the closure of the whole tree out of the direct superiors."""
    return _CLOSURE.format(which="")


def follow(follower: Follower) -> None:
    """Let a higher part keep what it adds up by superiors: it is entered before the closure of these units changes.

    ``org`` lies below what is added up, so each part registers its own when the application is ready.
    """
    if follower not in _FOLLOWERS:
        _FOLLOWERS.append(follower)


def hold_still() -> None:
    """Nobody changes the tree until the transaction ends. Call before holding anyone's row: a change holds it first."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock_shared({_LOCK})")


def hold() -> None:
    """Nobody else reads or changes the tree for writing until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock({_LOCK})")


def refresh(units: Collection[int]) -> None:
    """Compute the closure of these organisations and of all that ever stood under them anew.

    One at a time in the whole tree, until the transaction ends: one founded under a superior that someone
    else is moving must see where it went. Call within a transaction.
    """
    hold()
    with connection.cursor() as cursor, ExitStack() as following:
        cursor.execute(_SUBTREE, [list(units)])
        touched = [row[0] for row in cursor.fetchall()]
        for follower in _FOLLOWERS:
            following.enter_context(follower(touched))
        cursor.execute("DELETE FROM org_under WHERE unit_id = ANY(%s)", [touched])
        closure = _CLOSURE.format(which="WHERE organisation_id = ANY(%(units)s)")
        cursor.execute(
            f"INSERT INTO org_under (unit_id, above_id, depth, since, until) {closure}", {"units": touched}
        )

"""Who answers for an organisation that ended: those that followed it, or the level above where none did.

What belonged to it (people who left from there, its papers, its conferences) stays reachable by those who work
for these, and by their superiors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, ExitStack
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from tochuc.org import tree
from tochuc.org.models import Heir

# From one that ended, step to those that followed it, or to its last superior; where these ended too, go on from
# the day they did. `day` is when the step was taken. Never to both: the superior of one that was taken over may
# itself have been followed by many that had nothing to do with it.
_HEIRS = """
    WITH RECURSIVE next(gone, heir) AS (
        SELECT s.predecessor_id, s.successor_id
        FROM org_succession s JOIN org_organisation o ON o.id = s.predecessor_id AND o.until = s.on
        UNION
        SELECT s.organisation_id, s.parent_id
        FROM org_organisationspan s JOIN org_organisation o ON o.id = s.organisation_id AND o.until = s.until
        WHERE s.parent_id IS NOT NULL AND o.until < '9999-12-31' AND NOT EXISTS (
            SELECT 1 FROM org_succession n WHERE n.predecessor_id = o.id AND n.on = o.until)
    ), walk(ended, heir, day) AS (
        SELECT o.id, n.heir, o.until
        FROM org_organisation o JOIN next n ON n.gone = o.id
        WHERE o.until < '9999-12-31' AND o.since < o.until
        UNION
        SELECT w.ended, n.heir, greatest(w.day, h.until)
        FROM walk w
        JOIN org_organisation h ON h.id = w.heir AND h.until < '9999-12-31'
        JOIN next n ON n.gone = w.heir
    )
    INSERT INTO org_heir (ended_id, heir_id, since, until)
    SELECT w.ended, w.heir, min(greatest(w.day, h.since)), h.until
    FROM walk w JOIN org_organisation h ON h.id = w.heir
    WHERE greatest(w.day, h.since) < h.until
    GROUP BY w.ended, w.heir, h.until
"""


Follower = Callable[[], AbstractContextManager[None]]
_FOLLOWERS: list[Follower] = []


def follow(follower: Follower) -> None:
    """Let a higher part keep what depends on who answers for whom: it is entered before that changes."""
    if follower not in _FOLLOWERS:
        _FOLLOWERS.append(follower)


def refresh() -> None:
    """Work out anew who answers for each organisation that ended. Call within a transaction."""
    tree.hold()
    with connection.cursor() as cursor, ExitStack() as following:
        for follower in _FOLLOWERS:
            following.enter_context(follower())
        cursor.execute("DELETE FROM org_heir")
        cursor.execute(_HEIRS)


def ended_into(units: Iterable[int], on: date) -> dict[int, list[int]]:
    """The ended organisations for which each of these (by id) answers on a day."""
    found: dict[int, list[int]] = {}
    rows = Heir.objects.on(on).filter(heir__in=list(units)).values_list("heir", "ended")
    for heir, ended in rows:
        found.setdefault(heir, []).append(ended)
    return found


def with_ended(units: QuerySet[Any, Any], on: date) -> QuerySet[Any, Any]:
    """These organisations (a queryset of ids) and the ended ones for which they answer on a day."""
    ended = Heir.objects.on(on).filter(heir__in=units).values("ended")
    return units.union(ended)

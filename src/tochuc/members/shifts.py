"""Members whose unit changes its superior: no movement of their own, yet they leave one branch and enter another.

Booked as *reorganisation*, so that opening + increases − decreases = closing holds for the superiors too. One who
moved on that very day is counted by that movement alone: its two ends are looked up in the trees of their days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tochuc.members.folds import Folded
from tochuc.org.known import Days

REASON = "reorganisation"

# For the branches with these ids: each unit on the day it comes under one, and on the day it no longer is. A change of
# depth alone leaves it inside.
CROSSINGS = """
    SELECT u.above_id, u.unit_id, u.since AS on, FALSE AS was_in, TRUE AS is_in
    FROM org_under u
    WHERE u.above_id = ANY(%(branches)s) AND u.since BETWEEN %(first)s AND %(last)s
      AND NOT EXISTS (SELECT 1 FROM org_under b WHERE b.above_id = u.above_id AND b.unit_id = u.unit_id
                      AND b.since < u.since AND b.until >= u.since)
    UNION ALL
    SELECT u.above_id, u.unit_id, u.until, TRUE, FALSE
    FROM org_under u
    WHERE u.above_id = ANY(%(branches)s) AND u.until BETWEEN %(first)s AND %(last)s
      AND NOT EXISTS (SELECT 1 FROM org_under b WHERE b.above_id = u.above_id AND b.unit_id = u.unit_id
                      AND b.since <= u.until AND b.until > u.until)
"""

# One row for each member who stood in such a unit the day before and still does.
SHIFTED = f"""
    SELECT c.above_id, c.unit_id, c.on, c.was_in, c.is_in, m.person_id, m.standing
    FROM ({CROSSINGS}) c
    JOIN members_membership m ON m.organisation_id = c.unit_id AND m.since < c.on AND m.until > c.on
    WHERE m.standing IN ('probationary', 'official')
"""

# The same as lines of the list behind a figure: between which superiors the unit, or one above it, changed.
LINES = f"""
    SELECT c.was_in, c.is_in, c.standing AS frm, c.standing AS "to", p.ref, p.full_name, {{birth}} AS birth,
           c.on, '{REASON}' AS reason,
           concat_ws(', ', was.name, changed.before) AS from_name,
           concat_ws(', ', unit.name, changed.after) AS to_name,
           coalesce(changed.decision, '') AS decision, '' AS elsewhere, p.sort_key, c.person_id AS id, p.id AS person
    FROM ({SHIFTED}) c
    JOIN members_person p ON p.id = c.person_id
    JOIN org_organisationspan unit
      ON unit.organisation_id = c.unit_id AND unit.since <= c.on AND unit.until > c.on
    JOIN org_organisationspan was
      ON was.organisation_id = c.unit_id AND was.since < c.on AND was.until >= c.on
    LEFT JOIN LATERAL (
        SELECT left_by.name AS before, came_to.name AS after, e.decision
        FROM org_under a
        JOIN org_organisationspan fresh ON fresh.organisation_id = a.above_id AND fresh.since = c.on
        JOIN org_organisationspan old ON old.organisation_id = a.above_id AND old.until = c.on
             AND old.parent_id IS DISTINCT FROM fresh.parent_id
        LEFT JOIN org_organisationspan left_by
             ON left_by.organisation_id = old.parent_id AND left_by.since < c.on AND left_by.until >= c.on
        LEFT JOIN org_organisationspan came_to
             ON came_to.organisation_id = fresh.parent_id AND came_to.since <= c.on AND came_to.until > c.on
        LEFT JOIN org_organisationevent e
             ON e.organisation_id = a.above_id AND e.happened_on = c.on AND e.kind = 'moved'
             AND NOT EXISTS (SELECT 1 FROM org_organisationevent v WHERE v.corrects_id = e.id)
        WHERE a.unit_id = c.unit_id AND a.since <= c.on AND a.until > c.on
        ORDER BY a.depth LIMIT 1
    ) changed ON TRUE
"""


def crossings(days: Days, first: date, last: date) -> Iterator[tuple[date, bool]]:
    """The days in a period on which a unit comes under a branch (True) or leaves it; its days are apart."""
    for since, until in days:
        if first <= since <= last:
            yield since, True
        if first <= until <= last:
            yield until, False


@dataclass(frozen=True)
class Crossing:
    """A unit comes under the branch (``is_in``) or leaves it while one stays in it with a standing."""

    on: date
    unit: int
    standing: str
    is_in: bool


def shifted(folded: Folded, units: dict[int, Days], first: date, last: date) -> Iterator[Crossing]:
    """Each time one person's unit came under the branch or left it, while they stayed."""
    for place in folded.places:
        for on, is_in in crossings(units.get(place.organisation, []), first, last):
            if place.since < on < place.until:
                yield Crossing(on, place.organisation, place.standing, is_in)

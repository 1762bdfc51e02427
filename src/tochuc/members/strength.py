"""How organisations stand on a day: their members, who sits on their committee, empty leading posts, last congress.

One query however many organisations: heads are counted once for each cell and added up the tree from there.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from tochuc.members.kinds import IN_PARTY, OFFICIAL
from tochuc.org.kinds import COMMITTEE_POSTS, KINDS, LEADING_POSTS
from tochuc.org.models import Organisation, OrganisationEvent


@dataclass(frozen=True)
class EmptyPost:
    """A leading post that nobody holds, and since when."""

    title: str
    since: date


@dataclass
class Strength:
    """One organisation on a day. Members are its own for a cell, those of all its cells for a committee.

    ``seats`` counts who sits on its committee by kind of post. ``merged_of``: how many grassroots committees it
    was made of; ``marked``: whether it is
    among those that whoever asks has marked.
    """

    code: str
    name: str
    kind: str
    above: str
    official: int = 0
    members: int = 0
    seats: Counter[str] = field(default_factory=Counter)
    empty: list[EmptyPost] = field(default_factory=list)
    congress: date | None = None
    merged_of: int = 0
    marked: bool = False


def strengths(
    organisations: QuerySet[Organisation], on: date, *, among: QuerySet[Organisation] | None = None
) -> list[Strength]:
    """Each of these organisations that is at work on a day, by name; ``marked`` says which are also ``among`` some."""
    here, values = _ids(organisations)
    if not here:
        return []
    marked, more = _ids(among) if among is not None else ("", ())
    marked = marked or "SELECT NULL::bigint"
    with connection.cursor() as cursor:
        # The two look-ups carry parameters of their own, so ours are put in by place as well.
        cursor.execute(
            f"WITH here AS ({here}), marked AS ({marked}), {_STRENGTHS}", (*values, *more, *_asked(on, KINDS))
        )
        return [_strength(row) for row in cursor.fetchall()]


def _ids(organisations: QuerySet[Organisation]) -> tuple[str, tuple[Any, ...]]:
    """The look-up of these organisations' ids, with its parameters; empty where there can be none."""
    try:
        sql, values = organisations.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return "", ()
    return sql, tuple(values)


def looked_up(
    organisations: QuerySet[Organisation],
    on: date,
    *,
    among: QuerySet[Organisation],
    counted: Collection[str],
) -> tuple[str, tuple[Any, ...]] | None:
    """The same as tables of a query, for whoever only counts: ``span``, ``branch``, ``held``, ``vacant``, ``congress``,
    ``merged`` and ``marked``, each with the organisation's ``id``; with their values. None where there can be none.

    Heads are counted for organisations of these kinds (``counted``) alone.
    """
    here, values = _ids(organisations)
    if not here:
        return None
    marked, more = _ids(among)
    marked = marked or "SELECT NULL::bigint"
    return f"here AS ({here}), marked(id) AS ({marked}), {_LOOKS}", (*values, *more, *_asked(on, counted))


def _asked(on: date, counted: Collection[str]) -> list[Any]:
    return [
        *(on, on, list(counted), on, on),
        *(OFFICIAL, on, on, list(IN_PARTY)),
        *(on, on, list(COMMITTEE_POSTS)),
        *(on, on, list(LEADING_POSTS), on, on),
        *(OrganisationEvent.CONGRESS, on, on),
    ]


def _strength(row: tuple[Any, ...]) -> Strength:
    code, name, kind, above, official, members, seats, empty, congress, merged_of, marked = row
    return Strength(
        code=code,
        name=name,
        kind=kind,
        above=above or "",
        official=official or 0,
        members=members or 0,
        seats=Counter(json.loads(seats or "{}")),
        empty=[EmptyPost(title, date.fromisoformat(since)) for title, since in json.loads(empty or "[]")],
        congress=congress,
        merged_of=merged_of or 0,
        marked=bool(marked),
    )


# In the order of the parameters: days of spans and closure; heads; seats; empty posts; congress and succession.
_LOOKS = """
    span AS (
        SELECT s.organisation_id AS id, o.code, s.name, s.kind, p.name AS above, o.fold
        FROM org_organisationspan s
        JOIN org_organisation o ON o.id = s.organisation_id
        LEFT JOIN org_organisation p ON p.id = s.parent_id
        WHERE s.organisation_id IN (SELECT * FROM here) AND s.since <= %s AND s.until > %s
    ), below AS MATERIALIZED (
        SELECT u.above_id, u.unit_id FROM org_under u
        WHERE u.above_id IN (SELECT id FROM span WHERE kind = ANY(%s)) AND u.since <= %s AND u.until > %s
    ), heads AS MATERIALIZED (
        SELECT m.organisation_id AS cell, count(*) AS members, count(*) FILTER (WHERE m.standing = %s) AS official
        FROM members_membership m
        WHERE m.organisation_id IN (SELECT unit_id FROM below) AND m.since <= %s AND m.until > %s
          AND m.standing = ANY(%s)
        GROUP BY m.organisation_id
    ), branch AS (
        SELECT b.above_id AS id, sum(h.members)::int AS members, sum(h.official)::int AS official
        FROM below b JOIN heads h ON h.cell = b.unit_id GROUP BY b.above_id
    ), held AS (
        SELECT p.organisation_id AS id, p.kind, count(DISTINCT h.person_id) AS n
        FROM members_holds h JOIN org_post p ON p.id = h.post_id
        WHERE h.since <= %s AND h.until > %s AND p.kind = ANY(%s) AND p.organisation_id IN (SELECT id FROM span)
        GROUP BY p.organisation_id, p.kind
    ), seats AS (
        SELECT id, jsonb_object_agg(kind, n) AS seats FROM held GROUP BY id
    ), vacant AS (
        SELECT p.organisation_id AS id, p.title, greatest(p.since, max(h.until)) AS since
        FROM org_post p LEFT JOIN members_holds h ON h.post_id = p.id
        WHERE p.since <= %s AND p.until > %s AND p.kind = ANY(%s) AND p.organisation_id IN (SELECT id FROM span)
        GROUP BY p.id
        HAVING NOT coalesce(bool_or(h.since <= %s AND h.until > %s), false)
    ), empty AS (
        SELECT id, jsonb_agg(jsonb_build_array(title, since) ORDER BY title) AS posts FROM vacant GROUP BY id
    ), congress AS (
        SELECT e.organisation_id AS id, max(e.happened_on) AS day
        FROM org_organisationevent e
        WHERE e.kind = %s AND e.happened_on <= %s AND e.organisation_id IN (SELECT id FROM span)
          AND NOT EXISTS (SELECT 1 FROM org_organisationevent v WHERE v.corrects_id = e.id)
        GROUP BY e.organisation_id
    ), merged AS (
        SELECT s.successor_id AS id, count(DISTINCT s.predecessor_id) AS n
        FROM org_succession s JOIN org_organisation o ON o.id = s.predecessor_id
        WHERE o.kind = 'grassroots_committee' AND s."on" <= %s AND s.successor_id IN (SELECT id FROM span)
        GROUP BY s.successor_id
    )
"""
_STRENGTHS = (
    _LOOKS
    + """
    SELECT code, name, kind, above, branch.official, branch.members, seats.seats, empty.posts, congress.day, merged.n,
           id IN (SELECT * FROM marked WHERE true)
    FROM span LEFT JOIN branch USING (id) LEFT JOIN seats USING (id) LEFT JOIN empty USING (id)
    LEFT JOIN congress USING (id) LEFT JOIN merged USING (id)
    ORDER BY fold, id
"""
)

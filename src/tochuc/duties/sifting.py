"""Sifting slips: the one query that counts, filters, orders and cuts them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from tochuc.documents.search import LETTERS
from tochuc.duties.deadlines import with_workdays
from tochuc.duties.duty import LATER, OVERDUE, THIS_MONTH, THIS_WEEK, WAITING, labels, last_days
from tochuc.duties.slips import COLUMNS, ORDER, Slip, Slips
from tochuc.kernel.names import fold

MANY = 4
"""So many duties of one kind and group, and a committee's home page gathers them into one row. A house rule."""
Key = tuple[bool, date, str, str]
"""Where a slip stands in the list: whether it waits without a limit, day, kind, key."""


def key_of(slip: Slip) -> Key:
    """Where it stands."""
    return slip.waits, slip.due_on, slip.kind, slip.key


@dataclass(frozen=True)
class Asked:
    """Which duties are asked for.

    ``kinds``: of any of these, if given; ``branch``: of an organisation (by id) and all below it; ``person``: about one person (by id); ``words``: each
    stands in the name of the person, of the organisation or of the kind, or in the title; ``first`` and ``last``: due
    on these days or between, so nothing that waits without a limit.
    """

    kind: str = ""
    group: str = ""
    branch: int | None = None
    person: int | None = None
    words: str = ""
    first: date | None = None
    last: date | None = None
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Count:
    """How many duties of a kind there are in a group, or in a month; ``place`` (by id) where split by organisation."""

    kind: str
    group: str
    n: int
    place: int | None = None


@dataclass(frozen=True)
class Sifted:
    """Counts, and the slips of a page."""

    by_kind: tuple[Count, ...]
    by_place: tuple[Count, ...]
    slips: tuple[Slip, ...]


def sift(
    slips: Slips,
    today: date,
    asked: Asked,
    *,
    size: int = 0,
    skip: int = 0,
    after: Key | None = None,
    split: Collection[int] = (),
    gathering: Collection[str] = (),
) -> Sifted:
    """Counts by kind and group of all that is asked but for its kind and group; and a page of what is asked.

    ``gathering``: kinds of which ``MANY`` in a group or more make one line of the page.
    """
    week, month = last_days(today)
    query = _Query(slips, today)
    query.add(_GROUPED, today, week, month)
    conditions, values = _conditions(asked, today)
    query.add(f", asked AS MATERIALIZED (SELECT s.* FROM grouped s{conditions}) ", *values)
    if split:
        query.add(_TREE, list(split), *(today, today) * 3)
    query.add(_BY_KIND)
    if split:
        query.add(_BY_PLACE)
    if size:
        query.add(*_page(asked, size, skip, after, gathering))
    rows = query.run()
    # Texts in the order of their letters' numbers, as the database cut the page.
    cut = sorted((row[8], row[5], row[1], row[7], row[3], row[6], row[4]) for row in rows if row[0] == 3)
    return Sifted(
        by_kind=tuple(Count(kind, group, n) for part, kind, group, _, n, *_ in rows if part == 1),
        by_place=tuple(Count(kind, group, n, place) for part, kind, group, place, n, *_ in rows if part == 2),
        slips=tuple(
            Slip(kind, place, person, due_on, key, waits, n)
            for waits, due_on, kind, key, place, person, n in cut
        ),
    )


def by_month(slips: Slips, today: date, asked: Asked) -> tuple[Count, ...]:
    """How many of each kind are due in each month (``group`` is ``2023-05``); what is overdue counts in none, ``""``, and
    what waits without a limit in ``waiting``.
    """
    query = _Query(slips, today)
    query.add(_BY_MONTH, today)
    conditions, values = _conditions(asked, today)
    query.add(f" SELECT s.kind, s.month, count(*) FROM dated s{conditions} GROUP BY s.kind, s.month", *values)
    return tuple(Count(kind, month, n) for kind, month, n in query.run())


class _Query:
    """A query put together piece by piece, with the values of each."""

    def __init__(self, slips: Slips, today: date) -> None:
        head = with_workdays(slips.sql, today)
        self.sql = f"WITH {head}slip({COLUMNS}) AS MATERIALIZED ({slips.sql})"
        self.values = list(slips.values)

    def add(self, sql: str, *values: Any) -> None:
        self.sql += sql
        self.values += values

    def run(self) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.values)
            return cursor.fetchall()


def _conditions(asked: Asked, today: date) -> tuple[str, list[Any]]:
    """The filters that hold for the counts too."""
    sql, joins = "", ""
    values: list[Any] = []
    if asked.branch is not None:
        sql += _IN_BRANCH
        values += [asked.branch, *(today,) * 4]
    if asked.kinds:
        sql += " AND s.kind = ANY(%s)"
        values.append(sorted(asked.kinds))
    if asked.person is not None:
        sql += " AND s.person = %s"
        values.append(asked.person)
    if asked.first is not None:
        sql += " AND s.due_on >= %s AND NOT s.waits"
        values.append(asked.first)
    if asked.last is not None:
        sql += " AND s.due_on <= %s AND NOT s.waits"
        values.append(asked.last)
    words = fold(asked.words).split()
    if words:
        joins = _NAMED
        names = {kind: fold(label) for kind, label in labels().items()}
        for word in words:
            sql += _HAS_WORD
            kinds = [kind for kind, name in names.items() if word in name]
            values += [kinds, *[word] * 2, *LETTERS, word]
    return f"{joins} WHERE true{sql}", values


def _page(
    asked: Asked, size: int, skip: int, after: Key | None, gathering: Collection[str]
) -> tuple[Any, ...]:
    sql = ""
    values: list[Any] = []
    if asked.kind:
        sql += " AND kind = %s"
        values.append(asked.kind)
    if asked.group:
        sql += " AND grp = %s"
        values.append(asked.group)
    if gathering:
        return (_GATHERED.format(conditions=sql, order=ORDER), sorted(gathering), MANY, *values, size, skip)
    if after is not None:
        sql += ' AND (waits, due_on, kind COLLATE "C", key COLLATE "C") > (%s, %s, %s, %s)'
        values += after
    return (_PAGE.format(conditions=sql, order=ORDER), *values, size, skip)


_GROUPED = f"""
    , grouped AS (
        SELECT *, CASE WHEN waits THEN '{WAITING}' WHEN due_on < %s THEN '{OVERDUE}' WHEN due_on <= %s THEN '{THIS_WEEK}'
                       WHEN due_on <= %s THEN '{THIS_MONTH}' ELSE '{LATER}' END AS grp
        FROM slip
    )
"""
_BY_MONTH = f"""
    , dated AS (
        SELECT *, CASE WHEN waits THEN '{WAITING}' WHEN due_on < %s THEN '' ELSE to_char(due_on, 'YYYY-MM') END AS month
        FROM slip
    )
"""
# What belongs to an organisation that ended belongs to those that answer for it.
_IN_BRANCH = """ AND s.place IN (
    WITH held AS (SELECT u.unit_id FROM org_under u WHERE u.above_id = %s AND u.since <= %s AND u.until > %s)
    SELECT unit_id FROM held
    UNION ALL
    SELECT h.ended_id FROM org_heir h JOIN held ON held.unit_id = h.heir_id WHERE h.since <= %s AND h.until > %s)
"""
_NAMED = " LEFT JOIN members_person p ON p.id = s.person LEFT JOIN org_organisation o ON o.id = s.place"
_HAS_WORD = """ AND (s.kind = ANY(%s) OR strpos(p.fold, %s) > 0 OR strpos(o.fold, %s) > 0
    OR strpos(lower(translate(s.said, %s, %s)), %s) > 0)"""
# The units directly below, each with all below it, and those that ended for which they answer.
_TREE = """
    , child AS MATERIALIZED (
        SELECT u.unit_id AS id FROM org_under u
        WHERE u.above_id = ANY(%s) AND u.depth = 1 AND u.since <= %s AND u.until > %s
    ), held AS (
        SELECT u.above_id AS child, u.unit_id AS unit FROM org_under u
        WHERE u.above_id IN (SELECT id FROM child) AND u.since <= %s AND u.until > %s
    ), tree AS (
        SELECT child, unit FROM held
        UNION
        SELECT held.child, h.ended_id FROM org_heir h JOIN held ON held.unit = h.heir_id
        WHERE h.since <= %s AND h.until > %s
    )
"""
_BY_KIND = """
    SELECT 1 AS part, kind, grp, NULL::bigint AS place, count(*) AS n, NULL::date AS due_on, NULL::bigint AS person,
           NULL::text AS key, NULL::boolean AS waits
    FROM asked GROUP BY kind, grp
"""
_BY_PLACE = """
    UNION ALL
    SELECT 2, a.kind, a.grp, t.child, sum(a.n)::bigint, NULL, NULL, NULL, NULL
    FROM (SELECT kind, grp, place, count(*) AS n FROM asked GROUP BY kind, grp, place) a
    LEFT JOIN tree t ON t.unit = a.place
    GROUP BY a.kind, a.grp, t.child
"""
_PAGE = """
    UNION ALL
    (SELECT 3, kind, grp, place, 1, due_on, person, key, waits FROM asked WHERE true{conditions}
     ORDER BY {order} LIMIT %s OFFSET %s)
"""
# As _PAGE, but the many of a kind and group are one line, which stands where the first of them would.
_GATHERED = """
    UNION ALL
    (SELECT 3, kind, grp, place, n, due_on, person, key, waits FROM (
        SELECT kind, grp, CASE WHEN heaped THEN NULL ELSE place END AS place, count(*) AS n, min(due_on) AS due_on,
               CASE WHEN heaped THEN NULL ELSE person END AS person, min(key COLLATE "C") AS key, waits
        FROM (
            SELECT *, kind = ANY(%s) AND count(*) OVER (PARTITION BY kind, grp) >= %s AS heaped
            FROM asked WHERE true{conditions}
        ) AS each
        GROUP BY kind, grp, waits, heaped, CASE WHEN heaped THEN NULL ELSE (place, person, due_on, key) END,
                 CASE WHEN heaped THEN NULL ELSE place END, CASE WHEN heaped THEN NULL ELSE person END
     ) AS lines
     ORDER BY {order} LIMIT %s OFFSET %s)
"""

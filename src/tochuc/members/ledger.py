"""The ledger's questions: head-counts on a date and the statement over a period (form 1-BTCTW).

Both are asked of a whole branch at once. ``known_at`` answers as the record stood at an earlier moment: what
was recorded later, corrections included, isn't in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from tochuc.members import shifts, totals
from tochuc.members.booking import booked
from tochuc.members.kinds import IN_PARTY, OFFICIAL, PROBATIONARY
from tochuc.members.lives import inside, lives
from tochuc.org.known import units_through_time
from tochuc.org.models import Organisation

IN, OUT, SHIFT = "in", "out", "shift"
# Reasons that take a member from one organisation of ours to another.
TWO_WAYS = frozenset({"transferred", shifts.REASON})


@dataclass(frozen=True)
class Count:
    """Members by standing."""

    official: int = 0
    probationary: int = 0

    @property
    def total(self) -> int:
        """All members of the Party."""
        return self.official + self.probationary

    def __add__(self, other: Count) -> Count:
        return Count(self.official + other.official, self.probationary + other.probationary)

    def __sub__(self, other: Count) -> Count:
        return Count(self.official - other.official, self.probationary - other.probationary)


@dataclass(frozen=True)
class Statement:
    """Opening, increases and decreases by reason, closing, for a branch over a period, both days included.

    ``shifts`` are changes of standing within the branch (recognition): they move a member from one column
    to another and change no total.
    """

    first: date
    last: date
    opening: Count
    increases: dict[str, Count]
    decreases: dict[str, Count]
    shifts: dict[str, Count]
    closing: Count

    @property
    def expected(self) -> Count:
        """What closing must be by the movements alone."""
        total = self.opening
        for count in (*self.increases.values(), *self.shifts.values()):
            total += count
        for count in self.decreases.values():
            total -= count
        return total

    @property
    def reconciles(self) -> bool:
        """Whether the head-count on the last day is what the movements lead to."""
        return self.expected == self.closing


def headcount(organisation: Organisation, on: date) -> Count:
    """Members by standing of a branch on a day."""
    if totals.kept_of(organisation):
        counted = totals.heads([organisation.pk], [on])[organisation.pk, on]
        return Count(counted[OFFICIAL], counted[PROBATIONARY])
    with connection.cursor() as cursor:
        cursor.execute(_HEADCOUNT, {"above": organisation.pk, "on": on, "standings": list(IN_PARTY)})
        found = dict(cursor.fetchall())
    return Count(found.get(OFFICIAL, 0), found.get(PROBATIONARY, 0))


def headcounts(organisations: Iterable[Organisation], on: date) -> dict[int, Count]:
    """Members by standing of several branches on a day, by organisation id."""
    asked = list(organisations)
    large = [o.pk for o in asked if totals.kept_of(o)]
    counts = dict.fromkeys((o.pk for o in asked), Count())
    for above, standing, n in _counted([pk for pk in counts if pk not in large], on):
        counts[above] += one(standing, n)
    for (above, _day), counted in (totals.heads(large, [on]) if large else {}).items():
        counts[above] = Count(counted[OFFICIAL], counted[PROBATIONARY])
    return counts


def _counted(ids: list[int], on: date) -> list[tuple[int, str, int]]:
    """Members of these branches by standing, counted one by one."""
    with connection.cursor() as cursor:
        cursor.execute(_HEADCOUNTS, {"above": ids, "on": on, "standings": list(IN_PARTY)})
        return cursor.fetchall()


def statement(
    organisation: Organisation, first: date, last: date, *, known: datetime | None = None
) -> Statement:
    """The movement statement of a branch from ``first`` to ``last``, both included."""
    if known is not None:
        return _statement_as_known(organisation, first, last, known)
    parts: dict[str, dict[str, Count]] = {IN: {}, OUT: {}, SHIFT: {}}
    for reason, frm, to, n in _booked(organisation, first, last):
        book(parts, reason, frm, to, n)
    return Statement(
        first,
        last,
        headcount(organisation, first - timedelta(days=1)),
        parts[IN],
        parts[OUT],
        parts[SHIFT],
        headcount(organisation, last),
    )


def _booked(
    organisation: Organisation, first: date, last: date
) -> Iterator[tuple[str, str | None, str | None, int]]:
    """By reason: the members' standings before and after, None outside, and how many."""
    if totals.kept_of(organisation):
        for _above, _year, *line in totals.movements([organisation.pk], first, last):
            yield tuple(line)  # type: ignore[misc]
        return
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, _asked(organisation, first, last))
        for reason, was_in, is_in, frm, to, n in cursor.fetchall():
            yield reason, frm if was_in else None, to if is_in else None, n


def _asked(organisation: Organisation, first: date, last: date) -> dict[str, Any]:
    return {"above": organisation.pk, "branches": [organisation.pk], "first": first, "last": last}


def one(standing: str, n: int = 1) -> Count:
    """``n`` members of one standing."""
    return Count(official=n) if standing == OFFICIAL else Count(probationary=n)


def side_of(frm: str | None, to: str | None) -> str:
    """On which side of the statement a movement counts, by the standings before and after it."""
    if frm and to:
        return SHIFT
    return IN if to else OUT


def row_code(reason: str, side: str) -> str:
    """The statement's row for a movement: what has two ends counts in one row coming and in another going."""
    return f"{reason}_{side}" if reason in TWO_WAYS and side != SHIFT else reason


def book(
    parts: dict[str, dict[str, Count]], reason: str, frm: str | None, to: str | None, n: int = 1
) -> None:
    """Book ``n`` movements of the branch: None stands for anywhere outside it or outside the Party."""
    if frm == to:
        return
    side = side_of(frm, to)
    came, went = (one(standing, n) if standing else Count() for standing in (to, frm))
    change = came if side == IN else went if side == OUT else came - went
    reason = row_code(reason, side)
    parts[side][reason] = parts[side].get(reason, Count()) + change


def _statement_as_known(organisation: Organisation, first: date, last: date, known: datetime) -> Statement:
    before = first - timedelta(days=1)
    units = units_through_time(organisation, known)
    opening, closing = Counter[str](), Counter[str]()
    parts: dict[str, dict[str, Count]] = {IN: {}, OUT: {}, SHIFT: {}}
    for _person, folded in lives(units, known):
        for day, into in ((before, opening), (last, closing)):
            place = folded.at(day)
            if place.in_party and inside(units, place.organisation, day):
                into[place.standing] += 1
        for moved in booked(folded, units, first, last):
            book(parts, moved.reason, moved.frm, moved.to)
    return Statement(
        first,
        last,
        Count(opening[OFFICIAL], opening[PROBATIONARY]),
        parts[IN],
        parts[OUT],
        parts[SHIFT],
        Count(closing[OFFICIAL], closing[PROBATIONARY]),
    )


_HEADCOUNT = """
    SELECT m.standing, count(*)
    FROM org_under u
    JOIN members_membership m ON m.organisation_id = u.unit_id
    WHERE u.above_id = %(above)s AND u.since <= %(on)s AND u.until > %(on)s
      AND m.since <= %(on)s AND m.until > %(on)s AND m.standing = ANY(%(standings)s)
    GROUP BY m.standing
"""

_HEADCOUNTS = """
    SELECT u.above_id, m.standing, count(*)
    FROM org_under u
    JOIN members_membership m ON m.organisation_id = u.unit_id
    WHERE u.above_id = ANY(%(above)s) AND u.since <= %(on)s AND u.until > %(on)s
      AND m.since <= %(on)s AND m.until > %(on)s AND m.standing = ANY(%(standings)s)
    GROUP BY u.above_id, m.standing
"""

# A movement touches the branch when either end lies in it on its day; inside to inside nets to nothing. Each end is
# looked up from the branch's units, so that a commune's statement doesn't read the country's movements.
_TOUCHING = """
    SELECT id, reason, from_standing, to_standing, bool_or(left_it) AS was_in, bool_or(came) AS is_in
    FROM (
        SELECT v.id, v.reason, v.from_standing, v.to_standing, TRUE AS left_it, FALSE AS came
        FROM org_under u JOIN members_movement v
          ON v.from_organisation_id = u.unit_id AND u.since <= v.from_on AND u.until > v.from_on
        WHERE u.above_id = %(above)s AND v.on BETWEEN %(first)s AND %(last)s
          AND v.from_standing IN ('probationary', 'official')
        UNION ALL
        SELECT v.id, v.reason, v.from_standing, v.to_standing, FALSE, TRUE
        FROM org_under u JOIN members_movement v
          ON v.to_organisation_id = u.unit_id AND u.since <= v.on AND u.until > v.on
        WHERE u.above_id = %(above)s AND v.on BETWEEN %(first)s AND %(last)s
          AND v.to_standing IN ('probationary', 'official')
    ) ends
    GROUP BY id, reason, from_standing, to_standing
"""

_STATEMENT = f"""
    SELECT reason, was_in, is_in, from_standing, to_standing, count(*)
    FROM (
        SELECT reason, was_in, is_in, from_standing, to_standing FROM ({_TOUCHING}) touching
        WHERE was_in OR is_in
        UNION ALL
        SELECT '{shifts.REASON}', was_in, is_in, standing, standing FROM ({shifts.SHIFTED}) shifted
    ) booked
    GROUP BY 1, 2, 3, 4, 5
"""


@dataclass(frozen=True)
class Line:
    """One movement behind a figure: who, when, why, from where to where."""

    person_ref: str
    person_name: str
    birth: str
    on: date
    reason: str
    side: str
    standing: str
    from_name: str
    to_name: str
    decision: str
    elsewhere: str
    person: int


def lines(organisation: Organisation, first: date, last: date) -> list[Line]:
    """The movements behind the statement's figures, in order of time."""
    with connection.cursor() as cursor:
        cursor.execute(_LINES, _asked(organisation, first, last))
        rows = cursor.fetchall()
    found = []
    for row in rows:
        was_in, is_in, frm, to = row[0:4]
        if (frm if was_in else None) != (to if is_in else None):
            found.append(line_of(row))
    return found


def line_of(row: tuple[Any, ...]) -> Line:
    """One row of what ``LISTED`` finds."""
    was_in, is_in, frm, to = row[0:4]
    side = SHIFT if was_in and is_in else IN if is_in else OUT
    ref, name, birth, on, reason, from_name, to_name, decision, elsewhere = row[4:13]
    standing = to if is_in else frm
    code = row_code(reason, side)
    return Line(ref, name, birth, on, code, side, standing, from_name, to_name, decision, elsewhere, row[15])


_BIRTH = """
    CASE p.birth_precision WHEN 'day' THEN to_char(p.birth_on, 'DD/MM/YYYY')
         WHEN 'month' THEN to_char(p.birth_on, 'MM/YYYY') ELSE to_char(p.birth_on, 'YYYY') END
"""
# Each place has the name it had on the day.
LISTED = f"""
        SELECT t.was_in, t.is_in, t.from_standing, t.to_standing, p.ref, p.full_name, {_BIRTH} AS birth, v.on,
               t.reason, coalesce(f.name, '') AS from_name, coalesce(d.name, '') AS to_name, e.decision_number,
               coalesce(e.data->>'destination', e.data->>'origin', '') AS elsewhere, p.sort_key, t.id, p.id AS person
        FROM ({_TOUCHING}) t
        JOIN members_movement v ON v.id = t.id
        JOIN members_person p ON p.id = v.person_id
        JOIN members_memberevent e ON e.id = v.event_id
        LEFT JOIN org_organisationspan f ON f.organisation_id = v.from_organisation_id
             AND f.since <= v.from_on AND f.until > v.from_on
        LEFT JOIN org_organisationspan d ON d.organisation_id = v.to_organisation_id
             AND d.since <= v.on AND d.until > v.on
        UNION ALL
        {shifts.LINES.format(birth=_BIRTH)}
"""
_LINES = f'SELECT * FROM ({LISTED}) listed ORDER BY "on", sort_key, id'

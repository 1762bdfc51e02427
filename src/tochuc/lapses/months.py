"""Months of a year in which a member was absent without reason, or paid no dues without reason, as recorded.

A month counts as absent where at least one meeting has the member absent without reason and none of that month has
them there or excused. It counts as unpaid once it has ended and the cell, which recorded dues for it, has nothing
of theirs. Whether the months must follow each other the Charter doesn't say: all of a year are given.

They are counted where the records are, in one query for as many people as there are.
"""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.db.models import QuerySet

from tochuc.dues.models import Collection
from tochuc.dues.reading import STOPPED_BY
from tochuc.duties.slips import Part, part
from tochuc.kernel.months import last_day, month_of
from tochuc.lapses.grounds import ABSENCE, FEES
from tochuc.meetings.models import Meeting
from tochuc.members.conditions import CONDITIONS
from tochuc.members.models import Person

Lapses = dict[tuple[int, str], list[date]]


def counting(people: QuerySet[Person], first: date, end: date, today: date) -> Part | None:
    """The tables of a query, the last of them ``counted``: person (id), ground, month that counts; with their values.

    None where the look-up of the people can find nobody.
    """
    asked = part(people.order_by().values_list("pk"))
    if asked is None:
        return None
    last, ended = min(end, today), min(month_of(today), end)
    sql = _COUNTED.format(people=asked.sql, absence=ABSENCE, fees=FEES)
    return Part(
        sql,
        (*asked.values, first, last, list(CONDITIONS), first, last, first, ended, list(STOPPED_BY)),
    )


def lapses(people: QuerySet[Person], year: int, today: date) -> Lapses:
    """By person (id) and ground, the months of a year that count, for people who have at least one."""
    found = counting(people, date(year, 1, 1), date(year, 12, 31), today)
    if found is None:
        return {}
    months: Lapses = {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {found.sql} SELECT person, ground, month FROM counted ORDER BY person, ground, month",
            found.values,
        )
        for person, ground, month in cursor.fetchall():
            months.setdefault((person, ground), []).append(month)
    return months


def lapses_of(person: Person, year: int, today: date) -> dict[str, list[date]]:
    """The same of one person, by ground."""
    found = lapses(Person.objects.filter(pk=person.pk), year, today)
    return {ground: months for (_, ground), months in found.items()}


def kept(person: Person, ground: str, month: date) -> bool:
    """Whether the record says anything of a month: that the person's cells met in it, or collected dues for it."""
    cells = person.memberships.filter(since__lte=last_day(month), until__gt=month).values("organisation")
    if ground == FEES:
        return Collection.objects.filter(organisation__in=cells, month=month).exists()
    days = (month, last_day(month))
    return Meeting.objects.filter(organisation__in=cells, held_on__range=days, withdrawn_at=None).exists()


# What was kept in a record that was merged into theirs is theirs. A condition that was recorded later, with an earlier
# day, counts as well. ``OFFSET 0``: asked of each of the few rows that are found, not joined with a province's.
_COUNTED = """
    asked(id) AS MATERIALIZED ({people}), record AS MATERIALIZED (
        SELECT id, id AS owner FROM asked
        UNION ALL
        SELECT p.id, p.merged_into_id FROM members_person p WHERE p.merged_into_id IN (SELECT id FROM asked)
    ), missed AS MATERIALIZED (
        SELECT r.owner, g.held_on, date_trunc('month', g.held_on::timestamp)::date AS month
        FROM record r
        JOIN meetings_attendance a ON a.person_id = r.id AND a.state = 'absent'
        JOIN meetings_meeting g ON g.id = a.meeting_id
        WHERE g.held_on BETWEEN %s AND %s AND g.withdrawn_at IS NULL
          AND NOT EXISTS (SELECT FROM meetings_attendance n WHERE n.corrects_id = a.id OFFSET 0)
    ), counted(person, ground, month) AS (
        SELECT DISTINCT m.owner, '{absence}', m.month FROM missed m
        WHERE NOT EXISTS (
            SELECT FROM members_condition c
            WHERE c.person_id = m.owner AND c.kind = ANY(%s) AND c.since <= m.held_on AND c.until > m.held_on OFFSET 0
        ) AND NOT EXISTS (
            SELECT FROM record r JOIN meetings_attendance a ON a.person_id = r.id AND a.state <> 'absent'
            JOIN meetings_meeting g ON g.id = a.meeting_id
            WHERE r.owner = m.owner AND g.held_on BETWEEN %s AND %s AND g.withdrawn_at IS NULL
              AND g.held_on >= m.month AND g.held_on < m.month + INTERVAL '1 month'
              AND NOT EXISTS (SELECT FROM meetings_attendance n WHERE n.corrects_id = a.id) OFFSET 0
        )
        UNION ALL
        SELECT d.person_id, '{fees}', d.month FROM dues_arrear d
        WHERE d.person_id IN (SELECT id FROM asked) AND d.month >= %s AND d.month < %s
          AND NOT EXISTS (
            SELECT FROM members_condition c
            WHERE c.person_id = d.person_id AND c.kind = ANY(%s) AND c.since < d.month + INTERVAL '1 month'
              AND c.until > d.month OFFSET 0
        )
    )
"""

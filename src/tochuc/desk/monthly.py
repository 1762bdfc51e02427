"""The share of clean records over time: counted once a month for every cell, rolled up along the tree of that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from tochuc.desk import findings
from tochuc.desk.findings import Tally
from tochuc.desk.models import CleanCount
from tochuc.org.models import Organisation, Under

_BATCH = 500
"""Cells counted at once: some ten thousand members, so that memory stays flat in a country."""
_MONTHS = 24


@dataclass(frozen=True)
class Month:
    """The tally of a branch on the day it was counted."""

    on: date
    tally: Tally


@transaction.atomic
def count(today: date) -> int:
    """Count every cell where members stand, in the place of what was counted earlier this month; how many cells."""
    cells = list(Under.objects.on(today).filter(depth=0).values_list("unit", flat=True))
    CleanCount.objects.filter(on__year=today.year, on__month=today.month).delete()
    counted = 0
    for start in range(0, len(cells), _BATCH):
        found = findings.by_cell(cells[start : start + _BATCH], today)
        CleanCount.objects.bulk_create(
            CleanCount(
                organisation_id=cell, on=today, members=one.members, in_order=one.clean, findings=one.findings
            )
            for cell, one in found.items()
        )
        counted += len(found)
    return counted


def over_time(branch: Organisation) -> list[Month]:
    """The last two years of a branch, the latest first; each month with the branch as it was on that day."""
    with connection.cursor() as cursor:
        cursor.execute(_OVER_TIME, [branch.pk, _MONTHS])
        return [Month(on, Tally(*numbers)) for on, *numbers in cursor.fetchall()]


def latest(units: list[int]) -> tuple[date, dict[int, Tally]] | None:
    """The newest count of these units (by id), and its day; None where nothing was counted yet."""
    counted = CleanCount.objects.filter(organisation__in=units)
    on = counted.order_by("-on").values_list("on", flat=True).first()
    if on is None:
        return None
    return on, {c.organisation_id: Tally(c.members, c.in_order, c.findings) for c in counted.filter(on=on)}


_OVER_TIME = """
    SELECT c."on", sum(c.members)::int, sum(c.in_order)::int, sum(c.findings)::int
    FROM desk_cleancount c
    JOIN org_under u ON u.unit_id = c.organisation_id AND u.since <= c."on" AND u.until > c."on"
    WHERE u.above_id = %s GROUP BY 1 ORDER BY 1 DESC LIMIT %s
"""

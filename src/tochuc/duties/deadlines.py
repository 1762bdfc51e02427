"""Time limits as the database counts them: from a column of days to the last day on which each act is in time.

The same answers as ``rules.limits.due_after``, for as many rows as a branch has, so that what is due can be counted
and ordered without fetching it.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from tochuc.kernel.days import FOREVER
from tochuc.kernel.workdays import is_working_day
from tochuc.rules.ask import history
from tochuc.rules.calendar import days_off, days_worked
from tochuc.rules.ruled import Ruled

WORKDAY = "workday"
"""The name under which a query holds the array of working days, where it counts by them (``with_workdays``)."""
_FIRST = date(2011, 1, 1)
_INTERVALS = {"days": "days", "months": "months", "years": "years"}


class _Stretch(NamedTuple):
    since: date
    until: date
    number: int
    unit: str


def after(limit: str, day: str) -> str:
    """SQL for the last day in time, when the clock of this limit starts on the day that ``day`` (SQL too) gives.

    NULL where no rule was in force that day.
    """
    cases = " ".join(
        f"WHEN {day} >= DATE '{one.since}' AND {day} < DATE '{one.until}' THEN {_later(day, one)}"
        for one in _stretches(history(limit))
    )
    return f"(CASE {cases} END)"


def number(rule: str, day: str) -> str:
    """SQL for the number that a rule names on the day that ``day`` (SQL too) gives; NULL where none was in force."""
    cases = " ".join(
        f"WHEN {day} >= DATE '{one.since}' AND {day} < DATE '{one.until}' THEN {one.number}"
        for one in _stretches(history(rule))
    )
    return f"(CASE {cases} END)"


def with_workdays(sql: str, today: date) -> str:
    """The array of working days as the first table of a ``WITH``; empty where the query doesn't count by them."""
    if f"FROM {WORKDAY}" not in sql:
        return ""
    return f"{WORKDAY} AS MATERIALIZED (SELECT '{{{_workdays(today.year + 4)}}}'::date[] AS days), "


def _later(day: str, one: _Stretch) -> str:
    if one.unit == "working_days":
        # As many working days as lie before the start or on it, and so many more.
        days = f"(SELECT days FROM {WORKDAY})"
        return f"({days})[width_bucket({day}, {days}) + {one.number}]"
    return f"({day} + INTERVAL '{one.number} {_INTERVALS[one.unit]}')::date"


def _stretches(values: tuple[Ruled, ...]) -> list[_Stretch]:
    """The days during which a limit was the same, whatever document said so."""
    found: list[_Stretch] = []
    for one in values:
        last = found[-1] if found else None
        if last and (last.number, last.unit, last.until) == (one.number, one.unit, one.since):
            found[-1] = last._replace(until=one.until)
        else:
            found.append(_Stretch(one.since, min(one.until, FOREVER), one.number, one.unit))
    return found


@lru_cache(maxsize=4)
def _workdays(until_year: int) -> str:
    off, worked = days_off(_FIRST.year, until_year), days_worked(_FIRST.year, until_year)
    days = (_FIRST + timedelta(days=n) for n in range((date(until_year, 12, 31) - _FIRST).days + 1))
    return ",".join(day.isoformat() for day in days if is_working_day(day, off, worked))

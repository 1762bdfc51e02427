"""The day by which a task is to be done, where its own text says so."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tochuc.kernel.days import add_months
from tochuc.kernel.roman import from_roman

_BEFORE = (
    r"(?:trước|chậm nhất|đến hết|hạn cuối|hạn chót|không quá|muộn nhất)(?:\s+(?:là|vào))?\s+(?:ngày\s+)?"
)
_DAY = re.compile(_BEFORE + r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})(?!\d)", re.IGNORECASE)
_SPELLED = re.compile(_BEFORE + r"(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_MONTH = re.compile(r"(?:trong|hết)\s+tháng\s+(\d{1,2})\s?(?:[/.-]|\s+năm\s+)\s?(\d{4})", re.IGNORECASE)
_QUARTER = re.compile(r"(?:trong|hết)\s+quý\s+([IV]{1,3})\s?(?:[/.-]|\s+năm\s+)\s?(\d{4})", re.IGNORECASE)


def deadline_in(text: str) -> date | None:
    """The first deadline that the text names: a day, or the last day of a month or quarter; None without one.

    A day that doesn't exist is no deadline.
    """
    for pattern in (_DAY, _SPELLED):
        found = pattern.search(text)
        if found:
            day, month, year = (int(part) for part in found.groups())
            return _day(year, month, day)
    found = _MONTH.search(text)
    if found:
        return _end_of_month(int(found[2]), int(found[1]))
    found = _QUARTER.search(text)
    if found:
        return _end_of_month(int(found[2]), 3 * from_roman(found[1].upper()))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _end_of_month(year: int, month: int) -> date | None:
    first = _day(year, month, 1)
    return add_months(first, 1) - timedelta(days=1) if first else None

"""Calendar months, each held as its first day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tochuc.kernel.days import MINYEAR, add_months
from tochuc.kernel.errors import BadInput

_WRITTEN = re.compile(r"(?:thang\s*)?(\d{1,2})\s*[/.-]\s*(\d{4})|(\d{4})-(\d{2})", re.IGNORECASE)
_FIRST_YEAR, _LAST_YEAR = 1930, 2200
_MONTHS = 12


def month_of(day: date) -> date:
    """The month a day lies in.

    >>> month_of(date(2023, 4, 20))
    datetime.date(2023, 4, 1)
    """
    return day.replace(day=1)


def last_day(month: date) -> date:
    """The last day of a month."""
    return add_months(month_of(month), 1) - timedelta(days=1)


def months(first: date, last: date) -> list[date]:
    """All months from one to another, both included.

    >>> [m.month for m in months(date(2022, 12, 1), date(2023, 2, 1))]
    [12, 1, 2]
    """
    start = month_of(first)
    count = (last.year - start.year) * _MONTHS + last.month - start.month + 1
    return [add_months(start, n) for n in range(count)]


def month_vn(month: date) -> str:
    """As people write it: 3/2023."""
    return f"{month.month}/{month.year}"


def parse_month(text: str, field: str | None = None) -> date:
    """Read 3/2023, 03.2023 or 2023-03; raises BadInput for anything else.

    >>> parse_month("3/2023")
    datetime.date(2023, 3, 1)
    """
    found = _WRITTEN.fullmatch(text.strip())
    if found is not None:
        month, year = int(found[1] or found[4]), int(found[2] or found[3])
        if 1 <= month <= _MONTHS and max(MINYEAR, _FIRST_YEAR) <= year <= _LAST_YEAR:
            return date(year, month, 1)
    raise BadInput("month.unreadable", f"Không đọc được tháng “{text}”: ghi như 3/2023.", field)

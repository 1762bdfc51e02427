"""A cell as its spreadsheet shows it, whatever the file format.

A date keeps how exactly it is shown: a cell in the format `mm/yyyy` says a month, not its first day.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from tochuc.kernel.known_dates import KnownDate, Precision, day_vn

MOST_COLUMNS = 256
"""Columns that are looked at; lists of people have a few dozen."""

_EPOCH_1900 = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
_LAST_SERIAL = 2_958_465  # 31/12/9999
_YEARS_TYPED = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Fault:
    """A formula's failure, such as `#N/A`: there is a cell, and nothing can be read from it."""

    shown: str


@dataclass(frozen=True, slots=True)
class DayMonth:
    """What the program took for a day of this year, such as the schooling `10/12` typed into a cell."""

    day: int
    month: int


Cell = str | int | float | bool | date | KnownDate | DayMonth | Fault | None
Row = tuple[int, list[Cell]]
"""A row's number as the spreadsheet program shows it, and its cells from column A on."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells merged into one: rows counted from 1, columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@cache
def column_letter(index: int) -> str:
    """The letter of a column counted from 0: A, B, …, Z, AA.

    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@cache
def column_index(letters: str) -> int:
    """The column counted from 0 that has these letters.

    >>> column_index("AB")
    27
    """
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def shown(cell: Cell) -> str:
    """The cell as text, as a person sees it.

    >>> shown(12.0), shown(49.012345), shown(date(1975, 4, 2)), shown(DayMonth(10, 12))
    ('12', '49.012345', '02/04/1975', '10/12')
    """
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, date):
        return day_vn(cell)
    if isinstance(cell, DayMonth):
        return f"{cell.day}/{cell.month}"
    if isinstance(cell, Fault):
        return cell.shown
    return str(cell)


def number(text: str) -> int | float:
    """A number as the file holds it; whole ones become whole. ValueError where it is none."""
    try:
        return int(text)
    except ValueError:
        value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def day_of_serial(serial: float, *, since_1904: bool = False) -> date | None:
    """The day a date serial stands for; None outside the calendar.

    >>> day_of_serial(27486)
    datetime.date(1975, 4, 2)
    """
    if not 1 <= serial <= _LAST_SERIAL - (1462 if since_1904 else 0):
        return None
    return (_EPOCH_1904 if since_1904 else _EPOCH_1900) + timedelta(days=int(serial))


def dated(value: int | float, precision: str, *, since_1904: bool = False) -> Cell:
    """A number under a date format: the date shown, to the precision shown.

    A bare year typed into a cell that has a date format is that year, not a day of 1905. The day and month
    of a finer date are kept where the format only hides them.
    """
    if isinstance(value, int) and value in _YEARS_TYPED:
        return KnownDate(date(value, 1, 1), "year")
    day = day_of_serial(value, since_1904=since_1904)
    return value if day is None else as_shown(day, precision)


def as_shown(day: date, precision: str) -> Cell:
    """A day under a format that shows it to `precision`: day, month, year or day_month."""
    if (typed := (day - _EPOCH_1900).days) in _YEARS_TYPED:
        return KnownDate(date(typed, 1, 1), "year")
    if precision == "day_month":
        return DayMonth(day.day, day.month)
    if (precision == "month" and day.day == 1) or (precision == "year" and (day.day, day.month) == (1, 1)):
        known: Precision = "month" if precision == "month" else "year"
        return KnownDate(day, known)
    return day

"""Dates as people know and write them: to the day, to the month or to the year.

The birth date of an older member is often known only to the year and must stay so; a form is filled in as
people type (`1/4/2023`, `01.04.23`, `tháng 4 năm 1975`). The day comes before the month.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tochuc.kernel.days import Span, add_months, month_length
from tochuc.kernel.errors import BadInput
from tochuc.kernel.names import fold

Precision = Literal["day", "month", "year"]

FIRST_YEAR = 1900
LAST_YEAR = 2100
BIRTH_PIVOT = 20
"""Two-digit years of birth: 00–20 are 2000–2020, the others 1921–1999."""
OTHER_PIVOT = 49
"""Other two-digit years: 00–49 are 2000–2049, the others 1950–1999."""

_LONGEST = 60
_IN_FULL = "Ghi ngày/tháng/năm, ví dụ 01/04/2023"
_HOW_TO = f"{_IN_FULL}; nếu chỉ nhớ tháng thì ghi 04/1975, chỉ nhớ năm thì ghi 1975."
_MONTHS_IN_ORDER = "mot,hai,ba,tu,nam,sau,bay,tam,chin,muoi,muoi mot,muoi hai"
_MONTH_WORDS = {word: number for number, word in enumerate(_MONTHS_IN_ORDER.split(","), 1)}

_SEP = r"\s*[/.\-–,\s]\s*"
_DAY = r"(?P<day>[0-9]{1,2})"
_MONTH = r"(?P<month>[0-9]{1,2})"
_YEAR = r"(?P<year>[0-9]{1,5})"
_WORDY_MONTH = rf"thang\s*(?P<month>[0-9]{{1,2}}|{'|'.join(sorted(_MONTH_WORDS, key=len, reverse=True))})"
_YEAR_AFTER = rf"(?:\s*,?\s*nam\s*|{_SEP}){_YEAR}"
_WEEKDAY = r"(?:(?:thu\s+(?:hai|ba|tu|nam|sau|bay|[2-7])|chu\s+nhat)\s*[,\-–]?\s*)?"
_DAY_WORD = r"(?:(?:ngay|mung|mong)\s*){0,2}"

_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})(?:-(?P<day>[0-9]{1,2}))?(?:[t ]00:00(?::00(?:\.0+)?)?)?",
        r"(?P<year>[0-9]{4})[/.](?P<month>[0-9]{1,2})[/.](?P<day>[0-9]{1,2})",
        rf"{_WEEKDAY}{_DAY_WORD}{_DAY}{_SEP}{_MONTH}{_SEP}{_YEAR}",
        rf"{_WEEKDAY}{_DAY_WORD}{_DAY}\s*,?\s*{_WORDY_MONTH}{_YEAR_AFTER}",
        r"(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>[0-9]{4})",
        rf"{_WORDY_MONTH}{_YEAR_AFTER}",
        rf"(?:thang\s*)?{_MONTH}{_SEP}(?P<year>[0-9]{{3,5}})",
        r"(?:nam\s*)?(?P<year>[0-9]{3,5})",
    )
)
_NO_YEAR = re.compile(rf"{_DAY_WORD}{_DAY}{_SEP}(?:thang\s*)?{_MONTH}")


class UnreadableDate(BadInput):
    """A date that can't be read or doesn't exist; the message says which part and why."""

    def __init__(self, message: str, field: str | None = None, code: str = "date.unreadable") -> None:
        super().__init__(code, message, field)


@dataclass(frozen=True, slots=True, order=True)
class KnownDate:
    """A date known to the day, the month or the year. `first` is the first day it can mean.

    >>> KnownDate(date(1975, 4, 1), "month").vn
    '04/1975'
    """

    first: date
    precision: Precision = "day"

    def __post_init__(self) -> None:
        if self.precision not in ("day", "month", "year"):
            raise ValueError(f"unknown precision {self.precision!r}")
        if (self.precision != "day" and self.first.day != 1) or (
            self.precision == "year" and self.first.month != 1
        ):
            raise ValueError(f"{self.first} is not the first day of a {self.precision}")

    @property
    def iso(self) -> str:
        """`1975-04-02`, `1975-04` or `1975`; sorts as text within one precision."""
        return self.first.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]

    @property
    def vn(self) -> str:
        """As shown: `02/04/1975`, `04/1975` or `1975`."""
        return day_vn(self.first)[{"day": 0, "month": 3, "year": 6}[self.precision] :]

    @property
    def span(self) -> Span:
        """The days it can mean."""
        months = {"month": 1, "year": 12}
        if self.precision == "day":
            return Span(self.first, date.fromordinal(self.first.toordinal() + 1))
        return Span(self.first, add_months(self.first, months[self.precision]))

    @property
    def last(self) -> date:
        """The last day it can mean."""
        return date.fromordinal(self.span.until.toordinal() - 1)

    def __str__(self) -> str:
        return self.vn


def day_vn(day: date) -> str:
    """A day as shown on screen and paper: `05/12/2023`."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def parse_known_date(text: str, *, pivot: int = OTHER_PIVOT) -> KnownDate:
    """Read a date as people type it, keeping how exactly it is known.

    `pivot`: the last two-digit year that belongs to this century (`BIRTH_PIVOT` for births).
    Raises UnreadableDate with a Vietnamese message that says what is wrong.

    >>> parse_known_date("tháng 4 năm 1975").iso
    '1975-04'
    >>> parse_known_date("1.4.23").vn
    '01/04/2023'
    """
    plain = fold(unicodedata.normalize("NFKC", text[: _LONGEST + 1])).strip(" .,;")
    if not plain:
        raise UnreadableDate(f"Chưa ghi ngày. {_HOW_TO}", code="date.missing")
    if len(text.strip()) > _LONGEST:
        raise UnreadableDate(f"Không đọc được ngày này. {_HOW_TO}")
    for form in _FORMS:
        if found := form.fullmatch(plain):
            parts = found.groupdict()
            return _known(parts["year"], parts.get("month"), parts.get("day"), pivot)
    shown = text.strip()
    if _NO_YEAR.fullmatch(plain):
        raise UnreadableDate(f"“{shown}” còn thiếu năm. {_HOW_TO}", code="date.no_year")
    raise UnreadableDate(f"Không đọc được ngày “{shown}”. {_HOW_TO}")


def parse_day(text: str, *, pivot: int = OTHER_PIVOT) -> date:
    """Read a full date; one known only to the month or year is refused.

    >>> parse_day("ngày 11 tháng 4 năm 2023")
    datetime.date(2023, 4, 11)
    """
    try:
        known = parse_known_date(text, pivot=pivot)
    except UnreadableDate as bad:
        # A month or a year alone would be refused next.
        raise UnreadableDate(bad.message.replace(_HOW_TO, f"{_IN_FULL}."), code=bad.code) from bad
    if known.precision != "day":
        raise UnreadableDate(
            f"“{text.strip()}” chưa đủ ngày, tháng, năm. Ghi đầy đủ, ví dụ 01/04/2023.",
            code="date.not_a_day",
        )
    return known.first


def _known(year_text: str, month_text: str | None, day_text: str | None, pivot: int) -> KnownDate:
    year = _year(year_text, pivot)
    if month_text is None:
        return KnownDate(date(year, 1, 1), "year")
    month = _MONTH_WORDS.get(month_text) or int(month_text)
    if not 1 <= month <= 12:
        raise UnreadableDate(
            f"Không có tháng {month}: tháng từ 1 đến 12, và ngày viết trước tháng.", code="date.no_such_month"
        )
    if day_text is None:
        return KnownDate(date(year, month, 1), "month")
    day, length = int(day_text), month_length(year, month)
    if day == 0:
        raise UnreadableDate(
            f"Không có ngày 00/{month:02}/{year}: nếu chỉ nhớ tháng thì ghi {month:02}/{year}.",
            code="date.no_such_day",
        )
    if day > length:
        raise UnreadableDate(
            f"Không có ngày {day:02}/{month:02}/{year}: tháng {month} năm {year} chỉ có {length} ngày.",
            code="date.no_such_day",
        )
    return KnownDate(date(year, month, day), "day")


def _year(text: str, pivot: int) -> int:
    if len(text) == 2:
        return (2000 if int(text) <= pivot else 1900) + int(text)
    if len(text) != 4:
        raise UnreadableDate(f"Không rõ năm {text}: hãy ghi năm đủ bốn chữ số.", code="date.no_such_year")
    if not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise UnreadableDate(
            f"Năm {text} không hợp lý: hãy ghi năm từ {FIRST_YEAR} đến {LAST_YEAR}.", code="date.no_such_year"
        )
    return int(text)

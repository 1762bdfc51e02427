"""Days, calendar months and half-open spans of days.

`since` is the first day that counts, `until` the first day that no longer counts; `FOREVER` as `until` means
"still". So neighbouring spans touch without overlapping, and one test serves every question:
`since <= day < until`.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date

from tochuc.kernel.errors import BadInput, DomainError

FOREVER = date(9999, 12, 31)


class BadSpan(DomainError):
    """A span that would hold no day."""

    def __init__(self, since: date, until: date, field: str | None = None) -> None:
        super().__init__(
            "span.empty",
            f"Ngày bắt đầu {since:%d/%m/%Y} phải trước ngày kết thúc {until:%d/%m/%Y}.",
            field,
        )


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A run of days, from `since` up to but not including `until`; never empty.

    >>> Span(date(2023, 1, 1), date(2023, 2, 1)).covers(date(2023, 2, 1))
    False
    """

    since: date
    until: date = FOREVER

    def __post_init__(self) -> None:
        if self.since >= self.until:
            raise BadSpan(self.since, self.until)

    @property
    def days(self) -> int:
        """How many days it holds."""
        return (self.until - self.since).days

    def covers(self, day: date) -> bool:
        """Whether `day` is one of its days."""
        return self.since <= day < self.until

    def contains(self, other: "Span") -> bool:
        """Whether every day of `other` is one of its days."""
        return self.since <= other.since and other.until <= self.until

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a day; touching spans share none."""
        return self.since < other.until and other.since < self.until


def add_months(day: date, n: int) -> date:
    """The day `n` calendar months later (earlier when negative), as time limits "in months" are counted.

    Where the target month is too short, its last day. Raises BadInput outside the calendar.

    >>> add_months(date(2023, 1, 31), 1)
    datetime.date(2023, 2, 28)
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + n, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise BadInput("date.out_of_calendar", f"Không tính được ngày cách {day:%d/%m/%Y} {n} tháng.")
    return day.replace(year=year, month=month0 + 1, day=min(day.day, month_length(year, month0 + 1)))


def month_length(year: int, month: int) -> int:
    """Number of days in that month."""
    return monthrange(year, month)[1]


def months_between(since: date, until: date) -> int:
    """Full calendar months from `since` to `until`: the largest n with `add_months(since, n) <= until`.

    >>> months_between(date(2023, 1, 31), date(2023, 2, 28))
    1
    >>> months_between(date(2023, 4, 2), date(2024, 4, 1))
    11
    """
    n = (until.year - since.year) * 12 + until.month - since.month
    return n if add_months(since, n) <= until else n - 1


def years_between(since: date, until: date) -> int:
    """Full years from `since` to `until`, as ages and Party ages are counted.

    >>> years_between(date(1958, 4, 12), date(2023, 4, 11))
    64
    """
    return months_between(since, until) // 12


def year_span(year: int) -> Span:
    """All days of a calendar year, 1 January to 31 December.

    >>> year_span(2023)
    Span(since=datetime.date(2023, 1, 1), until=datetime.date(2024, 1, 1))
    """
    if not MINYEAR <= year < MAXYEAR:
        raise BadInput("year.out_of_calendar", f"Năm {year} nằm ngoài lịch.", "year")
    return Span(date(year, 1, 1), date(year + 1, 1, 1))

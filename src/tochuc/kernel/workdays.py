"""Counting working days over given days off.

Which days are off in a year is decided by the Labour Code and yearly decisions (`tochuc.rules.calendar`);
here they are only counted over. Saturdays and Sundays are off unless named as worked instead of another day.
"""

from collections.abc import Set as AbstractSet
from datetime import date, timedelta

from tochuc.kernel.errors import BadInput

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)
_NONE: frozenset[date] = frozenset()


def is_working_day(day: date, days_off: AbstractSet[date], worked: AbstractSet[date] = _NONE) -> bool:
    """Whether `day` is worked: `worked` holds weekend days made up for, `days_off` the holidays.

    >>> is_working_day(date(2023, 9, 4), {date(2023, 9, 4)})
    False
    """
    if day in days_off:
        return False
    return day.weekday() < _SATURDAY or day in worked


def next_working_day(day: date, days_off: AbstractSet[date], worked: AbstractSet[date] = _NONE) -> date:
    """`day` itself if worked, else the first working day after it."""
    while not is_working_day(day, days_off, worked):
        day += _ONE_DAY
    return day


def add_working_days(
    day: date, n: int, days_off: AbstractSet[date], worked: AbstractSet[date] = _NONE
) -> date:
    """The n-th working day after `day`; `day` itself is not counted, and n = 0 gives it back.

    Raises BadInput for a negative n.

    >>> add_working_days(date(2023, 8, 31), 2, {date(2023, 9, 1), date(2023, 9, 4)})
    datetime.date(2023, 9, 6)
    """
    if n < 0:
        raise BadInput("workdays.negative", "Số ngày làm việc phải từ 0 trở lên.")
    for _ in range(n):
        day = next_working_day(day + _ONE_DAY, days_off, worked)
    return day

"""Drawing by tables: chances by age, mixtures of ages, days of a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from tochuc.kernel.days import month_length

YEAR_DAYS = 365.25


def by_age(table: Sequence[Sequence[float]], age: float) -> float:
    """The value of the first row ``[up to, value]`` whose bound exceeds the age."""
    return next(value for bound, value in table if age < bound)


def pick(rng: Random, shares: Mapping[str, float]) -> str:
    """One of the keys, by share; what is missing to 1 goes to the first."""
    point = rng.random()
    for key, share in shares.items():
        point -= share
        if point < 0:
            return key
    return next(iter(shares))


def draw_age(rng: Random, mixture: Sequence[Sequence[float]], lowest: float, highest: float) -> float:
    """An age in years out of bells ``[weight, mean, deviation]``, within bounds."""
    _, mean, deviation = rng.choices(mixture, weights=[row[0] for row in mixture])[0]
    while True:
        age = rng.gauss(mean, deviation)
        if lowest <= age <= highest:
            return age
        mean = min(max(mean, lowest), highest)


def years_before(day: date, years: float) -> date:
    """The day so many years earlier."""
    return day - timedelta(days=round(years * YEAR_DAYS))


def age_on(birth: date, day: date) -> float:
    """Years lived on a day."""
    return (day - birth).days / YEAR_DAYS


def any_day(rng: Random, year: int) -> date:
    """Any day of a year but the first."""
    return date(year, 1, 2) + timedelta(days=rng.randrange(364))


def working_day(rng: Random, year: int) -> date:
    """A day of a year on which offices work (Sundays are moved to Monday)."""
    return off_sunday(any_day(rng, year))


def off_sunday(day: date) -> date:
    """The day, or Monday when it is a Sunday; never into the next year."""
    if day.weekday() != 6:
        return day
    return day + timedelta(days=1 if (day.month, day.day) != (12, 31) else -1)


def seasonal_day(rng: Random, year: int, months: Sequence[float]) -> date:
    """A day of a year whose months have these weights."""
    month = rng.choices(range(1, 13), weights=months)[0]
    return off_sunday(date(year, month, rng.randint(1 if month > 1 else 3, month_length(year, month))))


def how_many(rng: Random, expected: float) -> int:
    """A whole number whose mean is the expected one."""
    return int(expected) + (rng.random() < expected % 1)

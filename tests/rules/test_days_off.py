"""Official days off, against the notices of each year."""

from datetime import date, timedelta

import pytest

from tochuc.kernel.workdays import is_working_day
from tochuc.rules.calendar import days_off, days_worked


def run(first: date, last: date) -> set[date]:
    return {first + timedelta(days=i) for i in range((last - first).days + 1)}


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2022, 1, 31), date(2022, 2, 4)),
        (date(2022, 9, 1), date(2022, 9, 2)),
        (date(2023, 1, 20), date(2023, 1, 26)),
        (date(2023, 5, 1), date(2023, 5, 3)),
        (date(2023, 9, 1), date(2023, 9, 4)),
        (date(2024, 2, 8), date(2024, 2, 14)),
        (date(2024, 4, 29), date(2024, 5, 1)),
        (date(2025, 1, 27), date(2025, 1, 31)),
        (date(2025, 4, 30), date(2025, 5, 2)),
        (date(2026, 1, 1), date(2026, 1, 2)),
        (date(2026, 2, 16), date(2026, 2, 20)),
    ],
)
def test_the_long_holidays_are_off(first: date, last: date) -> None:
    off = days_off(2022, 2026)
    assert not any(is_working_day(day, off, days_worked(2022, 2026)) for day in run(first, last))
    assert is_working_day(last + timedelta(days=7), off)


@pytest.mark.parametrize("saturday", [date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10)])
def test_a_saturday_worked_in_exchange_is_a_working_day(saturday: date) -> None:
    assert is_working_day(saturday, days_off(2024, 2026), days_worked(2024, 2026))


def test_no_day_is_both_off_and_worked() -> None:
    assert not days_off(2015, 2030) & days_worked(2015, 2030)


def test_several_years_are_the_years_together() -> None:
    assert days_off(2022, 2024) == days_off(2022, 2022) | days_off(2023, 2023) | days_off(2024, 2024)
    assert days_off(2024, 2022) == frozenset()

"""Working days, vote thresholds, Roman numerals, due words."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tochuc.kernel.errors import BadInput
from tochuc.kernel.roman import from_roman, to_roman
from tochuc.kernel.thresholds import Threshold
from tochuc.kernel.words import due_words
from tochuc.kernel.workdays import (
    add_working_days,
    is_working_day,
    next_working_day,
)

days = st.dates(date(2020, 1, 1), date(2027, 12, 31))
days_off = st.frozensets(days, max_size=40)
TET_2023 = frozenset(date(2023, 1, day) for day in (2, 20, 21, 22, 23, 24, 25, 26))


def test_working_days_pass_over_weekends_and_tet() -> None:
    assert add_working_days(date(2023, 1, 19), 1, TET_2023) == date(2023, 1, 27)
    assert add_working_days(date(2023, 1, 19), 2, TET_2023) == date(2023, 1, 30)


def test_the_starting_day_is_not_counted() -> None:
    assert add_working_days(date(2023, 4, 11), 1, frozenset()) == date(2023, 4, 12)
    assert add_working_days(date(2023, 4, 11), 0, frozenset()) == date(2023, 4, 11)


def test_a_saturday_worked_in_exchange_counts() -> None:
    exchanged = {date(2024, 5, 4)}
    assert is_working_day(date(2024, 5, 4), {date(2024, 4, 29)}, exchanged)
    assert add_working_days(date(2024, 5, 3), 1, {date(2024, 4, 29)}, exchanged) == date(2024, 5, 4)
    assert add_working_days(date(2024, 5, 3), 1, frozenset()) == date(2024, 5, 6)


@given(days, st.integers(0, 200), days_off)
def test_working_days_added_are_working_days_counted(day: date, n: int, off: frozenset[date]) -> None:
    end = add_working_days(day, n, off)
    assert sum(is_working_day(day + timedelta(days=i), off) for i in range(1, (end - day).days + 1)) == n
    assert n == 0 or is_working_day(end, off)


@given(days, days_off)
def test_the_next_working_day_is_the_first_one(day: date, off: frozenset[date]) -> None:
    found = next_working_day(day, off)
    assert is_working_day(found, off)
    assert all(not is_working_day(day + timedelta(days=i), off) for i in range((found - day).days))


def test_time_does_not_run_backwards() -> None:
    with pytest.raises(BadInput):
        add_working_days(date(2023, 4, 11), -1, frozenset())


@pytest.mark.parametrize(("members", "needed"), [(3, 2), (9, 6), (10, 7), (11, 8), (12, 8)])
def test_two_thirds_of_a_cell_is_rounded_up(members: int, needed: int) -> None:
    assert Threshold(2, 3, strict=False).needed(members) == needed


@pytest.mark.parametrize(("members", "needed"), [(1, 1), (2, 2), (3, 2), (10, 6), (11, 6)])
def test_more_than_half_is_never_half(members: int, needed: int) -> None:
    assert Threshold(1, 2, strict=True).needed(members) == needed


@st.composite
def thresholds(draw: st.DrawFn) -> Threshold:
    denominator = draw(st.integers(2, 100))
    return Threshold(draw(st.integers(1, denominator - 1)), denominator, strict=draw(st.booleans()))


@given(thresholds(), st.integers(1, 100_000))
def test_the_votes_needed_are_the_fewest_that_suffice(threshold: Threshold, base: int) -> None:
    share = Fraction(threshold.numerator, threshold.denominator)

    def suffices(votes: int) -> bool:
        return Fraction(votes, base) > share if threshold.strict else Fraction(votes, base) >= share

    needed = threshold.needed(base)
    assert suffices(needed)
    assert not suffices(needed - 1)


@given(thresholds())
def test_a_threshold_reads_back_as_written(threshold: Threshold) -> None:
    assert Threshold.parse(threshold.text) == threshold


def test_thresholds_read_as_the_rules_say_them() -> None:
    assert Threshold.parse("2/3").words == "hai phần ba"
    assert Threshold.parse(">1/2").words == "quá nửa"
    assert Threshold.parse(">2/3").words == "quá hai phần ba"
    assert Threshold.parse("20/100").words == "20 phần 100"


def test_nobody_decides_nothing() -> None:
    assert Threshold.parse("2/3").needed(0) == 1


@pytest.mark.parametrize("text", ["", "2", "3/2", "0/3", "1/0", ">1/1", "hai phần ba", "2/3/4"])
def test_an_impossible_threshold_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        Threshold.parse(text)


@given(st.integers(1, 3999))
def test_roman_numerals_read_back(number: int) -> None:
    assert from_roman(to_roman(number)) == number
    assert from_roman(to_roman(number).lower()) == number


@pytest.mark.parametrize("text", ["", "IIII", "IXX", "VX", "XIII khóa", "13"])
def test_a_malformed_roman_numeral_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        from_roman(text)


def test_roman_numerals_have_bounds() -> None:
    with pytest.raises(BadInput):
        to_roman(0)
    with pytest.raises(BadInput):
        to_roman(4000)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2023, 11, 20), "quá hạn 3 ngày"),
        (date(2023, 11, 23), "hôm nay"),
        (date(2023, 12, 5), "còn 12 ngày, đến 05/12/2023"),
    ],
)
def test_a_due_day_says_how_far_it_is(due: date, words: str) -> None:
    assert due_words(due, date(2023, 11, 23)) == words

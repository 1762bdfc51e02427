"""Spans and calendar months."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tochuc.kernel.days import (
    FOREVER,
    BadSpan,
    Span,
    add_months,
    month_length,
    months_between,
    year_span,
    years_between,
)
from tochuc.kernel.errors import BadInput, DomainError

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    since = draw(days)
    return Span(since, since + timedelta(days=draw(st.integers(1, 4000))))


def test_the_first_day_counts_and_the_until_day_does_not() -> None:
    span = Span(date(2023, 4, 1), date(2023, 5, 1))
    assert span.covers(date(2023, 4, 1))
    assert span.covers(date(2023, 4, 30))
    assert not span.covers(date(2023, 5, 1))
    assert not span.covers(date(2023, 3, 31))
    assert span.days == 30


def test_an_empty_or_backward_span_is_refused_in_words() -> None:
    with pytest.raises(BadSpan, match="Ngày bắt đầu 02/04/2023 phải trước ngày kết thúc 02/04/2023"):
        Span(date(2023, 4, 2), date(2023, 4, 2))
    with pytest.raises(BadSpan) as caught:
        Span(date(2023, 4, 3), date(2023, 4, 2))
    assert isinstance(caught.value, DomainError)
    assert caught.value.code == "span.empty"


def test_a_span_without_end_is_open() -> None:
    assert Span(date(2023, 4, 1)).until == FOREVER


@given(spans(), spans())
def test_two_spans_overlap_exactly_when_a_day_is_in_both(a: Span, b: Span) -> None:
    shared = max(a.since, b.since)
    assert a.overlaps(b) == (a.covers(shared) and b.covers(shared)) == b.overlaps(a)


@given(spans())
def test_neighbouring_spans_touch_without_overlapping(span: Span) -> None:
    following = Span(span.until, span.until + timedelta(days=1))
    assert not span.overlaps(following)


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2023, 3, 31), -1, date(2023, 2, 28)),
        (date(2023, 12, 15), 1, date(2024, 1, 15)),
        (date(2023, 1, 15), -1, date(2022, 12, 15)),
    ],
)
def test_calendar_months_end_on_the_last_day_of_a_shorter_month(day: date, months: int, result: date) -> None:
    assert add_months(day, months) == result


@given(days, st.integers(-1200, 1200))
def test_adding_months_lands_in_that_month_and_keeps_the_day_where_it_can(day: date, n: int) -> None:
    moved = add_months(day, n)
    assert moved.year * 12 + moved.month == day.year * 12 + day.month + n
    assert moved.day == min(day.day, month_length(moved.year, moved.month))


@given(days, days)
def test_full_months_are_the_most_that_fit(since: date, until: date) -> None:
    n = months_between(since, until)
    assert add_months(since, n) <= until < add_months(since, n + 1)


@given(days, st.integers(0, 1200))
def test_months_added_are_months_counted(day: date, n: int) -> None:
    assert months_between(day, add_months(day, n)) == n


def test_age_changes_on_the_birthday() -> None:
    born = date(2005, 4, 11)
    assert years_between(born, date(2023, 4, 10)) == 17
    assert years_between(born, date(2023, 4, 11)) == 18


def test_outside_the_calendar_is_bad_input() -> None:
    with pytest.raises(BadInput):
        add_months(date(9999, 12, 1), 1)
    with pytest.raises(BadInput):
        add_months(date(1, 1, 1), -1)
    with pytest.raises(BadInput):
        year_span(9999)


def test_a_year_holds_its_first_and_last_day() -> None:
    assert year_span(2023).covers(date(2023, 1, 1))
    assert year_span(2023).covers(date(2023, 12, 31))
    assert year_span(2023).days == 365

"""Dates as people type them, and as exactly as they are known."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tochuc.kernel.errors import BadInput
from tochuc.kernel.known_dates import (
    BIRTH_PIVOT,
    KnownDate,
    Precision,
    UnreadableDate,
    day_vn,
    parse_day,
    parse_known_date,
)


@st.composite
def known_dates(draw: st.DrawFn) -> KnownDate:
    day = draw(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
    precision: Precision = draw(st.sampled_from(("day", "month", "year")))
    if precision == "month":
        day = day.replace(day=1)
    if precision == "year":
        day = day.replace(month=1, day=1)
    return KnownDate(day, precision)


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("1/4/2023", "2023-04-01"),
        ("01.04.23", "2023-04-01"),
        ("1-4-2023", "2023-04-01"),
        ("1 - 4 - 2023", "2023-04-01"),
        ("01 04 2023", "2023-04-01"),
        ("01042023", "2023-04-01"),
        ("4/1975", "1975-04"),
        ("04-1975", "1975-04"),
        ("tháng 4 năm 1975", "1975-04"),
        ("Tháng tư năm 1975", "1975-04"),
        ("tháng năm năm 1975", "1975-05"),
        ("tháng 4/1975", "1975-04"),
        ("ngày 1 tháng 4 năm 2023", "2023-04-01"),
        ("ngày 01 tháng 04, năm 2023.", "2023-04-01"),
        ("Thứ Ba, ngày 11/4/2023", "2023-04-11"),
        ("thang 12 nam 1986", "1986-12"),
        ("1975", "1975"),
        ("năm 1975", "1975"),
        ("2023-04-01", "2023-04-01"),
        ("2023-04-01T00:00:00", "2023-04-01"),
        ("2023-04-01 00:00:00.000", "2023-04-01"),
        ("1975-04", "1975-04"),
        ("29/2/2024", "2024-02-29"),
        ("１/４/２０２３", "2023-04-01"),
    ],
)
def test_a_date_is_read_as_people_type_it(typed: str, iso: str) -> None:
    assert parse_known_date(typed).iso == iso


def test_decomposed_letters_are_read_too() -> None:
    assert parse_known_date("tha\u0301ng 4 na\u0306m 1975").iso == "1975-04"


@given(known_dates())
def test_what_is_shown_or_stored_reads_back_the_same(known: KnownDate) -> None:
    assert parse_known_date(known.vn) == known
    assert parse_known_date(known.iso) == known


@given(known_dates())
def test_a_known_date_spans_the_days_it_can_mean(known: KnownDate) -> None:
    assert known.span.covers(known.first)
    assert known.span.covers(known.last)
    assert known.span.days in {"day": {1}, "month": {28, 29, 30, 31}, "year": {365, 366}}[known.precision]


def test_shown_as_exactly_as_known() -> None:
    assert KnownDate(date(1975, 4, 2), "day").vn == "02/04/1975"
    assert KnownDate(date(1975, 4, 1), "month").vn == "04/1975"
    assert KnownDate(date(1975, 1, 1), "year").vn == "1975"
    assert day_vn(date(2023, 12, 5)) == "05/12/2023"


@pytest.mark.parametrize(
    ("typed", "code", "message"),
    [
        ("31/2/2023", "date.no_such_day", "Không có ngày 31/02/2023: tháng 2 năm 2023 chỉ có 28 ngày."),
        ("29/2/2023", "date.no_such_day", "Không có ngày 29/02/2023: tháng 2 năm 2023 chỉ có 28 ngày."),
        ("0/4/2023", "date.no_such_day", "Không có ngày 00/04/2023"),
        ("4/13/2023", "date.no_such_month", "Không có tháng 13"),
        ("00/00/1975", "date.no_such_month", "Không có tháng 0"),
        ("1/4", "date.no_year", "“1/4” còn thiếu năm"),
        ("4/75", "date.no_year", "“4/75” còn thiếu năm"),
        ("1/4/202", "date.no_such_year", "Không rõ năm 202: hãy ghi năm đủ bốn chữ số."),
        ("1/4/1823", "date.no_such_year", "Năm 1823 không hợp lý"),
        ("31/12/9999", "date.no_such_year", "Năm 9999 không hợp lý"),
        ("hôm qua", "date.unreadable", "Không đọc được ngày “hôm qua”"),
        ("12/4/2023 và 13/4/2023", "date.unreadable", "Không đọc được ngày"),
        ("", "date.missing", "Chưa ghi ngày"),
        ("  ", "date.missing", "Chưa ghi ngày"),
    ],
)
def test_a_date_that_does_not_exist_is_refused_with_what_is_wrong(
    typed: str, code: str, message: str
) -> None:
    with pytest.raises(UnreadableDate, match=re.escape(message)) as caught:
        parse_known_date(typed)
    assert caught.value.code == code
    assert isinstance(caught.value, BadInput)


def read_or_refusal(text: str) -> KnownDate | UnreadableDate:
    try:
        return parse_known_date(text)
    except UnreadableDate as error:
        return error


@given(st.one_of(st.text(max_size=10_000), st.text("0123456789/.- thángnăm", max_size=70)))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    answer = read_or_refusal(text)
    if isinstance(answer, KnownDate):
        assert 1900 <= answer.first.year <= 2100
    else:
        assert answer.message.endswith(".")
        assert len(answer.message) < 300


def test_two_digit_years_are_births_long_ago_and_acts_of_late() -> None:
    assert parse_day("12/5/48") == date(2048, 5, 12)
    assert parse_day("12/5/48", pivot=BIRTH_PIVOT) == date(1948, 5, 12)
    assert parse_day("12/5/75") == date(1975, 5, 12)
    assert parse_day("12/5/05", pivot=BIRTH_PIVOT) == date(2005, 5, 12)


@pytest.mark.parametrize("typed", ["4/1975", "1975", "tháng 4 năm 1975"])
def test_a_full_date_is_asked_for_where_one_is_needed(typed: str) -> None:
    with pytest.raises(UnreadableDate, match="chưa đủ ngày, tháng, năm"):
        parse_day(typed)


def test_precision_and_first_day_must_agree() -> None:
    with pytest.raises(ValueError, match="first day of a month"):
        KnownDate(date(1975, 4, 2), "month")
    with pytest.raises(ValueError, match="first day of a year"):
        KnownDate(date(1975, 4, 1), "year")

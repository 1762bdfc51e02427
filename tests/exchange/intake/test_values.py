"""Single values: dates and numbers read the same in every form that people give them."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tochuc.exchange.intake.centuries import settled
from tochuc.exchange.intake.dates import read_date, read_pieces, read_text
from tochuc.exchange.intake.firsts import FirstPlaces
from tochuc.exchange.intake.identity import card_number, national_id, phone
from tochuc.kernel.days import month_length

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
SERIAL_OF_1900 = date(1899, 12, 30)
IN_FULL = (
    "{0.day}/{0.month}/{0.year}", "{0:%d/%m/%Y}", "{0:%d-%m-%Y}", "{0:%d.%m.%Y}", " {0.day} / {0.month} / {0.year} ",
    "ngày {0.day} tháng {0.month} năm {0.year}", "Ngày {0:%d} tháng {0:%m}, {0.year}", "{0:%Y-%m-%d}",
    "{0:%Y-%m-%d} 00:00:00", "{0:%d/%m/%Y} 0:00", "'{0:%d/%m/%Y}", "{0:%d/%m/%Y}.", "{0:%d/%m/%Y} (dự bị)",
    "{0.day}-Thg{0.month}-{0.year}", "{0:%d%m%Y}", "sinh ngày {0:%d/%m/%Y}",
)  # fmt: skip
A_MONTH = (
    "{0.month}/{0.year}",
    "tháng {0.month} năm {0.year}",
    "{0:%m-%Y}",
    "T{0.month}/{0.year}",
    "00/{0:%m/%Y}",
    "__/{0:%m/%Y}",
)
A_YEAR = ("{0.year}", "năm {0.year}", "sinh năm {0.year}", "00/00/{0.year}", "../../{0.year}", " {0.year} ")

STEADY = settings(deadline=None, derandomize=True)


@STEADY
@given(DAYS, st.sampled_from(IN_FULL))
def test_a_day_is_the_same_however_it_is_written(day: date, form: str) -> None:
    written = read_text(form.format(day))
    assert written
    assert written.known
    assert written.known.iso == day.isoformat()


@STEADY
@given(DAYS, st.sampled_from(A_MONTH), st.sampled_from(A_YEAR))
def test_what_is_known_only_to_the_month_or_the_year_stays_so(day: date, month: str, year: str) -> None:
    for form, length in ((month, 7), (year, 4)):
        written = read_text(form.format(day))
        assert written
        assert written.known
        assert written.known.iso == day.isoformat()[:length]


@STEADY
@given(st.dates(date(1927, 6, 1), date(2036, 12, 31)))
def test_a_day_kept_as_a_number_is_that_day(day: date) -> None:
    written = read_date((day - SERIAL_OF_1900).days)
    assert written
    assert written.known
    assert written.known.iso == day.isoformat()


@STEADY
@given(DAYS)
def test_a_day_in_three_columns_is_one(day: date) -> None:
    written = read_pieces({"day": day.day, "month": str(day.month), "year": float(day.year)})
    assert written
    assert written.known
    assert written.known.iso == day.isoformat()


@STEADY
@given(st.integers(1, 31), st.integers(1, 12), st.integers(1900, 2099))
def test_a_day_that_does_not_exist_is_never_read_as_another(day: int, month: int, year: int) -> None:
    written = read_text(f"{day}/{month}/{year}")
    assert written
    read = written.known.iso if written.known else written.why
    exists = day <= month_length(year, month)
    assert read == (f"{year}-{month:02}-{day:02}" if exists else "no_such_day")


@STEADY
@given(st.integers(1, 12), st.integers(13, 31), st.integers(1900, 2099))
def test_only_what_cannot_be_day_first_is_read_month_first(month: int, day: int, year: int) -> None:
    written = read_text(f"{month}/{day}/{year}")
    assert written
    assert written.month_first or written.why
    assert not read_text(f"{day}/{month}/{year}").month_first  # type: ignore[union-attr]


@STEADY
@given(st.text(max_size=40))
def test_any_text_is_read_empty_or_refused(text: str) -> None:
    written = read_text(text)
    assert written is None or sum(one is not None for one in (written.known, written.short, written.why)) == 1


@STEADY
@given(
    st.dates(date(1930, 1, 1), date(2005, 12, 31)), st.integers(18, 60), st.integers(360, 800), st.booleans()
)
def test_two_digit_years_keep_birth_before_admission_before_recognition(
    birth: date, age: int, later: int, full_birth: bool
) -> None:
    today = date(2026, 11, 24)
    admitted = birth + timedelta(days=int(age * 365.25) + 5)
    official = admitted + timedelta(days=later)
    if official > today or admitted.year < 1930:
        return
    cells = {
        "birth": f"{birth:%d/%m/%Y}" if full_birth else f"{birth:%d/%m/%y}",
        "admitted_on": f"{admitted:%d/%m/%y}",
        "official_on": f"{official:%d/%m/%y}",
    }
    dates = settled({name: written for name, cell in cells.items() if (written := read_text(cell))}, today)
    assert dates["admitted_on"].first == admitted
    assert dates["official_on"].first == official
    # The contract's own rule: 19yy unless that makes over a hundred at admission.
    assert dates["birth"].first == birth or (
        birth.year >= 2000 and not full_birth and admitted.year - birth.year <= 100
    )


@STEADY
@given(st.integers(0, 10**12 - 1))
def test_an_identity_number_gets_its_lost_zeros_back(number: int) -> None:
    digits = f"{number:012}"
    lost = len(digits) - len(str(number))
    for cell in (number, float(number)):
        text, right = national_id(cell)
        if lost <= 2:
            assert (text, right) == (digits, True)
        elif len(str(number)) in (8, 9):
            assert (text, right) == (f"{number:09}", True)
        else:
            assert (text, right) == (str(number), False)
    assert national_id(digits) == (digits, True)
    assert national_id(" ".join((digits[:3], digits[3:6], digits[6:]))) == (digits, True)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (905123456, "0905123456"), (905123456.0, "0905123456"), ("0905 123 456", "0905123456"),
        ("0905.123.456", "0905123456"), ("+84905123456", "0905123456"), ("84905123456", "0905123456"),
        ("(0235) 3877 123", "02353877123"), ("0905123456/0905123457", "0905123456"), ("Không", ""), (None, ""),
    ],
)  # fmt: skip
def test_telephone_numbers(cell: object, number: str) -> None:
    assert phone(cell) == number  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "number"),
    [("49. 012 345", "49.012345"), (49.012345, "49.012345"), (49012345, "49012345"), (" ", "")],
)
def test_card_numbers_stay_as_written_without_blanks(cell: object, number: str) -> None:
    assert card_number(cell) == number  # type: ignore[arg-type]


def test_the_first_place_of_each_of_many_keys_is_remembered() -> None:
    places = FirstPlaces()
    for number in range(1, 20_001):
        assert places.first(f"đảng viên {number}", number) == number
    assert all(places.first(f"đảng viên {number}", 99_999) == number for number in range(1, 20_001))

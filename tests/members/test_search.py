"""Search: any part of the name in any order, tones aside; card number, birth year, cell."""

from __future__ import annotations

from datetime import date

import pytest

from cast import CANARY_NAME, TODAY, Cast, decided
from tochuc.audit.record import NOBODY
from tochuc.kernel.known_dates import KnownDate
from tochuc.members import actions, search
from tochuc.members.models import Person
from tochuc.org.models import Organisation

pytestmark = pytest.mark.django_db


def _member(name: str, year: int, cell: Organisation, card: str = "") -> Person:
    person = actions.register(
        full_name=name, gender="male", birth=KnownDate(date(year, 5, 1)), by=NOBODY, card_number=card
    )
    day = date(2022, 3, 1)
    actions.admit(person, cell=cell, on=day, decision=decided(day), by=NOBODY, today=TODAY)
    return person


def _found(typed: str) -> list[str]:
    return [person.full_name for person in search.find(Person.objects.all(), typed)]


@pytest.fixture
def hoas(cast: Cast) -> None:
    _member("Bạch Thị Hòa", 1970, cast.b1, "49.000777")
    _member("Bạch Văn Hóa", 1971, cast.b1, "49.001970")
    _member("Bạch Hoàng", 1972, cast.a1)
    _member("Bạch Hoa", 1970, cast.a1)
    _member("H'Hoa Bạch", 1980, cast.a1)


@pytest.mark.parametrize(
    "typed", ["kim oanh", "ca oanh", "SƠN CA", "oanh kim ca son", "  Sơn  Ca,", "kim oa"]
)
def test_any_words_of_the_name_in_any_order_without_tones(cast: Cast, typed: str) -> None:
    assert _found(typed) == [CANARY_NAME]


def test_the_last_word_may_be_unfinished_and_names_come_in_vietnamese_order(cast: Cast, hoas: None) -> None:
    assert _found("bach hoa") == ["Bạch Hoa", "Bạch Thị Hòa", "Bạch Văn Hóa", "Bạch Hoàng"]
    assert _found("hoa bach") == ["Bạch Hoa", "Bạch Thị Hòa", "Bạch Văn Hóa"]


def test_other_words_may_be_unfinished_where_no_name_has_them_whole(cast: Cast, hoas: None) -> None:
    assert _found("bac hoan") == ["Bạch Hoàng"]


def test_four_figures_are_a_birth_year_and_alone_also_the_end_of_a_card(cast: Cast, hoas: None) -> None:
    assert _found("bach 1970") == ["Bạch Hoa", "Bạch Thị Hòa"]
    assert _found("1970 hoa bach") == ["Bạch Hoa", "Bạch Thị Hòa"]
    assert {"Bạch Hoa", "Bạch Thị Hòa", "Bạch Văn Hóa"} <= set(_found("1970"))


@pytest.mark.parametrize("typed", ["000777", "49.000777", "777", "hoa 000777"])
def test_other_figures_end_a_card_number(cast: Cast, hoas: None, typed: str) -> None:
    Person.objects.filter(card_number="49.000777").update(card_number="49000777")
    assert _found(typed) == ["Bạch Thị Hòa"]


def test_the_cell_follows_a_comma(cast: Cast, hoas: None) -> None:
    assert _found("bach, thuong") == ["Bạch Thị Hòa", "Bạch Văn Hóa"]
    assert _found("bach, chi bo thon thuong") == ["Bạch Thị Hòa", "Bạch Văn Hóa"]
    assert CANARY_NAME in _found(", thon thuong")


def test_last_words_are_tried_as_the_cell_s_where_no_name_has_them(cast: Cast, hoas: None) -> None:
    assert _found("bach hoa thuong") == ["Bạch Thị Hòa", "Bạch Văn Hóa"]
    assert CANARY_NAME in _found("thon thuong")


@pytest.mark.parametrize(
    "typed", ["", "  ", ",", ", ,", "'", "\\", "&|!:*", "khongcoaitennhuthe", "12", "%", "bach %"]
)
def test_what_names_nobody_finds_nobody(cast: Cast, hoas: None, typed: str) -> None:
    found = _found(typed)

    assert found == [] or typed == "bach %"


def test_quotes_and_signs_are_words_like_others(cast: Cast, hoas: None) -> None:
    assert _found("h'hoa") == ["H'Hoa Bạch"]
    assert _found("H’Hoa") == ["H'Hoa Bạch"]
    assert _found("bach!!! (hoa)") == _found("bach hoa")


def test_only_the_people_given_are_found(cast: Cast, hoas: None) -> None:
    in_a1 = Person.objects.filter(home=cast.a1)

    assert [p.full_name for p in search.find(in_a1, "bach hoa")] == ["Bạch Hoa", "Bạch Hoàng"]

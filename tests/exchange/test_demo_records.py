"""The demonstration's records: filled in plausibly, consistent with their facts, and nobody's real numbers."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tochuc.exchange.demo.build import build
from tochuc.exchange.demo.filling import details, drawn, number_of
from tochuc.exchange.demo.shapes import DemoDistrict

SEED = 20230411


@pytest.fixture(scope="module")
def district() -> DemoDistrict:
    return build(seed=SEED, today=date(2023, 4, 20))


def test_an_identity_number_agrees_with_sex_and_year_of_birth_and_is_of_no_province(district: DemoDistrict):
    for one in district.people[::50]:
        number = number_of(drawn(one, SEED, "identity"), one)
        year = int(one.birth_iso[:4])
        assert re.fullmatch(r"097\d{9}", number)
        assert int(number[3]) % 2 == (one.gender == "female")
        assert int(number[3]) // 2 == (year - 1900) // 100
        assert int(number[4:6]) == year % 100


def test_the_same_seed_fills_in_the_same(district: DemoDistrict):
    one = district.people[7]
    assert details(one, SEED) == details(one, SEED)


def test_only_who_has_a_card_has_a_number_of_the_personal_history(district: DemoDistrict):
    numbered = [one for one in district.people if details(one, SEED)[1]]
    assert numbered
    assert all(one.card_number for one in numbered)

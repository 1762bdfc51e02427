"""Digits that no number is made of are refused in words, wherever a step reads a number from a text."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from tochuc.procedures import card_number, removal


def taken(facts: dict[str, Any], answers: dict[str, Any]) -> Any:
    move = SimpleNamespace(on=date(2023, 6, 10), answers=answers)
    return SimpleNamespace(facts=facts, move=move, rule=lambda _id: SimpleNamespace(number=2))


@pytest.mark.parametrize("years", ["2021 202²", "①②③④", "2021, 2022a"])
def test_years_of_breaches_are_years(years: str) -> None:
    (objection,) = removal._two_years_running(taken({"ground": removal.UNFIT, "years": years}, {}))
    assert objection.code == "years_unreadable"


@pytest.mark.parametrize("number", ["12.34567²", "１２.３４５６７８"])
def test_a_card_number_has_digits_of_a_keyboard(number: str) -> None:
    (objection,) = card_number.well_formed(taken({}, {"card_number": number}))
    assert objection.code == "card_not_digits"

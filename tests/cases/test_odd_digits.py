"""Signs that count as digits and are no number, such as a raised two, are told of as unreadable."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from tochuc.procedures import card_number, removal


def _taken(facts: dict[str, Any], answers: dict[str, Any]) -> Any:
    move = SimpleNamespace(on=date(2023, 5, 1), answers=answers)
    return SimpleNamespace(facts=facts, move=move, rule=lambda rule_id: rule_id)


@pytest.mark.parametrize("years", ["2021 ²", "20²1 2022"])
def test_years_with_raised_figures_are_unreadable(years: str):
    running = next(one for one in removal.PROCEDURE.begins if one.__name__ == "_two_years_running")
    (objection,) = running(_taken({"ground": removal.UNFIT, "years": years}, {}))
    assert objection.code == "years_unreadable"


@pytest.mark.parametrize("number", ["48.12345²", "٤٨١٢٣٤٥٦"])
def test_a_card_number_has_plain_figures_only(number: str):
    (objection,) = card_number.well_formed(_taken({}, {"card_number": number}))
    assert objection.code == "card_not_digits"

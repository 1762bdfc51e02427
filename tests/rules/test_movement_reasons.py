"""Form 1-BTCTW: increase and decrease of members."""

from datetime import date

import pytest

from tochuc.kernel.errors import NotInForce
from tochuc.rules.tables import movement_reasons


def test_the_form_opens_increases_decreases_and_closes() -> None:
    rows = movement_reasons(date(2023, 12, 31))
    assert [(row.side, row.code) for row in rows] == [
        ("opening", "opening"),
        ("increase", "admitted"),
        ("increase", "readmitted"),
        ("increase", "transferred_in"),
        ("increase", "restored"),
        ("increase", "reorganisation_in"),
        ("decrease", "deceased"),
        ("decrease", "expelled"),
        ("decrease", "removed"),
        ("decrease", "left"),
        ("decrease", "transferred_out"),
        ("decrease", "reorganisation_out"),
        ("closing", "closing"),
    ]
    assert [row.order for row in rows] == list(range(1, 14))


def test_the_form_is_cited_as_of_the_day() -> None:
    assert movement_reasons(date(2016, 12, 31))[0].cite.source.number == "12-HD/BTCTW"
    assert movement_reasons(date(2021, 12, 12))[0].cite.source.number == "09-HD/BTCTW"
    assert movement_reasons(date(2021, 12, 13))[0].cite.source.number == "11-HD/BTCTW"


def test_only_the_closing_row_was_read_in_the_text() -> None:
    rows = movement_reasons(date(2016, 12, 31))
    assert {row.code for row in rows if row.confidence == "text"} == {"closing"}


def test_before_the_first_form_there_is_none() -> None:
    with pytest.raises(NotInForce, match="Ngày 16/05/2012"):
        movement_reasons(date(2012, 5, 16))

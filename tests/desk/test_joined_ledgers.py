"""What becomes of the entries of a record entered twice, where decisions of different years have one number."""

from __future__ import annotations

from datetime import date

import pytest

from tochuc.desk.ledgers import DOUBLE, JOINS, joined
from tochuc.members.models import MemberEvent

NUMBER = "05-QĐ/ĐU"
OPENING = MemberEvent(
    id=1, kind="opening", happened_on=date(2010, 1, 1), organisation_id=1, data={"standing": "official"}
)


def _badge(key: int, on: date, signed: date | None) -> MemberEvent:
    data = {"years": 30}
    return MemberEvent(
        id=key, kind="badge_awarded", happened_on=on, decision_number=NUMBER, decision_on=signed, data=data
    )


@pytest.mark.parametrize(
    ("on", "signed", "fate"),
    [
        (date(2018, 5, 19), date(2018, 4, 2), DOUBLE),
        (date(2018, 9, 2), None, DOUBLE),
        (date(2018, 9, 2), date(2018, 4, 2), DOUBLE),
        (date(2020, 5, 19), None, JOINS),
        (date(2018, 9, 2), date(2018, 8, 3), JOINS),
    ],
)
def test_one_number_of_two_decisions_is_two_entries(on: date, signed: date | None, fate: str):
    stays = [OPENING, _badge(2, date(2018, 5, 19), date(2018, 4, 2))]
    (entry,) = joined(stays, [_badge(3, on, signed)])
    assert entry.fate == fate

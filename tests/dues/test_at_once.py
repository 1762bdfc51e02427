"""Two cells record one member's month at the same moment: the second waits and then sees what the first said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from cast import TODAY, Cast, decided
from side_by_side import at_once, committed, forget, owner
from tochuc.audit.record import NOBODY
from tochuc.dues import actions
from tochuc.kernel.errors import BadInput
from tochuc.kernel.known_dates import parse_known_date
from tochuc.members import actions as members
from tochuc.members.models import Person

MONTH = date(2022, 9, 1)
SAID: dict[str, Any] = {"by": NOBODY, "today": TODAY}


@pytest.fixture
def mover(cast: Cast) -> Iterator[Person]:
    """Someone other connections see too, who left a1 for b1 in the middle of the month."""

    def make() -> Person:
        made = members.register(
            full_name="Người Hai Nơi", gender="female", birth=parse_known_date("1990"), by=NOBODY
        )
        admitted = date(2022, 5, 1)
        members.admit(made, cell=cast.a1, on=admitted, decision=decided(admitted), **SAID)
        members.transfer(made, to=cast.b1, on=date(2022, 9, 15), **SAID)
        return made

    made = committed(make)
    yield made
    with owner() as own:
        own.execute("DELETE FROM dues_payment WHERE person_id = %s", [made.pk])
        for table in ("arrear", "collection"):
            own.execute(f"DELETE FROM dues_{table} WHERE month = %s", [MONTH])
    forget([made.ref])


def test_of_two_cells_that_record_one_month_the_second_is_told(cast: Cast, mover: Person) -> None:
    paid = {"kind": "paid", "amount": 6_000, "paid_on": date(2022, 10, 1), **SAID}
    first, second = at_once(
        lambda: actions.settle(mover, cast.a1, MONTH, **paid),
        lambda: actions.settle(mover, cast.b1, MONTH, **paid),
    )
    assert first.organisation_id == cast.a1.pk
    assert isinstance(second, BadInput)
    assert second.code == "dues.no_reason"

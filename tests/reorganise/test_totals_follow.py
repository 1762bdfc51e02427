"""What is rolled up to large branches follows whatever plan is carried out, what is recorded late, and its undoing."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from cast import Cast
from members.large import check_totals, every_branch_large, stored
from reorganise import forest as forests
from reorganise.everything import PERIODS
from reorganise.test_any_plan import BETWEEN, DAYS, LATE, RUNS, carried_out, record_late
from tochuc.reorganise import actions
from tochuc.reorganise.undoing import ChangedSince


@given(data=st.data(), forest=forests.forests(), late=LATE)
@settings(RUNS, max_examples=8)
def test_totals_follow_any_plan_and_its_undoing(
    cast: Cast, data: st.DataObject, forest: Any, late: Any
) -> None:
    with transaction.atomic(), every_branch_large():
        forests.plant(forest)
        before = stored()
        made = carried_out(data.draw(forests.operations(forest)))
        check_totals(PERIODS[:3], DAYS)
        if made is not None and not late:
            actions.undo(made, by=cast.actor(), today=BETWEEN)
            assert stored() == before
        record_late(forest, late, cast)
        check_totals(PERIODS[2:4], DAYS[:2])
        if made is not None and late:
            with suppress(ChangedSince):
                actions.undo(made, by=cast.actor(), today=BETWEEN)
            check_totals(PERIODS[2:4], DAYS[:2])
        transaction.set_rollback(True)

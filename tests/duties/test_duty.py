"""Which group of *Việc cần làm* a duty stands in, at the edges of weeks, months and years, and their order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cast import Cast, decided
from tochuc.duties.duty import (
    GROUPS,
    LATER,
    OVERDUE,
    THIS_MONTH,
    THIS_WEEK,
    WAITING,
    Duty,
    Why,
    collect,
    grouped,
)
from tochuc.kernel.known_dates import parse_day
from tochuc.members import actions


def due(on: date, what: str = "Việc", whom: str = "") -> Duty:
    return Duty("test", what, whom, "xa-a", on, Why("Vì đến hạn."), "home", "1")


@pytest.mark.parametrize(
    ("today", "on", "group"),
    [
        # 20 April 2023 is a Thursday, its week ends on Sunday the 23rd.
        ("20/4/2023", "19/4/2023", OVERDUE),
        ("20/4/2023", "20/4/2023", THIS_WEEK),
        ("20/4/2023", "23/4/2023", THIS_WEEK),
        ("20/4/2023", "24/4/2023", THIS_MONTH),
        ("20/4/2023", "30/4/2023", THIS_MONTH),
        ("20/4/2023", "1/5/2023", LATER),
        ("20/4/2023", "20/4/2024", LATER),
        # What is due earlier this week but before today is overdue, not this week's.
        ("20/4/2023", "17/4/2023", OVERDUE),
        # A Sunday is the last day of its week, a Monday the first of the next.
        ("23/4/2023", "23/4/2023", THIS_WEEK),
        ("23/4/2023", "24/4/2023", THIS_MONTH),
        ("24/4/2023", "30/4/2023", THIS_WEEK),
        # A week that runs into the next month or year is still this week.
        ("31/5/2023", "4/6/2023", THIS_WEEK),
        ("31/5/2023", "5/6/2023", LATER),
        ("28/12/2022", "1/1/2023", THIS_WEEK),
        ("28/12/2022", "2/1/2023", LATER),
        # On the last day of a month nothing else is this month's; the same month of another year isn't.
        ("30/4/2023", "1/5/2023", LATER),
        ("1/2/2024", "29/2/2024", THIS_MONTH),
        ("1/2/2023", "28/2/2024", LATER),
    ],
)
def test_a_duty_stands_in_the_group_of_its_day(today: str, on: str, group: str) -> None:
    assert due(parse_day(on)).group(parse_day(today)) == group


def test_groups_come_overdue_first_and_empty_ones_are_left_out() -> None:
    today = date(2023, 4, 20)
    later, overdue, week = due(date(2023, 9, 1)), due(date(2023, 4, 1)), due(today)
    assert grouped([later, week, overdue], today) == [
        (OVERDUE, "Quá hạn", [overdue]),
        (THIS_WEEK, "Tuần này", [week]),
        (LATER, "Sau đó", [later]),
    ]
    assert grouped([], today) == []


def test_what_no_rule_sets_a_day_for_waits_and_is_never_overdue() -> None:
    """However long ago it began to wait; its words say since when."""
    today = date(2023, 4, 20)
    waiting = replace(due(date(2022, 1, 9)), waits=True)
    assert waiting.group(today) == WAITING
    assert waiting.words(today) == "chờ từ 09/01/2022 (466 ngày)"
    assert replace(waiting, due_on=today).words(today) == "chờ từ 20/04/2023"
    assert [code for code, _, _ in grouped([waiting, due(date(2024, 1, 1))], today)] == [LATER, WAITING]


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.lists(st.integers(-400, 400)))
def test_every_duty_is_in_one_group_and_groups_follow_one_another(today: date, away: list[int]) -> None:
    duties = sorted((due(today + timedelta(days=n)) for n in away), key=lambda d: d.due_on)
    groups = grouped(duties, today)
    assert [duty for _, _, own in groups for duty in own] == duties
    order = [code for code, _ in GROUPS]
    places = [order.index(code) for code, _, _ in groups]
    assert places == sorted(set(places))


def test_the_list_is_in_order_of_days_then_of_what_and_whom(cast: Cast) -> None:
    duties = collect(cast.viewer("officer"))
    assert [(d.waits, d.due_on) for d in duties] == sorted((d.waits, d.due_on) for d in duties)


# --- what the members' record makes due ---------------------------------------------------------------------


def recognitions(cast: Cast, who: str, today: date) -> list[tuple[str, date]]:
    found = collect(cast.viewer(who, today))
    return [(d.key, d.due_on) for d in found if d.kind == "recognition"]


def test_a_probation_that_ran_out_is_due_for_those_who_may_record_it(cast: Cast) -> None:
    """Admitted on 3 February 2022: the twelve months end on 3 February 2023."""
    ref = cast.people["probation_b1"].ref
    for who in ("officer", "secretary_b", "cell_b1"):
        assert ref in dict(recognitions(cast, who, cast.today))
    for who in ("secretary_a", "cell_a1", "member_a1", "expired", "nobody"):
        assert ref not in dict(recognitions(cast, who, cast.today))


def test_a_probation_shows_from_sixty_days_before_it_ends(cast: Cast) -> None:
    """Admitted on 10 May 2022: the twelve months end on 10 May 2023, sixty days after 11 March."""
    assert recognitions(cast, "cell_a1", date(2023, 3, 10)) == []
    ((ref, day),) = recognitions(cast, "cell_a1", date(2023, 3, 11))
    assert ref == cast.people["probation_a1"].ref
    assert day > date(2023, 5, 10)


def test_a_recognition_is_due_no_longer_once_recorded(cast: Cast) -> None:
    assert recognitions(cast, "cell_b1", cast.today) != []
    on = date(2023, 2, 3)
    actions.recognise(
        cast.people["probation_b1"], on=on, decision=decided(on), by=cast.actor(), today=cast.today
    )
    assert recognitions(cast, "cell_b1", cast.today) == []

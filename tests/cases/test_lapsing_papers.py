"""Papers of an admission that lapse before the decision are said in time, and foreseen; a new paper ends the reminder."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cases.walk import Walker, due_of
from cast import Cast
from tochuc.cases import actions
from tochuc.cases.declare import Count
from tochuc.duties import asking
from tochuc.duties.duty import Duty
from tochuc.duties.foresight import foresee

TODAY = date(2024, 12, 1)
CERTIFICATE, FILE = "admission.certificate_validity", "admission.file_validity"


@pytest.fixture
def walker(cast: Cast, settings: Any) -> Walker:
    """A file of 2023 whose applicant has an old certificate, of 3 June 2018: sixty months end on 3 June 2023."""
    settings.TOCHUC_TODAY = TODAY
    cast.today = TODAY
    case = actions.open_case(
        "admission",
        on=date(2023, 2, 1),
        by=cast.actor(),
        today=TODAY,
        person=cast.people["sympathiser_a1"],
        answers={"route": "members"},
    )
    walker = Walker(cast, case)
    walker.take("course", date(2023, 3, 1), issued_on="2018-06-03")
    return walker


def lapses(walker: Walker, who: str, on: date, until: date | None = None) -> dict[str, Duty]:
    """The reminders on somebody's list of a day, by the rule that ends the paper."""
    found = asking.look(walker.cast.viewer(who, on), asking.Asked(kind="paper_lapse"), size=50, until=until)
    assert found.total == len(found.duties())
    return {one.point: one for one in found.duties()}


def made(walker: Walker) -> None:
    people = walker.cast.people
    walker.take("apply", date(2023, 3, 6))
    walker.take("verify", date(2023, 4, 3), "qualified")
    walker.take("introduce", date(2023, 4, 4), introducers=[people["member_a1"].ref, people["other_a1"].ref])
    walker.take("opinions", date(2023, 4, 5))


def resolved(walker: Walker) -> None:
    walker.take("resolve", date(2023, 5, 5), "agreed", count=Count(6, 6, 6), method="secret")
    walker.take("propose", date(2023, 5, 20), "agreed", count=Count(9, 9, 9))


def test_a_certificate_is_reminded_of_ninety_days_before_sixty_months_are_over(walker: Walker) -> None:
    """Guidance, 5.1 (not read in its text): sixty months; ninety days before is a habit, so it only reminds."""
    assert CERTIFICATE not in lapses(walker, "cell_a1", date(2023, 3, 4))
    one = lapses(walker, "cell_a1", date(2023, 3, 5))[CERTIFICATE]
    assert one.due_on == date(2023, 6, 3)
    assert "03/06/2018" in one.why.sentence
    assert "60 tháng" in one.why.sentence
    assert "5.1" in one.why.source
    assert not one.why.confirmed
    assert one.key == str(walker.case.ref)


def test_it_is_on_the_lists_of_those_who_lead_the_case_and_of_nobody_else(walker: Walker) -> None:
    day = date(2023, 4, 20)
    for who in ("cell_a1", "secretary_a", "officer"):
        assert CERTIFICATE in lapses(walker, who, day)
    for who in ("cell_a2", "secretary_b", "member_a1", "nobody", "expired"):
        assert not lapses(walker, who, day)


def test_a_lapse_is_foreseen_in_the_month_it_falls_in(walker: Walker) -> None:
    day = date(2023, 2, 1)
    assert not lapses(walker, "cell_a1", day)
    plan = foresee(walker.cast.viewer("cell_a1", day), asking.Asked(kind="paper_lapse"))
    assert dict(plan.counts) == {("paper_lapse", "2023-06"): 1}


def test_the_certificate_is_watched_until_the_decision(walker: Walker) -> None:
    made(walker)
    resolved(walker)
    assert set(lapses(walker, "cell_a1", date(2023, 6, 1))) == {CERTIFICATE}
    walker.take("decide", date(2023, 6, 2), "decided", count=Count(11, 10, 10), number="120-QĐ/HU")
    assert not lapses(walker, "cell_a1", date(2023, 6, 3), until=date(2025, 1, 1))


def test_a_new_certificate_starts_its_own_sixty_months(walker: Walker) -> None:
    walker.take("course_again", date(2023, 5, 10), "certified", issued_on="2023-05-08")
    assert not lapses(walker, "cell_a1", date(2023, 6, 4))
    ahead = lapses(walker, "cell_a1", date(2023, 6, 4), until=date(2028, 12, 31))
    assert ahead[CERTIFICATE].due_on == date(2028, 5, 8)


def test_a_certificate_step_taken_back_counts_no_longer(walker: Walker) -> None:
    walker.take("course_again", date(2023, 5, 10), "certified", issued_on="2023-05-08")
    actions.take_back(walker.case, reason="Ghi nhầm người", by=walker.cast.actor(), today=TODAY)
    assert lapses(walker, "cell_a1", date(2023, 6, 4))[CERTIFICATE].due_on == date(2023, 6, 3)


def test_a_file_of_twelve_months_is_foreseen_while_the_vote_cant_be_taken_yet(walker: Walker) -> None:
    """Guidance, 5.1: twelve months from the application; once the vote is open it carries the day itself."""
    walker.take("apply", date(2023, 3, 6))
    one = lapses(walker, "cell_a1", date(2024, 1, 6))[FILE]
    assert one.due_on == date(2024, 3, 6)
    assert one.why.confirmed
    assert FILE not in lapses(walker, "cell_a1", date(2024, 1, 5))


def test_the_open_vote_is_the_one_row_for_the_file(walker: Walker) -> None:
    made(walker)
    day, _ = due_of(walker.case, "resolve", date(2024, 2, 1))
    assert day == date(2024, 3, 6)
    assert FILE not in lapses(walker, "cell_a1", date(2024, 2, 1))


def test_a_closed_case_reminds_of_nothing(walker: Walker) -> None:
    walker.take("apply", date(2023, 3, 6))
    walker.take("verify", date(2023, 4, 3), "unqualified")
    assert not lapses(walker, "cell_a1", date(2023, 6, 1), until=date(2025, 1, 1))

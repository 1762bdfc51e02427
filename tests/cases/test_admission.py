"""Admission, step by step: the right path, and each refusal with its article."""

from __future__ import annotations

from datetime import date

import pytest

from cases.walk import Walker, due_of, open_steps
from cast import Cast
from tochuc.cases import actions
from tochuc.cases.declare import Count
from tochuc.cases.models import Case
from tochuc.kernel.errors import Refused
from tochuc.members.queries import membership_on

TODAY = date(2024, 12, 1)


@pytest.fixture
def walker(cast: Cast, settings) -> Walker:
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
    return Walker(cast, case)


def until_the_vote(walker: Walker) -> None:
    people = walker.cast.people
    walker.take("course", date(2023, 3, 1), issued_on="2023-02-28")
    walker.take("apply", date(2023, 3, 6))
    walker.take("verify", date(2023, 4, 3), "qualified")
    walker.take("introduce", date(2023, 4, 4), introducers=[people["member_a1"].ref, people["other_a1"].ref])
    walker.take("opinions", date(2023, 4, 5))


def resolve(walker: Walker, agree: int, outcome: str = "agreed", on: date = date(2023, 5, 5)) -> None:
    count = Count(entitled=6, present=6, agree=agree, against=6 - agree)
    walker.take("resolve", on, outcome, count=count, method="secret")


def until_the_decision(walker: Walker) -> None:
    until_the_vote(walker)
    resolve(walker, 6)
    walker.take("propose", date(2023, 5, 20), "agreed", count=Count(9, 9, 9))
    walker.take("decide", date(2023, 6, 12), "decided", count=Count(11, 10, 10), number="120-QĐ/HU")


def test_the_right_path_ends_with_a_probationary_member(walker: Walker):
    assert open_steps(walker.case, TODAY) == ["course"]
    until_the_decision(walker)
    walker.take("receive", date(2023, 6, 16))
    walker.take("ceremony", date(2023, 7, 1), "held", helper=walker.cast.people["member_a1"].ref)
    stands = membership_on(walker.case.person, date(2023, 7, 1))
    assert (stands.standing, stands.organisation) == ("probationary", walker.cast.a1)
    walker.take("profile", date(2023, 7, 10), "filed")
    assert (walker.case.result, walker.case.closed_on) == ("admitted", date(2023, 7, 10))
    assert open_steps(walker.case, TODAY) == []


def test_the_committee_decides_within_sixty_working_days_of_the_cells_resolution(walker: Walker):
    until_the_vote(walker)
    resolve(walker, 6)
    walker.take("propose", date(2023, 5, 20), "agreed", count=Count(9, 9, 9))
    day, place = due_of(walker.case, "decide", date(2023, 5, 20))
    assert day == date(2023, 7, 28)
    assert place.startswith("điểm 4.3.1")


def test_the_ceremony_is_due_thirty_working_days_after_the_cell_received_the_decision(walker: Walker):
    until_the_decision(walker)
    walker.take("receive", date(2023, 6, 16))
    assert due_of(walker.case, "ceremony", date(2023, 6, 16))[0] == date(2023, 7, 28)


def test_less_than_two_thirds_of_the_official_members_is_refused_with_its_article(walker: Walker):
    until_the_vote(walker)
    with pytest.raises(Refused) as refused:
        resolve(walker, 3)
    assert refused.value.code == "share_not_reached"
    assert "cần ít nhất 4 phiếu" in refused.value.message
    assert "điểm 4.2c" in refused.value.message


def test_a_vote_larger_than_those_present_is_refused(walker: Walker):
    until_the_vote(walker)
    with pytest.raises(Refused, match="nhiều hơn 5 người có mặt"):
        walker.take("resolve", date(2023, 5, 5), "agreed", count=Count(6, 5, 6), method="secret")


def test_a_step_out_of_order_is_refused_and_names_the_one_to_take(walker: Walker):
    with pytest.raises(Refused, match="Bước cần làm trước: «Học lớp bồi dưỡng nhận thức về Đảng»"):
        walker.take("apply", date(2023, 3, 1))


def test_a_decision_dated_before_the_vote_is_refused(walker: Walker):
    until_the_vote(walker)
    resolve(walker, 6)
    walker.take("propose", date(2023, 5, 20), "agreed", count=Count(9, 9, 9))
    with pytest.raises(Refused, match="trước bước đã ghi ngày 20/05/2023"):
        walker.take("decide", date(2023, 5, 1), "decided", count=Count(11, 10, 10), number="1-QĐ/HU")


def test_a_missing_paper_is_named(walker: Walker):
    with pytest.raises(Refused, match=r"Giấy chứng nhận học lớp bồi dưỡng nhận thức về Đảng \(mẫu CN-NTVĐ\)"):
        walker.take("course", date(2023, 3, 1), without="admission.certificate", issued_on="2023-02-28")


def test_one_person_has_one_admission_at_a_time(walker: Walker):
    with pytest.raises(Refused, match="đang có hồ sơ «Kết nạp đảng viên»"):
        actions.open_case(
            "admission",
            on=date(2023, 3, 1),
            by=walker.cast.actor(),
            today=TODAY,
            person=walker.case.person,
            answers={"route": "members"},
        )
    assert Case.objects.filter(person=walker.case.person).count() == 1


def test_taking_back_the_ceremony_voids_the_admission(walker: Walker):
    until_the_decision(walker)
    walker.take("receive", date(2023, 6, 16))
    walker.take("ceremony", date(2023, 7, 1), "held", helper=walker.cast.people["member_a1"].ref)
    actions.take_back(walker.case, reason="Ghi nhầm ngày", by=walker.cast.actor(), today=TODAY)
    assert membership_on(walker.case.person, date(2023, 7, 1)).standing == "sympathiser"
    assert open_steps(walker.case, TODAY) == ["ceremony"]

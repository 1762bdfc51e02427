"""What an answer to an appeal does: the ledger corrected, rights restored on both sides, and undone where it was wrong."""

from __future__ import annotations

from datetime import date

import pytest

from cases.test_discipline import heard, opened, vote, warned
from cases.walk import Walker, due_of
from cast import Cast, recorded_on
from tochuc.cases import actions
from tochuc.cases.declare import Count
from tochuc.cases.models import Case
from tochuc.kernel.errors import Refused
from tochuc.members.invariants import violations
from tochuc.members.ledger import statement
from tochuc.members.models import Condition, MemberEvent
from tochuc.members.queries import membership_on
from tochuc.procedures.badge_facts import decided, in_force


def expelled(cast: Cast) -> Walker:
    walker = heard(opened(cast))
    vote(walker, "expulsion")
    walker.take("propose", date(2023, 2, 15), "up_expulsion", count=Count(11, 11, 11))
    walker.take("decide", date(2023, 3, 1), "expulsion", count=Count(9, 9, 9))
    walker.take("issue", date(2023, 3, 6), "issued", number="88-QĐ/HU", announced_on="2023-03-05")
    walker.take("deliver", date(2023, 3, 7), "delivered", received_on="2023-03-07")
    return walker


def appeal(cast: Cast, source: Case, on: date, received: str) -> Walker:
    event = source.moves.get(step="issue", taken_back_by=None).event
    with recorded_on(on):
        case = actions.open_case(
            "discipline_appeal",
            on=on,
            by=cast.actor("member_a1"),
            today=on,
            person=source.person,
            answers={"against": f"event:{event.pk}", "received_on": received, "content": "Không đồng ý"},
        )
    walker = Walker(cast, case)
    walker.take("accept", on, "accepted")
    walker.take("hear", on)
    return walker


def settle(walker: Walker, outcome: str, on: date) -> None:
    walker.take("settle", on, outcome, count=Count(9, 9, 9), number="31-QĐ/TU")


def test_annulled_expulsion_restores_and_every_statement_above_reconciles(cast: Cast):
    source = expelled(cast).case
    walker = appeal(cast, source, date(2023, 3, 20), "2023-03-07")
    assert walker.case.to == cast.province
    settle(walker, "annulled", date(2023, 4, 14))
    stands = membership_on(source.person, date(2023, 4, 14))
    assert (stands.standing, stands.organisation) == ("official", cast.a1)
    for branch in (cast.a1, cast.commune_a, cast.district, cast.province):
        told = statement(branch, date(2023, 1, 1), date(2023, 12, 31))
        assert (told.decreases["expelled"].total, told.increases["restored"].total) == (1, 1)
        assert told.reconciles
    assert list(violations()) == []
    source.refresh_from_db()
    assert source.result == "annulled"


def test_an_annulled_warning_is_struck_from_the_ledger_and_taking_it_back_says_it_again(cast: Cast):
    discipline = opened(cast)
    warned(discipline)
    discipline.take("deliver", date(2023, 2, 12), "delivered", received_on="2023-02-12")
    walker = appeal(cast, discipline.case, date(2023, 3, 1), "2023-02-12")
    settle(walker, "annulled", date(2023, 4, 3))
    held = Condition.objects.filter(person=discipline.case.person, kind="disciplined")
    assert not held.exists()
    assert decided(in_force(discipline.case.person)) == []
    struck = MemberEvent.objects.get(kind="void", person=discipline.case.person)
    assert "31-QĐ/TU ngày 03/04/2023" in struck.reason
    actions.take_back(walker.case, reason="Ghi nhầm", by=cast.actor(), today=cast.today)
    assert held.exists()
    discipline.case.refresh_from_db()
    assert discipline.case.result == ""


def test_a_changed_form_corrects_the_entry_and_counts_for_a_badge_from_the_new_decision(cast: Cast):
    discipline = opened(cast)
    warned(discipline)
    person = discipline.case.person
    assert decided(in_force(person)) == [("Cảnh cáo", date(2023, 2, 5))]
    discipline.take("deliver", date(2023, 2, 12), "delivered", received_on="2023-02-12")
    settle(appeal(cast, discipline.case, date(2023, 3, 1), "2023-02-12"), "reprimand", date(2023, 4, 3))
    assert decided(in_force(person)) == [("Khiển trách", date(2023, 4, 3))]


def test_điểm_32_5_2_1_ninety_working_days_by_the_edition_of_the_day_it_was_lodged(cast: Cast):
    discipline = opened(cast)
    warned(discipline)
    discipline.take("deliver", date(2023, 2, 12), "delivered", received_on="2023-02-12")
    walker = appeal(cast, discipline.case, date(2023, 3, 1), "2023-02-12")
    day, place = due_of(walker.case, "settle", date(2023, 3, 2))
    assert (day, "22-QĐ/TW" in place) == (date(2023, 7, 10), True)


def test_điều_39_khoản_7_an_appeal_after_the_month_is_refused_with_its_last_day(cast: Cast):
    discipline = opened(cast)
    warned(discipline)
    discipline.take("deliver", date(2023, 2, 12), "delivered", received_on="2023-02-12")
    with pytest.raises(Refused, match=r"đến hết ngày 12/03/2023 \(1 tháng, Điều 39 khoản 7"):
        appeal(cast, discipline.case, date(2023, 3, 13), "2023-03-10")


def test_nobody_appeals_the_decision_of_another(cast: Cast):
    discipline = opened(cast)
    event = warned(discipline)
    with pytest.raises(Refused, match="chỉ khiếu nại quyết định về chính mình"):
        actions.open_case(
            "discipline_appeal",
            on=date(2023, 3, 1),
            by=cast.actor(),
            today=cast.today,
            person=cast.people["other_a1"],
            answers={"against": f"event:{event.pk}", "received_on": "2023-02-12", "content": "x"},
        )

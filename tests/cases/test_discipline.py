"""Discipline of a member by the articles: each refusal, what only warns, and what another edition of a rule says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cases.walk import Walker, due_of, open_steps
from cast import Cast, recorded_on
from tochuc.cases import actions
from tochuc.cases.declare import Count
from tochuc.cases.models import Case
from tochuc.kernel.errors import Refused
from tochuc.members.ledger import statement
from tochuc.members.models import Condition, Holds, MemberEvent
from tochuc.members.queries import membership_on

SAID: dict[str, Any] = {
    "basis": "minutes",
    "basis_number": "Biên bản 12/CB",
    "what": "Theo biên bản",
    "violated_on": "2022-12-01",
    "concluded_on": "2023-01-05",
}


def opened(cast: Cast, key: str = "member_a1", on: date = date(2023, 1, 10), **said: Any) -> Walker:
    person = cast.people[key]
    with recorded_on(on):
        case = actions.open_case(
            "discipline", on=on, by=cast.actor(), today=on, person=person, answers={**SAID, **said}
        )
    cast.today = date(2026, 11, 1)
    return Walker(cast, case)


def heard(walker: Walker, year: int = 2023) -> Walker:
    walker.take("tell", date(year, 1, 12), meeting_on=f"{year}-02-05")
    walker.take("self_review", date(year, 1, 30), "made")
    walker.take("hear", date(year, 2, 1), "heard")
    return walker


def vote(walker: Walker, form: str, agree: int = 6, entitled: int = 6, on: date = date(2023, 2, 5)) -> None:
    count = Count(entitled=entitled, present=entitled, agree=agree, against=entitled - agree)
    walker.take("resolve", on, form, count=count)


def doubts(walker: Walker) -> list[str]:
    return list(walker.case.moves.order_by("id").last().doubts)


def warned(walker: Walker) -> MemberEvent:
    heard(walker)
    vote(walker, "warning")
    walker.take("issue", date(2023, 2, 8), "issued", number="03-QĐ/CB", announced_on="2023-02-05")
    return walker.case.moves.get(step="issue").event


def test_điều_35_a_probationary_member_can_only_be_reprimanded_or_warned(cast: Cast):
    walker = heard(opened(cast, "probation_a1"))
    with pytest.raises(Refused, match=r"chỉ có khiển trách, cảnh cáo \(Điều 35") as refused:
        vote(walker, "expulsion")
    assert refused.value.code == "form_not_of_standing"
    vote(walker, "reprimand")


def test_điều_35_only_who_holds_a_post_can_be_dismissed_and_the_named_posts_end(cast: Cast):
    with pytest.raises(Refused, match=r"không giữ chức vụ nào .*\(Điều 35"):
        vote(heard(opened(cast)), "dismissal")
    walker = heard(opened(cast, "cell_a1"))
    vote(walker, "dismissal")
    walker.take("propose", date(2023, 2, 15), "dismissal", count=Count(11, 11, 9, 2))
    said = {"number": "12-QĐ/ĐU", "announced_on": "2023-02-20"}
    with pytest.raises(Refused, match="Cần chọn chức vụ bị cách"):
        walker.take("issue", date(2023, 2, 21), "issued", **said)
    walker.take("issue", date(2023, 2, 21), "issued", posts=["secretary-a1"], **said)
    assert not Holds.objects.on(date(2023, 2, 21)).filter(person=walker.case.person).exists()
    actions.take_back(walker.case, reason="Ghi nhầm số", by=cast.actor(), today=cast.today)
    assert Holds.objects.on(date(2023, 2, 21)).filter(person=walker.case.person).exists()


def test_điều_4_a_reprimand_is_over_five_years_after_the_violation_and_a_warning_after_ten(cast: Cast):
    walker = heard(opened(cast, violated_on="2018-01-04"))
    with pytest.raises(Refused, match=r"thời hiệu khiển trách: 5 năm .* đến ngày 04/01/2023.*Điều 4"):
        vote(walker, "reprimand")
    vote(walker, "warning")
    old = heard(opened(cast, "other_a1", violated_on="2013-01-04"))
    with pytest.raises(Refused, match=r"thời hiệu cảnh cáo: 10 năm .*\(Điều 4"):
        vote(old, "warning")


def test_điều_4_the_limit_runs_to_the_conclusion_and_not_to_the_vote(cast: Cast):
    walker = heard(opened(cast, violated_on="2018-01-20", concluded_on="2023-01-05"))
    vote(walker, "reprimand", on=date(2023, 2, 5))
    assert walker.case.moves.filter(step="resolve").exists()


def test_điều_4_what_has_no_limit_is_disciplined_whenever_it_happened(cast: Cast):
    vote(heard(opened(cast, violated_on="2005-01-04", unlimited="certificate")), "warning")


def test_điều_3_of_the_regulation_of_2017_holds_for_a_case_of_its_time(cast: Cast):
    walker = opened(cast, on=date(2021, 1, 10), violated_on="2010-01-04", concluded_on="2021-01-05")
    (doubt,) = walker.case.doubts
    assert "trừ khai trừ" in doubt
    walker.take("tell", date(2021, 1, 12), meeting_on="2021-02-05")
    walker.take("self_review", date(2021, 1, 30), "made")
    walker.take("hear", date(2021, 2, 1), "heard")
    with pytest.raises(Refused, match=r"Điều 3, Quy định số 102-QĐ/TW"):
        vote(walker, "reprimand", on=date(2021, 2, 5))


def test_điều_38_less_than_half_only_warns_because_the_share_was_not_read_in_the_text(cast: Cast):
    walker = heard(opened(cast))
    vote(walker, "reprimand", agree=2)
    assert any("Điều 38" in doubt for doubt in doubts(walker))


def test_điều_38_expulsion_is_proposed_by_two_thirds(cast: Cast):
    walker = heard(opened(cast))
    vote(walker, "expulsion", agree=3)
    assert any("cần ít nhất 4 phiếu" in doubt and "Điều 38" in doubt for doubt in doubts(walker))


def test_no_form_reached_is_refused_where_the_votes_were_enough_for_any(cast: Cast):
    walker = heard(opened(cast))
    vote(walker, "short", agree=6)
    assert any("kết quả phải là tán thành" in doubt for doubt in doubts(walker))


def test_a_vote_keeps_counts_and_no_names(cast: Cast):
    walker = heard(opened(cast))
    vote(walker, "warning", agree=4)
    move = walker.case.moves.get(step="resolve")
    assert (move.entitled, move.present, move.agree, move.against) == (6, 6, 4, 2)
    assert move.answers == {}


def test_điều_8_khoản_7_puts_a_case_off_since_2025_and_it_rests_until_taken_up(cast: Cast):
    then = opened(cast)
    then.take("tell", date(2023, 1, 12), meeting_on="2023-02-05")
    then.take("postpone", date(2023, 1, 15), "postponed", ground="pregnant", until_on="2023-09-01")
    assert any("Chưa có quy định nào" in doubt for doubt in doubts(then))
    now = opened(cast, "other_a1", on=date(2026, 1, 10), violated_on="2025-12-01", concluded_on="2026-01-05")
    now.take("tell", date(2026, 1, 12), meeting_on="2026-02-05")
    now.take("postpone", date(2026, 1, 15), "postponed", ground="ill", until_on="2026-03-01")
    assert doubts(now) == []
    assert open_steps(now.case, date(2026, 1, 16)) == ["resume"]
    with pytest.raises(Refused, match="Chưa tới bước"):
        now.take("self_review", date(2026, 1, 30), "made")
    now.take("resume", date(2026, 2, 20), "resumed")
    now.take("self_review", date(2026, 2, 21), "made")


def test_điểm_15_2_the_cells_paper_is_due_ten_days_after_the_vote_since_2025_only(cast: Cast):
    then = heard(opened(cast))
    vote(then, "warning")
    assert due_of(then.case, "issue", date(2023, 2, 6)) is None
    now = opened(cast, "other_a1", on=date(2026, 1, 10), violated_on="2025-12-01", concluded_on="2026-01-05")
    vote(heard(now, 2026), "warning", on=date(2026, 2, 5))
    day, place = due_of(now.case, "issue", date(2026, 2, 6))
    assert day == date(2026, 2, 15)
    assert place.startswith("điểm 15.2")


def test_điều_8_khoản_5_a_late_notice_of_the_state_is_noted_and_refuses_nothing(cast: Cast):
    said = {
        "basis": "state",
        "violated_on": "2025-11-01",
        "concluded_on": "2026-01-02",
        "told_on": "2026-01-09",
    }
    (doubt,) = opened(cast, on=date(2026, 1, 10), **said).case.doubts
    assert "chậm hơn 5 ngày" in doubt
    assert "Điều 8 khoản 5" in doubt


def test_điểm_40_3_2_a_decision_does_not_end_before_its_year(cast: Cast):
    walker = opened(cast)
    event = warned(walker)
    assert event.data["until_on"] == "2024-02-05"
    walker.take("deliver", date(2023, 2, 12), "delivered", received_on="2023-02-12")
    walker.take("wait", date(2023, 3, 13), "passed")
    walker.take("expire", date(2024, 2, 4), "ended")
    assert any("05/02/2024" in doubt for doubt in doubts(walker))
    assert not Condition.objects.on(date(2024, 3, 1)).filter(kind="disciplined").exists()


def test_điều_39_khoản_7_nobody_writes_that_no_appeal_came_while_the_month_runs(cast: Cast):
    walker = opened(cast)
    warned(walker)
    walker.take("deliver", date(2023, 2, 12), "delivered", received_on="2023-02-12")
    with pytest.raises(Refused, match=r"đến hết ngày 12/03/2023 .*Điều 39 khoản 7"):
        walker.take("wait", date(2023, 3, 12), "passed")


def test_điều_36_expulsion_by_the_base_is_noted_unless_it_may_admit(cast: Cast):
    walker = heard(opened(cast))
    vote(walker, "expulsion")
    walker.take("propose", date(2023, 2, 15), "expulsion", count=Count(11, 11, 11))
    assert any("Điều 36" in doubt for doubt in doubts(walker))
    actions.take_back(walker.case, reason="Ghi thiếu", by=cast.actor(), today=cast.today)
    walker.take("propose", date(2023, 2, 15), "expulsion", count=Count(11, 11, 11), empowered="yes")
    assert all("Điều 36" not in doubt for doubt in doubts(walker))


def test_a_breach_in_a_task_given_from_above_is_only_proposed_by_the_cell(cast: Cast):
    walker = heard(opened(cast, beyond_cell=True))
    vote(walker, "warning")
    assert open_steps(walker.case, cast.today) == ["postpone", "propose"]


def test_expulsion_ends_the_standing_and_both_statements_count_it(cast: Cast):
    walker = heard(opened(cast))
    vote(walker, "expulsion")
    walker.take("propose", date(2023, 2, 15), "up_expulsion", count=Count(11, 11, 11))
    walker.take("decide", date(2023, 3, 1), "expulsion", count=Count(9, 9, 9))
    walker.take("issue", date(2023, 3, 6), "issued", number="88-QĐ/HU", announced_on="2023-03-05")
    assert membership_on(walker.case.person, date(2023, 3, 5)) is None
    for branch in (cast.a1, cast.commune_a, cast.district):
        told = statement(branch, date(2023, 1, 1), date(2023, 12, 31))
        assert told.decreases["expelled"].official == 1
        assert told.reconciles


def test_one_case_of_discipline_at_a_time_and_none_beside_a_removal(cast: Cast):
    walker = opened(cast)
    with pytest.raises(Refused, match="đang có hồ sơ «Kỷ luật đảng viên»"):
        opened(cast)
    with pytest.raises(Refused, match="không thể mở «Xóa tên"):
        actions.open_case(
            "removal",
            on=date(2023, 1, 11),
            by=cast.actor(),
            today=cast.today,
            person=walker.case.person,
            answers={"ground": "card"},
        )
    assert Case.objects.count() == 1

"""A running case when the record changes under it: it stops, runs on, moves, or goes to the record that stays."""

from __future__ import annotations

from datetime import date

import pytest

from cases.walk import ON_PAPER, Walker, open_steps
from cast import Cast
from tochuc.cases import actions
from tochuc.cases.declare import Count
from tochuc.cases.models import Case, CaseMove, OpenStep, StepActor
from tochuc.changes import actions as changes
from tochuc.desk import merging
from tochuc.kernel.errors import Refused
from tochuc.members import actions as ledger
from tochuc.members.actions import Decision
from tochuc.members.models import Person
from tochuc.reorganise import actions as reorganise
from tochuc.reorganise.plan import Plan
from tochuc.reorganise.preview import preview

TODAY = date(2023, 12, 1)
DECIDED = Decision("9-QĐ/HU", date(2023, 5, 2), "Huyện ủy Thu Giang")


@pytest.fixture(autouse=True)
def late_in_2023(cast: Cast, settings) -> None:
    settings.TOCHUC_TODAY = TODAY
    cast.today = TODAY


def opened(cast: Cast, code: str, who: str, on: date = date(2023, 5, 2), **answers: str) -> Case:
    return actions.open_case(
        code, on=on, by=cast.actor(), today=TODAY, person=cast.people[who], answers=answers
    )


def acting(case: Case) -> set[str]:
    return set(
        StepActor.objects.filter(open_step__case=case, organisation__isnull=False).values_list(
            "organisation__code", flat=True
        )
    )


def record(cast: Cast, who: Person, kind: str, on: date, **more):
    return ledger.append(who, kind, on=on, by=cast.actor(), today=TODAY, **more)


def test_a_death_stops_the_case_and_taking_the_entry_back_lets_it_run_on(cast: Cast):
    case = opened(cast, "exemption", "member_a1", ground="treatment", until_on="2024-03-01")
    died = record(cast, cast.people["member_a1"], "died", date(2023, 6, 1))
    case.refresh_from_db()
    assert (case.result, case.closed_on) == ("stopped", date(2023, 6, 1))
    assert not OpenStep.objects.filter(case=case).exists()
    with pytest.raises(Refused, match="Từ trần, ngày 01/06/2023"):
        Walker(cast, case).take("request", date(2023, 6, 2))
    ledger.correct(died, by=cast.actor(), today=TODAY, reason="Ghi nhầm người")
    case.refresh_from_db()
    assert (case.result, case.closed_on) == ("", None)
    assert open_steps(case, TODAY) == ["request"]


def test_an_exit_recorded_elsewhere_stops_the_case(cast: Cast):
    case = opened(cast, "recognition", "probation_a1")
    record(cast, cast.people["probation_a1"], "departed", date(2023, 6, 1), decision=DECIDED)
    case.refresh_from_db()
    assert case.result == "stopped"


def test_recognition_recorded_in_the_ledger_ends_the_case_for_it(cast: Cast):
    case = opened(cast, "recognition", "probation_a1")
    record(cast, cast.people["probation_a1"], "recognised", date(2023, 5, 10), decision=DECIDED)
    case.refresh_from_db()
    assert case.result == "stopped"


def test_a_corrected_fact_moves_the_limit_that_rests_on_it(cast: Cast):
    case = opened(cast, "recognition", "probation_a1")
    walker = Walker(cast, case)
    walker.take("course", date(2023, 5, 3), issued_on="2023-04-01")
    for step in ("self_review", "helper_comment", "opinions"):
        walker.take(step, date(2023, 5, 4))
    before = OpenStep.objects.get(case=case, step="resolve")
    assert before.clock_since == date(2023, 5, 10)
    admitted = cast.people["probation_a1"].events.get(kind="admitted")
    ledger.correct(
        admitted, by=cast.actor(), today=TODAY, reason="Sai ngày lễ", replacement={"on": date(2022, 5, 17)}
    )
    after = OpenStep.objects.get(case=case, step="resolve")
    assert after.clock_since == date(2023, 5, 17)
    assert after.due_on > before.due_on


def test_voiding_in_the_ledger_what_a_step_made_opens_the_step_again(cast: Cast):
    case = opened(cast, "exemption", "member_a1", ground="treatment", until_on="2024-03-01")
    walker = Walker(cast, case)
    walker.take("request", date(2023, 5, 3))
    walker.take("resolve", date(2023, 5, 5), "granted", count=Count(6, 6, 6), number="5-NQ/CB")
    event = CaseMove.objects.get(case=case, step="resolve").event
    ledger.correct(event, by=cast.actor(), today=TODAY, reason="Ghi nhầm")
    assert open_steps(case, TODAY) == ["resolve"]
    assert OpenStep.objects.get(case=case).step == "resolve"


def test_procedures_that_exclude_each_other_are_refused_either_way_round(cast: Cast):
    opened(cast, "removal", "member_a1", ground="card")
    with pytest.raises(Refused, match="đang có hồ sơ «Xóa tên") as refused:
        opened(cast, "departure", "member_a1", asked_on="2023-05-01", reason="Việc nhà")
    assert refused.value.code == "case_excluded"
    opened(cast, "departure", "other_a1", asked_on="2023-05-01", reason="Việc nhà")
    with pytest.raises(Refused, match="đang có hồ sơ «Xin ra khỏi Đảng»"):
        opened(cast, "removal", "other_a1", ground="card")


def merge_a1_and_a2() -> Plan:
    return Plan.model_validate(
        {
            "title": "Nhập hai chi bộ thôn",
            "decision": {"number": "12-QĐ/HU", "on": "2023-06-20", "by": "Huyện ủy Thu Giang"},
            "day": "2023-07-01",
            "operations": [{"op": "merge", "of": ["xa-a-thon-dong"], "into": "xa-a-thon-tay", "line": 1}],
        }
    )


def test_a_reorganisation_takes_the_steps_along_and_undoing_it_brings_them_back(cast: Cast):
    case = opened(cast, "exemption", "member_a1", ground="treatment", until_on="2024-03-01")
    assert acting(case) == {"xa-a-thon-dong"}
    plan = merge_a1_and_a2()
    shown = preview(plan, by=cast.actor(), today=TODAY)
    counted = {(one.label, one.organisation): one.number for one in shown.running}
    assert counted["Hồ sơ quy trình đang làm", "Chi bộ thôn Đông"] == 1
    done = reorganise.apply(plan, by=cast.actor(), today=TODAY)
    assert acting(case) == {"xa-a-thon-tay"}
    reorganise.undo(done, by=cast.actor(), today=TODAY)
    assert acting(case) == {"xa-a-thon-dong"}


def doubled(cast: Cast) -> Person:
    """The same member entered a second time."""
    person = cast.people["member_a1"]
    again = ledger.register(full_name="Bùi Thị Lân", gender="female", birth=person.birth, by=cast.actor())
    record(
        cast, again, "opening", date(2020, 1, 1), organisation=cast.a1,
        data={"standing": "official", "admitted_on": "2014-03-26"},
    )  # fmt: skip
    return again


def test_the_cases_of_a_merged_record_go_to_the_one_that_stays_and_come_back(cast: Cast):
    goes, stays = doubled(cast), cast.people["member_a1"]
    case = actions.open_case(
        "exemption",
        on=date(2023, 5, 2),
        by=cast.actor(),
        today=TODAY,
        person=goes,
        answers={"ground": "treatment", "until_on": "2024-03-01"},
    )
    changeset = merging.merge(stays, goes, by=cast.actor(), today=TODAY, reason="Một người")
    case.refresh_from_db()
    assert (case.person, case.result) == (stays, "")
    actions.take(
        case,
        "request",
        actions.Given(
            on=date(2023, 5, 3), papers={"exemption.request": ON_PAPER, "exemption.health": ON_PAPER}
        ),
        by=cast.actor(),
        today=TODAY,
    )
    changes.undo(changeset, by=cast.actor(), reason="Hai người khác nhau")
    case.refresh_from_db()
    assert case.person == goes
    assert open_steps(case, TODAY) == ["resolve"]


def test_two_records_with_the_same_running_procedure_are_not_merged(cast: Cast):
    goes, stays = doubled(cast), cast.people["member_a1"]
    for person in (goes, stays):
        actions.open_case(
            "exemption",
            on=date(2023, 5, 2),
            by=cast.actor(),
            today=TODAY,
            person=person,
            answers={"ground": "treatment", "until_on": "2024-03-01"},
        )
    with pytest.raises(Refused, match="kết thúc hoặc rút một trong hai trước khi gộp"):
        merging.merge(stays, goes, by=cast.actor(), today=TODAY, reason="Một người")

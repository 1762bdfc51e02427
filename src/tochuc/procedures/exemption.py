"""Exemption from work and Party activity: for age and health without a fixed end, for other grounds for a time.

The cell decides; the secretary tells the superior. Sources: the regulation on applying the Charter, section 7;
the guidance on members' affairs, part IV.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tochuc.cases.clocks import Fact, Within
from tochuc.cases.declare import Ballot, Objection, Outcome, Paper, Procedure, Question, Step, Taken
from tochuc.cases.facts import Later
from tochuc.cases.models import Case
from tochuc.cases.registry import Deed, Running
from tochuc.kernel.days import add_months
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.members import actions
from tochuc.members.kinds import OFFICIAL, PROBATIONARY
from tochuc.members.models import Condition, MemberEvent
from tochuc.procedures.actors import ONESELF, THE_CELL
from tochuc.procedures.conditions import stands_as
from tochuc.procedures.questions import RESOLUTION
from tochuc.procedures.record_facts import member_case_facts

AGE_AND_HEALTH, MOBILE = "age_health", "mobile"
GROUNDS = {
    AGE_AND_HEALTH: "Tuổi cao và sức khỏe yếu, không thể tham gia sinh hoạt",
    "treatment": "Điều trị bệnh dài ngày hoặc ở xa",
    "abroad": "Ra nước ngoài một mình vì việc công hoặc việc riêng",
    "remote": "Làm việc đơn lẻ ở vùng sâu, vùng xa",
    MOBILE: "Việc làm lưu động, không ổn định trong nước",
    "retiring": "Chờ nghỉ hưu theo chế độ",
    "maternity": "Nữ nghỉ thai sản",
}


def _for_a_time(facts: Mapping[str, Any]) -> bool:
    return facts.get("ground") != AGE_AND_HEALTH


def _has_end(taken: Taken) -> list[Objection]:
    """All but age and health is for a time; mobile work at most as long as the rule allows."""
    until = taken.facts.get("until_on")
    if not _for_a_time(taken.facts):
        return []
    if not until:
        return [Objection("no_end", "Tạm miễn thì cần ghi ngày hết hạn.", field="until_on")]
    end = date.fromisoformat(str(until))
    if end <= taken.move.on:
        return [Objection("end_before", "Ngày hết hạn phải sau ngày mở hồ sơ.", field="until_on")]
    if taken.facts.get("ground") != MOBILE:
        return []
    try:
        rule = taken.rule("exemption.mobile_maximum")
    except NotInForce:
        return []
    latest = add_months(taken.move.on, rule.number)
    if end < latest:
        return []
    message = (
        f"Đi làm lưu động được tạm miễn dưới {rule.words}, tức trước ngày {day_vn(latest)} ({rule.cite.vn})."
    )
    return [Objection("too_long", message, rule, "until_on")]


def _not_yet(taken: Taken) -> list[Objection]:
    if not taken.facts.get("exempt"):
        return []
    return [Objection("already_exempt", "Đảng viên này đang được miễn công tác và sinh hoạt.")]


PROCEDURE = Procedure(
    code="exemption",
    title="Miễn công tác và sinh hoạt đảng",
    about="Chi bộ xét đơn và quyết định; đảng viên được miễn vẫn giữ các quyền quy định nêu.",
    rules=(
        "exemption.grounds",
        "exemption.temporary_grounds",
        "exemption.mobile_maximum",
        "exemption.rights_kept",
        "exemption.obligations_kept",
        "dues.paid_by_exempt_members",
    ),
    opened_by=(ONESELF, THE_CELL),
    questions=(
        Question("ground", "Lý do", kind="choice", choices=GROUNDS),
        Question(
            "until_on",
            "Tạm miễn đến ngày",
            kind="day",
            hint="Để trống nếu vì tuổi cao, sức khỏe yếu",
            required=False,
        ),
    ),
    begins=(stands_as(PROBATIONARY, OFFICIAL), _not_yet, _has_end),
    steps=(
        Step(
            "request",
            "Đảng viên đề nghị, bằng đơn hoặc nói tại chi bộ",
            by=(ONESELF, THE_CELL),
            papers=(
                Paper("exemption.request", required=False),
                Paper(
                    "exemption.health",
                    when=lambda facts: facts.get("ground") in (AGE_AND_HEALTH, "treatment"),
                ),
            ),
        ),
        Step(
            "resolve",
            "Chi bộ xét, quyết định",
            by=(THE_CELL,),
            after=("request",),
            ballot=Ballot(
                "organisation.resolution_majority", "official_members", passes="granted", fails="refused"
            ),
            questions=(RESOLUTION,),
            papers=(Paper("exemption.resolution"),),
            outcomes=(
                Outcome("granted", "Đồng ý miễn", effect="exempt"),
                Outcome("refused", "Không đồng ý", closes="refused"),
            ),
        ),
        Step(
            "tell",
            "Báo cáo cấp ủy cấp trên trực tiếp",
            by=(THE_CELL,),
            after=("resolve:granted",),
            outcomes=(Outcome("told", "Đã báo cáo"),),
        ),
        Step(
            "return",
            "Trở lại sinh hoạt",
            by=(ONESELF, THE_CELL),
            after=("tell",),
            about="Theo đề nghị của đảng viên, hoặc khi hết thời hạn tạm miễn.",
            within=Within("", Fact("until_on")),
            outcomes=(Outcome("returned", "Đã trở lại sinh hoạt", closes="returned", effect="return"),),
        ),
    ),
)


def _facts(case: Case, on: date) -> dict[str, Any]:
    person = case.person
    exempt = Later(
        lambda: person is not None and Condition.objects.on(on).filter(person=person, kind="exempt").exists()
    )
    return {**member_case_facts(case, on), "exempt": exempt}


def _exempt(deed: Deed) -> MemberEvent:
    assert deed.case.person is not None
    until = deed.case.answers.get("until_on")
    return actions.append(
        deed.case.person,
        "exempted",
        on=deed.move.on,
        by=deed.by,
        today=deed.today,
        decision=actions.Decision(
            str(deed.move.answers.get("number", "")), deed.move.on, deed.case.organisation.name
        ),
        data={"until_on": until} if until else {},
    )


def _return(deed: Deed) -> MemberEvent:
    assert deed.case.person is not None
    return actions.append(deed.case.person, "exemption_ended", on=deed.move.on, by=deed.by, today=deed.today)


RUNNING = Running(PROCEDURE, _facts, {"exempt": _exempt, "return": _return})

"""Giving a lost Party badge anew: the member explains, the base lists, who decided on it decides again."""

from __future__ import annotations

from tochuc.cases.declare import Objection, Outcome, Paper, Procedure, Question, Step, Taken
from tochuc.cases.registry import Deed, Running
from tochuc.members import actions
from tochuc.members.kinds import OFFICIAL
from tochuc.members.models import MemberEvent
from tochuc.procedures.actors import ONESELF, THE_BASE, THE_CELL, THE_COMPETENT
from tochuc.procedures.badge import THE_PROVINCE, decision_of
from tochuc.procedures.badge_conditions import a_mark
from tochuc.procedures.badge_facts import badge_facts
from tochuc.procedures.conditions import stands_as
from tochuc.procedures.questions import NUMBER


def _was_awarded(taken: Taken) -> list[Objection]:
    """The record may be younger than the badge, so one that it doesn't know only warns."""
    years = int(taken.facts.get("years") or 0)
    if years in taken.facts.get("awarded", ()):
        return []
    message = f"Hồ sơ chưa ghi lần tặng Huy hiệu Đảng {years} năm; đối chiếu quyết định trước khi cấp lại."
    return [Objection("not_in_record", message, field="years", warns=True)]


PROCEDURE = Procedure(
    code="badge_reissue",
    title="Cấp lại Huy hiệu Đảng bị mất",
    about="Đảng viên tường trình, chi bộ và cấp ủy cơ sở xác nhận, cấp đã quyết định tặng cấp lại.",
    rules=("badge.decider",),
    opened_by=(ONESELF, THE_CELL),
    questions=(Question("years", "Huy hiệu bao nhiêu năm", kind="number", hint="30, 40, 45, 50 … 90"),),
    begins=(stands_as(OFFICIAL), a_mark),
    steps=(
        Step(
            "explain",
            "Đảng viên tường trình việc mất huy hiệu",
            by=(ONESELF, THE_CELL),
            papers=(Paper("badge.loss"),),
            conditions=(_was_awarded,),
        ),
        Step(
            "propose",
            "Đảng ủy cơ sở xác nhận, lập danh sách đề nghị cấp lại",
            by=(THE_BASE,),
            after=("explain",),
            papers=(Paper("badge.reissue_list"),),
        ),
        Step(
            "decide",
            "Cấp có thẩm quyền quyết định cấp lại",
            by=(THE_COMPETENT, THE_PROVINCE),
            after=("propose",),
            questions=(NUMBER,),
            papers=(Paper("badge.reissue_decision"),),
            outcomes=(
                Outcome("decided", "Quyết định cấp lại", closes="reissued", effect="reissue"),
                Outcome("refused", "Không cấp lại", closes="refused"),
            ),
        ),
    ),
)


def _reissue(deed: Deed) -> MemberEvent:
    case = deed.case
    assert case.person is not None
    return actions.append(
        case.person,
        "badge_reissued",
        on=deed.move.on,
        by=deed.by,
        today=deed.today,
        decision=decision_of(case, deed.move.answers["number"], deed),
        data={"years": case.answers["years"]},
    )


RUNNING = Running(PROCEDURE, badge_facts, {"reissue": _reissue})

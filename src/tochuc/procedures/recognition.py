"""Recognition of an official member when the twelve months of probation end; or removal of one who isn't worthy.

Sources: Điều lệ Đảng, Điều 5; the regulation on applying it, points 4.2 and 4.3, in its editions.
"""

from __future__ import annotations

from typing import Any

from tochuc.cases.clocks import Fact, NotBefore, Since, Within
from tochuc.cases.declare import EXITS, Ballot, Objection, Outcome, Paper, Procedure, Question, Step, Taken
from tochuc.cases.registry import Deed, Running
from tochuc.members import actions
from tochuc.members.kinds import PROBATIONARY
from tochuc.members.models import MemberEvent
from tochuc.procedures.actors import ONESELF, THE_BASE, THE_CELL, THE_COMPETENT
from tochuc.procedures.committee_steps import appraisal, decided_above, own_decision, proposal
from tochuc.procedures.conditions import stands_as
from tochuc.procedures.decisions import decision_in
from tochuc.procedures.questions import NUMBER, RESOLUTION, VOTE_METHOD
from tochuc.procedures.record_facts import member_case_facts

PROBATION_ENDS = Fact("probation_ends")

_IN_TIME = Within(
    "probation.recognise_decision_deadline", Since("resolve"), longer="admission.decision_extension"
)
_OUTCOMES = (
    Outcome("decided", "Quyết định công nhận", closes="recognised", effect="recognise"),
    Outcome("refused", "Không công nhận", closes="not_recognised"),
)


def _probation_is_counted(taken: Taken) -> list[Objection]:
    """Without the day of the ceremony nobody knows when probation ends."""
    if taken.facts.get("standing") != PROBATIONARY or taken.facts.get("probation_ends"):
        return []
    message = (
        "Hồ sơ chưa ghi ngày kết nạp nên chưa tính được ngày hết thời gian dự bị; hãy ghi ngày đó trước."
    )
    return [Objection("probation_unknown", message)]


PROCEDURE = Procedure(
    code="recognition",
    title="Công nhận đảng viên chính thức",
    about="Khi hết thời gian dự bị, chi bộ xét từng người; ngày công nhận là đúng ngày hết thời gian dự bị.",
    rules=(
        "probation.length",
        "probation.recognised_on",
        "probation.party_age_start",
        "probation.failed_outcome",
        "probation.new_member_course",
        "probation.helper",
        "admission.vote_shortfall_rule",
    ),
    opened_by=(THE_CELL, THE_BASE),
    begins=(stands_as(PROBATIONARY), _probation_is_counted),
    excludes=("removal",),
    stopped_by=EXITS | {"recognised"},
    steps=(
        Step(
            "course",
            "Học lớp bồi dưỡng đảng viên mới",
            by=(THE_CELL, THE_BASE),
            questions=(Question("issued_on", "Ngày cấp giấy chứng nhận", kind="day"),),
            papers=(Paper("recognition.course_certificate"),),
        ),
        Step(
            "self_review",
            "Đảng viên dự bị tự kiểm điểm",
            by=(ONESELF, THE_CELL),
            papers=(Paper("recognition.self_review"),),
        ),
        Step(
            "helper_comment",
            "Đảng viên được phân công giúp đỡ nhận xét",
            by=(THE_CELL,),
            papers=(Paper("recognition.helper_comment"),),
        ),
        Step(
            "opinions",
            "Tổng hợp ý kiến đoàn thể và nơi cư trú",
            by=(THE_CELL,),
            papers=(Paper("recognition.opinions"),),
        ),
        Step(
            "resolve",
            "Chi bộ xét, biểu quyết đề nghị công nhận",
            by=(THE_CELL,),
            after=("course", "self_review", "helper_comment", "opinions"),
            within=Within("probation.recognise_cell_deadline", PROBATION_ENDS),
            not_before=(
                NotBefore(
                    PROBATION_ENDS,
                    "probation.recognise_cell_deadline",
                    "nghị quyết của chi bộ phải sau khi hết thời gian dự bị",
                    strictly=True,
                ),
            ),
            ballot=Ballot("admission.vote_cell", "official_members", passes="agreed", fails="short"),
            questions=(VOTE_METHOD, RESOLUTION),
            papers=(Paper("recognition.cell_resolution"),),
            outcomes=(
                Outcome("agreed", "Tán thành đủ tỷ lệ"),
                Outcome("short", "Chưa đủ tỷ lệ, xét lại sau", again=True),
                Outcome("reported", "Báo cáo cấp ủy có thẩm quyền xem xét"),
                Outcome("unworthy", "Đề nghị xóa tên trong danh sách đảng viên dự bị", closes="to_removal"),
            ),
            most_tries="admission.votes_maximum",
        ),
        appraisal("recognition.appraisal"),
        proposal("Đảng ủy cơ sở ra nghị quyết đề nghị công nhận", "recognition.base_resolution"),
        Step(
            "decide",
            "Cấp ủy có thẩm quyền quyết định công nhận",
            by=(THE_COMPETENT,),
            after=("propose",),
            within=_IN_TIME,
            ballot=Ballot(
                "admission.vote_standing_committee",
                "competent_members",
                passes="decided",
                fails="refused",
                base_is_sure=False,
            ),
            questions=(NUMBER,),
            papers=(Paper("recognition.decision"),),
            outcomes=_OUTCOMES,
            when=decided_above,
        ),
        own_decision(
            "Đảng ủy cơ sở được ủy quyền quyết định công nhận",
            "recognition.decision_base",
            _OUTCOMES,
            within=_IN_TIME,
        ),
    ),
)


def _recognise(deed: Deed) -> MemberEvent:
    """The day is the one on which probation ended, however late the decision."""
    case = deed.case
    assert case.person is not None
    ends: Any = member_case_facts(case, deed.move.on).get("probation_ends")
    decision = decision_in(case, deed.move.step, deed.move.answers["number"], deed.move.on)
    return actions.recognise(case.person, on=ends, decision=decision, by=deed.by, today=deed.today)


RUNNING = Running(PROCEDURE, member_case_facts, {"recognise": _recognise})

"""Permitted departure: a member asks in writing to leave; an outstanding breach is dealt with first.

Sources: the guidance on applying the Charter, point 11.2, in its editions.
"""

from __future__ import annotations

from tochuc.cases.declare import Ballot, Objection, Outcome, Paper, Procedure, Question, Step, Taken
from tochuc.cases.registry import Deed, Running
from tochuc.kernel.errors import NotInForce
from tochuc.members import actions
from tochuc.members.kinds import OFFICIAL, PROBATIONARY
from tochuc.members.models import MemberEvent
from tochuc.procedures.actors import ONESELF, THE_BASE, THE_CELL, THE_COMPETENT
from tochuc.procedures.conditions import stands_as
from tochuc.procedures.decisions import decision_above
from tochuc.procedures.questions import NUMBER, RESOLUTION
from tochuc.procedures.record_facts import member_case_facts


def _no_breach_open(taken: Taken) -> list[Objection]:
    """Whoever has a breach that wasn't dealt with is disciplined first."""
    if not taken.facts.get("breach"):
        return []
    try:
        rule = taken.rule("departure.blocked_when")
    except NotInForce:
        return []
    message = f"Chưa xét cho ra khỏi Đảng: {rule.words}; xử lý kỷ luật trước ({rule.cite.vn})."
    return [Objection("breach_open", message, rule, "breach")]


PROCEDURE = Procedure(
    code="departure",
    title="Xin ra khỏi Đảng",
    about="Đảng viên làm đơn nêu rõ lý do; có vi phạm thì xử lý kỷ luật trước. Người ra khỏi Đảng có thể xin xác nhận tuổi đảng.",
    rules=("departure.blocked_when",),
    opened_by=(ONESELF, THE_CELL),
    questions=(
        Question("asked_on", "Ngày viết đơn", kind="day"),
        Question("reason", "Lý do nêu trong đơn"),
        Question("breach", "Có vi phạm chưa xử lý kỷ luật", kind="flag", required=False),
    ),
    begins=(stands_as(PROBATIONARY, OFFICIAL), _no_breach_open),
    excludes=("removal", "discipline", "transfer"),
    closed_file=True,
    steps=(
        Step("request", "Nhận đơn", by=(ONESELF, THE_CELL), papers=(Paper("departure.request"),)),
        Step(
            "resolve",
            "Chi bộ xét, đề nghị",
            by=(THE_CELL,),
            after=("request",),
            ballot=Ballot(
                "organisation.resolution_majority", "official_members", passes="agreed", fails="refused"
            ),
            questions=(RESOLUTION,),
            outcomes=(
                Outcome("agreed", "Đề nghị cho ra khỏi Đảng"),
                Outcome("refused", "Không đề nghị, báo cáo cấp trên"),
                Outcome("withdrawn", "Đảng viên rút đơn", closes="withdrawn"),
            ),
        ),
        Step(
            "decide",
            "Cấp ủy có thẩm quyền quyết định",
            by=(THE_COMPETENT, THE_BASE),
            after=("resolve",),
            questions=(NUMBER,),
            papers=(Paper("departure.decision"),),
            outcomes=(
                Outcome("granted", "Cho ra khỏi Đảng", closes="departed", effect="depart"),
                Outcome("refused", "Không đồng ý", closes="refused"),
            ),
        ),
    ),
)


def _depart(deed: Deed) -> MemberEvent:
    case = deed.case
    if case.person is None:
        raise LookupError("a departure is of a person")
    decision = decision_above(case, deed.move.answers["number"], deed.move.on)
    return actions.append(
        case.person, "departed", on=deed.move.on, by=deed.by, today=deed.today, decision=decision
    )


RUNNING = Running(PROCEDURE, member_case_facts, {"depart": _depart})

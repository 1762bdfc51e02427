"""Official transfer of Party activity, inside our records or out of them. Papers out are never lost.

The member stays counted where they were until the receiving side has accepted them.
Sources: the regulation on applying the Charter, point 6.3; the guidance on members' affairs, part II.4.
"""

from __future__ import annotations

from tochuc.cases.clocks import Fact, Since, Within
from tochuc.cases.declare import Outcome, Paper, Procedure, Question, Step
from tochuc.cases.registry import Deed, Running
from tochuc.members import actions
from tochuc.members.kinds import OFFICIAL, PROBATIONARY
from tochuc.members.models import MemberEvent
from tochuc.procedures import moving
from tochuc.procedures.actors import ONESELF, THE_BASE, THE_CELL
from tochuc.procedures.conditions import stands_as

REASONS = {
    "work": "Chuyển công tác",
    "retired": "Nghỉ hưu, nghỉ việc, phục viên, xuất ngũ",
    "residence": "Thay đổi nơi cư trú lâu dài",
    "abroad": "Ra nước ngoài lâu dài, chuyển sinh hoạt về tổ chức đảng ngoài nước",
    "dissolved": "Tổ chức đảng giải thể, sắp xếp lại",
}
_IN_TIME = Within("transfer.official_deadline", Fact("effective_on"))
_SHOWN = Within("transfer.present_deadline", Since("introduce"))

PROCEDURE = Procedure(
    code="transfer",
    title="Chuyển sinh hoạt đảng chính thức",
    about="Từ đề nghị của đảng viên đến khi nơi đến tiếp nhận; đảng viên vẫn tính ở nơi đi cho đến ngày tiếp nhận.",
    rules=("transfer.blocked_when", "transfer.late_rule", "dues.transfer_month"),
    opened_by=(ONESELF, THE_CELL, THE_BASE),
    questions=(
        Question("reason", "Lý do chuyển", kind="choice", choices=REASONS),
        Question("effective_on", "Ngày quyết định có hiệu lực hoặc ngày thay đổi nơi cư trú", kind="day"),
        moving.PLACE,
        moving.OUTSIDE_THE_RECORD,
        moving.EXAMINED,
    ),
    begins=(
        stands_as(PROBATIONARY, OFFICIAL),
        moving.somewhere,
        moving.elsewhere,
        moving.not_while_examined,
    ),
    excludes=("removal", "discipline", "temporary_transfer", "abroad"),
    stopped_by=moving.ENDS_ELSEWHERE,
    steps=(
        Step(
            "request",
            "Đảng viên đề nghị, nộp giấy tờ",
            by=(ONESELF, THE_CELL),
            within=_IN_TIME,
            papers=(Paper("transfer.decision"), Paper("transfer.self_review")),
        ),
        Step(
            "introduce",
            "Cấp giấy giới thiệu sinh hoạt đảng",
            by=(THE_BASE,),
            after=("request",),
            about="Giấy ghi rõ đã đóng đảng phí đến tháng nào.",
            within=_IN_TIME,
            questions=(
                Question("number", "Số giấy giới thiệu"),
                Question("fees_to", "Đã đóng đảng phí đến tháng", hint="Ví dụ 3/2023"),
            ),
            papers=(Paper("transfer.introduction"),),
            outcomes=(Outcome("issued", "Đã cấp giấy", effect="send"),),
        ),
        Step(
            "receive",
            "Nơi đến tiếp nhận",
            by=moving.RECEIVERS,
            after=("introduce",),
            about="Từ ngày tiếp nhận, đảng viên tính ở nơi đến. Trả giấy thì ghi lý do; đảng viên ở lại nơi đi.",
            within=_SHOWN,
            questions=(moving.INTO, moving.WHY_BACK),
            conditions=(moving.into_a_cell, moving.back_with_a_reason),
            outcomes=(
                Outcome("received", "Đã tiếp nhận", closes="moved", effect="receive"),
                Outcome("sent_back", "Trả giấy về nơi đi", closes="sent_back", effect="return"),
            ),
            when=moving.inside,
        ),
        Step(
            "chase",
            "Hỏi nơi đến về giấy chưa được tiếp nhận",
            by=(THE_BASE, THE_CELL),
            after=("introduce",),
            about="Quá hạn mà nơi đến chưa tiếp nhận thì nơi đi cũng được nhắc. Không chuyển nữa thì thu giấy lại.",
            within=_SHOWN,
            once_late=True,
            questions=(moving.WHY_BACK,),
            outcomes=(
                Outcome("asked", "Đã hỏi, nơi đến sẽ tiếp nhận", again=True),
                Outcome("called_back", "Thu giấy lại, không chuyển nữa", closes="sent_back", effect="return"),
            ),
            when=moving.inside,
        ),
        Step(
            "confirm",
            "Nhận phiếu báo của nơi đến",
            by=(THE_BASE, THE_CELL),
            after=("introduce",),
            about="Nơi đến ngoài sổ: đảng viên vẫn tính ở đây cho đến khi có phiếu báo. Quá hạn thì hỏi, hoặc thu giấy lại.",
            within=_SHOWN,
            questions=(moving.WHY_BACK,),
            conditions=(moving.back_with_a_reason,),
            papers=(Paper("transfer.notice", required=False),),
            outcomes=(
                Outcome("received", "Nơi đến đã tiếp nhận", closes="moved", effect="leave"),
                Outcome("asked", "Chưa có phiếu báo, đã hỏi nơi đến", again=True),
                Outcome(
                    "sent_back",
                    "Nơi đến trả lại, hoặc thu giấy lại; đảng viên ở lại",
                    closes="sent_back",
                    effect="return",
                ),
            ),
            when=moving.outside,
        ),
    ),
)


def _send(deed: Deed) -> MemberEvent:
    case = deed.case
    words = case.answers.get("destination") or ""
    return actions.append(
        moving.person_of(deed),
        "papers_out",
        on=deed.move.on,
        by=deed.by,
        today=deed.today,
        organisation=case.to,
        decision=moving.letter(deed),
        data={"destination": words} if case.to is None else {},
    )


def _receive(deed: Deed) -> MemberEvent | None:
    cell = moving.receiving_cell(deed)
    if moving.already_there(deed, cell):
        return None
    return actions.transfer(
        moving.person_of(deed),
        to=cell,
        on=deed.move.on,
        by=deed.by,
        today=deed.today,
        decision=moving.letter(deed),
    )


def _leave(deed: Deed) -> MemberEvent:
    return actions.transfer_out(
        moving.person_of(deed),
        destination=str(deed.case.answers["destination"]),
        on=deed.move.on,
        by=deed.by,
        today=deed.today,
        decision=moving.letter(deed),
    )


RUNNING = Running(
    PROCEDURE,
    moving.moving_facts,
    {"send": _send, "receive": _receive, "leave": _leave, "return": moving.returned},
    offers={"receiving_cells": moving.receiving_cells},
)

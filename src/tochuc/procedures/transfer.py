"""Transfer of Party activity: official, or temporary; inside our records or out of them. Papers out are never lost.

The member stays counted where they were until the receiving side has accepted them.
Sources: the regulation on applying the Charter, point 6.3; the guidance on members' affairs, part II.4.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tochuc.cases.declare import (
    Fact,
    Objection,
    Outcome,
    Paper,
    Procedure,
    Question,
    Since,
    Step,
    Taken,
    Within,
)
from tochuc.cases.models import Case
from tochuc.cases.registry import Deed, Running
from tochuc.kernel.errors import NotInForce
from tochuc.members import actions
from tochuc.members.kinds import OFFICIAL, PROBATIONARY
from tochuc.members.models import MemberEvent
from tochuc.procedures.actors import ONESELF, RECEIVING_CELL, THE_BASE, THE_CELL
from tochuc.procedures.conditions import stands_as
from tochuc.procedures.record_facts import person_facts

REASONS = {
    "work": "Chuyển công tác",
    "retired": "Nghỉ hưu, nghỉ việc, phục viên, xuất ngũ",
    "residence": "Thay đổi nơi cư trú lâu dài",
    "dissolved": "Tổ chức đảng giải thể, sắp xếp lại",
}


def _inside(facts: Mapping[str, Any]) -> bool:
    return bool(facts.get("inside"))


def _outside(facts: Mapping[str, Any]) -> bool:
    return not facts.get("inside")


def _somewhere(taken: Taken) -> list[Objection]:
    """The destination is a cell of our records, or named in words."""
    if taken.facts.get("inside") or str(taken.facts.get("destination") or "").strip():
        return []
    return [Objection("no_destination", "Cần ghi tổ chức đảng nơi đến.", field="destination")]


def _elsewhere(taken: Taken) -> list[Objection]:
    if not taken.facts.get("same_cell"):
        return []
    return [
        Objection("same_place", "Nơi đến trùng với nơi đang sinh hoạt; hãy chọn chi bộ khác.", field="to")
    ]


def not_while_examined(taken: Taken) -> list[Objection]:
    """No transfer while the member is under inspection or a complaint is open (điểm 6.3.1)."""
    if not taken.facts.get("examined"):
        return []
    try:
        rule = taken.rule("transfer.blocked_when")
    except NotInForce:
        return []
    message = f"Chưa làm thủ tục chuyển sinh hoạt: đảng viên {rule.words} ({rule.cite.vn})."
    return [Objection("examined", message, rule)]


PROCEDURE = Procedure(
    code="transfer",
    title="Chuyển sinh hoạt đảng chính thức",
    about="Từ đề nghị của đảng viên đến khi chi bộ nơi đến tiếp nhận; giấy đi đường không bị bỏ quên ở giữa.",
    rules=("transfer.blocked_when",),
    opened_by=(ONESELF, THE_CELL, THE_BASE),
    questions=(
        Question("reason", "Lý do chuyển", kind="choice", choices=REASONS),
        Question(
            "effective_on",
            "Ngày quyết định có hiệu lực hoặc ngày thay đổi nơi cư trú",
            kind="day",
        ),
        Question(
            "organisation",
            "Chi bộ nơi đến, nếu có trong sổ",
            kind="organisation",
            hint="Gõ tên chi bộ hoặc tên xã, không cần dấu, rồi chọn trong danh sách",
            required=False,
        ),
        Question(
            "destination",
            "Nơi đến ngoài sổ",
            hint="Ghi rõ chi bộ, đảng bộ cơ sở, huyện, tỉnh; để trống nếu đã chọn chi bộ ở trên",
            required=False,
        ),
        Question(
            "examined",
            "Đang bị kiểm tra, hoặc có khiếu nại, tố cáo chưa giải quyết xong",
            kind="flag",
            required=False,
        ),
    ),
    begins=(stands_as(PROBATIONARY, OFFICIAL), _somewhere, _elsewhere, not_while_examined),
    excludes=("removal", "discipline", "temporary_transfer"),
    steps=(
        Step(
            "request",
            "Đảng viên đề nghị, nộp giấy tờ",
            by=(ONESELF, THE_CELL),
            within=Within("transfer.official_deadline", Fact("effective_on")),
            papers=(Paper("transfer.decision"), Paper("transfer.self_review")),
        ),
        Step(
            "introduce",
            "Cấp giấy giới thiệu sinh hoạt đảng",
            by=(THE_BASE,),
            after=("request",),
            about="Giấy ghi rõ đã đóng đảng phí đến tháng nào.",
            within=Within("transfer.official_deadline", Fact("effective_on")),
            questions=(
                Question("number", "Số giấy giới thiệu"),
                Question("fees_to", "Đã đóng đảng phí đến tháng", hint="Ví dụ 3/2023"),
            ),
            papers=(Paper("transfer.introduction"),),
            outcomes=(Outcome("issued", "Đã cấp giấy", effect="send"),),
        ),
        Step(
            "receive",
            "Chi bộ nơi đến tiếp nhận",
            by=(RECEIVING_CELL,),
            after=("introduce",),
            within=Within("transfer.present_deadline", Since("introduce")),
            outcomes=(
                Outcome("received", "Đã tiếp nhận", closes="moved", effect="receive"),
                Outcome("sent_back", "Trả giấy về nơi đi", closes="sent_back", effect="return"),
            ),
            when=_inside,
        ),
        Step(
            "confirm",
            "Nhận phiếu báo của nơi đến",
            by=(THE_BASE, THE_CELL),
            after=("introduce",),
            within=Within("transfer.present_deadline", Since("introduce")),
            papers=(Paper("transfer.notice"),),
            outcomes=(
                Outcome("received", "Nơi đến đã tiếp nhận", closes="moved", effect="leave"),
                Outcome("sent_back", "Nơi đến trả lại, đảng viên ở lại", closes="sent_back", effect="return"),
            ),
            when=_outside,
        ),
    ),
)


def _facts(case: Case, on: date) -> dict[str, Any]:
    cell = case.person.home_id if case.person else None
    return {
        **person_facts(case, on),
        "inside": case.to_id is not None,
        "same_cell": case.pk is None and case.to_id is not None and case.to_id == cell,
    }


def _person(deed: Deed) -> Any:
    if deed.case.person is None:
        raise LookupError("a transfer is of a person")
    return deed.case.person


def _paper(deed: Deed) -> actions.Decision:
    issued = deed.case.moves.filter(step="introduce", taken_back_by=None).order_by("id").last()
    number = deed.move.answers.get("number") or (issued.answers.get("number") if issued else "")
    return actions.Decision(str(number or ""), deed.move.on if issued is None else issued.happened_on, "")


def _send(deed: Deed) -> MemberEvent:
    case = deed.case
    words = case.answers.get("destination") or ""
    return actions.append(
        _person(deed),
        "papers_out",
        on=deed.move.on,
        by=deed.by,
        today=deed.today,
        organisation=case.to,
        decision=_paper(deed),
        data={"destination": words} if case.to is None else {},
    )


def _receive(deed: Deed) -> MemberEvent:
    assert deed.case.to is not None
    return actions.transfer(
        _person(deed), to=deed.case.to, on=deed.move.on, by=deed.by, today=deed.today, decision=_paper(deed)
    )


def _leave(deed: Deed) -> MemberEvent:
    return actions.transfer_out(
        _person(deed),
        destination=str(deed.case.answers["destination"]),
        on=deed.move.on,
        by=deed.by,
        today=deed.today,
        decision=_paper(deed),
    )


def _return(deed: Deed) -> MemberEvent:
    return actions.append(_person(deed), "papers_returned", on=deed.move.on, by=deed.by, today=deed.today)


RUNNING = Running(PROCEDURE, _facts, {"send": _send, "receive": _receive, "leave": _leave, "return": _return})

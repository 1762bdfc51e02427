"""A member arrives from a Party body outside our records: letter, dossier, acceptance, introduction, reception by the cell.

Nobody is counted here before the cell has received them; that step makes the entry of the ledger.
Sources: the regulation on applying the Charter, point 6.3; the guidance on members' affairs, part II.4.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tochuc.cases.clocks import Fact, Since, Within
from tochuc.cases.declare import EXITS, Outcome, Paper, Procedure, Question, Step
from tochuc.cases.facts import Later
from tochuc.cases.models import Case
from tochuc.cases.places import cell_of, place_of
from tochuc.cases.registry import Deed, Running
from tochuc.members import actions
from tochuc.members.kinds import OFFICIAL, PROBATIONARY
from tochuc.members.models import MemberEvent
from tochuc.org.kinds import KINDS, MEMBER_KINDS
from tochuc.org.models import Organisation, Under
from tochuc.procedures import arrival_conditions as conditions
from tochuc.procedures.actors import RECEIVING_CELL, THE_BASE, THE_CELL
from tochuc.procedures.record_facts import person_facts

STANDINGS = {OFFICIAL: "Đảng viên chính thức", PROBATIONARY: "Đảng viên dự bị"}
BASES = conditions.BASES
"""Kinds of organisation that receive a letter; those above only pass it on."""
_IN_TIME = Within("transfer.official_deadline", Fact("since_on"))
_WHY = Question("why", "Lý do trả giấy", hint="Chỉ ghi khi không tiếp nhận", required=False)
_SENT_BACK = Outcome("sent_back", "Không tiếp nhận, trả giấy và hồ sơ về nơi đi", closes="sent_back")

PROCEDURE = Procedure(
    code="arrival",
    title="Tiếp nhận đảng viên từ tổ chức đảng ngoài sổ",
    about=(
        "Từ giấy giới thiệu của tỉnh, huyện, ngành khác đến khi chi bộ tiếp nhận; "
        "đảng viên tính ở chi bộ từ ngày chi bộ tiếp nhận."
    ),
    rules=("transfer.present_deadline", "transfer.late_rule", "transfer.dossier", "transfer.letter_types"),
    opened_by=(THE_CELL, THE_BASE),
    questions=(
        Question(
            "origin", "Tổ chức đảng giới thiệu", hint="Chi bộ, đảng bộ cơ sở, huyện, tỉnh ghi trên giấy"
        ),
        Question("letter_number", "Số giấy giới thiệu"),
        Question("letter_on", "Ngày cấp giấy giới thiệu", kind="day"),
        Question(
            "valid_until",
            "Giấy ghi có giá trị đến ngày",
            kind="day",
            hint="Bỏ trống nếu giấy không ghi",
            required=False,
        ),
        Question(
            "effective_on",
            "Ngày quyết định chuyển công tác, nghỉ hưu có hiệu lực, hoặc ngày thay đổi nơi cư trú",
            kind="day",
            required=False,
        ),
        Question("late_reason", "Lý do chậm, nếu giấy đã quá hạn xuất trình", required=False),
        Question("fees_to", "Đã đóng đảng phí đến tháng", hint="Ví dụ 3/2023"),
        Question("said_standing", "Giấy giới thiệu ghi là", kind="choice", choices=STANDINGS),
        Question("said_admitted_on", "Ngày kết nạp vào Đảng", kind="day"),
        Question(
            "said_official_on",
            "Ngày công nhận chính thức",
            kind="day",
            hint="Bỏ trống với đảng viên dự bị",
            required=False,
        ),
        Question("said_card", "Số thẻ đảng viên", required=False),
    ),
    begins=(
        conditions.not_here_already,
        conditions.never_left_the_party,
        conditions.to_a_base,
        conditions.days_in_order,
        conditions.letter_still_valid,
        conditions.shown_in_time,
        conditions.as_the_record_says,
    ),
    excludes=("admission", "readmission"),
    send="Nhận giấy giới thiệu",
    stopped_by=EXITS | {"arrived", "opening", "reconnected"},
    steps=(
        Step(
            "check",
            "Kiểm tra giấy giới thiệu và hồ sơ",
            by=(THE_BASE,),
            about="Đối chiếu giấy với hồ sơ niêm phong; ghi rõ còn thiếu gì, điều gì chưa rõ.",
            within=_IN_TIME,
            questions=(
                Question(
                    "missing",
                    "Giấy tờ còn thiếu, điều chưa rõ",
                    kind="long",
                    hint="Ghi khi hỏi lại nơi giới thiệu",
                    required=False,
                ),
                _WHY,
            ),
            conditions=(
                conditions.dossier_whole,
                conditions.doubt_in_words,
                conditions.sent_back_with_a_reason,
            ),
            papers=(
                Paper("arrival.letter"),
                Paper("arrival.member_file", required=False),
                Paper("transfer.self_review", required=False),
                Paper("transfer.decision", required=False),
            ),
            outcomes=(
                Outcome("complete", "Đủ và khớp"),
                Outcome("doubt", "Thiếu hoặc chưa rõ, hỏi lại nơi giới thiệu"),
                _SENT_BACK,
            ),
        ),
        Step(
            "ask",
            "Gửi công văn hỏi nơi giới thiệu",
            by=(THE_BASE,),
            after=("check:doubt",),
            within=_IN_TIME,
            questions=(Question("number", "Số công văn"),),
            papers=(Paper("arrival.inquiry"),),
        ),
        Step(
            "answer",
            "Nơi giới thiệu trả lời",
            by=(THE_BASE,),
            after=("ask",),
            about="Chưa có trả lời thì hỏi lại; hồ sơ vẫn chờ ở đây cho đến khi rõ.",
            within=_IN_TIME,
            questions=(Question("said", "Nội dung trả lời", kind="long", required=False), _WHY),
            conditions=(conditions.answer_in_words, conditions.sent_back_with_a_reason),
            outcomes=(
                Outcome("cleared", "Đã rõ, đã bổ sung"),
                Outcome("asked_again", "Chưa trả lời, đã hỏi lại", again=True),
                _SENT_BACK,
            ),
        ),
        Step(
            "accept",
            "Đảng ủy cơ sở tiếp nhận, giới thiệu về chi bộ",
            by=(THE_BASE,),
            after=("check:complete|answer:cleared",),
            about="Giấy quá hạn xuất trình thì ghi ý kiến của cấp ủy có thẩm quyền.",
            within=_IN_TIME,
            questions=(
                Question("number", "Số giấy giới thiệu về chi bộ", required=False),
                Question(
                    "cell",
                    "Giới thiệu về chi bộ",
                    kind="choice",
                    hint="Giấy ghi tên đảng bộ; chọn chi bộ mà đảng viên sẽ sinh hoạt",
                    required=False,
                    offers="cells",
                ),
                Question("late_opinion", "Ý kiến của cấp ủy có thẩm quyền về việc chậm", required=False),
                _WHY,
            ),
            conditions=(
                conditions.into_a_cell,
                conditions.lateness_considered,
                conditions.sent_back_with_a_reason,
            ),
            papers=(Paper("arrival.to_the_cell", required=False),),
            outcomes=(
                Outcome("accepted", "Tiếp nhận, giới thiệu về chi bộ", effect="introduce"),
                _SENT_BACK,
            ),
        ),
        Step(
            "receive",
            "Chi bộ tiếp nhận",
            by=(RECEIVING_CELL,),
            after=("accept",),
            about="Từ ngày này đảng viên tính ở chi bộ; chi bộ ghi tên vào danh sách, thu đảng phí từ tháng kế tiếp.",
            within=Within("transfer.present_deadline", Since("accept")),
            questions=(_WHY,),
            conditions=(conditions.sent_back_with_a_reason,),
            outcomes=(
                Outcome("received", "Đã tiếp nhận", effect="admit"),
                Outcome("sent_back", "Đảng viên không đến, trả giấy", closes="sent_back"),
            ),
        ),
        Step(
            "report",
            "Gửi phiếu báo cho nơi giới thiệu",
            by=(THE_BASE,),
            after=("receive",),
            within=_IN_TIME,
            papers=(Paper("arrival.notice"),),
            outcomes=(Outcome("sent", "Đã gửi phiếu báo", closes="arrived"),),
        ),
    ),
)


def cells_of(case: Case, on: date) -> Sequence[tuple[str, str]]:
    """Where the letter names a committee: its cells, by code and name."""
    here = cell_of(case, on)
    if KINDS[here.kind].holds_members:
        return []
    units = Under.objects.on(on).filter(above=here, unit__kind__in=MEMBER_KINDS).select_related("unit")
    return [(row.unit.code, row.unit.name) for row in units.order_by("unit__fold", "unit__pk")]


def _facts(case: Case, on: date) -> dict[str, Any]:
    said = case.answers
    return {
        **person_facts(case, on),
        **conditions.facts_of_the_record(case),
        "cells": Later(lambda: [code for code, _ in cells_of(case, on)]),
        "to_kind": case.organisation.kind,
        "to_name": case.organisation.name,
        "to_is_cell": KINDS[case.organisation.kind].holds_members,
        "since_on": said.get("effective_on") or said.get("letter_on"),
    }


def _introduce(deed: Deed) -> None:
    """The case goes to the cell chosen, or to the one that the letter names."""
    chosen = str(deed.move.answers.get("cell") or "")
    here = cell_of(deed.case, deed.move.on)
    deed.case.to = Organisation.objects.get(code=chosen) if chosen else here
    deed.case.save(update_fields=["to"])


def _introduce_undone(deed: Deed) -> None:
    deed.case.to = None
    deed.case.save(update_fields=["to"])


def _admit(deed: Deed) -> MemberEvent:
    case, said = deed.case, deed.case.answers
    if case.person is None:
        raise LookupError("an arrival is of a person")
    known = {"standing": said["said_standing"], "admitted_on": said["said_admitted_on"]}
    if said["said_standing"] == OFFICIAL:
        known["official_on"] = said["said_official_on"]
    letter = actions.Decision(
        str(said["letter_number"]), date.fromisoformat(str(said["letter_on"])), str(said["origin"])
    )
    return actions.append(
        case.person,
        "arrived",
        on=deed.move.on,
        by=deed.by,
        today=deed.today,
        organisation=place_of(case, RECEIVING_CELL.place, deed.move.on),
        decision=letter,
        data={"origin": str(said["origin"]), **known},
    )


RUNNING = Running(
    PROCEDURE,
    _facts,
    {"introduce": _introduce, "admit": _admit},
    undone={"introduce": _introduce_undone},
    offers={"cells": cells_of},
)

"""A member's own word to a committee: what they report or propose, and the answer they are owed.

It is signed, and goes to the level the member chooses; only that level reads it. A denunciation of a breach by a
named person has its own rules, which no source of ours gives: the form says where it goes instead.
Source: Điều lệ Đảng, Điều 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tochuc.cases.declare import (
    BASE,
    CELL,
    COMPETENT,
    TO,
    Objection,
    Outcome,
    Paper,
    Procedure,
    Question,
    Step,
    Taken,
)
from tochuc.cases.models import Case
from tochuc.cases.places import place_of
from tochuc.cases.registry import Running
from tochuc.members.kinds import OFFICIAL, PROBATIONARY
from tochuc.org.models import Organisation
from tochuc.procedures.actors import BOARD, COMMITTEE, ONESELF, SECRETARY
from tochuc.procedures.conditions import stands_as
from tochuc.procedures.record_facts import person_facts

ADDRESSEES = {
    CELL: "Chi ủy, bí thư chi bộ",
    BASE: "Đảng ủy cơ sở",
    COMPETENT: "Cấp ủy cấp trên của đảng ủy cơ sở",
}
SUBJECTS = {
    "life": "Sinh hoạt, công tác của chi bộ",
    "rights": "Quyền lợi, chế độ của đảng viên",
    "policy": "Chủ trương, quy định, cách làm",
    "local": "Việc ở địa phương, cơ quan",
    "other": "Việc khác",
}
THE_ADDRESSEE = (SECRETARY @ TO, COMMITTEE @ TO, BOARD @ TO)


def _somebody_reads_it(taken: Taken) -> list[Objection]:
    """The level it is addressed to must be there."""
    if taken.facts.get("addressed"):
        return []
    return [
        Objection(
            "no_addressee",
            "Trong sổ không có cấp này ở trên chi bộ; hãy chọn nơi gửi khác.",
            field="addressee",
        )
    ]


PROCEDURE = Procedure(
    code="complaint",
    title="Kiến nghị, phản ánh của đảng viên",
    about="Đảng viên nêu việc, chọn nơi gửi; chỉ nơi nhận đọc được và phải trả lời. Tố cáo có quy định riêng: gửi ủy ban kiểm tra.",
    rules=("complaint.right",),
    opened_by=(ONESELF,),
    questions=(
        Question("addressee", "Gửi đến", kind="choice", choices=ADDRESSEES),
        Question("subject", "Về việc", kind="choice", choices=SUBJECTS),
        Question(
            "content", "Nội dung", kind="long", hint="Nêu việc đồng chí biết rõ và điều đồng chí đề nghị."
        ),
    ),
    begins=(stands_as(PROBATIONARY, OFFICIAL), _somebody_reads_it),
    closed_file=True,
    several=True,
    send="Gửi kiến nghị",
    steps=(
        Step(
            "receive",
            "Tiếp nhận kiến nghị",
            by=THE_ADDRESSEE,
            outcomes=(
                Outcome("received", "Nhận, sẽ trả lời"),
                Outcome("not_ours", "Không thuộc thẩm quyền, báo nơi cần gửi"),
            ),
        ),
        Step(
            "answer",
            "Trả lời đảng viên",
            by=THE_ADDRESSEE,
            after=("receive",),
            questions=(Question("answer", "Nội dung trả lời, hoặc nơi cần gửi", kind="long"),),
            papers=(Paper("complaint.answer", required=False),),
            outcomes=(
                Outcome("answered", "Đã trả lời", closes="answered"),
                Outcome("not_ours", "Đã báo nơi cần gửi", closes="not_ours"),
            ),
        ),
        Step(
            "withdraw",
            "Rút kiến nghị",
            by=(ONESELF,),
            optional=True,
            outcomes=(Outcome("withdrawn", "Đảng viên rút", closes="withdrawn"),),
        ),
    ),
)


def _facts(case: Case, on: date) -> Mapping[str, Any]:
    return {**person_facts(case, on), "addressed": case.to is not None}


def _addressee(case: Case, on: date) -> Organisation | None:
    place = str(case.answers.get("addressee", ""))
    return place_of(case, place, on) if place in ADDRESSEES else None


RUNNING = Running(PROCEDURE, _facts, addressed=_addressee)

"""Going abroad for a time, on duty, to study or to work: papers out, and back with a review of that time.

Who goes for good to an organisation abroad makes an official transfer.
Source: the guidance on members' affairs, part II.4.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from tochuc.cases.clocks import Fact, Within
from tochuc.cases.declare import EXITS, Objection, Outcome, Paper, Procedure, Question, Step, Taken
from tochuc.cases.models import Case
from tochuc.cases.registry import Deed, Running
from tochuc.members import actions
from tochuc.members.kinds import OFFICIAL, PROBATIONARY
from tochuc.members.models import MemberEvent
from tochuc.procedures import moving
from tochuc.procedures.actors import ONESELF, THE_BASE, THE_CELL
from tochuc.procedures.conditions import stands_as
from tochuc.procedures.record_facts import person_facts

PURPOSES = {"duty": "Đi công tác", "study": "Đi học", "work": "Đi lao động", "private": "Việc riêng"}


def _end_after(taken: Taken) -> list[Objection]:
    until = taken.facts.get("until_on")
    if until and date.fromisoformat(str(until)) <= taken.move.on:
        return [Objection("end_before", "Ngày dự kiến về phải sau ngày mở hồ sơ.", field="until_on")]
    return []


PROCEDURE = Procedure(
    code="abroad",
    title="Chuyển sinh hoạt đảng ra ngoài nước có thời hạn",
    about="Giấy giới thiệu khi đi, kiểm điểm thời gian ở ngoài nước khi về; vẫn tính ở chi bộ trong nước.",
    rules=("transfer.letter_types",),
    opened_by=(ONESELF, THE_CELL, THE_BASE),
    questions=(
        Question("purpose", "Lý do ra ngoài nước", kind="choice", choices=PURPOSES),
        Question("destination", "Nước đến và việc làm ở đó"),
        Question("until_on", "Dự kiến về ngày", kind="day", required=False),
    ),
    begins=(stands_as(PROBATIONARY, OFFICIAL), _end_after),
    excludes=("removal", "discipline", "transfer", "temporary_transfer"),
    stopped_by=EXITS | {"abroad_ended"},
    steps=(
        Step(
            "request",
            "Đảng viên đề nghị, nộp giấy tờ",
            by=(ONESELF, THE_CELL),
            papers=(Paper("transfer.decision", required=False),),
        ),
        Step(
            "introduce",
            "Cấp giấy giới thiệu sinh hoạt đảng ra ngoài nước",
            by=(THE_BASE,),
            after=("request",),
            questions=(Question("number", "Số giấy giới thiệu"),),
            papers=(Paper("transfer.abroad_introduction"),),
            outcomes=(Outcome("issued", "Đã cấp giấy", effect="go"),),
        ),
        Step(
            "return",
            "Về nước, nộp lại giấy và bản kiểm điểm thời gian ở ngoài nước",
            by=(ONESELF, THE_CELL),
            after=("introduce",),
            within=Within("", Fact("ends_on")),
            papers=(Paper("transfer.abroad_review"),),
            outcomes=(Outcome("returned", "Đã về, trở lại sinh hoạt", closes="returned", effect="back"),),
        ),
    ),
)


def _facts(case: Case, on: date) -> dict[str, Any]:
    until = case.answers.get("until_on")
    return {**person_facts(case, on), "ends_on": date.fromisoformat(until) if until else None}


def _go(deed: Deed) -> MemberEvent:
    said = deed.case.answers
    until = {"until_on": said["until_on"]} if said.get("until_on") else {}
    return actions.append(
        moving.person_of(deed),
        "went_abroad",
        on=deed.move.on,
        by=deed.by,
        today=deed.today,
        decision=moving.letter(deed),
        data={"destination": str(said["destination"]), **until},
    )


def _back(deed: Deed) -> MemberEvent:
    return actions.append(
        moving.person_of(deed), "abroad_ended", on=deed.move.on, by=deed.by, today=deed.today
    )


RUNNING = Running(PROCEDURE, _facts, {"go": _go, "back": _back})

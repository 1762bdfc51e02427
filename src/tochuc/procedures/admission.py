"""Admission: from the cell's list of sympathisers to the ceremony and the new member's file.

Sources: Điều lệ Đảng, Điều 4; the regulation and the guidance on applying it, sections 1 to 4, in their editions.
"""

from __future__ import annotations

from tochuc.cases.declare import EXITS, Objection, Procedure, Question, Taken
from tochuc.cases.places import cell_of
from tochuc.cases.registry import Deed, Running
from tochuc.kernel.known_dates import day_vn
from tochuc.members import actions
from tochuc.members.kinds import OUTSIDE, SYMPATHISER
from tochuc.members.models import MemberEvent
from tochuc.procedures import admission_steps
from tochuc.procedures.actors import THE_BASE, THE_CELL
from tochuc.procedures.admission_steps import ROUTES
from tochuc.procedures.conditions import stands_as
from tochuc.procedures.decisions import AT_THE_BASE, decision_in
from tochuc.procedures.joining_facts import joining_facts


def _never_a_member(taken: Taken) -> list[Objection]:
    """Who was a member before is admitted again, by another procedure with its waits."""
    left = taken.facts.get("left_on")
    if left is None:
        return []
    message = (
        f"Người này từng là đảng viên, ra khỏi Đảng ngày {day_vn(left)}; hãy mở quy trình «Kết nạp lại», "
        "có thời gian chờ và điều kiện riêng."
    )
    return [Objection("former_member", message)]


PROCEDURE = Procedure(
    code="admission",
    title="Kết nạp đảng viên",
    about="Từ danh sách cảm tình đảng đến lễ kết nạp và hồ sơ đảng viên mới.",
    rules=admission_steps.RULES,
    opened_by=(THE_CELL, THE_BASE),
    questions=(Question("route", "Ai giới thiệu vào Đảng", kind="choice", choices=ROUTES),),
    begins=(stands_as(OUTSIDE, SYMPATHISER), _never_a_member),
    excludes=("readmission",),
    stopped_by=EXITS | {"admitted", "readmitted"},
    steps=admission_steps.steps(
        admission_steps.consent("admission.over_age_consent", admission_steps.over_age),
    ),
)


def list_sympathiser(deed: Deed) -> MemberEvent:
    """Put the person on the list of the cell."""
    assert deed.case.person is not None
    return actions.list_sympathiser(
        deed.case.person, cell=cell_of(deed.case, deed.move.on), on=deed.move.on, by=deed.by, today=deed.today
    )


def decided(deed: Deed) -> actions.Decision:
    """The decision to admit."""
    moves = deed.case.moves.filter(step__in=("decide", AT_THE_BASE), outcome="decided", taken_back_by=None)
    move = moves.latest("id")
    return decision_in(deed.case, move.step, move.answers["number"], move.happened_on)


def _admit(deed: Deed) -> MemberEvent:
    case = deed.case
    assert case.person is not None
    cell = cell_of(case, deed.move.on)
    return actions.admit(
        case.person, cell=cell, on=deed.move.on, decision=decided(deed), by=deed.by, today=deed.today
    )


RUNNING = Running(PROCEDURE, joining_facts, {"list": list_sympathiser, "admit": _admit})

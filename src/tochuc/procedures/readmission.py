"""Readmission: who left the Party is admitted again after the wait, once, unless a bar applies; probation starts anew.

Sources: the regulation on applying the Charter, point 3.5, in its editions.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from tochuc.cases.declare import EXITS, Objection, Procedure, Question, Taken
from tochuc.cases.models import Case
from tochuc.cases.places import cell_of
from tochuc.cases.registry import Deed, Running
from tochuc.kernel.days import add_months
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.members import actions
from tochuc.members.kinds import OUTSIDE, SYMPATHISER
from tochuc.members.models import MemberEvent
from tochuc.procedures import admission_steps
from tochuc.procedures.actors import THE_BASE, THE_CELL
from tochuc.procedures.admission import decided, list_sympathiser
from tochuc.procedures.admission_steps import ROUTES
from tochuc.procedures.conditions import stands_as
from tochuc.procedures.joining_facts import joining_facts
from tochuc.rules.ruled import Ruled

_ABANDONED = "absence"


def _asked(taken: Taken, rule_id: str) -> Ruled | None:
    try:
        return taken.rule(rule_id)
    except NotInForce:
        return None


def _was_a_member(taken: Taken) -> list[Objection]:
    if taken.facts.get("left_on") is not None:
        return []
    return [
        Objection(
            "never_member",
            "Sổ không ghi người này từng ra khỏi Đảng. Ra khỏi Đảng trước khi lập sổ thì ghi ngày ở mục «Ngày ra khỏi Đảng»; "
            "chưa từng là đảng viên thì mở quy trình «Kết nạp đảng viên».",
            field="left_before",
        )
    ]


def _waited(taken: Taken) -> list[Objection]:
    """At least the rule's time out of the Party."""
    left, rule = taken.facts.get("left_on"), _asked(taken, "admission.readmission_wait")
    if left is None or rule is None:
        return []
    earliest = add_months(left, rule.number)
    if taken.move.on >= earliest:
        return []
    message = (
        f"Ra khỏi Đảng ngày {day_vn(left)}; sau ít nhất {rule.words}, tức từ ngày {day_vn(earliest)}, "
        f"mới xét kết nạp lại ({rule.cite.vn})."
    )
    return [Objection("too_soon", message, rule, "on")]


def _record_cleared(taken: Taken) -> list[Objection]:
    """After a minor crime the wait runs from the day the conviction was expunged."""
    if not taken.facts.get("convicted"):
        return []
    cleared, rule = taken.facts.get("expunged_on"), _asked(taken, "admission.readmission_wait_minor_crime")
    if not cleared:
        return [Objection("not_expunged", "Cần ghi ngày được xóa án tích.", field="expunged_on")]
    if rule is None:
        return []
    earliest = add_months(date.fromisoformat(str(cleared)), rule.number)
    if taken.move.on >= earliest:
        return []
    message = (
        f"Sau {rule.words} kể từ ngày được xóa án tích, tức từ ngày {day_vn(earliest)}, "
        f"mới xét kết nạp lại ({rule.cite.vn})."
    )
    return [Objection("too_soon_after_crime", message, rule, "expunged_on")]


def _not_barred(taken: Taken) -> list[Objection]:
    """Some ways of leaving bar the way back: what the record says of it, and what one knows beside it."""
    facts, rule = taken.facts, _asked(taken, "admission.readmission_barred")
    asked_to_leave = facts.get("left_by") == "departed" and not facts.get("hardship")
    abandoned = facts.get("left_ground") == _ABANDONED
    if rule is None or not (asked_to_leave or abandoned or facts.get("barred")):
        return []
    why = (
        "Sổ ghi người này xin ra khỏi Đảng. " * asked_to_leave
        + "Sổ ghi bị xóa tên vì bỏ sinh hoạt. " * abandoned
    )
    message = f"{why}Không xem xét kết nạp lại trong các trường hợp: {rule.words} ({rule.cite.vn})."
    return [Objection("barred", message, rule, "hardship" if asked_to_leave else "barred")]


def _only_so_often(taken: Taken) -> list[Objection]:
    times, rule = taken.facts.get("readmissions", 0), _asked(taken, "admission.readmission_times")
    if rule is None or times < rule.number:
        return []
    message = (
        f"Người này đã được kết nạp lại {times} lần; chỉ được kết nạp lại {rule.words} ({rule.cite.vn})."
    )
    return [Objection("too_often", message, rule)]


def _population_policy(taken: Taken) -> list[Objection]:
    rule = _asked(taken, "admission.readmission_population")
    if not taken.facts.get("population") or rule is None:
        return []
    message = f"Vi phạm chính sách dân số: {rule.words} ({rule.cite.vn})."
    return [Objection("population", message, rule, warns=True)]


PROCEDURE = Procedure(
    code="readmission",
    title="Kết nạp lại",
    about="Người từng ra khỏi Đảng, sau thời gian chờ và khi không thuộc trường hợp bị loại trừ; dự bị lại từ đầu.",
    rules=(
        *admission_steps.RULES,
        "admission.readmission_wait",
        "admission.readmission_wait_minor_crime",
        "admission.readmission_barred",
        "admission.readmission_times",
        "admission.readmission_consent",
        "admission.readmission_probation",
        "admission.readmission_population",
        "probation.party_age_readmitted",
        "probation.party_age_excluded",
    ),
    opened_by=(THE_CELL, THE_BASE),
    questions=(
        Question("route", "Ai giới thiệu vào Đảng", kind="choice", choices=ROUTES),
        Question(
            "left_before",
            "Ngày ra khỏi Đảng",
            kind="day",
            hint="Chỉ ghi khi sổ chưa có, vì đã ra khỏi Đảng trước khi lập sổ",
            required=False,
        ),
        Question(
            "hardship", "Đã xin ra khỏi Đảng vì gia đình đặc biệt khó khăn", kind="flag", required=False
        ),
        Question("barred", "Thuộc trường hợp không xem xét kết nạp lại", kind="flag", required=False),
        Question("convicted", "Từng bị kết án về tội ít nghiêm trọng", kind="flag", required=False),
        Question("expunged_on", "Ngày được xóa án tích", kind="day", required=False),
        Question("population", "Ra khỏi Đảng vì vi phạm chính sách dân số", kind="flag", required=False),
    ),
    begins=(
        stands_as(OUTSIDE, SYMPATHISER),
        _was_a_member,
        _waited,
        _record_cleared,
        _not_barred,
        _only_so_often,
        _population_policy,
    ),
    excludes=("admission",),
    stopped_by=EXITS | {"admitted", "readmitted", "restored", "reconnected"},
    steps=admission_steps.steps(
        admission_steps.consent("readmission.consent"),
        decision="readmission.decision",
        at_the_base="readmission.decision_base",
    ),
)


def _facts(case: Case, on: date) -> dict[str, Any]:
    facts = joining_facts(case, on)
    told = case.answers.get("left_before")
    if facts.get("left_on") is None and told:
        facts["left_on"] = date.fromisoformat(str(told))
    return facts


def _readmit(deed: Deed) -> MemberEvent:
    case = deed.case
    assert case.person is not None
    return actions.append(
        case.person,
        "readmitted",
        on=deed.move.on,
        by=deed.by,
        today=deed.today,
        organisation=cell_of(case, deed.move.on),
        decision=decided(deed),
    )


RUNNING = Running(PROCEDURE, _facts, {"list": list_sympathiser, "admit": _readmit})

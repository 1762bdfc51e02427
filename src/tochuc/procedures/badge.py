"""Awarding the Party badge: proposed by the cell, listed at the base, examined above, decided by the province level.

Each member has a case of their own; committees take its steps for the whole list of an occasion at once (decision
0063). Sources: the regulation on applying the Charter, point 27.3; the guidance on it, section 18.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tochuc.cases.clocks import Fact, Within
from tochuc.cases.declare import PROVINCE, Outcome, Paper, Procedure, Question, Step
from tochuc.cases.models import Case
from tochuc.cases.places import place_of
from tochuc.cases.registry import Deed, Running
from tochuc.members import actions
from tochuc.members.actions import Decision
from tochuc.members.models import MemberEvent
from tochuc.procedures.actors import BOARD, ONESELF, THE_BASE, THE_CELL, THE_COMPETENT
from tochuc.procedures.badge_conditions import (
    EARLY,
    FULL,
    POSTHUMOUS,
    a_mark,
    an_occasion,
    not_awarded,
    not_under_discipline,
    of_the_standing,
    reached,
)
from tochuc.procedures.badge_facts import badge_facts
from tochuc.procedures.decisions import decision_above
from tochuc.procedures.questions import NUMBER

THE_PROVINCE = BOARD @ PROVINCE
MANNERS = {
    FULL: "Đủ tuổi đảng",
    EARLY: "Xét tặng sớm vì bệnh nặng",
    POSTHUMOUS: "Truy tặng",
}
OCCASION = Fact("occasion")
_SENT_IN_TIME = Within("badge.proposal_lead", OCCASION, before=True)
_BY_THE_DAY = Within("", OCCASION)
_HELD_BACK = Outcome("postponed", "Chưa đề nghị đợt này", closes="postponed")


def _living(facts: Mapping[str, Any]) -> bool:
    return facts.get("manner") != POSTHUMOUS


def _deceased(facts: Mapping[str, Any]) -> bool:
    return not _living(facts)


def _early(facts: Mapping[str, Any]) -> bool:
    return facts.get("manner") == EARLY


def _base_is_committee(facts: Mapping[str, Any]) -> bool:
    """Whether the base has a committee above the cell."""
    return not facts.get("base_is_cell")


PROCEDURE = Procedure(
    code="badge",
    title="Tặng Huy hiệu Đảng",
    about="Theo đợt: chi bộ đề nghị, cấp ủy cơ sở lập danh sách, cấp trên trình, cấp có thẩm quyền quyết định.",
    rules=(
        "badge.years",
        "badge.occasions",
        "badge.early_to_65",
        "badge.early_from_70",
        "badge.early_posthumous",
        "badge.block_warning",
        "badge.block_removal",
        "badge.decider",
    ),
    opened_by=(THE_CELL, THE_BASE),
    by_list=True,
    questions=(
        Question("years", "Huy hiệu bao nhiêu năm", kind="number", hint="30, 40, 45, 50 … 90"),
        Question("occasion", "Đợt trao", kind="day", hint="Ngày của đợt, ví dụ 19/5/2023"),
        Question("manner", "Trường hợp", kind="choice", choices=MANNERS),
    ),
    begins=(of_the_standing, a_mark, an_occasion, reached, not_awarded, not_under_discipline),
    steps=(
        Step(
            "declare",
            "Tờ khai đề nghị tặng Huy hiệu Đảng",
            by=(ONESELF, THE_CELL),
            about="Đảng viên khai; với đảng viên đã từ trần, gia đình nộp giấy tờ.",
            within=_SENT_IN_TIME,
            papers=(
                Paper("badge.declaration", when=_living),
                Paper("badge.family", when=_deceased),
                Paper("badge.early_request", when=_early),
            ),
        ),
        Step(
            "consider",
            "Chi bộ xét, đề nghị",
            by=(THE_CELL,),
            after=("declare",),
            within=_SENT_IN_TIME,
            outcomes=(Outcome("agreed", "Đề nghị tặng"), _HELD_BACK),
        ),
        Step(
            "propose",
            "Đảng ủy cơ sở xét, lập danh sách đề nghị",
            by=(THE_BASE,),
            after=("consider",),
            within=_SENT_IN_TIME,
            papers=(Paper("badge.list", when=_living), Paper("badge.posthumous_list", when=_deceased)),
            outcomes=(Outcome("proposed", "Đưa vào danh sách đề nghị"), _HELD_BACK),
            when=_base_is_committee,
        ),
        Step(
            "examine",
            "Cấp ủy cấp trên thẩm định, trình danh sách",
            by=(THE_COMPETENT,),
            after=("propose",),
            within=_BY_THE_DAY,
            conditions=(not_under_discipline,),
            outcomes=(Outcome("put_up", "Trình cấp quyết định"), _HELD_BACK),
        ),
        Step(
            "decide",
            "Cấp có thẩm quyền quyết định tặng",
            by=(THE_COMPETENT, THE_PROVINCE),
            after=("examine",),
            about="Cán bộ của cấp trình ghi lại quyết định nếu cấp quyết định chưa dùng chung sổ.",
            within=_BY_THE_DAY,
            questions=(NUMBER,),
            papers=(Paper("badge.decision"),),
            conditions=(not_under_discipline, not_awarded),
            outcomes=(
                Outcome("decided", "Quyết định tặng", effect="award"),
                Outcome("refused", "Không tặng", closes="refused"),
            ),
        ),
        Step(
            "present",
            "Trao tặng Huy hiệu Đảng",
            by=(THE_BASE, THE_COMPETENT),
            after=("decide",),
            within=_BY_THE_DAY,
            questions=(Question("badge_number", "Số huy hiệu", required=False),),
            outcomes=(Outcome("presented", "Đã trao", closes="awarded"),),
        ),
    ),
)


def decision_of(case: Case, number: object, deed: Deed) -> Decision:
    """The decision of the province level; of the committee above the base where that isn't in the record."""
    province = place_of(case, PROVINCE, deed.move.on)
    if province is None:
        return decision_above(case, number, deed.move.on)
    return Decision(str(number), deed.move.on, province.name)


def _award(deed: Deed) -> MemberEvent:
    case = deed.case
    assert case.person is not None
    return actions.append(
        case.person,
        "badge_awarded",
        on=deed.move.on,
        by=deed.by,
        today=deed.today,
        decision=decision_of(case, deed.move.answers["number"], deed),
        data={key: case.answers[key] for key in ("years", "occasion", "manner")},
    )


RUNNING = Running(PROCEDURE, badge_facts, {"award": _award})

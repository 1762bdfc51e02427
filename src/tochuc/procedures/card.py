"""Party cards: issued once a member is official, exchanged or given anew, taken in again from who leaves the Party.

Source: the guidance on applying the Charter, section 7. How many days an issue may take was not found; nothing here
is late by a rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tochuc.cases.declare import Objection, Outcome, Paper, Procedure, Question, Step, Taken
from tochuc.cases.registry import Deed, Running
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.members.kinds import OFFICIAL, OUTSIDE
from tochuc.members.models import MemberEvent
from tochuc.procedures.actors import ONESELF, THE_BASE, THE_CELL, THE_COMPETENT
from tochuc.procedures.card_number import (
    CARD_NUMBER,
    card_facts,
    nobody_else_s,
    put_back,
    take_in,
    well_formed,
    write,
)
from tochuc.procedures.conditions import stands_as
from tochuc.procedures.questions import NUMBER
from tochuc.rules.ruled import Ruled

LOST, DAMAGED, WRONG, RENEWAL = "lost", "damaged", "wrong", "renewal"
GROUNDS = {
    LOST: "Mất thẻ",
    DAMAGED: "Thẻ hỏng",
    WRONG: "Thẻ ghi sai",
    RENEWAL: "Đợt đổi thẻ toàn Đảng",
}
_LEFT = {"expelled": "bị khai trừ", "removed": "bị xóa tên", "departed": "ra khỏi Đảng"}


def _ruled(taken: Taken, rule_id: str) -> Ruled | None:
    try:
        return taken.rule(rule_id)
    except NotInForce:
        return None


def _recognised(taken: Taken) -> list[Objection]:
    """A probationary member has no card yet."""
    if taken.facts.get("standing") == OFFICIAL:
        return []
    ruled = _ruled(taken, "card.issued_when")
    place = f" ({ruled.cite.vn})" if ruled else ""
    message = f"Chưa là đảng viên chính thức; thẻ phát khi được công nhận chính thức{place}."
    return [Objection("not_official", message, ruled)]


def _has_none(taken: Taken) -> list[Objection]:
    if not taken.facts.get("holds_card"):
        return []
    message = f"Hồ sơ đã có số thẻ {taken.facts['holds_card']}; thẻ mất, hỏng hoặc sai thì đổi, cấp lại."
    return [Objection("has_card", message)]


def _in_the_campaign(taken: Taken) -> list[Objection]:
    """A general renewal has its dates, and is for those who have a card."""
    if taken.facts.get("ground") != RENEWAL:
        return []
    ruled = _ruled(taken, "card.renewal")
    if ruled is None:
        message = f"Ngày {day_vn(taken.move.on)} không trong đợt đổi thẻ toàn Đảng nào; hãy chọn lý do khác."
        return [Objection("no_renewal", message, field="ground")]
    if taken.facts.get("holds_card"):
        return []
    return [Objection("no_card_to_renew", f"Hồ sơ chưa có số thẻ; {ruled.value} ({ruled.cite.vn}).", ruled)]


def _has_one(taken: Taken) -> list[Objection]:
    if taken.facts.get("holds_card") or taken.facts.get("ground") == RENEWAL:
        return []
    message = "Hồ sơ chưa ghi số thẻ cũ; đối chiếu phiếu đảng viên trước khi cấp."
    return [Objection("no_card_known", message, warns=True)]


def _left_the_party(taken: Taken) -> list[Objection]:
    """Cards are taken in from who was expelled, removed or left; the family of the dead keeps the card."""
    left = str(taken.facts.get("left_by"))
    if left == "died":
        ruled = _ruled(taken, "card.family_keeps")
        place = f" ({ruled.cite.vn})" if ruled else ""
        return [Objection("family_keeps", f"Đảng viên đã từ trần: gia đình được giữ lại thẻ{place}.", ruled)]
    if taken.facts.get("standing") == OUTSIDE and left in _LEFT:
        return []
    ruled = _ruled(taken, "card.withdrawn_when")
    place = f" ({ruled.cite.vn})" if ruled else ""
    message = f"Thẻ chỉ thu hồi khi {', '.join(_LEFT.values())}{place}; hồ sơ chưa ghi việc đó."
    return [Objection("not_left", message, ruled)]


def _a_card_to_take(taken: Taken) -> list[Objection]:
    if taken.facts.get("holds_card"):
        return []
    return [Objection("no_card", "Hồ sơ không có số thẻ nào để thu hồi.")]


def _because(*grounds: str) -> Any:
    def when(facts: Mapping[str, Any]) -> bool:
        return facts.get("ground") in grounds

    return when


def _decision(*papers: Paper, effect: str) -> Step:
    return Step(
        "decide",
        "Cấp ủy có thẩm quyền quyết định, ghi số thẻ",
        by=(THE_COMPETENT,),
        after=("propose",),
        questions=(NUMBER, CARD_NUMBER),
        papers=papers,
        conditions=(well_formed, nobody_else_s),
        outcomes=(
            Outcome("decided", "Quyết định cấp thẻ", effect=effect),
            Outcome("refused", "Không cấp", closes="refused"),
        ),
    )


_PROPOSE = Step(
    "propose",
    "Đảng ủy cơ sở lập danh sách đề nghị",
    by=(THE_BASE,),
    papers=(Paper("card.list"),),
)
_HAND_OVER = Step(
    "hand_over",
    "Trao thẻ cho đảng viên",
    by=(THE_CELL, THE_BASE),
    after=("decide",),
    outcomes=(Outcome("handed_over", "Đã trao", closes="card_given"),),
)

ISSUE = Procedure(
    code="card_issue",
    title="Phát thẻ đảng viên",
    about="Sau khi được công nhận chính thức: cơ sở lập danh sách, cấp có thẩm quyền quyết định, chi bộ trao thẻ.",
    rules=("card.issued_when", "card.issue_reminder", "card.uses", "records.card_digits"),
    opened_by=(THE_CELL, THE_BASE),
    begins=(_recognised, _has_none),
    steps=(_PROPOSE, _decision(Paper("card.issue_decision"), effect="issue"), _HAND_OVER),
)

REPLACEMENT = Procedure(
    code="card_replacement",
    title="Đổi, cấp lại thẻ đảng viên",
    about="Thẻ hỏng hoặc ghi sai thì đổi; mất thì báo cấp ủy ngay và đề nghị cấp lại.",
    rules=("card.lost", "card.renewal", "records.card_digits"),
    opened_by=(ONESELF, THE_CELL),
    questions=(Question("ground", "Lý do", kind="choice", choices=GROUNDS),),
    begins=(stands_as(OFFICIAL), _in_the_campaign),
    steps=(
        Step(
            "request",
            "Đảng viên báo cáo, làm đơn",
            by=(ONESELF, THE_CELL),
            papers=(Paper("card.request", when=_because(LOST, DAMAGED, WRONG)),),
            conditions=(_has_one,),
        ),
        Step(
            "propose",
            "Đảng ủy cơ sở xét, đề nghị",
            by=(THE_BASE,),
            after=("request",),
            papers=(Paper("card.list"),),
        ),
        _decision(
            Paper("card.reissue_decision", when=_because(LOST)),
            Paper("card.exchange_decision", when=_because(DAMAGED, WRONG, RENEWAL)),
            effect="replace",
        ),
        _HAND_OVER,
    ),
)

WITHDRAWAL = Procedure(
    code="card_withdrawal",
    title="Thu hồi thẻ đảng viên",
    about="Chi bộ thu thẻ của người bị khai trừ, bị xóa tên, ra khỏi Đảng và nộp lên cấp ủy cấp trên trực tiếp.",
    rules=("card.withdrawn_when", "card.family_keeps"),
    opened_by=(THE_CELL, THE_BASE),
    begins=(_left_the_party, _a_card_to_take),
    steps=(
        Step(
            "collect",
            "Chi bộ thu thẻ",
            by=(THE_CELL,),
            papers=(Paper("card.withdrawal"),),
            outcomes=(
                Outcome("collected", "Đã thu", effect="take_in"),
                Outcome("not_given", "Không thu được, đã lập biên bản", closes="card_not_given"),
            ),
        ),
        Step(
            "hand_up",
            "Nộp thẻ lên cấp ủy cấp trên trực tiếp",
            by=(THE_CELL, THE_BASE),
            after=("collect:collected",),
            outcomes=(Outcome("handed_up", "Đã nộp", closes="card_taken_in"),),
        ),
    ),
)


def _issue(deed: Deed) -> MemberEvent:
    return write(deed, "card_issued")


def _replace(deed: Deed) -> MemberEvent:
    lost = deed.case.answers.get("ground") == LOST
    return write(deed, "card_reissued" if lost else "card_exchanged")


RUNNING = (
    Running(ISSUE, card_facts, {"issue": _issue}, {"issue": put_back}),
    Running(REPLACEMENT, card_facts, {"replace": _replace}, {"replace": put_back}),
    Running(WITHDRAWAL, card_facts, {"take_in": take_in}, {"take_in": put_back}),
)

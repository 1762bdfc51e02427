"""What the moves of a case of discipline come to: which form, who decided it, since when; and whether it rests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tochuc.cases.declare import BASE, CELL, COMPETENT, Move
from tochuc.members.kinds import DISCIPLINES, DISMISSAL, REPRIMAND, WARNING

NONE, SHORT = "none", "short"
PROPOSES_DISMISSAL, PROPOSES_EXPULSION = "up_dismissal", "up_expulsion"
DECIDES = {"resolve": CELL, "propose": BASE, "decide": COMPETENT}
"""Each step in which a form can be decided, and the place whose decision it is."""
_BY_THE_CELL = frozenset({REPRIMAND, WARNING})

UNLIMITED = {
    "political": "Vi phạm về chính trị nội bộ",
    "defence": "Vi phạm về quốc phòng, an ninh, đối ngoại xâm hại lợi ích quốc gia",
    "certificate": "Sử dụng văn bằng, chứng chỉ, chứng nhận không hợp pháp",
}
POSTPONED = {
    "pregnant": "Đang mang thai",
    "nursing": "Nuôi con dưới 12 tháng tuổi",
    "ill": "Bệnh nặng đang điều trị nội trú",
}

LIMITS = {
    REPRIMAND: "discipline.limit_reprimand",
    WARNING: "discipline.limit_warning_or_dismissal",
    DISMISSAL: "discipline.limit_warning_or_dismissal",
}
"""Within which time of the violation a form may still be decided; expulsion has no limit."""


def comes_to(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that follow from the moves so far."""
    taken: Mapping[str, Move] = facts["taken"]
    step = _deciding_step(taken, beyond_the_cell=bool(facts.get("beyond_cell")))
    move = taken.get(step)
    return {
        "form": move.outcome if move else "",
        "deciding_step": step,
        "decided_on": move.on if move else None,
        "cell_decided_on": move.on if move and step == "resolve" else None,
        "postponed": rests(taken),
    }


def _deciding_step(taken: Mapping[str, Move], *, beyond_the_cell: bool) -> str:
    """The step in which the form was decided; empty while it wasn't."""
    cell = taken.get("resolve")
    if cell is not None and cell.outcome in _BY_THE_CELL and not beyond_the_cell:
        return "resolve"
    for step in ("propose", "decide"):
        move = taken.get(step)
        if move is not None and move.outcome in DISCIPLINES:
            return step
    return ""


def rests(taken: Mapping[str, Move]) -> bool:
    """Whether the case was put off and not taken up again since."""
    order = list(taken)
    if "postpone" not in taken:
        return False
    return "resume" not in taken or order.index("postpone") > order.index("resume")


def decided(facts: Mapping[str, Any]) -> bool:
    """Whether a form has been decided."""
    return bool(facts.get("form"))


def announced_on(facts: Mapping[str, Any]) -> date | None:
    """The day the decision was announced, from which its year counts."""
    move = facts["taken"].get("issue")
    said = move.answers.get("announced_on") if move else None
    return date.fromisoformat(str(said)) if said else None

"""What was answered on opening a case and on taking its steps, in the words of the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tochuc.cases.declare import Question
from tochuc.kernel.known_dates import day_vn

Offered = Mapping[str, Sequence[tuple[str, str]]]
_IN_WORDS = frozenset({"day", "text", "long", "number", "choice", "flag"})
_NOTHING: Offered = {}


def said(
    questions: Sequence[Question], answers: Mapping[str, Any], offered: Offered = _NOTHING
) -> list[dict[str, str]]:
    """Each question that was answered, with its answer; people and places stand elsewhere on the page."""
    return [
        {"label": one.title, "value": _words(one, answers[one.name], offered)}
        for one in questions
        if one.kind in _IN_WORDS and answers.get(one.name) not in (None, "", False)
    ]


def _words(question: Question, answer: Any, offered: Offered) -> str:
    match question.kind:
        case "day":
            return day_vn(date.fromisoformat(str(answer)))
        case "choice":
            choices = dict(offered.get(question.offers, ())) or question.choices
            return choices.get(str(answer), str(answer))
        case "flag":
            return "Có"
    return str(answer)

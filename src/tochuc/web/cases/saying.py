"""What was answered on opening a case and on taking its steps, in the words of the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tochuc.cases.declare import Question
from tochuc.cases.named import Names

Offered = Mapping[str, Sequence[tuple[str, str]]]
_NOTHING: Offered = {}


def said(
    questions: Sequence[Question], answers: Mapping[str, Any], names: Names, offered: Offered = _NOTHING
) -> list[dict[str, str]]:
    """Each question that was answered, with its answer."""
    return [
        {
            "label": one.title,
            "value": names.words(one, answers[one.name], dict(offered.get(one.offers, ()))),
        }
        for one in questions
        if answers.get(one.name) not in (None, "", False, [], {})
    ]

"""Answers that come from a program: only to what is asked, each of its kind; what a form would hold is held here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from tochuc.cases.declare import Question
from tochuc.kernel.errors import DomainError, Refused, raise_all

_MOST = 100_000
_LONGEST = 4000
Offered = Mapping[str, Sequence[tuple[str, str]]]


def checked(
    questions: Sequence[Question], given: Mapping[str, Any], *, offered: Offered, people: Collection[str]
) -> dict[str, Any]:
    """The answers as a case keeps them; ``people`` are those who may be named, by ref. Raises ``Refusals``."""
    asked = {one.name: one for one in questions}
    wrong: list[DomainError] = [
        Refused("not_asked", "Bước này không hỏi mục này.", f"answers.{name}")
        for name in given
        if name not in asked
    ]
    found = {}
    for name, question in asked.items():
        if given.get(name) in (None, "", []):
            continue
        try:
            found[name] = _answer(question, given[name], offered, people)
        except ValueError as mistake:
            wrong.append(Refused("answer", str(mistake), f"answers.{name}"))
    raise_all(wrong)
    return found


def _answer(question: Question, value: Any, offered: Offered, people: Collection[str]) -> Any:
    choices = [code for code, _ in offered.get(question.offers, tuple(question.choices.items()))]
    match question.kind:
        case "day":
            return _day(value)
        case "number":
            if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST:
                raise ValueError("Cần một số nguyên không âm.")
            return value
        case "flag":
            if not isinstance(value, bool):
                raise ValueError("Cần true hoặc false.")
            return value
        case "choice":
            return _one_of(value, choices)
        case "some":
            return [_one_of(one, choices) for one in _list(value)]
        case "person":
            return _one_of(value, people)
        case "people":
            return [_one_of(one, people) for one in _list(value)]
        case "text" | "long" | "organisation":
            return _words(value)
    raise ValueError("Mục này chỉ ghi được trên trang.")


def _day(value: Any) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError) as mistake:
        raise ValueError("Cần một ngày, viết như 2023-04-20.") from mistake


def _words(value: Any) -> str:
    if not isinstance(value, str) or "\x00" in value or len(value) > _LONGEST:
        raise ValueError(f"Cần là chữ, không quá {_LONGEST} ký tự.")
    return value.strip()


def _one_of(value: Any, choices: Collection[str]) -> str:
    if not isinstance(value, str) or value not in choices:
        raise ValueError("Không có lựa chọn này.")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) > _MOST:
        raise ValueError("Cần một danh sách.")
    return value

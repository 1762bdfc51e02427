"""What has to be typed before a paper can be printed: its day and number, what the step isn't recorded with yet,
who signs, and what only this paper says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tochuc.cases.declare import Procedure, Question, Step
from tochuc.papers.case_words import VOTE
from tochuc.papers.declare import Ask, PaperText
from tochuc.papers.known import Known
from tochuc.papers.sheet import Sheet
from tochuc.papers.wording import fields_of, filled


@dataclass(frozen=True)
class Asked:
    """One thing to type: its name in the sheet's ``fill``, its words, its kind, and what it begins with.

    ``question`` is the step's own, for kinds that need its choices.
    """

    name: str
    words: str
    kind: str = "line"
    hint: str = ""
    begins: str = ""
    optional: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    question: Question | None = None


def asked_of(
    text: PaperText,
    known: Mapping[str, Known],
    sheet: Sheet,
    procedure: Procedure | None = None,
    step: Step | None = None,
) -> list[Asked]:
    """Everything that the paper asks, in the order of the paper."""
    return [
        *_head(text, known, sheet),
        *_step(text, sheet, step),
        *_own(text, known, sheet),
        *_signer(text, known, sheet),
    ]


def _value(known: Mapping[str, Known], sheet: Sheet, words: str) -> str:
    """A text filled in as far as it is known, or nothing where it isn't wholly."""
    said = filled(words, lambda name: known[name].value(sheet))
    return "" if said.missing else said.text.strip()


def _head(text: PaperText, known: Mapping[str, Known], sheet: Sheet) -> Iterator[Asked]:
    move = sheet.own_move
    if text.bodies and text.bodies.number:
        number = str(move.answers.get("number", "")) if move else ""
        hint = f"Ghi cả ký hiệu, ví dụ 05-{text.bodies.number}/CB"
        yield Asked("number", "Số, ký hiệu", hint=hint, begins=number)
    if text.place and not text.place.startswith("{own."):
        yield Asked("place", "Địa danh", begins=_value(known, sheet, text.place))
    yield Asked("day", "Ngày ghi trên giấy", kind="day", begins=sheet.on.isoformat())


def named_in(text: PaperText) -> set[str]:
    """Every field that the text names."""
    named = {name for part in text.texts for name, _ in fields_of(part)}
    return named.union(*(piece.whole_fields for piece in text.body))


def _step(text: PaperText, sheet: Sheet, step: Step | None) -> Iterator[Asked]:
    if step is None or sheet.own_move is not None:
        return
    named = named_in(text)
    for question in step.questions:
        if f"this.{question.name}" in named:
            yield Asked(
                f"this.{question.name}",
                question.title,
                kind=question.kind,
                hint=question.hint,
                optional=not question.required,
                question=question,
            )
    if any(f"this.{name}" in named for name in VOTE):
        for name, words in VOTE.items():
            begins = {"entitled": sheet.entitled, "against": "0", "abstain": "0"}.get(name, "")
            yield Asked(f"this.{name}", words, kind="number", begins=begins)
    if "this.outcome" in named:
        choices = {outcome.code: outcome.title for outcome in step.outcomes}
        yield Asked("this.outcome", "Kết quả", kind="choice", choices=choices)


def _own(text: PaperText, known: Mapping[str, Known], sheet: Sheet) -> Iterator[Asked]:
    for ask in text.asks:
        yield Asked(
            f"own.{ask.name}",
            ask.title,
            kind=ask.kind,
            hint=ask.hint,
            begins=_value(known, sheet, ask.suggest) or _said_on_opening(known, sheet, ask),
            optional=ask.optional,
        )


def _said_on_opening(known: Mapping[str, Known], sheet: Sheet, ask: Ask) -> str:
    """What the case was opened with under the same name, so that nobody types it again; a day as the form begins with it."""
    said = known.get(f"case.{ask.name}")
    if said is None or ask.kind in ("number", "year"):
        return ""
    return str(sheet.case.answers.get(ask.name) or "") if ask.kind == "day" else said.value(sheet)


def _signer(text: PaperText, known: Mapping[str, Known], sheet: Sheet) -> Iterator[Asked]:
    for signer in text.sign:
        if ".secretary}" in signer.name:
            yield Asked("signer_name", "Người ký", begins=_value(known, sheet, signer.name))
            yield Asked("signer_post", "Chức vụ người ký", begins=_value(known, sheet, signer.post))


def fill_of(asked: list[Asked], given: Mapping[str, Any]) -> dict[str, str]:
    """What was typed as the sheet takes it: people by their addresses, in single spaces between."""
    fill = {}
    for one in asked:
        value = given.get(one.name)
        plain = "" if value is None else str(value)
        fill[one.name] = " ".join(value) if isinstance(value, list) else plain
    return fill

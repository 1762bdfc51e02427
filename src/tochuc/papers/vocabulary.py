"""Every field that the text of a form may name where the form is used."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from tochuc.cases.declare import Procedure, Step
from tochuc.members.record_fields import TABLES
from tochuc.papers.body_words import body_words
from tochuc.papers.case_words import case_words
from tochuc.papers.declare import PaperText
from tochuc.papers.known import HERE, Known
from tochuc.papers.record_words import record_words
from tochuc.papers.sheet import Sheet
from tochuc.papers.wording import BadText, fields_of
from tochuc.papers.yearly import CHANGES

PEOPLE_KINDS = frozenset({"person", "people"})


def vocabulary(text: PaperText, procedure: Procedure | None, step: Step | None) -> Mapping[str, Known]:
    """The fields by name: of person and bodies, of the case and the step where there is one, of this paper."""
    found = dict(_everywhere())
    if procedure is not None:
        found |= {one.name: one for one in case_words(procedure, step)}
    for ask in text.asks:
        found[f"own.{ask.name}"] = Known(f"own.{ask.name}", ask.title, HERE, _typed(f"own.{ask.name}"))
    return found


def unknown(text: PaperText, procedure: Procedure | None, step: Step | None) -> Iterator[str]:
    """What a text names that there isn't where the form is used, and what it asks without ever saying it."""
    known = vocabulary(text, procedure, step)
    named: set[str] = set()
    for part in (*text.texts, text.place, *(ask.suggest for ask in text.asks)):
        try:
            named |= {name for name, _ in fields_of(part)}
        except BadText as bad:
            yield str(bad)
    for piece in text.body:
        named |= set(piece.whole_fields)
        if piece.table and piece.table not in TABLES:
            yield f"không có bảng «{piece.table}»"
        if piece.changed and piece.changed not in CHANGES:
            yield f"không có thay đổi của «{piece.changed}»"
        if piece.people and not _names_people(piece.people, procedure, step):
            yield f"trường «{piece.people}» không nêu người nào"
    yield from (f"không có trường «{name}»" for name in sorted(named - set(known)))
    said = {f"own.{ask.name}" for ask in text.asks}
    yield from (f"hỏi «{name}» mà lời văn không dùng" for name in sorted(said - named))


def _names_people(name: str, procedure: Procedure | None, step: Step | None) -> bool:
    return question_of(name, procedure, step, kinds=PEOPLE_KINDS) is not None


def question_of(
    name: str, procedure: Procedure | None, step: Step | None, *, kinds: frozenset[str] | None = None
) -> tuple[str, object] | None:
    """Where a field's question stands: (step code, question), an empty code for those of the opening."""
    place, _, rest = name.partition(".")
    if procedure is None:
        return None
    code, asked = "", procedure.questions
    if place == "this" and step is not None:
        code, asked = step.code, step.questions
    elif place == "step":
        code, _, rest = rest.partition(".")
        asked = next((one.questions for one in procedure.steps if one.code == code), ())
    elif place != "case":
        return None
    found = next((question for question in asked if question.name == rest), None)
    if found is None or (kinds is not None and found.kind not in kinds):
        return None
    return code, found


@cache
def _everywhere() -> dict[str, Known]:
    year = Known("day.year", "Năm ghi trên giấy", HERE, lambda sheet: str(sheet.on.year))
    return {one.name: one for one in (*record_words(), *body_words(), year)}


def _typed(name: str) -> Callable[[Sheet], str]:
    return lambda sheet: sheet.fill.get(name, "").strip()

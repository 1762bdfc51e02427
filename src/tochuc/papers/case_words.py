"""Fields of a case: what was asked when it was opened, what its steps said, and the step that the paper belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tochuc.cases.declare import Procedure, Question, Step
from tochuc.cases.models import CaseMove
from tochuc.cases.named import names_in
from tochuc.cases.queries import offered_for
from tochuc.kernel.known_dates import day_vn
from tochuc.members.models import Person
from tochuc.papers.known import HERE, Known, Mend
from tochuc.papers.sheet import Sheet

VOTE = {
    "entitled": "Số người có quyền biểu quyết",
    "present": "Số người có mặt",
    "agree": "Số phiếu tán thành",
    "against": "Số phiếu không tán thành",
    "abstain": "Số phiếu không có ý kiến, không hợp lệ",
}
_WHOLE = 100


def case_words(procedure: Procedure, step: Step | None) -> Iterator[Known]:
    """``case.…``, ``step.<code>.…`` for every step, and ``this.…`` for the paper's own."""
    yield Known("case.opened_on", "Ngày mở hồ sơ", Mend("case"), lambda sheet: day_vn(sheet.case.opened_on))
    yield Known("case.subject", "Người hoặc tổ chức của hồ sơ", Mend("case"), _subject)
    for question in procedure.questions:
        yield Known(f"case.{question.name}", question.title, Mend("case"), _asked(question))
    for one in procedure.steps:
        yield from _step_words(one)
    if step is not None:
        yield from _own_words(step)


def _subject(sheet: Sheet) -> str:
    return sheet.person.full_name if sheet.person else sheet.case.organisation.name


def _asked(question: Question) -> Callable[[Sheet], str]:
    return lambda sheet: answer_words(question, sheet.case.answers.get(question.name), sheet)


def _step_words(step: Step) -> Iterator[Known]:
    of = f"bước «{step.title}»"
    mend = Mend("step", step.code)

    def told(what: Callable[[CaseMove, Sheet], str]) -> Callable[[Sheet], str]:
        def value(sheet: Sheet) -> str:
            move = sheet.move(step.code)
            return what(move, sheet) if move else ""

        return value

    prefix = f"step.{step.code}"
    yield Known(f"{prefix}.on", f"Ngày làm {of}", mend, told(lambda move, _sheet: day_vn(move.happened_on)))
    yield Known(
        f"{prefix}.outcome",
        f"Kết quả {of}",
        mend,
        told(lambda move, _sheet: outcome_words(step, move.outcome)),
    )
    for question in step.questions:
        yield Known(f"{prefix}.{question.name}", f"{question.title} ({of})", mend, told(_answered(question)))
    if step.ballot:
        for name, words in VOTE.items():
            yield Known(f"{prefix}.{name}", f"{words} ({of})", mend, told(_counted(name)))
        yield Known(f"{prefix}.share", f"Tỷ lệ tán thành ({of})", mend, told(_move_share))


def _answered(question: Question) -> Callable[[CaseMove, Sheet], str]:
    return lambda move, sheet: answer_words(question, move.answers.get(question.name), sheet)


def _counted(name: str) -> Callable[[CaseMove, Sheet], str]:
    def value(move: CaseMove, _sheet: Sheet) -> str:
        count = getattr(move, name)
        return "" if count is None else str(count)

    return value


def _move_share(move: CaseMove, _sheet: Sheet) -> str:
    return share_words(move.agree, move.entitled)


def _own_words(step: Step) -> Iterator[Known]:
    """What the step itself says once it was taken; until then as it was typed for the paper."""
    yield Known("this.on", "Ngày làm bước này", HERE, _own_day)
    yield Known("this.outcome", "Kết quả của bước này", HERE, _own_outcome(step))
    for question in step.questions:
        yield Known(f"this.{question.name}", question.title, HERE, _own_answer(question))
    if step.ballot:
        for name, words in VOTE.items():
            yield Known(f"this.{name}", words, HERE, _own_count(name))
        yield Known("this.share", "Tỷ lệ tán thành", HERE, _own_share)


def _own_day(sheet: Sheet) -> str:
    move = sheet.own_move
    return day_vn(move.happened_on if move else sheet.on)


def _own_outcome(step: Step) -> Callable[[Sheet], str]:
    def value(sheet: Sheet) -> str:
        move = sheet.own_move
        return outcome_words(step, move.outcome if move else sheet.fill.get("this.outcome", ""))

    return value


def _own_answer(question: Question) -> Callable[[Sheet], str]:
    def value(sheet: Sheet) -> str:
        move = sheet.own_move
        given: Any = move.answers.get(question.name) if move else sheet.fill.get(f"this.{question.name}", "")
        if move is None and question.kind in ("people", "some"):
            given = str(given).split()
        return answer_words(question, given, sheet)

    return value


def _own_count(name: str) -> Callable[[Sheet], str]:
    def value(sheet: Sheet) -> str:
        move = sheet.own_move
        if move is not None and move.agree is not None:
            return _counted(name)(move, sheet)
        return sheet.fill.get(f"this.{name}", "")

    return value


def _own_share(sheet: Sheet) -> str:
    agree, entitled = _own_count("agree")(sheet), _own_count("entitled")(sheet)
    if not (agree.isdecimal() and entitled.isdecimal()):
        return ""
    return share_words(int(agree), int(entitled))


def share_words(agree: int | None, entitled: int | None) -> str:
    """``83,3%``; nothing where the numbers aren't known."""
    if agree is None or not entitled:
        return ""
    return f"{agree * _WHOLE / entitled:.1f}%".replace(".", ",").replace(",0%", "%")


def outcome_words(step: Step, code: str) -> str:
    """An outcome as the procedure words it."""
    outcome = step.outcome(code) if code else None
    return outcome.title if outcome else ""


def answer_words(question: Question, value: Any, sheet: Sheet) -> str:
    """An answer as it stands on paper, in the words of the case's page."""
    if value in (None, "", [], {}):
        return ""
    names = names_in([((question,), {question.name: value})])
    return names.words(question, value, _choices(question, sheet))


def _choices(question: Question, sheet: Sheet) -> Mapping[str, str]:
    if not question.offers:
        return question.choices
    return dict(offered_for(sheet.case, [question], sheet.on)[question.offers])


def people_of(value: Any) -> list[Person]:
    """The people an answer names by their addresses, in its order."""
    refs = [str(one) for one in (value if isinstance(value, list) else [value]) if one]
    found = {person.ref: person for person in Person.objects.filter(ref__in=refs).select_related("home")}
    return [found[ref] for ref in refs if ref in found]

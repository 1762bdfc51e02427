"""At every step of a story, what would be wrong there: each is tried and must be refused, and the story goes on.

What a declaration asks of every step alike (its papers, answers, vote, days, order) is tried here wherever a
story walks; what a procedure asks of its own is told in the stories.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tochuc.cases import actions
from tochuc.cases.actions import Given
from tochuc.cases.asking import ask_for, told
from tochuc.cases.declare import Ask, Count, Move, Objection, Procedure, Step, Told
from tochuc.cases.engine import objections, open_since, papers_of
from tochuc.cases.models import Case
from tochuc.cases.registry import of_case, procedures
from tochuc.kernel.errors import DomainError, NotInForce, Refusals
from tochuc.kernel.remembering import reading
from tochuc.rules.ruled import Ruled

Wrong = tuple[Move, str, str]
"""A move with one thing wrong, the code of its refusal, and words of it."""


_TRIED: set[tuple[str, ...]] = set()
"""What was tried already in this run: the same wrong at the same step of a procedure in the same year is tried once."""


def tempt(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """From now on every opening and every step is tried wrongly before or after it is done; what was let pass."""
    passed: list[str] = []
    open_case, take = actions.open_case, actions.take

    def opened(code: str, **said: Any) -> Case:
        case = open_case(code, **said)
        passed.extend(_opened_beside(case, open_case, said))
        return case

    def taken(case: Case, step: str, given: Given, **said: Any) -> Any:
        with reading():
            passed.extend(_let_pass(case, step, given, said["today"]))
        row = take(case, step, given, **said)
        with reading():
            passed.extend(_taken_twice(case, row))
        return row

    monkeypatch.setattr(actions, "open_case", opened)
    monkeypatch.setattr(actions, "take", taken)
    return passed


def _opened_beside(case: Case, open_case: Any, said: dict[str, Any]) -> Iterator[str]:
    """The same once more, and every procedure that can't run beside it."""
    own = of_case(case).procedure
    if case.closed_on is not None or not _first_time("open", own.code, said["on"].year):
        return
    for other in procedures(case.opened_on):
        code = "case_excluded" if own.shuts_out(other) else ""
        if other.code == own.code:
            code = "" if own.several else "case_open"
        if code and code not in _refused(open_case, other, said):
            yield f"{other.code} mở được cạnh {own.code}"


def _first_time(*what: object) -> bool:
    """Whether this wasn't tried yet; from now on it was."""
    known = tuple(map(str, what))
    new = known not in _TRIED
    _TRIED.add(known)
    return new


def _refused(open_case: Any, procedure: Procedure, said: dict[str, Any]) -> set[str | None]:
    try:
        open_case(procedure.code, **said)
    except Refusals as several:
        return {one.code for one in several.errors}
    except DomainError as refused:
        return {refused.code}
    return set()


def _let_pass(case: Case, code: str, given: Given, today: date) -> Iterator[str]:
    """Every wrong way of taking the step that isn't refused; none where the story itself takes it wrongly."""
    procedure = of_case(case).procedure
    what = ("take", procedure.code, code, given.outcome, str(given.on.year))
    if what in _TRIED:
        return
    ask, seen = ask_for(case), told(case, given.on)
    move = Move(code, given.on, given.outcome, given.count, frozenset(given.papers), dict(given.answers))
    if any(one.refuses for one in objections(procedure, seen, move, ask, today=today)):
        return
    _TRIED.add(what)
    for wrong, refusal, words in _wrong_ways(procedure.step(code), seen, move, ask, today):
        found = objections(procedure, seen, wrong, ask, today=today)
        if not any(_says(one, refusal, words) for one in found):
            yield f"{procedure.code}.{code} {wrong.outcome}: không bị từ chối vì {refusal} «{words}»"


def _says(found: Objection, code: str, words: str) -> bool:
    if found.code != code or words not in found.message:
        return False
    # What wasn't read in the text of its rule only warns.
    return found.refuses or (found.rule is not None and not found.rule.may_refuse)


def _wrong_ways(step: Step, case: Told, move: Move, ask: Ask, today: date) -> Iterator[Wrong]:
    titles = case.facts["forms"]
    for paper in papers_of(step, case):
        if paper.required and move.outcome not in paper.unless:
            yield replace(move, papers=move.papers - {paper.form}), "paper_missing", titles[paper.form]
    for question in step.questions:
        if question.required:
            answers = {name: said for name, said in move.answers.items() if name != question.name}
            yield replace(move, answers=answers), "answer_missing", question.title
    yield replace(move, outcome="no_such_outcome"), "outcome_unknown", step.outcomes[0].title
    yield replace(move, on=today + timedelta(days=1)), "future", "chưa tới"
    yield (
        replace(move, on=open_since(step, case) - timedelta(days=1)),
        "before_last_step",
        "kiểm tra lại ngày",
    )
    if step.ballot is not None and move.outcome in {*step.ballot.rules, step.ballot.fails}:
        yield from _wrong_votes(step, case, move, ask)


def _wrong_votes(step: Step, case: Told, move: Move, ask: Ask) -> Iterator[Wrong]:
    ballot, count = step.ballot, move.count
    assert ballot is not None
    assert count is not None
    yield replace(move, count=None), "count_missing", "kết quả biểu quyết"
    more = replace(count, agree=count.present, against=1, abstain=0)
    yield replace(move, count=more), "votes_over_present", "nhiều hơn"
    fewer = replace(count, entitled=count.present - 1)
    yield replace(move, count=fewer), "present_over_entitled", "có quyền biểu quyết"
    rules = [_asked(ask, one, move.on) for one in ballot.rules.values()]
    needed = [one.threshold.needed(count.entitled) for one in rules if one]
    if move.outcome in ballot.rules and (rule := _asked(ask, ballot.rules[move.outcome], move.on)):
        short = Count(count.entitled, count.present, rule.threshold.needed(count.entitled) - 1)
        yield replace(move, count=short), "share_not_reached", rule.cite.vn
    if move.outcome == ballot.fails and needed and max(needed) <= count.present:
        enough = Count(count.entitled, count.present, max(needed))
        yield replace(move, count=enough), "share_reached", "phải là tán thành"


def _asked(ask: Ask, rule_id: str, on: date) -> Ruled | None:
    try:
        return ask(rule_id, on=on)
    except NotInForce:
        return None


def _taken_twice(case: Case, row: Any) -> Iterator[str]:
    """What is done isn't done again; a case that ended goes on no more."""
    case.refresh_from_db()
    procedure = of_case(case).procedure
    if not _first_time("again", procedure.code, row.step, row.outcome, row.happened_on.year):
        return
    seen = told(case, row.happened_on)
    again = Move(row.step, row.happened_on, row.outcome)
    outcome = procedure.step(row.step).outcome(row.outcome)
    found = {one.code for one in objections(procedure, seen, again, ask_for(case), today=row.happened_on)}
    wanted = {"case_closed", "case_stopped"} if case.closed_on else {"step_done"}
    if not (outcome is not None and outcome.again) and not wanted & found:
        yield f"{procedure.code}.{row.step}: ghi được hai lần"

"""A person whose record is full, and cases of theirs in which every earlier step was taken, to draft forms from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from cast import TODAY, Cast
from tochuc.access.clock import now
from tochuc.cases.declare import Procedure, Question, Step
from tochuc.cases.models import Case, CaseMove
from tochuc.members.facts import Ground
from tochuc.members.keeping import keep
from tochuc.members.models import Fact, Person
from tochuc.members.record_fields import CHOICE, DATE, FIELDS, HIDDEN, TABLES, Field
from tochuc.papers.asking import Asked, fill_of
from tochuc.papers.check import uses
from tochuc.papers.drafting import Paper, paper_of
from tochuc.papers.sheet import Sheet

LONG = "Chấp hành tốt nghị quyết của chi bộ.\nGương mẫu trong công việc & đời sống."
# What the forms ask of fields by themselves; the others get words.
_GIVEN = {"phone": "0905000111", "birth": "20/10/1988", "full_name": "Bùi Thị Lan"}


def full_record(cast: Cast, key: str = "member_a1", **given: str) -> Person:
    """A person of the cast with every field and table of the record filled in."""
    person = cast.people[key]
    values = {
        code: {**_GIVEN, **given}.get(code) or _sample(field)
        for code, field in FIELDS.items()
        if (field.kind != HIDDEN and code not in ("birth", "full_name", "gender")) or code in given
    }
    keep(person, values, ground=Ground(words="Lý lịch"), by=cast.actor(), today=TODAY)
    for code, table in TABLES.items():
        row = {column.code: _stored(column) for column in table.columns}
        Fact.objects.create(person=person, field=code, value=row, recorded_at=now())
    person.refresh_from_db()
    return person


def _sample(field: Field) -> str:
    if field.kind == DATE:
        return "01/02/2010"
    if field.kind == CHOICE:
        return field.choices[0][0]
    return field.label[: field.longest]


def _stored(field: Field) -> str:
    return "2010-02" if field.kind == DATE else _sample(field)


def case_of(cast: Cast, person: Person, procedure: Procedure, upto: Step) -> Case:
    """A case in which every step before this one was taken, with all that its steps ask."""
    case = Case.objects.create(
        procedure=procedure.code,
        person=person,
        organisation=cast.a1,
        to=cast.b1 if any(actor.place == "to" for step in procedure.steps for actor in step.by) else None,
        opened_on=date(2023, 3, 1),
        opened_at=now(),
        answers={question.name: answer(cast, question) for question in procedure.questions},
    )
    for step in procedure.steps[: procedure.steps.index(upto)]:
        taken(cast, case, step)
    return case


def taken(cast: Cast, case: Case, step: Step) -> CaseMove:
    """The step as it was recorded, with every answer and a vote of thirty for."""
    vote = {"entitled": 40, "present": 36, "agree": 30, "against": 5, "abstain": 1} if step.ballot else {}
    return CaseMove.objects.create(
        case=case,
        step=step.code,
        outcome=step.outcomes[0].code,
        happened_on=date(2023, 4, 1),
        recorded_at=now(),
        answers={question.name: answer(cast, question) for question in step.questions},
        **vote,
    )


def answer(cast: Cast, question: Question) -> Any:
    """An answer to a question of any kind."""
    match question.kind:
        case "day":
            return "2023-03-02"
        case "number":
            return 3
        case "choice":
            return next(iter(question.choices), "")
        case "seats":
            return {"secretary-a1": {"person": cast.people["cell_a1"].ref, "votes": 30}}
        case "person":
            return cast.people["cell_a1"].ref
        case "people":
            return [cast.people["cell_a1"].ref, cast.people["other_a1"].ref]
        case "flag":
            return True
        case _:
            return "12-QĐ/HU" if question.name == "number" else f"{question.title} (thử)"


def typed(cast: Cast, asked: list[Asked]) -> dict[str, str]:
    """Something typed for everything a paper asks; what it begins with stays."""
    given: dict[str, Any] = {}
    for one in asked:
        if one.begins:
            given[one.name] = one.begins
        elif one.question is not None:
            given[one.name] = answer(cast, one.question)
        elif one.kind == "day":
            given[one.name] = "05/03/2023"
        elif one.kind == "number":
            given[one.name] = "36"
        elif one.kind == "choice":
            given[one.name] = next(iter(one.choices))
        elif one.kind == "long":
            given[one.name] = LONG
        elif one.name == "number":
            given[one.name] = "05-NQ/CB"
        else:
            given[one.name] = f"{one.words} (thử)"
    return fill_of(asked, given)


def sheet_for(case: Case, procedure: Procedure | None = None, step: Step | None = None) -> Sheet:
    """The sheet of a case as an officer drafts from it."""
    return Sheet(case, TODAY, procedure, step, identity=lambda: "049088000123")


def with_fill(paper: Paper, fill: dict[str, str]) -> Paper:
    """The paper with what was typed."""
    return replace(paper, sheet=paper.sheet.filled(fill, paper.sheet.on))


def papers_of_form(cast: Cast, person: Person, form_id: str) -> Iterator[Paper]:
    """The form in every step that uses it, open and taken; once from the record alone where no step does."""
    for procedure, step in uses(form_id):
        case = case_of(cast, person, procedure, step)
        yield _paper(form_id, sheet_for(case, procedure, step))
        taken(cast, case, step)
        yield _paper(form_id, sheet_for(case, procedure, step))
        Case.objects.filter(pk=case.pk).update(closed_on=TODAY, result="thu")
    if not uses(form_id):
        yield _paper(form_id, sheet_for(Case(person=person, organisation=cast.a1, opened_on=TODAY)))


def _paper(form_id: str, sheet: Sheet) -> Paper:
    paper = paper_of(form_id, sheet)
    assert paper is not None, f"{form_id} has no text"
    return paper

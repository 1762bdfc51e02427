"""Cases: those one may see, one with its steps, dates and rules; opening one, taking a step, rehearsing it.

Closed files have addresses of their own, reached only by those who act in them; reading one is kept in the trail.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import Http404
from ninja import Schema
from pydantic import Field

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.api.cursor import FIRST, USUAL, After, Page, Size, rows_after
from tochuc.api.door import endpoint
from tochuc.api.given import Day, IfMatch, Sent, Words, at_version
from tochuc.api.organisations import OrganisationName, named
from tochuc.cases import actions, queries
from tochuc.cases.actions import Given, PaperGiven
from tochuc.cases.answers import checked
from tochuc.cases.declare import Count, Step
from tochuc.cases.engine import OPEN, papers_of
from tochuc.cases.registry import procedures
from tochuc.cases.rehearsing import rehearse, version_of
from tochuc.cases.rights import actor_words, may_open, may_take
from tochuc.kernel.errors import Refused
from tochuc.members.choosing import official_members
from tochuc.org.queries import cell_by_code

KINDS = (("case", "cases", ""), ("closed_case", "closed-cases", "closed_"))
State = Literal["", "open", "closed"]
Answers = Annotated[dict[Annotated[str, Field(max_length=40)], Any], Field(max_length=60)]


class PersonName(Schema):
    """The person of a case."""

    ref: str
    full_name: str


class OpenStepOut(Schema):
    """A step that can be taken now, and until when; null where nothing limits it."""

    step: str
    title: str
    due_on: date | None


class CaseBrief(Schema):
    """A case as a list shows it. ``result`` is empty while it runs."""

    ref: str
    procedure: str
    closed_file: bool
    person: PersonName | None
    organisation: OrganisationName
    opened_on: date
    closed_on: date | None
    result: str
    open_steps: list[OpenStepOut]


class Choice(Schema):
    """A code and its words."""

    code: str
    words: str


class QuestionOut(Schema):
    """What a step asks: its kind (day, number, choice, some, person, people, flag, text, long, organisation)."""

    name: str
    title: str
    kind: str
    required: bool
    choices: list[Choice]


class StepOut(Schema):
    """One step: where it stands (done, open, waiting, left out), who acts, until when and by which rule.

    ``papers`` and ``questions`` are given of open steps; ``may_take`` is whether the one who asks may record it.
    """

    step: str
    title: str
    state: str
    by: str
    outcomes: list[Choice]
    votes: bool
    papers: list[Choice]
    questions: list[QuestionOut]
    open_since: date | None
    due_on: date | None
    limit: str
    source: str
    confirmed: bool
    may_take: bool


class MoveOut(Schema):
    """A step as it was taken; ``taken_back`` when it was recorded wrongly."""

    step: str
    outcome: str
    on: date
    recorded_at: datetime
    recorded_by: str
    doubts: list[str]
    taken_back: bool


class CaseOut(CaseBrief):
    """A case whole; ``version`` changes with whatever is recorded of it, and is the answer's ETag too."""

    title: str
    version: str
    steps: list[StepOut]
    moves: list[MoveOut]


class BallotIn(Sent):
    """A vote as the minutes give it."""

    entitled: Annotated[int, Field(ge=0, le=100_000)]
    present: Annotated[int, Field(ge=0, le=100_000)]
    agree: Annotated[int, Field(ge=0, le=100_000)]
    against: Annotated[int, Field(ge=0, le=100_000)] = 0
    abstain: Annotated[int, Field(ge=0, le=100_000)] = 0


class StepIn(Sent):
    """A step as it was taken: its day, outcome (where it has several), vote, answers, where each paper is kept."""

    on: Day
    outcome: Annotated[str, Field(max_length=40)] = ""
    ballot: BallotIn | None = None
    papers: Annotated[dict[Annotated[str, Field(max_length=80)], Words], Field(max_length=40)] = {}
    answers: Answers = {}
    acted_by: Annotated[Words, Field(max_length=160)] = ""


class BeginIn(Sent):
    """A case to be opened: the procedure, its day and own questions; ``to`` is the receiving cell's code."""

    procedure: Annotated[str, Field(max_length=40)]
    on: Day
    to: Annotated[str, Field(max_length=64)] | None = None
    answers: Answers = {}


class TakenOut(Schema):
    """What a step came to, or would come to: doubts it is recorded with, steps open then, the result if it ended."""

    doubts: list[str]
    open_steps: list[OpenStepOut]
    result: str


def _both(declare: Callable[[str, str, str], None]) -> None:
    for kind, folder, prefix in KINDS:
        declare(kind, folder, prefix)


def _reading(kind: str, folder: str, prefix: str) -> None:
    read, act = f"{kind}.read", f"{kind}.act"

    @endpoint("GET", folder, name=f"{prefix}cases", needs=read)
    def cases(
        viewer: Viewer, procedure: Words = "", state: State = "", after: After = FIRST, size: Size = USUAL
    ) -> Page[CaseBrief]:
        """The cases one may see, the latest opened first: of a procedure, running or ended."""
        rows = queries.listed(gate.visible(viewer, read, kind), procedure=procedure, state=state)
        found, following = rows_after(rows, ("-opened_on", "-pk"), after, size)
        return Page[CaseBrief](items=[CaseBrief(**_brief(one)) for one in found], next=following)

    @endpoint("GET", f"{folder}/<{kind}:case>", name=f"{prefix}case", needs=read)
    def case(viewer: Viewer, case: Any) -> CaseOut:
        """One case: its steps, who acts, until when by which rule, and what was recorded."""
        if case.closed_file:
            actions.note_read(case, by=viewer.actor)
        return _whole(viewer, case)

    @endpoint(
        "POST",
        f"{folder}/<{kind}:case>/steps/<str:step>/rehearsal",
        name=f"{prefix}case_step_rehearse",
        needs=act,
        writes=False,
    )
    def rehearse_step(viewer: Viewer, case: Any, step: str, given: StepIn) -> TakenOut:
        """What taking this step would come to; refused as taking it would be. Nothing is written."""
        declared = _open(viewer, case, step)
        seen = rehearse(
            case, step, _given(viewer, case, declared, given), by=viewer.actor, today=viewer.today
        )
        return _taken(seen.doubts, seen.view)

    @endpoint(
        "POST", f"{folder}/<{kind}:case>/steps/<str:step>", name=f"{prefix}case_step", needs=act, status=201
    )
    def take_step(viewer: Viewer, case: Any, step: str, given: StepIn, if_match: IfMatch = None) -> TakenOut:
        """Take a step; with ``If-Match`` only if nothing was recorded of the case since it was read."""
        at_version(if_match, lambda: version_of(actions.held(case)))
        declared = _open(viewer, case, step)
        moved = actions.take(
            case, step, _given(viewer, case, declared, given), by=viewer.actor, today=viewer.today
        )
        case.refresh_from_db()
        return _taken(moved.doubts, queries.view_of(case, viewer.today))


_both(_reading)


@endpoint("POST", "members/<person:person>/cases", name="case_begin", needs="case.begin", status=201)
def begin(viewer: Viewer, person: Any, given: BeginIn) -> CaseBrief:
    """Open a case for a person, by one of those whom the procedure names or who record for them."""
    found = next((one for one in procedures(viewer.today) if one.code == given.procedure), None)
    if found is None or found.of_organisation:
        raise Refused("procedure_unknown", "Không có quy trình này cho một người.", "procedure")
    if person.home is None or not may_open(viewer, person.home, found.opened_by, person):
        raise Refused("not_yours", "Đồng chí không mở được hồ sơ này cho người này.", "procedure")
    span = cell_by_code(given.to, viewer.today) if given.to else None
    if given.to and span is None:
        raise Refused("organisation_unknown", "Không có chi bộ mang mã này trong sổ.", "to")
    asked = [one for one in found.questions if one.kind != "organisation"]
    answers = checked(
        asked,
        given.answers,
        offered=queries.offered_before(found.code, person, asked, viewer.today),
        people=_people(person.home, viewer.today),
    )
    opened = actions.open_case(
        found.code,
        on=given.on,
        by=viewer.actor,
        today=viewer.today,
        person=person,
        to=span.organisation if span else None,
        answers=answers,
    )
    return CaseBrief(**_brief(opened))


def _open(viewer: Viewer, case: Any, step: str) -> Step:
    """The step if it can be taken now by who asks; else it isn't there."""
    declared = queries.step_of(case, step)
    if declared is None:
        raise Http404
    if queries.view_of(case, viewer.today).stand.of(step).state != OPEN or not may_take(
        viewer, case, declared
    ):
        raise Http404
    return declared


def _given(viewer: Viewer, case: Any, step: Step, given: StepIn) -> Given:
    outcomes = [one.code for one in step.outcomes]
    if given.outcome and given.outcome not in outcomes:
        raise Refused("outcome_unknown", "Bước này không có kết quả ấy.", "outcome")
    if not given.outcome and len(outcomes) > 1:
        raise Refused("outcome_needed", f"Cần nêu kết quả, một trong: {', '.join(outcomes)}.", "outcome")
    if step.ballot is None and given.ballot is not None:
        raise Refused("no_ballot", "Bước này không biểu quyết.", "ballot")
    forms = {paper.form for paper in step.papers}
    for form, kept in given.papers.items():
        if form not in forms or not kept.strip():
            raise Refused(
                "paper_unknown", "Bước này không có giấy tờ ấy, hoặc chưa ghi nơi giữ.", f"papers.{form}"
            )
    answers = checked(
        step.questions,
        given.answers,
        offered=queries.offered_for(case, step.questions, viewer.today),
        people=_people(case.organisation, viewer.today),
    )
    return Given(
        on=given.on,
        outcome=given.outcome or outcomes[0],
        count=Count(**given.ballot.dict()) if given.ballot else None,
        papers={form: PaperGiven(kept_at=kept) for form, kept in given.papers.items()},
        answers=answers,
        acted_by=given.acted_by,
    )


def _people(cell: Any, today: date) -> list[str]:
    return [ref for ref, _ in official_members(cell, today)]


def _brief(case: Any) -> dict[str, Any]:
    return {
        "ref": str(case.ref),
        "procedure": case.procedure,
        "closed_file": case.closed_file,
        "person": PersonName(ref=case.person.ref, full_name=case.person.full_name) if case.person else None,
        "organisation": named(case.organisation),
        "opened_on": case.opened_on,
        "closed_on": case.closed_on,
        "result": case.result,
        "open_steps": [
            OpenStepOut(step=one.step, title=one.title, due_on=one.due_on) for one in case.open_steps.all()
        ],
    }


def _whole(viewer: Viewer, case: Any) -> CaseOut:
    view = queries.view_of(case, viewer.today)
    return CaseOut(
        **_brief(case),
        title=view.procedure.title,
        version=version_of(case),
        steps=[_step(viewer, view, one) for one in view.stand.steps],
        moves=[
            MoveOut(
                step=one.step,
                outcome=one.outcome,
                on=one.happened_on,
                recorded_at=one.recorded_at,
                recorded_by=one.recorded_by.full_name if one.recorded_by else "",
                doubts=list(one.doubts),
                taken_back=hasattr(one, "taken_back_by"),
            )
            for one in queries.trail(case)
            if one.takes_back_id is None
        ],
    )


def _step(viewer: Viewer, view: queries.View, one: Any) -> StepOut:
    step, rule, running = one.step, one.due.rule if one.due else None, one.state == OPEN
    titles = view.told.facts["forms"] if running else {}
    offered = queries.offered_for(view.case, step.questions, viewer.today) if running else {}
    return StepOut(
        step=step.code,
        title=step.title,
        state=one.state,
        by=actor_words(view.case, step, viewer),
        outcomes=[Choice(code=outcome.code, words=outcome.title) for outcome in step.outcomes],
        votes=step.ballot is not None,
        papers=[
            Choice(code=paper.form, words=titles[paper.form])
            for paper in (papers_of(step, view.told) if running else ())
        ],
        questions=[
            QuestionOut(
                name=question.name,
                title=question.title,
                kind=question.kind,
                required=question.required,
                choices=[
                    Choice(code=code, words=words)
                    for code, words in offered.get(question.offers, list(question.choices.items()))
                ],
            )
            for question in (step.questions if running else ())
        ],
        open_since=one.open_since,
        due_on=one.due.on if one.due else None,
        limit=rule.words if rule else "",
        source=rule.cite.vn if rule else "",
        confirmed=rule.may_refuse if rule else True,
        may_take=running and may_take(viewer, view.case, step),
    )


def _taken(doubts: Any, view: queries.View) -> TakenOut:
    return TakenOut(
        doubts=list(doubts),
        open_steps=[
            OpenStepOut(step=one.step.code, title=one.step.title, due_on=one.due.on if one.due else None)
            for one in view.stand.open
        ],
        result=view.stand.result or "",
    )

"""Playing a story move by move, and holding what happens against what the story expects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from tochuc.access.clock import living_on
from tochuc.audit.record import NOBODY
from tochuc.cases import actions
from tochuc.cases.actions import Given, PaperGiven
from tochuc.cases.asking import ask_for, moves_of, told
from tochuc.cases.declare import Count, Question
from tochuc.cases.engine import StepStand, papers_of, stand
from tochuc.cases.models import Case
from tochuc.cases.queries import offered_at, offered_before, offered_for
from tochuc.cases.registry import of_case, running
from tochuc.kernel.errors import BadInput, DomainError, Refusals
from tochuc.kernel.remembering import reading
from tochuc.members import actions as ledger
from tochuc.members.actions import Decision
from tochuc.members.queries import membership_on
from tochuc.reorganise import actions as reorganise
from tochuc.reorganise.plan import Plan
from tochuc.stories.cell_months import record_month
from tochuc.stories.declare import Happens, Story, Vote, as_day
from tochuc.stories.desk import Row, due_rows
from tochuc.stories.expecting import compare
from tochuc.stories.plans import plan_said
from tochuc.stories.played import Performance, Played
from tochuc.stories.stage import Stage, set_up
from tochuc.stories.vocabulary import outcome_of

Offered = Sequence[tuple[str, str]]
_ON_PAPER = PaperGiven(kept_at="hồ sơ giấy")


def play(story: Story) -> Performance:
    """Play a story in the database at hand and leave nothing there."""
    with transaction.atomic():
        try:
            performance = _Player(story).play()
        except _NoStage as wrong:
            first = story.moves[0]
            performance = Performance(
                story, [Played(first.on, "organisations, people", "", failures=[str(wrong)])]
            )
        transaction.set_rollback(True)
    return performance


class _NoStage(Exception):
    """The organisations and people can't be as the story begins; the message says why."""


class _Player:
    def __init__(self, story: Story) -> None:
        self.story = story
        try:
            self.stage: Stage = set_up(story)
        except DomainError as wrong:
            raise _NoStage(f"không dựng được tổ chức, con người của câu chuyện: {wrong.message}") from wrong
        self.cases: dict[str, Case] = {}
        self.last = ""

    def play(self) -> Performance:
        performance = Performance(self.story)
        for move in self.story.moves:
            with living_on(move.on):
                performance.moves.append(self._happen(move))
        end = self.story.moves[-1].on
        for name, person in self.stage.people.items():
            stands = membership_on(person, end)
            performance.standing[name] = {
                "standing": stands.standing if stands else "outside",
                "cell": stands.organisation.code if stands else "",
                "since": stands.since.isoformat() if stands else "",
            }
        return performance

    def _happen(self, move: Happens) -> Played:
        played = Played(move.on, _what(move), "")
        try:
            # What is refused leaves nothing behind.
            with transaction.atomic():
                self._do(move, played)
        except Refusals as several:
            played.refusals = [_refusal(error) for error in several.errors]
        except DomainError as refused:
            played.refusals = [_refusal(refused)]
        case = self._case(move)
        if case is not None:
            with reading():
                self._look(case, move, played)
        played.listed = self._listed(move)
        played.failures = compare(move, played, self.stage)
        return played

    def _do(self, move: Happens, played: Played) -> None:
        if move.open:
            name = move.case or move.for_ or move.at
            self.cases[name] = self._open(move)
            played.doubts = list(self.cases[name].doubts)
            self.last = name
        elif move.step:
            case = self._needed(move)
            with reading():
                given = self._given(case, move)
            row = actions.take(case, move.step, given, by=NOBODY, today=move.on)
            played.doubts = list(row.doubts)
        elif move.extend:
            reason = str(move.with_.get("reason", "Trường hợp đặc biệt"))
            actions.extend(
                self._needed(move), move.extend, on=move.on, reason=reason, by=NOBODY, today=move.on
            )
        elif move.take_back:
            actions.take_back(self._needed(move), reason=move.take_back, by=NOBODY, today=move.on)
        elif move.event:
            self._record(move)
        elif move.void:
            self._strike_out(move)
        elif move.reorganise:
            reorganise.apply(Plan.model_validate(plan_said(move)), by=NOBODY, today=move.on)
        elif move.meeting or move.dues:
            record_month(self.stage, move)

    def _open(self, move: Happens) -> Case:
        return actions.open_case(
            move.open,
            on=move.on,
            by=NOBODY,
            today=move.on,
            person=self.stage.people.get(move.for_),
            organisation=self.stage.place(move.at) if move.at else None,
            to=self.stage.place(move.to) if move.to else None,
            answers=self._chosen(move, self._offered(move), running(move.open, move.on).procedure.questions),
        )

    def _offered(self, move: Happens) -> dict[str, Offered]:
        """What the record offers to each question on opening the case, by the question's name."""
        questions = running(move.open, move.on).procedure.questions
        person = self.stage.people.get(move.for_)
        if person is not None:
            person.refresh_from_db()
            given = offered_before(move.open, person, questions, move.on)
        elif move.at:
            given = offered_at(move.open, self.stage.place(move.at), questions, move.on)
        else:
            return {}
        return {one.name: given[one.offers] for one in questions if one.offers}

    def _chosen(
        self, move: Happens, offered: Mapping[str, Offered], questions: Sequence[Question]
    ) -> dict[str, Any]:
        """The answers, with what the record offered named by words of it (or a list of such)."""
        answers = self._answers(move)
        days = {one.name for one in questions if one.kind == "day"} & answers.keys()
        answers |= {name: self._answer(as_day(answers[name])) for name in days}
        for name, options in offered.items():
            said = answers.get(name)
            if isinstance(said, list):
                answers[name] = [_key_of(str(one), options) for one in said]
            elif said is not None:
                answers[name] = _key_of(str(said), options)
        return answers

    def _answers(self, move: Happens) -> dict[str, Any]:
        """What the move answers, with people by address, organisations by code and days as text."""
        return {name: self._answer(value) for name, value in move.with_.items()}

    def _answer(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._answer(one) for one in value]
        if isinstance(value, dict):
            return {name: self._answer(one) for name, one in value.items()}
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, str) and value in self.stage.people:
            return self.stage.people[value].ref
        return value

    def _given(self, case: Case, move: Happens) -> Given:
        step = of_case(case).procedure.step(move.step)
        if move.papers is None:
            forms = [paper.form for paper in papers_of(step, told(case, move.on))]
        else:
            forms = move.papers
        papers = {form: _ON_PAPER for form in forms if form not in move.without}
        # A person is named by the story, a seat by its post; the rest by words of what the record offers.
        asked = [one for one in step.questions if one.offers and one.kind not in {"person", "seats"}]
        given = offered_for(case, asked, move.on)
        offered = {one.name: given[one.offers] for one in asked}
        return Given(
            move.on,
            outcome_of(step, move.outcome),
            _count(move.ballot),
            papers,
            self._chosen(move, offered, step.questions),
        )

    def _record(self, move: Happens) -> None:
        said = dict(move.with_)
        decision = Decision(
            str(said.pop("number", "")), as_day(said.pop("decided_on", None)), str(said.pop("by", ""))
        )
        cell = self.stage.place(move.to) if move.to else None
        ledger.append(
            self.stage.people[move.for_],
            move.event,
            on=move.on,
            by=NOBODY,
            today=move.on,
            organisation=cell,
            decision=decision,
            data=self._answers(move) if said else {},
        )

    def _strike_out(self, move: Happens) -> None:
        """The latest entry of that kind is voided, as a wrong one is."""
        rows = self.stage.people[move.for_].events.filter(kind=move.void, corrected_by=None)
        event = rows.order_by("-id").first()
        if event is None:
            raise BadInput("no_event", f"Sổ không có mục {move.void} nào của người này để hủy.", "void")
        reason = str(move.with_.get("reason", "Ghi nhầm"))
        ledger.correct(event, by=NOBODY, today=move.on, reason=reason)

    def _listed(self, move: Happens) -> list[Row]:
        """The due lists of the organisations that the move looks at or expects something of."""
        places = [move.at] if move.look and move.at else []
        places += [row.at for row in move.expect.listed]
        return [row for code in dict.fromkeys(places) for row in due_rows(self.stage.place(code), move.on)]

    def _case(self, move: Happens) -> Case | None:
        return self.cases.get(move.case or (move.for_ if move.for_ in self.cases else self.last))

    def _needed(self, move: Happens) -> Case:
        case = self._case(move)
        if case is None:
            raise BadInput("no_case", "Chưa có hồ sơ nào để ghi bước này.")
        return case

    def _look(self, case: Case, move: Happens, played: Played) -> None:
        case.refresh_from_db()
        played.case = next(name for name, one in self.cases.items() if one.pk == case.pk)
        run = of_case(case)
        seen = told(case, move.on)
        played.stand = stand(run.procedure, seen, ask_for(case))
        played.forms = dict(seen.facts["forms"])
        played.due = [_due(one) for one in played.stand.open]
        rows = moves_of(case)
        if rows and not played.doubts and move.step == rows[-1].step:
            played.doubts = list(rows[-1].doubts)


def _key_of(words: str, options: Offered) -> str:
    """The offered one whose words hold these; the words themselves where none does, to be refused as they are."""
    return next((key for key, label in options if words in label), words)


def _what(move: Happens) -> str:
    if move.reorganise:
        return "reorganise"
    said = (
        ("open", move.open),
        ("step", move.step),
        ("extend", move.extend),
        ("take back", move.take_back),
        ("event", move.event),
        ("void", move.void),
        ("meeting", move.meeting),
        ("dues", move.dues),
    )
    return next((f"{kind} {value}" for kind, value in said if value), "look")


def _count(vote: Vote | None) -> Count | None:
    if vote is None:
        return None
    entitled = vote.present if vote.entitled is None else vote.entitled
    return Count(entitled, vote.present, vote.agree, vote.against, vote.abstain)


def _refusal(error: DomainError) -> dict[str, str | None]:
    return {"code": error.code, "message": error.message, "field": error.field}


def _due(one: StepStand) -> dict[str, Any]:
    rule = one.due.rule if one.due else None
    return {
        "step": one.step.code,
        "title": one.step.title,
        "on": one.due.on.isoformat() if one.due else None,
        "rule": rule.id if rule else None,
        "limit": rule.words if rule else None,
        "cite": rule.cite.vn if rule else None,
        "confidence": rule.confidence if rule else None,
        "clock_since": one.due.since.isoformat() if one.due else None,
        "optional": one.step.optional,
    }

"""What must hold of the moves of a story: cases that are open, steps, outcomes, questions and papers that they have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import ValidationError

from tochuc.cases.declare import Procedure, Question, Step
from tochuc.members.kinds import DISCIPLINES, EVENT_KINDS, STANDINGS
from tochuc.reorganise.plan import Plan
from tochuc.rules.forms import all_forms
from tochuc.rules.mistakes import mistakes
from tochuc.rules.strict_yaml import Place
from tochuc.stories.declare import Expected, Happens, Stands, Story, as_day
from tochuc.stories.plans import OPERATIONS, plan_said
from tochuc.stories.vocabulary import Known, outcome_of, procedure, procedure_codes, unknown

Found = Iterator[tuple[Place, str]]
_DECISION = frozenset({"number", "decided_on", "by"})


def move_mistakes(story: Story, known: Known) -> Found:
    """What stands for nothing in the moves, case by case."""
    return _Moves(known).all(story)


class _Moves:
    """Follows which cases are open while the moves are read."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.cases: dict[str, Procedure] = {}
        self.last = ""

    def all(self, story: Story) -> Found:
        for at, move in enumerate(story.moves):
            place: Place = ("moves", at)
            yield from self._names(place, move)
            if move.open:
                yield from self._open(place, move)
            elif move.step or move.extend or move.take_back:
                yield from self._step(place, move)
            elif move.event or move.void:
                yield from self._event(place, move)
            elif move.reorganise:
                yield from _plan(place, move)
            yield from self._expected((*place, "expect"), move.expect, self._case(move))

    def _case(self, move: Happens) -> Procedure | None:
        name = move.case or (move.for_ if move.for_ in self.cases else self.last)
        return self.cases.get(name)

    def _names(self, place: Place, move: Happens) -> Found:
        people = self.known.people
        if move.for_ and move.for_ not in people:
            yield (*place, "for"), unknown("người", move.for_, people)
        for key, names in (("absent", move.absent), ("excused", list(move.excused))):
            for name in names:
                if name not in people:
                    yield (*place, key), unknown("người", name, people)
        for key in ("at", "to", "meeting", "dues"):
            code = getattr(move, key)
            if code and code not in self.known.places:
                yield (*place, key), unknown("tổ chức", code, self.known.places)

    def _open(self, place: Place, move: Happens) -> Found:
        opened = procedure(move.open, move.on)
        if opened is None:
            yield (*place, "open"), unknown("quy trình", move.open, procedure_codes())
            return
        if not move.for_ and not move.at:
            yield place, "cần for: người nào, hoặc at: tổ chức nào"
        yield from self._answers(place, move.with_, opened.questions, "Khi mở hồ sơ")
        if move.expect.refused is None:
            self.last = move.case or move.for_ or move.at
            self.cases[self.last] = opened

    def _step(self, place: Place, move: Happens) -> Found:
        opened = self._case(move)
        if opened is None:
            named = f"có tên {move.case}" if move.case else "nào"
            yield (
                place,
                f"chưa mở hồ sơ {named}; mở trước bằng open: (đang có: {', '.join(self.cases) or 'không'})",
            )
            return
        code = move.step or move.extend
        if not code:
            return
        step = next((one for one in opened.steps if one.code == code), None)
        if step is None:
            key = "step" if move.step else "extend"
            yield (*place, key), unknown(f"bước ({opened.code})", code, [one.code for one in opened.steps])
        elif move.step:
            yield from self._taken(place, move, step)

    def _taken(self, place: Place, move: Happens, step: Step) -> Found:
        outcomes = [one.code for one in step.outcomes]
        if outcome_of(step, move.outcome) not in outcomes:
            yield (
                (*place, "outcome"),
                f"cần một trong: {', '.join(outcomes)}"
                if not move.outcome
                else unknown(f"kết quả ({step.code})", move.outcome, outcomes),
            )
        if move.ballot is not None and step.ballot is None:
            yield (*place, "ballot"), f"bước {step.code} không bỏ phiếu; bỏ khóa này"
        forms = [paper.form for paper in step.papers]
        for key, named in (("papers", move.papers or []), ("without", move.without)):
            for one in named:
                if one not in forms:
                    yield (*place, key), unknown(f"giấy tờ ({step.code})", one, forms)
        yield from self._answers(place, move.with_, step.questions, f"Bước {step.code}")

    def _answers(
        self, place: Place, said: Mapping[str, Any], questions: Sequence[Question], where: str
    ) -> Found:
        asked = {one.name: one for one in questions}
        for name, value in said.items():
            here: Place = (*place, "with", name)
            question = asked.get(name)
            if question is None:
                listed = ", ".join(asked) or "không hỏi gì"
                yield here, f"{where} không hỏi mục này; mục được hỏi: {listed}"
            elif question.kind == "organisation":
                yield here, "nơi đến trong sổ ghi ở khóa to của bước, không ghi trong with"
            elif value not in (None, "", []) and (wrong := self._wrong(question, value)):
                yield here, wrong

    def _wrong(self, question: Question, value: Any) -> str:
        """What is wrong with an answer, in words; empty where nothing is. What the record offers is seen in play."""
        match question.kind:
            case "day":
                return "" if isinstance(as_day(value), date) else "phải là một ngày, ví dụ 2023-04-20"
            case "number":
                whole = isinstance(value, int) and not isinstance(value, bool)
                return "" if whole else "phải là số nguyên"
            case "flag":
                return "" if isinstance(value, bool) else "phải là true hoặc false"
            case "person":
                return self._nobody([value])
            case "people":
                is_list = isinstance(value, list)
                return self._nobody(value) if is_list else "phải là danh sách, ví dụ [lan, minh]"
            case "seats":
                return self._no_seats(value)
            case "choice" | "text" | "long" if isinstance(value, dict | list):
                return "phải là chữ"
            case "choice" if not question.offers and value not in question.choices:
                return unknown("lựa chọn", str(value), question.choices)
        return ""

    def _nobody(self, names: Sequence[Any]) -> str:
        strange = (one for one in map(str, names) if one not in self.known.people)
        return next((unknown("người", one, self.known.people) for one in strange), "")

    def _no_seats(self, value: Any) -> str:
        """Posts of the story by code, each with who was elected and the votes."""
        seats: list[Any] = list(value.values()) if isinstance(value, dict) else [None]
        if not all(isinstance(one, dict) and set(one) <= {"person", "votes"} for one in seats):
            return "phải là chức vụ → người và số phiếu, ví dụ {bi-thu: {person: lan, votes: 9}}"
        new = {str(code) for code in value if re.fullmatch(r".+-ghe-\d+", str(code))}
        if strange := [str(code) for code in value if str(code) not in self.known.posts | new]:
            return unknown("chức vụ", strange[0], [*self.known.posts, "…-ghe-1"])
        if not all(isinstance(one.get("votes", 0), int) for one in seats):
            return "số phiếu (votes) phải là số nguyên"
        return self._nobody([one.get("person") for one in seats])

    def _event(self, place: Place, move: Happens) -> Found:
        key = "event" if move.event else "void"
        kind = move.event or move.void
        if kind not in EVENT_KINDS:
            yield (*place, key), unknown("mục ghi sổ", kind, EVENT_KINDS)
        if not move.for_:
            yield place, "cần for: mục này ghi cho ai"
        if move.event == "disciplined" and move.with_.get("form") not in DISCIPLINES:
            yield (*place, "with"), f"cần form: hình thức đã quyết định, một trong: {', '.join(DISCIPLINES)}"

    def _expected(self, place: Place, expected: Expected, opened: Procedure | None) -> Found:
        for key in ("standing", "recorded", "card", "holds", "age"):
            for name in getattr(expected, key):
                if name not in self.known.people:
                    yield (*place, key, name), unknown("người", name, self.known.people)
        for name, stands in expected.standing.items():
            wanted = Stands(standing=stands) if isinstance(stands, str) else stands
            if wanted.standing not in ("", *STANDINGS):
                yield (*place, "standing", name), unknown("tình trạng", wanted.standing, STANDINGS)
            if wanted.cell and wanted.cell not in self.known.places:
                yield (*place, "standing", name, "cell"), unknown("tổ chức", wanted.cell, self.known.places)
        for name, kind in expected.recorded.items():
            if kind not in EVENT_KINDS:
                yield (*place, "recorded", name), unknown("mục ghi sổ", kind, EVENT_KINDS)
        for form_id in expected.forms:
            if form_id not in all_forms():
                yield (*place, "forms", form_id), unknown("biểu mẫu", form_id, all_forms(), few=True)
        for at, row in enumerate(expected.listed):
            if row.at not in self.known.places:
                yield (*place, "listed", at, "at"), unknown("tổ chức", row.at, self.known.places)
            if row.whom and row.whom not in self.known.people:
                yield (*place, "listed", at, "whom"), unknown("người", row.whom, self.known.people)
        if opened is not None:
            yield from _expected_of(place, expected, opened)


def _expected_of(place: Place, expected: Expected, opened: Procedure) -> Found:
    """Steps and results that the case doesn't have."""
    codes = [one.code for one in opened.steps]
    named = [("open", code) for code in expected.open or ()] + [("due", code) for code in expected.due]
    for key, code in named:
        if code not in codes:
            yield (*place, key), unknown(f"bước ({opened.code})", code, codes)
    results = {outcome.closes for step in opened.steps for outcome in step.outcomes if outcome.closes}
    if expected.result and expected.result not in {*results, "stopped"}:
        yield (*place, "result"), unknown("kết cục", expected.result, sorted({*results, "stopped"}))


def _plan(place: Place, move: Happens) -> Found:
    """What is wrong with the operations of a reorganisation."""
    here: Place = (*place, "reorganise")
    wrong = False
    for at, one in enumerate(move.reorganise):
        kind = next(iter(one), "")
        if len(one) != 1 or kind not in OPERATIONS or not isinstance(one[kind], dict):
            wrong = True
            yield (*here, at), f"mỗi mục là một thao tác, ví dụ - merge: {{…}}; có: {', '.join(OPERATIONS)}"
    if wrong:
        return
    try:
        Plan.model_validate(plan_said(move))
    except ValidationError as error:
        for where, words in mistakes(error, Plan):
            yield (*here, *where[1:]) if where[:1] == ("operations",) else here, words

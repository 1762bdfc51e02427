"""A story in plain Vietnamese: who, what happened on which day, and what the rules made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from tochuc.cases.declare import Procedure
from tochuc.cases.registry import running
from tochuc.kernel.known_dates import day_vn
from tochuc.members.kinds import EVENT_KINDS, STANDINGS
from tochuc.rules.forms import form
from tochuc.stories.declare import DueExpected, Happens, Stands, Story
from tochuc.stories.stage import DEFAULT_PLACES
from tochuc.stories.vocabulary import outcome_of


@dataclass
class Told:
    """One move as a line: the day, what was done, what came of it."""

    on: date
    what: str
    refused: bool
    details: list[str] = field(default_factory=list)


def lines(story: Story) -> list[Told]:
    """The moves of a story in their order."""
    return list(_Teller(story).tell())


def cast_of(story: Story) -> list[str]:
    """The people of a story as it begins, named ones only."""
    return [
        f"{one.name}, {STANDINGS[one.standing].lower()}, sinh {_born(one.birth)}"
        for one in story.people.values()
        if one.name
    ]


def _born(birth: str) -> str:
    try:
        return f"ngày {day_vn(date.fromisoformat(birth))}"
    except ValueError:
        return f"năm {birth}"


class _Teller:
    def __init__(self, story: Story) -> None:
        self.story = story
        self.cases: dict[str, Procedure] = {}
        self.subjects: dict[str, str] = {}
        self.last = ""

    def tell(self) -> Iterator[Told]:
        for move in self.story.moves:
            if move.open and move.expect.refused is None:
                self.last = move.case or move.for_ or move.at
                self.cases[self.last] = running(move.open, move.on).procedure
                self.subjects[self.last] = self._whose(move)
            expected = move.expect
            told = Told(move.on, self._what(move), expected.refused is not None)
            told.details = [line for line in self._details(move) if line]
            yield told

    def _procedure(self, move: Happens) -> Procedure | None:
        name = move.case or (move.for_ if move.for_ in self.cases else self.last)
        return self.cases.get(name)

    def _whose(self, move: Happens) -> str:
        """Whom the move is about: the person or organisation named, else those of its case."""
        case = move.case or self.last
        someone = self.story.people.get(move.for_ or case)
        places = self.story.organisations or DEFAULT_PLACES
        place = next((one.name for one in places if one.code == move.at), "")
        return (someone.name if someone else "") or place or self.subjects.get(case, "") or "đương sự"

    def _step(self, move: Happens, code: str) -> str:
        procedure = self._procedure(move)
        return f"«{procedure.step(code).title}»" if procedure else code

    def _what(self, move: Happens) -> str:
        whose = self._whose(move)
        if move.open:
            opened = running(move.open, move.on).procedure
            return f"Mở hồ sơ «{opened.title}»: {whose}{self._to(move)}."
        if move.step:
            return f"{whose}: {self._step(move, move.step)}{self._outcome(move)}."
        if move.extend:
            return f"{whose}: gia hạn bước {self._step(move, move.extend)}."
        if move.take_back:
            return f"{whose}: rút lại bước vừa ghi ({move.take_back})."
        if move.void:
            reason = str(move.with_.get("reason", "ghi nhầm")).rstrip(".")
            return f"{whose}: hủy mục «{EVENT_KINDS[move.void].label}» đã ghi trong sổ đảng viên ({reason})."
        if move.meeting:
            return f"{self._place(move.meeting)} họp thường kỳ; {self._but(move, 'có mặt đủ', 'vắng')}."
        if move.dues:
            month = f"{move.on:%m/%Y}"
            return f"{self._place(move.dues)} thu đảng phí tháng {month}; {self._but(move, 'đóng đủ', 'chưa đóng')}."
        if move.event:
            return f"{whose}: sổ đảng viên ghi «{EVENT_KINDS[move.event].label}»{self._to(move)}."
        return "Sắp xếp lại tổ chức đảng." if move.reorganise else f"{whose}: xem lại hồ sơ."

    def _place(self, code: str) -> str:
        places = self.story.organisations or DEFAULT_PLACES
        return next((one.name for one in places if one.code == code), "Chi bộ")

    def _but(self, move: Happens, everyone: str, missing: str) -> str:
        """Who was missing, without reason and with one: ``vắng: Lan; vắng có lý do: Minh (ốm)``."""
        people = self.story.people
        named = ", ".join(people[name].name for name in move.absent)
        excused = ", ".join(f"{people[name].name} ({reason})" for name, reason in move.excused.items())
        told = (named and f"{missing}: {named}", excused and f"{missing}, có lý do: {excused}")
        return "; ".join(filter(None, told)) or everyone

    def _to(self, move: Happens) -> str:
        names = {one.code: one.name for one in self.story.organisations}
        return f", đến {names.get(move.to, move.to)}" if move.to else ""

    def _outcome(self, move: Happens) -> str:
        procedure = self._procedure(move)
        if procedure is None:
            return ""
        step = procedure.step(move.step)
        outcome = step.outcome(outcome_of(step, move.outcome))
        return (
            f", {outcome.title[0].lower()}{outcome.title[1:]}" if outcome and outcome.code != "done" else ""
        )

    def _details(self, move: Happens) -> Iterator[str]:
        if move.ballot:
            vote = move.ballot
            yield f"Có mặt {vote.present}, tán thành {vote.agree}, không tán thành {vote.against}."
        for form_id in move.without:
            yield f"Thiếu giấy tờ: {form(form_id, on=move.on).words}."
        yield from self._expected(move)

    def _expected(self, move: Happens) -> Iterator[str]:
        expected = move.expect
        if expected.refused is not None:
            place = f" theo {expected.refused.article}" if expected.refused.article else ""
            says = f": «{expected.refused.says}»" if expected.refused.says else ""
            yield f"Không ghi được{place}{says}."
        for doubt in expected.doubts or ():
            yield f"Ghi được, kèm lưu ý: «{doubt}»."
        for step, due in expected.due.items():
            yield self._due(move, step, due)
        for name, where in expected.standing.items():
            yield self._stands(name, where)

    def _due(self, move: Happens, step: str, due: DueExpected | None) -> str:
        if due is None:
            return f"{self._step(move, step)} không có thời hạn."
        place = f" ({due.article})" if due.article else ""
        return f"{self._step(move, step)} có hạn đến {day_vn(due.on)}{place}."

    def _stands(self, name: str, where: Stands | str) -> str:
        wanted = Stands(standing=where) if isinstance(where, str) else where
        since = f" từ {day_vn(wanted.since)}" if wanted.since else ""
        names = {one.code: one.name for one in self.story.organisations}
        said = [STANDINGS[wanted.standing].lower()] if wanted.standing else []
        said += [names[wanted.cell]] if wanted.cell in names else []
        return f"{self.story.people[name].name}: {', '.join(said)}{since}."

"""Entering what a list tells of the days that the ledger knows: one event each, unless it is there already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tochuc.audit.record import Actor
from tochuc.changes.models import ChangeSet
from tochuc.exchange.imports.places import Cells, NoCell
from tochuc.exchange.intake.movements import Told
from tochuc.kernel.errors import Refused
from tochuc.members import actions
from tochuc.members.actions import Decision
from tochuc.members.folds import fold
from tochuc.members.kinds import EVENT_KINDS, OFFICIAL
from tochuc.members.models import MemberEvent, Person
from tochuc.org.models import Organisation

_MOVING = frozenset({"arrived", "left_for", "transferred"})
_LONGEST_NUMBER, _LONGEST_BY = 60, 160
_FIELDS_OF = {
    "on": "happened_on",
    "organisation": "to",
    "destination": "to",
    "decision_number": "decision_number",
    "decision_on": "decision_on",
}


class RowRefused(Exception):
    """Why a row is kept out, in the form of a finding."""

    def __init__(self, name: str, code: str, value: str, message: str) -> None:
        super().__init__(message)
        self.field, self.code, self.value, self.message = name, code, value, message


@dataclass(frozen=True)
class Place:
    """Where a movement says it led to, and the cell its row stands under."""

    fields: Mapping[str, Any]
    told: Told

    @property
    def cell(self) -> str | None:
        """The cell named for the row, by a column, a group row or the sheet."""
        return self.fields.get("cell")


class Happenings:
    """Writes events of a list into the ledger of the people of a branch."""

    def __init__(self, organisation: Organisation, today: date, by: Actor, changeset: ChangeSet) -> None:
        self._organisation, self._today = organisation, today
        self.by, self.changeset = by, changeset
        self._cells: dict[date, Cells] = {}

    def called(self, place: Place) -> str:
        """What the cell of a row is called; "" where it names none that is known."""
        cell = self._cell(place.told.destination or place.cell, self._today)
        return cell.name if isinstance(cell, Organisation) else ""

    def after(self, person: Person, told: Told, place: Place, *, lost: bool = False) -> MemberEvent | None:
        """Enter what happened since the ledger began; None where it is there. Raises ``RowRefused``.

        ``lost``: the paper it rests on may be unknown.
        """
        events = [one for one in person.events.filter(corrected_by=None) if one.kind != "void"]
        if any(same(one, told) for one in events):
            return None
        on = self.exact(told)
        folded = fold(person.events.all())
        now = folded.at(on)
        data: dict[str, Any] = {"changeset": self.changeset.ref}
        kind, cell = told.kind, None
        if kind in _MOVING:
            kind, cell = self._moving(told, place, on, now.in_party)
        elif EVENT_KINDS[kind].place:
            cell = self.cell(place, on)
        if kind == "left_for":
            data["destination"] = told.destination or place.fields.get("note", "")
        if kind == "arrived":
            earlier = [span.standing for span in folded.places if span.until <= on]
            data |= {"origin": told.origin, "standing": earlier[-1] if earlier else OFFICIAL}
        return self.append(person, kind, on, told, cell, data, lost=lost)

    def _moving(self, told: Told, place: Place, on: date, in_party: bool) -> tuple[str, Organisation | None]:
        """Of coming, going and moving within, the one that fits where the person stands and what is ours."""
        if told.kind == "arrived":
            return ("transferred" if in_party else "arrived"), self.cell(place, on)
        there = self._cell(told.destination or place.cell, on) if told.destination or place.cell else None
        if isinstance(there, Organisation) and (told.destination or told.kind == "transferred"):
            return "transferred", there
        if told.destination:
            return "left_for", None
        raise RowRefused("to", "no_destination", "", "Cần ghi tên tổ chức đảng nơi đến.")

    def append(
        self,
        person: Person,
        kind: str,
        on: date,
        told: Told,
        cell: Organisation | None,
        data: Mapping[str, Any],
        *,
        lost: bool = False,
    ) -> MemberEvent:
        """Append the event by the ledger's own action, its refusal said of the row."""
        try:
            return actions.append(
                person,
                kind,
                on=on,
                by=self.by,
                today=self._today,
                organisation=cell,
                decision=_decision(told, lost=lost),
                data={name: value for name, value in data.items() if value},
            )
        except Refused as refused:
            name = _FIELDS_OF.get(refused.field or "", told.field)
            if name == "to" and not told.destination:
                name = "cell"
            raise RowRefused(name, refused.code, told.on.vn, refused.message) from refused

    def exact(self, told: Told) -> date:
        """The day of what enters the ledger as an event."""
        if told.on.precision != "day":
            words = f"Việc sau ngày lập sổ cần ngày đầy đủ; dòng này chỉ ghi {told.on.vn}."
            raise RowRefused(told.field, "needs_exact_date", told.on.vn, words)
        return told.on.first

    def cell(self, place: Place, on: date) -> Organisation:
        """The cell that a movement leads to: the one it names, else the row's own."""
        found = self._cell(place.told.destination or place.cell, on)
        if isinstance(found, NoCell) and place.told.destination and place.cell:
            found = self._cell(place.cell, on)
        if isinstance(found, NoCell):
            name = "to" if place.told.destination else "cell"
            raise RowRefused(name, found.code, place.told.destination or place.cell or "", found.message)
        return found

    def _cell(self, name: str | None, on: date) -> Organisation | NoCell:
        """The cell of that name: one that works today, else one that did on the day."""
        found = self._known(self._today).named(name)
        return self._known(on).named(name) if isinstance(found, NoCell) and on < self._today else found

    def _known(self, on: date) -> Cells:
        if on not in self._cells:
            self._cells[on] = Cells(self._organisation, on, on)
        return self._cells[on]


def _decision(told: Told, *, lost: bool) -> Decision:
    for name, said, most in (
        ("decision_number", told.decision_number, _LONGEST_NUMBER),
        ("decision_by", told.decision_by, _LONGEST_BY),
    ):
        if len(said) > most:
            words = f"Nội dung dài {len(said)} ký tự; sổ ghi được nhiều nhất {most}."
            raise RowRefused(name, "too_long", said, words)
    return Decision(told.decision_number, told.decision_on, told.decision_by, lost=lost)


def same(event: MemberEvent, told: Told) -> bool:
    """Whether an event in force is what a row tells of."""
    alike = event.kind == told.kind or {event.kind, told.kind} <= _MOVING
    return alike and told.on.span.covers(event.happened_on)

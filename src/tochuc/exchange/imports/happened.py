"""Entering what a list tells of the days that the ledger knows: one event each, unless it is there already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tochuc.audit.record import Actor
from tochuc.changes.models import ChangeSet
from tochuc.exchange.imports.history import Differs, Entry
from tochuc.exchange.imports.places import Cells, NoCell
from tochuc.exchange.intake.movements import Told
from tochuc.kernel.errors import Refused
from tochuc.kernel.known_dates import parse_known_date
from tochuc.members import actions
from tochuc.members.actions import Decision
from tochuc.members.folds import fold
from tochuc.members.kinds import EVENT_KINDS, OFFICIAL, PROBATIONARY
from tochuc.members.models import MemberEvent, Person
from tochuc.members.past import LEAVING
from tochuc.org.models import Organisation

_MOVING = frozenset({"arrived", "left_for", "transferred"})
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
                decision=Decision(
                    told.decision_number[:60], told.decision_on, told.decision_by[:160], lost=lost
                ),
                data={name: value for name, value in data.items() if value},
            )
        except Refused as refused:
            name = _FIELDS_OF.get(refused.field or "", told.field)
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


def newcomer(
    way: list[tuple[Told, Place]],
    fields: Mapping[str, Any],
    happenings: Happenings,
    person: Person | None = None,
) -> tuple[Person, list[MemberEvent]]:
    """Open the record of one who had left before the record was kept, and enter their way from what is known of it.

    The first movement whose day is known exactly is the opening entry; what is known less exactly before it stands
    there. One who, by the list, is a member still belongs into the list of members. ``person``: a record that an undone
    import left empty. Raises ``RowRefused``.
    """
    name = fields.get("full_name", "")
    ends = way[-1][0].kind
    if ends not in LEAVING | {"died"}:
        words = f"Không có «{name}» trong sổ. Nếu còn là đảng viên, hãy nhập danh sách đảng viên trước."
        raise RowRefused("full_name", "unknown_person", name, words)
    if "birth" not in fields:
        raise RowRefused("birth", "missing_birth", "", "Cần có ngày sinh, ít nhất là năm sinh, để lập hồ sơ.")
    first = next((place for place, (told, _) in enumerate(way) if told.on.precision == "day"), None)
    if first is None:
        raise RowRefused(
            "happened_on", "needs_exact_date", way[0][0].on.vn, "Cần ít nhất một biến động ghi đủ ngày."
        )
    person = _registered(fields, happenings.by, person)
    events = [_opening(person, way[: first + 1], happenings)]
    rest = (
        way[first:]
        if way[first][0].kind not in {"admitted", "readmitted", "arrived", "recognised"}
        else way[first + 1 :]
    )
    for told, place in rest:
        if (event := happenings.after(person, told, place, lost=True)) is not None:
            events.append(event)
    return person, events


def _registered(fields: Mapping[str, Any], by: Actor, person: Person | None) -> Person:
    card = fields.get("card_number", "")
    if card and Person.objects.filter(card_number=card).exists():
        raise RowRefused(
            "card_number", "card_elsewhere", card, "Số thẻ này đã có trong sổ của một người khác."
        )
    if person is not None:
        return person
    try:
        return actions.register(
            full_name=fields["full_name"],
            gender=fields.get("gender", ""),
            birth=parse_known_date(fields["birth"]),
            by=by,
        )
    except Refused as refused:
        raise RowRefused("full_name", refused.code, fields["full_name"], refused.message) from refused


def _opening(person: Person, way: list[tuple[Told, Place]], happenings: Happenings) -> MemberEvent:
    """The entry with which such a ledger begins, on the first day known exactly."""
    told, place = way[-1]
    standing = PROBATIONARY if told.kind in {"admitted", "readmitted"} else OFFICIAL
    entry = Entry("opening", told.on.first, {"changeset": happenings.changeset.ref, "standing": standing})
    earlier = [one for one in way if one[0].kind not in LEAVING | {"died"}]
    for one, where in earlier:
        try:
            entry.take(one, happenings.called(where))
        except Differs as differs:
            raise RowRefused(one.field, differs.code, one.on.vn, differs.message) from differs
    cell = (
        _cell_left(place, happenings)
        if told.kind in LEAVING | {"died"}
        else happenings.cell(place, told.on.first)
    )
    return happenings.append(person, "opening", told.on.first, told, cell, entry.data)


def _cell_left(place: Place, happenings: Happenings) -> Organisation:
    """The cell that one left: the row's own, else the one named as where from."""
    fields = dict(place.fields)
    if not fields.get("cell") and place.told.origin:
        fields["cell"] = place.told.origin
    bare = Told(place.told.kind, place.told.on)
    try:
        return happenings.cell(Place(fields, bare), place.told.on.first)
    except RowRefused as refused:
        name = fields.get("full_name", "")
        words = f"Không có «{name}» trong sổ; muốn ghi người đã ra khỏi Đảng, dòng này cần nêu chi bộ cũ. {refused.message}"
        raise RowRefused("full_name", "unknown_person", name, words) from refused


def same(event: MemberEvent, told: Told) -> bool:
    """Whether an event in force is what a row tells of."""
    alike = event.kind == told.kind or {event.kind, told.kind} <= _MOVING
    return alike and told.on.span.covers(event.happened_on)

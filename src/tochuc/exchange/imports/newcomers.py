"""Entering someone who had left before the record was kept: a record of their own, its ledger from what a list tells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tochuc.audit.record import Actor
from tochuc.exchange.imports import opening
from tochuc.exchange.imports.happened import Happenings, Place, RowRefused
from tochuc.exchange.imports.history import Differs, Entry
from tochuc.exchange.intake.movements import Told
from tochuc.kernel.errors import Refused
from tochuc.kernel.known_dates import day_vn, parse_known_date
from tochuc.members import actions
from tochuc.members.models import MemberEvent, Person
from tochuc.members.past import LEAVING, past_of, without_return
from tochuc.org.models import Organisation

Way = list[tuple[Told, Place]]
_OUT = LEAVING | {"died"}


def newcomer(
    way: Way, fields: Mapping[str, Any], happenings: Happenings, person: Person | None = None
) -> tuple[Person, list[MemberEvent]]:
    """Open the record and enter the way, in order of time, from what is known of it. Raises ``RowRefused``.

    The opening entry is of the first day known exactly, or of the first on which the cell is in the record; what was
    before stands in it. One who, by the list, is a member still belongs into the list of members. ``person``: a record
    that an undone import left empty.
    """
    _check(way, fields)
    first = next((one for one in way if one[0].on.precision == "day"), None)
    if first is None:
        words = "Cần ít nhất một biến động ghi đủ ngày."
        raise RowRefused("happened_on", "needs_exact_date", way[0][0].on.vn, words)
    told, place = first
    cell = _cell(told, place, happenings)
    begins = max(told.on.first, cell.since)
    before = [
        one
        for one in way
        if one[0].on.first <= begins and (one[0].kind not in _OUT or one[0].on.first < begins)
    ]
    entry = _entry(before, begins, cell, happenings)
    person = _registered(fields, happenings.by, person)
    events = [happenings.append(person, "opening", begins, told, cell, entry.data)]
    for later, where in (one for one in way if one not in before):
        if (event := happenings.after(person, later, where, lost=True)) is not None:
            events.append(event)
    return person, events


def _check(way: Way, fields: Mapping[str, Any]) -> None:
    name = fields.get("full_name", "")
    if way[-1][0].kind not in _OUT:
        words = f"Không có «{name}» trong sổ. Nếu còn là đảng viên, hãy nhập danh sách đảng viên trước."
        raise RowRefused("full_name", "unknown_person", name, words)
    if "birth" not in fields:
        raise RowRefused("birth", "missing_birth", "", "Cần có ngày sinh, ít nhất là năm sinh, để lập hồ sơ.")


def _entry(before: Way, begins: date, cell: Organisation, happenings: Happenings) -> Entry:
    """The opening entry with what was before its day. One who had left by then was no member to open with."""
    entry = Entry("opening", begins, {"changeset": happenings.changeset.ref})
    for told, place in before:
        try:
            entry.take(told, happenings.called(place))
        except Differs as differs:
            raise RowRefused(told.field, differs.code, told.on.vn, differs.message) from differs
    if (left := without_return(past_of(entry))) is not None:
        words = f"{cell.name} có trong sổ từ ngày {day_vn(cell.since)}; «{left.words}» ({left.on.vn}) trước ngày đó nên không ghi được."
        raise RowRefused("happened_on", "before_cell", left.on.vn, words)
    held = {
        name: entry.data.get(f"{name}_on") or entry.data.get(f"{name}_known")
        for name in ("admitted", "official")
    }
    known = {f"{name}_on": value for name, value in held.items() if value}
    entry.data |= {"standing": opening.standing(known, begins)}
    return entry


def _registered(fields: Mapping[str, Any], by: Actor, person: Person | None) -> Person:
    card = fields.get("card_number", "")
    if card and Person.objects.filter(card_number=card).exists():
        words = "Số thẻ này đã có trong sổ của một người khác."
        raise RowRefused("card_number", "card_elsewhere", card, words)
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


def _cell(told: Told, place: Place, happenings: Happenings) -> Organisation:
    """The cell of the first movement: where it led to; of a way out the row's own, else the one named as where from."""
    fields = dict(place.fields)
    if not fields.get("cell") and told.origin and told.kind in _OUT:
        fields["cell"] = told.origin
    led = told if told.kind not in _OUT else Told(told.kind, told.on)
    try:
        return happenings.cell(Place(fields, led), told.on.first)
    except RowRefused as refused:
        name = fields.get("full_name", "")
        words = f"Không có «{name}» trong sổ; muốn ghi người đã ra khỏi Đảng, dòng này cần nêu chi bộ cũ. {refused.message}"
        raise RowRefused("full_name", "unknown_person", name, words) from refused

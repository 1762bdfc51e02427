"""The movements behind a statement as the record stood at an earlier moment: as many as its figures then said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple, overload

from tochuc.members.booking import Booked, booked
from tochuc.members.ledger import Line, row_code, side_of
from tochuc.members.lives import lives
from tochuc.members.models import MemberEvent, Person
from tochuc.members.shifts import Crossing
from tochuc.org.folds import Shape
from tochuc.org.known import shapes_as_known, units_through_time
from tochuc.org.models import Organisation, OrganisationEvent

Key = tuple[str, str, int, int]
"""What orders the movements of a period: day, name's sort key, person, which of the person's own."""
_AT_ONCE = 500


@dataclass(frozen=True)
class Entry:
    """A movement of the branch and who made it, before names are looked up."""

    key: Key
    person: int
    booked: Booked

    @property
    def side(self) -> str:
        """On which side of the statement it counts."""
        return side_of(self.booked.frm, self.booked.to)

    @property
    def reason(self) -> str:
        """The statement's row."""
        return row_code(self.booked.reason, self.side)

    @property
    def standing(self) -> str:
        """The standing in whose column it counts; where only this changes, the one that one comes to."""
        return self.booked.to or self.booked.frm or ""


def entries(organisation: Organisation, first: date, last: date, known: datetime) -> list[Entry]:
    """The movements of a branch in a period as known at a moment, in order of time and of names."""
    units = units_through_time(organisation, known)
    found = [
        (person, number, one)
        for person, folded in lives(units, known)
        for number, one in enumerate(booked(folded, units, first, last))
    ]
    people = Person.objects.filter(pk__in={person for person, _number, _one in found})
    names = dict(people.values_list("pk", "sort_key"))
    made = [
        Entry((one.on.isoformat(), names[person], person, number), person, one)
        for person, number, one in found
    ]
    return sorted(made, key=lambda entry: entry.key)


def told(chosen: Sequence[Entry], known: datetime) -> list[Line]:
    """These movements with the names of people and places; places as they were called that day, as was known."""
    people = Person.objects.in_bulk({entry.person for entry in chosen})
    steps = {entry.booked.step.event for entry in chosen if entry.booked.step}
    events = MemberEvent.objects.in_bulk(steps)
    places = _Places(chosen, known)
    found = []
    for entry in chosen:
        person, one = people[entry.person], entry.booked
        if one.step is not None:
            event = events[one.step.event]
            ends = _Ends(
                places.name(one.step.frm.organisation, one.step.from_on),
                places.name(one.step.to.organisation, one.on),
                event.decision_number,
            )
            elsewhere = event.data.get("destination") or event.data.get("origin") or ""
        else:
            ends, elsewhere = places.ends_of(one.crossing), ""
        found.append(
            Line(
                person.ref,
                person.full_name,
                person.birth.vn,
                one.on,
                entry.reason,
                entry.side,
                entry.standing,
                ends.came_from,
                ends.went_to,
                ends.decision,
                elsewhere,
                entry.person,
            )
        )
    return found


class KnownLines(Sequence[Line]):
    """Movements in order, their names looked up only for those that are shown."""

    def __init__(self, chosen: Sequence[Entry], known: datetime) -> None:
        self.chosen, self.known = chosen, known

    def __len__(self) -> int:
        return len(self.chosen)

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> list[Line]: ...
    def __getitem__(self, index: int | slice) -> Line | list[Line]:
        if isinstance(index, int):
            return told([self.chosen[index]], self.known)[0]
        return told(self.chosen[index], self.known)

    def __iter__(self) -> Iterator[Line]:
        for start in range(0, len(self.chosen), _AT_ONCE):
            yield from self[start : start + _AT_ONCE]


class _Ends(NamedTuple):
    came_from: str
    went_to: str
    decision: str


class _Places:
    """The names and superiors of the places that some movements name, as known at a moment."""

    def __init__(self, chosen: Iterable[Entry], known: datetime) -> None:
        self.known = known
        self.shapes: dict[int, list[Shape]] = {}
        places, units = set[int](), set[int]()
        for entry in chosen:
            if entry.booked.step:
                ends = entry.booked.step.frm.organisation, entry.booked.step.to.organisation
                places |= {unit for unit in ends if unit is not None}
            if entry.booked.crossing:
                units.add(entry.booked.crossing.unit)
        self._load(places)
        self._load_upwards(units)
        self.decisions = self._decisions() if units else {}

    def _load(self, wanted: set[int]) -> None:
        missing = wanted - self.shapes.keys()
        if missing:
            self.shapes |= {unit: [] for unit in missing} | shapes_as_known(self.known, only=missing)

    def _load_upwards(self, units: set[int]) -> None:
        """Load a level at a time, to the top."""
        while units:
            self._load(units)
            above = {shape.parent for unit in units for shape in self.shapes[unit] if shape.parent}
            units = above - self.shapes.keys()

    def _decisions(self) -> dict[tuple[int, date], str]:
        """By which decision an organisation moved on a day."""
        events = OrganisationEvent.objects.filter(
            organisation__in=self.shapes, kind=OrganisationEvent.MOVED, recorded_at__lte=self.known
        ).exclude(corrected_by__recorded_at__lte=self.known)
        return {(e.organisation_id, e.happened_on): e.decision for e in events.order_by("pk")}

    def _shape(self, unit: int | None, day: date) -> Shape | None:
        shapes = self.shapes.get(unit, []) if unit is not None else []
        return next((shape for shape in shapes if shape.since <= day < shape.until), None)

    def name(self, unit: int | None, day: date) -> str:
        """What an organisation was called on a day; empty for none."""
        shape = self._shape(unit, day)
        return shape.name if shape else ""

    def ends_of(self, crossing: Crossing | None) -> _Ends:
        """Between which superiors a unit, or the nearest above it that moved, passed that day."""
        if crossing is None:
            return _Ends("", "", "")
        day, eve = crossing.on, crossing.on - timedelta(days=1)
        was, now = [self.name(crossing.unit, eve)], [self.name(crossing.unit, day)]
        decision = ""
        mover: int | None = crossing.unit
        while mover is not None:
            old, fresh = self._shape(mover, eve), self._shape(mover, day)
            if old and fresh and old.parent != fresh.parent:
                was.append(self.name(old.parent, eve))
                now.append(self.name(fresh.parent, day))
                decision = self.decisions.get((mover, day), "")
                break
            mover = fresh.parent if fresh else None
        return _Ends(", ".join(filter(None, was)), ", ".join(filter(None, now)), decision)

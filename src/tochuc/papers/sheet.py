"""What a paper is drafted from: a case or a person's record, as of a day, and what was typed for this paper alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from tochuc.cases.asking import moves_of
from tochuc.cases.declare import CELL, SUBJECT, Procedure, Step
from tochuc.cases.models import Case, CaseMove
from tochuc.cases.places import place_of
from tochuc.members.facts import record_on, rows_of
from tochuc.members.models import Fact, Membership, Person
from tochuc.members.queries import facts_of, joined_party, membership_on
from tochuc.members.record_fields import FIELDS, HIDDEN, TABLES
from tochuc.members.record_values import value_of
from tochuc.members.yearly import rows_changed
from tochuc.org.models import Organisation

_OF_ANY_DAY = ("moves", "_facts")
_OF_A_DAY = ("_record", "joined", "stands")


@dataclass
class Sheet:
    """The ground of one paper.

    ``case`` isn't stored where the paper is of a record alone; ``procedure`` and ``step`` are None then. ``on`` is
    the day as of which everything is said. ``fill``: what was typed, by name. ``private``: whether who drafts may
    read the private fields; ``identity`` shows the identity number to who may see it, on record. ``entitled``: how
    many may vote at the step, as far as the record knows.
    """

    case: Case
    on: date
    procedure: Procedure | None = None
    step: Step | None = None
    fill: Mapping[str, str] = field(default_factory=dict)
    private: bool = True
    identity: Callable[[], str] | None = None
    entitled: str = ""

    def filled(self, fill: Mapping[str, str], on: date) -> Sheet:
        """The same ground with what was typed, as of the day that stands on the paper; what was read is kept."""
        same_day = on == self.on
        made = replace(self, fill=fill, on=on, _places=self._places if same_day else {})
        kept = _OF_ANY_DAY + (_OF_A_DAY if same_day else ())
        made.__dict__.update({name: self.__dict__[name] for name in kept if name in self.__dict__})
        return made

    @property
    def person(self) -> Person | None:
        """Whom the paper is about."""
        return self.case.person

    @cached_property
    def moves(self) -> list[CaseMove]:
        """The steps taken, in order."""
        return moves_of(self.case)

    def move(self, step: str) -> CaseMove | None:
        """The latest move of a step."""
        return next((move for move in reversed(self.moves) if move.step == step), None)

    @property
    def own_move(self) -> CaseMove | None:
        """The move of the step that the paper belongs to, once it was taken."""
        return self.move(self.step.code) if self.step else None

    @cached_property
    def _facts(self) -> list[Fact]:
        return facts_of(self.person) if self.person else []

    @cached_property
    def _record(self) -> dict[str, str]:
        if self.person is None:
            return {}
        current = {code: value_of(self.person, code) for code in FIELDS}
        told = record_on(self.person, self._facts, current, self.on, None)
        return {code: str(one.value or "") for code, one in told.items()}

    def recorded(self, code: str) -> str:
        """What the record says of a field on the day, as a reader reads it; empty where one may not see it."""
        asked = FIELDS[code]
        if asked.kind == HIDDEN:
            return self._number
        if asked.private and not self.private:
            return ""
        return asked.shown(self._record.get(code, ""))

    @cached_property
    def _number(self) -> str:
        return self.identity() if self.identity else ""

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The rows of a table of the record, the earliest first."""
        if TABLES[table].private and not self.private:
            return []
        return [fact.value or {} for fact in reversed(rows_of(self._facts, table))]

    @property
    def facts(self) -> list[Fact]:
        """Everything recorded of the person's fields and tables."""
        return self._facts

    @property
    def year(self) -> int:
        """The year that the paper is about: as typed for it, else that of its day."""
        typed = self.fill.get("own.year", "")
        return int(typed) if typed.isdecimal() else self.on.year

    def rows_of_year(self, table: str) -> list[dict[str, Any]]:
        """The rows of a table of the record that belong to the paper's year."""
        if TABLES[table].private and not self.private:
            return []
        return [fact.value or {} for fact in rows_changed(self._facts, table, self.year)]

    @cached_property
    def joined(self) -> tuple[date | None, date | None, date | None]:
        """The days of the admission decision, the ceremony and the recognition, up to the day."""
        days = joined_party(self.person) if self.person else (None, None, None)
        decided, ceremony, official = (one if one and one <= self.on else None for one in days)
        return decided, ceremony, official

    @cached_property
    def stands(self) -> Membership | None:
        """Where the person stands on the day, and as what."""
        return membership_on(self.person, self.on) if self.person else None

    @property
    def cell(self) -> Organisation | None:
        """The cell where the person stands on the day."""
        return self.stands.organisation if self.stands else None

    def place(self, name: str) -> Organisation | None:
        """The organisation that a place of the case is on the day; ``actor`` is where the step is taken."""
        if name not in self._places:
            names = self._actors if name == "actor" else (name,)
            found = (place_of(self.case, one, self.on) for one in names)
            self._places[name] = next((one for one in found if one is not None), None)
        return self._places[name]

    @property
    def _actors(self) -> tuple[str, ...]:
        named = tuple(actor.place for actor in self.step.by if actor.place != SUBJECT) if self.step else ()
        return named or (CELL,)

    _places: dict[str, Organisation | None] = field(default_factory=dict)

"""Which procedures may begin for a person by what the record says of them: a first look, before anything is filled in.

Opening a case asks every condition. Here only those are asked that the person's own facts can answer, looked up once
for all procedures; what needs more stays possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from tochuc.cases.asking import ask_for
from tochuc.cases.declare import Condition, Move, Procedure, Taken, Told
from tochuc.cases.queries import unopened
from tochuc.members.kinds import IN_PARTY
from tochuc.members.models import Person
from tochuc.procedures.record_facts import person_facts


class _NotLookedUp(Exception):
    """A condition asked for more than the person's own facts."""


class _Known(Mapping[str, Any]):
    """The person's own facts; whoever asks for another is told that it wasn't looked up, not that there is none."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self._facts = facts

    def __getitem__(self, name: str) -> Any:
        if name not in self._facts:
            raise _NotLookedUp(name)
        return self._facts[name]

    def get(self, name: str, default: Any = None) -> Any:
        """The fact; never the default, which would be taken for what the record says."""
        return self[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)


def against(person: Person, procedures: Iterable[Procedure], on: date) -> dict[str, str]:
    """Of the procedures that can't begin for the person on the day, by code: the first thing that speaks against it."""
    case = unopened(person, on)
    seen = Taken(Told(on, _Known(_facts(person, on))), Move("", on), ask_for(case))
    found = {one.code: _first(one.begins, seen) for one in procedures}
    return {code: message for code, message in found.items() if message}


def _facts(person: Person, on: date) -> dict[str, Any]:
    """What the person's own record says, without a look at how or when they may have left."""
    facts = person_facts(unopened(person, on), on)
    facts |= {"home_name": person.home.name if person.home else "", "holds_card": person.card_number}
    return {**facts, "left_by": ""} if facts["standing"] in IN_PARTY else facts


def _first(conditions: Iterable[Condition], seen: Taken) -> str:
    """What speaks against it for good; an objection to an answer can still be mended."""
    for condition in conditions:
        try:
            objections = condition(seen)
        except _NotLookedUp:
            continue
        for one in objections:
            if one.refuses and one.field is None:
                return one.message
    return ""

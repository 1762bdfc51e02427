"""The working record of one invented person while their life in the Party is being made up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tochuc.exchange.demo.chance import age_on
from tochuc.exchange.demo.structure import CellPlan

PROBATIONARY, OFFICIAL = "probationary", "official"

# The order in which facts of one day are recorded.
_RANK = {"left_post": 0, "recognised": 2, "exempted": 3, "exemption_ended": 3, "took_post": 4}
_ENDINGS = frozenset({"died", "expelled", "removed", "departed", "left_for"})
_COMINGS = frozenset({"opening", "arrived", "restored", "admitted", "readmitted"})


@dataclass(slots=True)
class Fact:
    """Something that happened to a person; ``cell`` is the one come to, ``decided`` the decision's day."""

    on: date
    kind: str
    cell: str | None = None
    data: dict[str, Any] = field(default_factory=dict)
    decided: date | None = None
    post: str | None = None
    decider: str = "district"

    @property
    def ends(self) -> bool:
        """Whether the person is no longer a member after it."""
        return self.kind in _ENDINGS


@dataclass(slots=True)
class Life:
    """A person in the making. ``cell`` is the planned cell they belong to now, None outside the Party."""

    gender: str
    birth: date
    origin: CellPlan
    cell: CellPlan | None
    standing: str
    facts: list[Fact] = field(default_factory=list)
    admitted_on: date | None = None
    official_on: date | None = None
    decision_due: date | None = None
    exempt: bool = False
    name: str = ""
    leader_of: str = ""

    def age(self, day: date) -> float:
        """Years lived on a day."""
        return age_on(self.birth, day)

    def add(self, fact: Fact) -> None:
        """Note a fact; facts of a year may come in any order."""
        self.facts.append(fact)
        if fact.ends:
            self.cell = None

    def in_order(self) -> None:
        """Put the facts in the order in which they can be recorded."""
        self.facts.sort(key=lambda fact: (fact.on, _RANK.get(fact.kind, 1)))


@dataclass(frozen=True, slots=True)
class Stay:
    """A member's time in one cell; ``official_from`` is when they could be chosen for a post."""

    life: Life
    cell: str
    since: date
    until: date
    official_from: date
    exempt_from: date


FAR = date.max


def stays(life: Life) -> list[Stay]:
    """The person's times in cells as a member, from facts in order."""
    found: list[Stay] = []
    cell: str | None = None
    since = official_from = exempt_from = FAR
    for fact in life.facts:
        if fact.kind == "recognised":
            official_from = fact.decided or fact.on
        elif fact.kind == "exempted":
            exempt_from = min(exempt_from, fact.on)
        elif fact.kind in {"opening", "arrived", "restored"} and fact.data["standing"] == OFFICIAL:
            official_from = fact.on
        if not (fact.kind in _COMINGS or (fact.kind == "transferred" and cell) or fact.ends):
            continue
        if cell is not None:
            found.append(Stay(life, cell, since, fact.on, official_from, exempt_from))
        cell, since = (None, FAR) if fact.ends else (fact.cell, fact.on)
        if fact.ends:
            official_from = FAR
    if cell is not None:
        found.append(Stay(life, cell, since, FAR, official_from, exempt_from))
    return found

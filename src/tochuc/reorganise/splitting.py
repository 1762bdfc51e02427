"""Who of a cell that is divided goes where: by name, by where they live, by the cell they came from. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tochuc.kernel.errors import DomainError, Refused
from tochuc.kernel.names import fold
from tochuc.reorganise.plan import Part, Split

_SHOWN = 8


@dataclass(frozen=True)
class Someone:
    """One who stands in a cell on the plan's day. ``before`` is the cell they came from, empty if none."""

    id: int
    ref: str
    name: str
    residence: str = ""
    before: str = ""


def assign(
    split: Split, people: Iterable[Someone], where: str = ""
) -> tuple[dict[int, str], list[DomainError]]:
    """Where each of a divided cell goes, by person id, and the objections: those for whom no place or two are named.

    One named in a list goes there, whatever the rules for residence and former cell say.
    """
    goes: dict[int, str] = {}
    nowhere, twice = [], []
    rules = [(part, _Rule(part)) for part in split.parts]
    for one in people:
        named = [part.to for part in split.parts if one.ref in part.people]
        fits = list(dict.fromkeys(named or [part.to for part, rule in rules if rule.fits(one)]))
        if len(fits) > 1:
            twice.append(one)
        elif fits or split.rest:
            goes[one.id] = fits[0] if fits else str(split.rest)
        else:
            nowhere.append(one)
    objections: list[DomainError] = []
    if nowhere:
        words = f"{where}{len(nowhere)} người chưa có nơi đến: {_names(nowhere)}. Hãy nêu nơi cho những người còn lại."
        objections.append(Refused("no_place", words, "operations"))
    if twice:
        words = f"{where}{len(twice)} người được nêu ở hai nơi đến: {_names(twice)}."
        objections.append(Refused("two_places", words, "operations"))
    return goes, objections


def strangers(split: Split, people: Iterable[Someone], where: str = "") -> list[DomainError]:
    """The objection to names that stand in none of the cells divided."""
    known = {one.ref for one in people}
    unknown = sorted({ref for part in split.parts for ref in part.people} - known)
    if not unknown:
        return []
    words = f"{where}Không có người mã {', '.join(unknown[:_SHOWN])} trong các chi bộ được chia."
    return [Refused("unknown_person", words, "operations")]


class _Rule:
    def __init__(self, part: Part) -> None:
        self.before = frozenset(part.before)
        self.residence = [re.compile(rf"(?<!\w){re.escape(fold(text))}(?!\w)") for text in part.residence]

    def fits(self, one: Someone) -> bool:
        """Whether the part's rules name this person."""
        if one.before and one.before in self.before:
            return True
        home = fold(one.residence)
        return any(pattern.search(home) for pattern in self.residence)


def _names(people: list[Someone]) -> str:
    more = len(people) - _SHOWN
    return "; ".join(one.name for one in people[:_SHOWN]) + (f" và {more} người khác" if more > 0 else "")

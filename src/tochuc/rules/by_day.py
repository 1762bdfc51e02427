"""The rules of one day, read as they are spoken of: ``on(day).admission.age_minimum``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Protocol

from tochuc.rules.ask import all_params, rule
from tochuc.rules.ruled import Ruled


class _Asks(Protocol):
    def __call__(self, rule_id: str, /, *, on: date) -> Ruled: ...


@dataclass(frozen=True)
class Chapter:
    """One chapter of the rules of a day; its attributes are its parameters."""

    name: str
    asks: Callable[[str], Ruled]

    def __getattr__(self, parameter: str) -> Ruled:
        """What the parameter says; raises NotInForce where it says nothing that day."""
        rule_id = f"{self.name}.{parameter}"
        if rule_id not in all_params():
            raise AttributeError(f"no parameter {rule_id!r}{_near(rule_id, all_params())}")
        return self.asks(rule_id)


@dataclass(frozen=True)
class RulesOfADay:
    """What the rules say on a day; its attributes are their chapters."""

    day: date
    ask: _Asks

    def __getattr__(self, chapter: str) -> Chapter:
        """The chapter of this name."""
        chapters = sorted({one.partition(".")[0] for one in all_params()})
        if chapter not in chapters:
            raise AttributeError(f"no chapter {chapter!r}{_near(chapter, chapters)}")
        return Chapter(chapter, lambda rule_id: self.ask(rule_id, on=self.day))


def on(day: date) -> RulesOfADay:
    """What the packs say on a day, no branch considered."""
    return RulesOfADay(day, rule)


def _near(name: str, names: list[str] | tuple[str, ...]) -> str:
    found = get_close_matches(name, names, n=1)
    return f"; {found[0]}?" if found else ""

"""The names a story may use: procedures and their steps, organisations, people, posts, kinds of entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from tochuc.cases.declare import DONE, Procedure, Step
from tochuc.cases.registry import every_edition, running
from tochuc.stories.declare import Place, Story

_FEW = 8


@dataclass(frozen=True)
class Known:
    """The organisations, people and posts that a story has from its beginning or that a reorganisation in it founds."""

    places: frozenset[str]
    people: frozenset[str]
    posts: frozenset[str]

    @classmethod
    def of(cls, story: Story, default: Sequence[Place]) -> Known:
        """What a story knows by name."""
        founded = {code for move in story.moves for code in _codes(move.reorganise)}
        places = {place.code for place in story.organisations or default} | founded
        posts = {seat.code for seat in story.posts} | founded
        return cls(frozenset(places), frozenset(story.people), frozenset(posts))


def _codes(said: Any) -> Iterator[str]:
    """Every ``code`` that a plan gives to something it founds."""
    if isinstance(said, list):
        for one in said:
            yield from _codes(one)
    elif isinstance(said, dict):
        for key, value in said.items():
            if key == "code":
                yield str(value)
            else:
                yield from _codes(value)


def procedure_codes() -> list[str]:
    """The codes of all procedures."""
    return list(dict.fromkeys(one.code for one in every_edition()))


def procedure(code: str, on: date) -> Procedure | None:
    """The edition of a procedure by which a case opened that day runs; None for none."""
    try:
        return running(code, on).procedure
    except LookupError:
        return None


def outcome_of(step: Step, said: str) -> str:
    """The outcome that a move means: the one it names, else the only one there is, else that the step is done."""
    only = step.outcomes[0] if len(step.outcomes) == 1 else DONE
    return said or only.code


def unknown(what: str, name: str, allowed: Iterable[str], *, few: bool = False) -> str:
    """Words for a name that stands for nothing, with the nearest one and those that there are."""
    names = list(allowed)
    near = get_close_matches(name, names, n=_FEW if few else 1)
    asked = f"; có phải {' hoặc '.join(near)}?" if near else ""
    listed = "" if few else f"; dùng được: {', '.join(names) or 'chưa có'}"
    return f"không có {what} nào tên «{name}»{asked}{listed}"

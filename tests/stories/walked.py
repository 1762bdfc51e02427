"""What the stories tell: every refusal they expect, every outcome they take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tochuc.cases.registry import every_edition
from tochuc.stories.declare import Happens, Story
from tochuc.stories.refusals import OPENING, Refusal
from tochuc.stories.shelf import shelf
from tochuc.stories.vocabulary import outcome_of, procedure


@dataclass(frozen=True, order=True)
class Ending:
    """One way in which a step ends."""

    procedure: str
    step: str
    outcome: str

    def __str__(self) -> str:
        return f"{self.procedure}.{self.step}:{self.outcome}"


def endings() -> set[Ending]:
    """Every outcome of every step of every procedure that runs."""
    return {
        Ending(edition.code, step.code, outcome.code)
        for edition in every_edition()
        for step in edition.steps
        for outcome in step.outcomes
    }


def told() -> tuple[set[Refusal], set[Ending]]:
    """Every refusal that a story expects, and every outcome that one takes: it is met when the story is played."""
    refused: set[Refusal] = set()
    taken: set[Ending] = set()
    for story in shelf().values():
        for code, move in _with_its_procedure(story):
            expected, known = move.expect.refused, procedure(code, move.on)
            assert known is not None
            if expected is not None:
                refused.add(Refusal(code, move.step or OPENING, expected.code, bool(expected.article)))
            elif move.step:
                taken.add(Ending(code, move.step, outcome_of(known.step(move.step), move.outcome)))
    return refused, taken


def _with_its_procedure(story: Story) -> Iterator[tuple[str, Happens]]:
    """Each opening and each step of a story with the procedure it belongs to."""
    opened: dict[str, str] = {}
    last = ""
    for move in story.moves:
        if move.open:
            if move.expect.refused is None:
                last = move.case or move.for_ or move.at
                opened[last] = move.open
            yield move.open, move
        elif move.step:
            yield opened[move.case or (move.for_ if move.for_ in opened else last)], move

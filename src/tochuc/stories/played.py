"""What playing a story came to: each move, where everybody stands at the end, what wasn't as expected."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tochuc.cases.engine import Stand
from tochuc.stories.declare import Story
from tochuc.stories.desk import Row


@dataclass
class Played:
    """What happened at one move: refused with what, doubted, and where the case stands after it."""

    on: date
    what: str
    case: str
    refusals: list[dict[str, str | None]] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    stand: Stand | None = None
    forms: dict[str, str] = field(default_factory=dict)
    due: list[dict[str, Any]] = field(default_factory=list)
    listed: list[Row] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


@dataclass
class Performance:
    """A story as it was played: every move, where everybody stands at the end, what wasn't as expected."""

    story: Story
    moves: list[Played] = field(default_factory=list)
    standing: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def failures(self) -> list[str]:
        """Everything that wasn't as expected, with the move it belongs to."""
        return [f"{one.on:%d/%m/%Y} {one.what}: {failure}" for one in self.moves for failure in one.failures]

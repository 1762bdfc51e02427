"""The stories that ship with Tochuc, by the procedures they explain."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tochuc.stories.declare import Story
from tochuc.stories.reading import read_story

_TOLD = Path(__file__).parent / "told"


@cache
def shelf() -> Mapping[str, Story]:
    """Every story by the name of its file, in their order."""
    return {path.stem: read_story(path) for path in sorted(_TOLD.rglob("*.yaml"))}


def stories_of(procedure: str) -> dict[str, Story]:
    """The stories that explain a procedure."""
    return {name: story for name, story in shelf().items() if procedure in story.tells}

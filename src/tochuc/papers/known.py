"""A field that the text of a form can name: what it is called, how it is found, and where it is mended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tochuc.papers.sheet import Sheet

MendKind = Literal["record", "events", "posts", "organisation", "case", "step", "here"]


@dataclass(frozen=True)
class Mend:
    """Where a missing field is filled in: a section of the record, an organisation's posts, a step, the paper's page."""

    kind: MendKind
    key: str = ""


HERE = Mend("here")


@dataclass(frozen=True)
class Known:
    """A field by name; ``value`` gives its words on a sheet, empty where it isn't known."""

    name: str
    words: str
    mend: Mend
    value: Callable[[Sheet], str]

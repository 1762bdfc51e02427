"""The text of a form with its fields: ``Đồng chí {member.full_name}[, tên gọi khác {member.other_names}]``.

A field in braces must be known before the paper is printed; what stands in brackets is left out where one of its
fields isn't known. What people typed is put in as it is and never read as text of a form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

DOTS = "…" * 12
"""Room to write by hand, only where somebody asked for a paper to be filled in that way."""

_FIELD = re.compile(r"\{([a-z_0-9.]+)\}")
_TOKEN = re.compile(r"(\{[^{}]*\}|[\[\]{}])")


class BadText(ValueError):
    """A text of a form that can't be read: which part, and why."""


@dataclass(frozen=True)
class Field:
    """A field by name."""

    name: str


@dataclass(frozen=True)
class Optional:
    """A part that is left out where one of its fields isn't known."""

    parts: tuple[str | Field, ...]


@dataclass(frozen=True)
class Filled:
    """A text with its fields filled in: which ones it lacks, and which parts were left out for want of which."""

    text: str
    missing: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def pieces(text: str) -> tuple[str | Field | Optional, ...]:
    """The text in parts. Raises ``BadText``."""
    found: list[str | Field | Optional] = []
    inside: list[str | Field] | None = None
    for token in _TOKEN.split(text):
        if not token:
            continue
        if token == "[":
            if inside is not None:
                raise BadText(f"ngoặc vuông lồng nhau trong «{text}»")
            inside = []
        elif token == "]":
            if inside is None or not any(isinstance(part, Field) for part in inside):
                raise BadText(f"ngoặc vuông phải mở, đóng và có trường ở trong: «{text}»")
            found.append(Optional(tuple(inside)))
            inside = None
        elif token[0] in "{}":
            name = _FIELD.fullmatch(token)
            if name is None:
                raise BadText(f"trường viết sai ở «{token}» trong «{text}»")
            (found if inside is None else inside).append(Field(name[1]))
        else:
            (found if inside is None else inside).append(token)
    if inside is not None:
        raise BadText(f"ngoặc vuông chưa đóng trong «{text}»")
    return tuple(found)


def fields_of(text: str) -> Iterator[tuple[str, bool]]:
    """The fields that a text names, each with whether it may be unknown."""
    for piece in pieces(text):
        if isinstance(piece, Field):
            yield piece.name, False
        elif isinstance(piece, Optional):
            yield from ((part.name, True) for part in piece.parts if isinstance(part, Field))


def filled(text: str, value: Callable[[str], str], *, dots: bool = False) -> Filled:
    """The text with each field's value; with ``dots``, room to write where one isn't known."""
    said: list[str] = []
    missing: list[str] = []
    left_out: list[str] = []

    def of(part: str | Field, absent: list[str]) -> str:
        if isinstance(part, str):
            return part
        known = value(part.name)
        if not known:
            absent.append(part.name)
        return known or (DOTS if dots else "")

    for piece in pieces(text):
        if not isinstance(piece, Optional):
            said.append(of(piece, missing))
            continue
        absent: list[str] = []
        inner = "".join([of(part, absent) for part in piece.parts])
        if dots or not absent:
            said.append(inner)
        left_out += absent
    return Filled("".join(said), tuple(missing), tuple(left_out))

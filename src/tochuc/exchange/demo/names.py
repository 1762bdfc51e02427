"""Personal names of the region and generation; never the full name of a well-known leader."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

from tochuc.exchange.demo import sources


@cache
def avoided() -> frozenset[str]:
    """Full names nobody bears here."""
    lines = sources.text("avoided-names.txt").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def draw_name(rng: Random, gender: str, birth_year: int) -> str:
    """A full name, family name first, as given to a child of that year."""
    while True:
        name = _draw(rng, gender, birth_year)
        if name not in avoided():
            return name


@cache
def _families() -> tuple[str, ...]:
    return tuple(sources.settings("names.yaml")["families"].split())


@cache
def _parts(gender: str, generation: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    part = _generations()[generation][gender]
    return tuple(part["middle"].replace("|", "\u00a0").split(" ")), tuple(part["given"].split())


def _generations() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = sources.settings("names.yaml")["generations"]
    return listed


def _draw(rng: Random, gender: str, birth_year: int) -> str:
    generation = next(i for i, g in enumerate(_generations()) if birth_year < g["born_before"])
    middles, givens = _parts(gender, generation)
    family, middle, given = rng.choice(_families()), rng.choice(middles), rng.choice(givens)
    # A middle name doesn't repeat the family or the given name.
    while family in middle.split("\u00a0") or given in middle.split("\u00a0"):
        middle = rng.choice(middles)
    return f"{family} {middle} {given}".replace("\u00a0", " ")

"""Numbers as the Party's papers write them: Roman terms, ordinal words, the comma as decimal sign."""

import re
from functools import lru_cache

ORDINAL = (
    r"(?:\d{1,2}(?!\d)|muoi (?:mot|hai|ba|bon|tu|lam|nam|sau|bay|tam|chin)\b|"
    r"(?:nhat|mot|hai|ba|tu|bon|nam|sau|bay|tam|chin|muoi)\b|[ivx]{1,7}\b)"
)
"""A pattern for an ordinal in accent-free small letters: digits, Roman figure or word."""

_WORDS = {
    "nhat": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "lam": 5,
    "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
}  # fmt: skip
_STEPS = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_SCALE = {"ngan": 1_000, "nghin": 1_000, "van": 10_000, "trieu": 1_000_000}
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")


def roman(number: int) -> str:
    """The Roman figure of 1..49; congress and term ordinals do not go higher."""
    figure = ""
    for value, sign in _STEPS:
        while number >= value:
            figure += sign
            number -= value
    return figure


@lru_cache(maxsize=1)
def _romans() -> dict[str, int]:
    return {roman(number).lower(): number for number in range(1, 50)}


def ordinal(word: str) -> int | None:
    """Value of an ordinal written as digits, Roman figure or word (accent-free, small letters); None if neither."""
    if word.isdecimal():
        return int(word) or None
    if word in _WORDS:
        return _WORDS[word]
    if word.startswith("muoi "):
        return 10 + _WORDS[word[5:]]
    return _romans().get(word)


def quantity(figure: str, scale: str = "", *, share: bool = False) -> float:
    """Value of ``1.450``, ``56,62``, ``4,5`` with scale ``ngan``; ``share`` says that a per cent sign follows.

    The point groups thousands and the comma marks decimals; ``1,450`` people can only be a foreign
    grouping, because people are counted whole, and ``53.45`` % can only be a foreign decimal sign.
    """
    if _GROUPED.fullmatch(figure) and not share:
        value = float(figure.replace(".", "").replace(",", "."))
    elif "," in figure and len(figure.rsplit(",", 1)[1]) == 3 and not share and not scale:
        value = float(figure.replace(".", "").replace(",", ""))
    else:
        value = float(figure.replace(",", ".")) if figure.count(".") + figure.count(",") < 2 else 0.0
    return round(value * _SCALE.get(scale, 1), 6)

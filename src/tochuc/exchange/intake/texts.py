"""Cells as text: one line, composed letters; and the words people use for yes, no and nothing."""

import re
import unicodedata
from functools import cache, lru_cache

from tochuc.exchange.intake.cells import Cell, Fault, shown
from tochuc.exchange.intake.wordlists import wordlist
from tochuc.kernel.names import fold

_ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ue000-\uf8ff]")


def text_of(cell: Cell) -> str:
    """The cell's text, NFC, single spaces; "" where it says nothing.

    >>> text_of("  Duy Sơn,\\n Duy Xuyên ")
    'Duy Sơn, Duy Xuyên'
    """
    if cell is None or isinstance(cell, Fault):
        return ""
    return tidy(cell) if isinstance(cell, str) else shown(cell)


@lru_cache(maxsize=8192)
def tidy(text: str) -> str:
    """Text in one line of composed letters; "" for a dash or dots in place of a text."""
    line = " ".join(_ODD.sub("", unicodedata.normalize("NFC", text)).split())
    return "" if line.lower() in words("nothing") else line


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Text for comparing: without capitals and tones, trimmed of signs around it."""
    return fold(text).strip(" .,;:\"'")


def is_mark(cell: Cell) -> bool:
    """Whether a cell in a column of marks is marked; a date or a number written there marks it too."""
    if isinstance(cell, bool):
        return cell
    text = text_of(cell).lower()
    return bool(text) and plain(text) not in words("not_marked") and text not in words("not_marked")


def is_plain_mark(cell: Cell) -> bool:
    """Whether a cell holds one of the usual marks and nothing else."""
    if isinstance(cell, bool):
        return cell
    text = text_of(cell).lower()
    return text in words("marks") or plain(text) in words("marks")


@cache
def words(name: str) -> frozenset[str]:
    """A list of the wording file for values."""
    return frozenset(str(word).lower() for word in wordlist("values")[name])

"""The name in a list: joined from its columns, without the title, numbering and remarks written around it."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from tochuc.exchange.intake.cells import Cell
from tochuc.exchange.intake.rowwords import unnumbered
from tochuc.exchange.intake.texts import plain, text_of, words
from tochuc.exchange.intake.wordlists import wordlist
from tochuc.kernel.names import clean_name, fold

_PERSON = re.compile(
    r"[^\W\d_]+(?:[\s.'’`ʼ\-]+[^\W\d_]+){0,9}\.?(?:\s*[(\[\-–,/].{0,60})?(?:\s*\d{1,2})?\*?", re.DOTALL
)
_ASIDE = re.compile(r"\s*(?:\(([^()]*)\)|\[([^\[\]]*)\]|[\-–,/]\s*([^\-–,/()]+))\s*$")
_COMRADE = re.compile(r"^[đĐ]\s?/\s?[cC][.:\s]*")
_MISTER = re.compile(r"(?:ông|ong|bà|ba)\s*([:.]?)\s*(\S+(?:\s+\S+)*)", re.IGNORECASE)
_BIRTH_AFTER = re.compile(
    r"[\s,;:(\[/–-]*(?:\b(?:sinh(?:\s+(?:ngày|năm))?|sn|ns)\b[\s.:]*)?(?<!\d)(\d.*)$", re.IGNORECASE
)
_SIGNS = " \t.,;:*•+-–_"


def name_text(cells: Sequence[Cell], *, in_use: bool = False) -> str:
    """The cells of a name as one line; numbers and marks there are no name.

    `in_use`: the cell holds two names below one another, of which the first is the one in use.
    """
    texts = [cell for cell in cells if isinstance(cell, str)]
    if in_use and texts:
        texts = texts[0].strip().splitlines()[:1]
    return " ".join(filter(None, map(text_of, texts)))


def name_and_birth(cell: Cell) -> tuple[str, str]:
    """A cell that holds the name and then the date of birth, parted; the date "" where it isn't there.

    >>> name_and_birth("Lê Thị Lan, sinh năm 1975"), name_and_birth("1. Lê Văn Tám (02/4/1960)")
    (('Lê Thị Lan', '1975'), ('Lê Văn Tám', '02/4/1960)'))
    """
    text = unnumbered(" ".join(text_of(cell).split()))
    found = _BIRTH_AFTER.search(text)
    return (text[: found.start()], found[1]) if found else (text, "")


def looks_like_name(text: str) -> bool:
    """Whether a text can be a person's name.

    >>> looks_like_name("H'Hen Niê"), looks_like_name("Tổng cộng: 25")
    (True, False)
    """
    return len(text) <= 100 and _PERSON.fullmatch(text) is not None


def person_name(text: str) -> str:
    """The name as it is written on a record; "" where nothing of a name is left.

    >>> person_name("1. Đ/c NGUYỄN VĂN AN (dự bị)")
    'Nguyễn Văn An'
    """
    name = unnumbered(unicodedata.normalize("NFC", text)).strip(_SIGNS)
    name = _without_title(name)
    while (aside := _ASIDE.search(name)) and _is_aside(aside):
        name = name[: aside.start()]
    return clean_name(name.strip(_SIGNS))


def _is_aside(aside: re.Match[str]) -> bool:
    bracketed = aside[1] if aside[1] is not None else aside[2]
    return bracketed is not None or plain(aside[3]) in _asides()


def _without_title(name: str) -> str:
    if name[:1] in "ôÔoObB":
        return _without_mister(name)
    if name[:1] not in "đĐdD":
        return name
    parts = _COMRADE.sub("đ/c ", name).split()
    for size in (1, 2):
        if fold(" ".join(parts[:size])).rstrip(".:") in _prefixes() and len(parts) - size >= 2:
            return " ".join(parts[size:])
    return name


def _without_mister(name: str) -> str:
    """The name without *Ông* or *Bà*; Ông is a family name too, so a sign or a usual family name must follow."""
    found = _MISTER.match(name)
    if not found:
        return name
    following = found[2].split()
    usual = fold(following[0]) in words("usual_family_names") and len(following) > 2
    return found[2] if found[1] or usual else name


@cache
def _prefixes() -> frozenset[str]:
    return frozenset(map(str, wordlist("values")["name_prefixes"]))


@cache
def _asides() -> frozenset[str]:
    return frozenset(map(str, wordlist("values")["name_asides"]))

"""One text in four forms of equal length, so that a match in any of them is a place in the original."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_LETTERS = [chr(code) for code in (*range(0x41, 0x250), *range(0x1EA0, 0x1EFA)) if chr(code).isalpha()]
CAPITAL = f"[{''.join(letter for letter in _LETTERS if letter.isupper())}]"
"""A pattern for one capital letter; capitals and small letters alternate in Unicode, so no range can say it."""

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_OLD_TONE_PLACE = re.compile(r"(?<![qQ])([oOuU])([áàảãạéèẻẽẹýỳỷỹỵÁÀẢÃẠÉÈẺẼẸÝỲỶỸỴ])(?!\w)")
_LONGEST_SENTENCE = 4_000  # characters
_SENTENCE_END = re.compile(r"[.!?…][\"”’)\]]{0,3}(?=\s)|\n")
_ABBREVIATION = re.compile(r"(?:\b(?:[Tt][Pp]|[Tt]hS|TS|PGS|GS|[Đđ]/c|Tr|St|[A-ZĐ]))$")

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_UNIFIED = {
    **dict.fromkeys(map(ord, "‐‑‒–—―−\u00ad"), "-"),
    **dict.fromkeys(
        map(ord, "\t\r\f\v\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u202f\u3000\ufeff"),
        " ",
    ),
    **dict.fromkeys(map(ord, "“”„‟«»"), '"'),
    **dict.fromkeys(map(ord, "‘’‚‛"), "'"),
    ord("İ"): "I",
    ord("Ð"): "Đ",
    ord("ð"): "đ",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A text ready for matching; the four strings have one length and share their offsets.

    ``raw`` is the NFC text itself, ``norm`` the same with dashes, blanks, quotes and the place of the tone
    (*khoá* / *khóa*, *uỷ* / *ủy*) unified, ``low`` that in small letters, ``bare`` that without any accent.
    """

    raw: str
    norm: str
    low: str
    bare: str
    sentences: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: str) -> "Source":
        """Prepare any string; canonical composition first, so decomposed accents are read like composed ones."""
        raw = nfc(text)
        norm = _OLD_TONE_PLACE.sub(_move_tone, raw.translate(_UNIFIED))
        low = _lower(norm)
        return cls(raw, norm, low, low.translate(_bare_table()), _sentences(norm))

    def sentence_at(self, place: int) -> tuple[int, int]:
        """Start and end of the sentence that holds the offset."""
        starts = bisect_right(self.sentences, (place, len(self.raw) + 1)) - 1
        return self.sentences[max(starts, 0)] if self.sentences else (0, len(self.raw))


def nfc(text: str) -> str:
    """Canonical composition, with halves of broken surrogate pairs replaced by U+FFFD."""
    return unicodedata.normalize("NFC", _LONE_SURROGATE.sub("\ufffd", text))


def bare(text: str) -> str:
    """A phrase in small letters without accents, as ``Source.bare`` has it."""
    return Source.of(text).bare


def _move_tone(match: re.Match[str]) -> str:
    first, second = match.groups()
    parts = unicodedata.normalize("NFD", second)
    tone = "".join(mark for mark in parts if mark in _TONES)
    return unicodedata.normalize("NFC", first + tone) + parts[0]


def _lower(text: str) -> str:
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


@lru_cache(maxsize=1)
def _bare_table() -> dict[int, str]:
    letters = {ord("đ"): "d"}
    for code in (*range(0xC0, 0x180), *range(0x1A0, 0x1B1), *range(0x1EA0, 0x1EFA)):
        plain = unicodedata.normalize("NFD", chr(code))[0]
        if plain.isascii():
            letters[code] = plain
    return letters


def _sentences(norm: str) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    start = 0
    for match in _SENTENCE_END.finditer(norm):
        end = match.end()
        if match.group() == "." and _ABBREVIATION.search(norm, max(match.start() - 4, 0), match.start()):
            continue
        found += _bounded(norm, start, end)
        start = end
    found += _bounded(norm, start, len(norm))
    return tuple(found)


def _bounded(norm: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, cut into pieces at blanks if no one could have written it so long."""
    while end - start > _LONGEST_SENTENCE:
        cut = norm.rfind(" ", start, start + _LONGEST_SENTENCE) + 1 or start + _LONGEST_SENTENCE
        yield start, cut
        start = cut
    if norm[start:end].strip():
        yield start, end

"""Telling by its first words what a row without a person is."""

import re
import unicodedata
from functools import cache, lru_cache

from tochuc.documents.extract.normal import Source
from tochuc.exchange.intake.wording import has_tones
from tochuc.exchange.intake.wordlists import wordlist

_NUMBERING = re.compile(
    r"\s*(?:(?:[IVXLC]{1,7}|[A-ZĐ]|\d{1,3}(?:\.\d{1,2})*)\s*[.)\-–:]+\s*|\d{1,3}\s*/\s+|[*+•\-–▪●♦◦·]+\s*)+(?=\S)"
)
_SECTION = re.compile(r"\s*(?:[IVXLC]{1,7}|[A-ZĐ]|[a-zđ])\s*[.)/\-–:]*\s*")
_WORDS = re.compile(r"[^\W_]+")
_LONGEST_OPENING = 5
_PLACE_AND_DAY = re.compile(r"(?:^|,|\s)ngay\s*[\d._…\s]{0,12}\s*,?\s*thang\s*[\d._…\s]{0,12}\s*,?\s*nam\b")
_A_DAY = re.compile(r"\bng[àa]y\b", re.IGNORECASE)
_KINDS = ("total", "signature", "note", "hint", "group", "alone")
_COUNTED = re.compile(r"\W*\d*\W*(?:dong chi|d/?c|dang vien|dv|nguoi)?\W*")


def row_word(text: str) -> str | None:
    """total, signature, note, hint or group by how the text begins; None where it may be a person's name.

    >>> row_word("Tổng cộng: 25 đồng chí"), row_word("II. Chi bộ thôn 3"), row_word("Tống Văn Cộng")
    ('total', 'group', None)
    """
    first = text.split(maxsplit=1)
    return _row_word(text) if first and (_may_open(first[0]) or _A_DAY.search(text)) else None


@lru_cache(maxsize=8192)
def _may_open(word: str) -> bool:
    """Whether a row that begins with the word can be anything but a person's name; most rows end here."""
    if not word.isalpha():
        return True
    source = Source.of(word)
    return source.bare in _first_words()


@lru_cache(maxsize=4096)
def _row_word(text: str) -> str | None:
    source = Source.of(unnumbered(unicodedata.normalize("NFC", text))[:200])
    words = [(match.start(), match.end()) for match in _WORDS.finditer(source.low)]
    if not words:
        return None
    toned = has_tones(text)
    for size in range(min(_LONGEST_OPENING, len(words)), 0, -1):
        end = words[size - 1][1]
        bare = " ".join(source.bare[a:b] for a, b in words[:size])
        kind, wanted = _openings().get(bare, (None, ""))
        if kind is None or (toned and " ".join(source.low[a:b] for a, b in words[:size]) != wanted):
            continue
        rest = source.bare[end:]
        if kind == "alone":
            if _COUNTED.fullmatch(rest):
                return "group"
        elif toned or size > 1 or bare in _NEVER_NAMES or not re.match(r"\s*[a-z]", rest):
            return kind
    return "signature" if _PLACE_AND_DAY.search(source.bare) and len(words) <= 16 else None


def unnumbered(text: str) -> str:
    """Text without the number, letter or bullet it begins with.

    >>> unnumbered("II. Chi bộ thôn 3"), unnumbered("1- Nguyễn Văn An")
    ('Chi bộ thôn 3', 'Nguyễn Văn An')
    """
    found = _NUMBERING.match(text)
    return text[found.end() :] if found else text


def is_section(text: str) -> bool:
    """Whether a text is the number of a section: I, II, A, b)."""
    return _SECTION.fullmatch(text) is not None


_NEVER_NAMES = frozenset(
    {"tm", "ubnd", "hdnd", "htx", "thon", "xom", "khoi", "mttq", "ubmttq", "cty", "dv", "ds", "tram"}
)


@cache
def _first_words() -> frozenset[str]:
    return frozenset(opening.split()[0] for opening in _openings())


@cache
def _openings() -> dict[str, tuple[str, str]]:
    """Kind and spelling with tones, by the opening without tones."""
    found: dict[str, tuple[str, str]] = {}
    for kind in _KINDS:
        for phrase in wordlist("rows")[kind]:
            source = Source.of(str(phrase))
            words = [(match.start(), match.end()) for match in _WORDS.finditer(source.low)]
            bare = " ".join(source.bare[a:b] for a, b in words)
            found.setdefault(bare, (kind, " ".join(source.low[a:b] for a, b in words)))
    return found

"""Reading a heading: which concepts its words name, and which field those make."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from tochuc.documents.extract.normal import Source
from tochuc.exchange.intake.wordlists import wordlist

_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_WORDS = re.compile(r"[^\W_]+|[#&]")
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONGEST = 200
_LONGEST_WORDING = 12
_LEAST_RUN_TOGETHER = 3  # letters of the shortest wording that is recognised inside a run of words

Concepts = frozenset[str]
NOTHING: Concepts = frozenset()


@dataclass(frozen=True, slots=True)
class Meaning:
    """The concepts of a heading; `sure` where every word of it is known."""

    concepts: Concepts = NOTHING
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: a field, and which part of it ("" for the whole).

    `rank`: of several columns for one field the lowest is taken. `loose`: only believed beside its sisters.
    """

    field: str
    part: str = ""
    rank: int = 1
    loose: bool = False


@dataclass(frozen=True, slots=True)
class _Wording:
    concept: str
    toned: tuple[str, ...]


@lru_cache(maxsize=4096)
def meaning(heading: str, *, toned: bool = True) -> Meaning:
    """The concepts a heading's words name.

    `toned`: the list's headings carry tone marks, so `nam` is a man and not a year.

    >>> sorted(meaning("Ngày vào Đảng").concepts)
    ['admit', 'day']
    """
    text = unicodedata.normalize("NFC", heading)[:_LONGEST]
    inside = " ".join(_BRACKETS.findall(text))
    outside = _BRACKETS.sub(" ", text)
    if not _WORDS.search(outside):
        inside, outside = "", inside
    main = _read(_words(outside), toned)
    aside = _read(_words(inside), toned)
    concepts = main.concepts | (aside.concepts if aside.sure else NOTHING)
    return Meaning(concepts - {"filler"}, main.sure)


@lru_cache(maxsize=4096)
def column_for(concepts: Concepts) -> Column | None:
    """The field those concepts make; None where they make none."""
    for rule in wordlist("headings")["fields"]:
        needed = set(rule["all"])
        allowed = needed | set(rule.get("may", ())) | set(rule.get("any", ()))
        one_of = rule.get("any")
        if needed <= concepts <= allowed and (one_of is None or concepts & set(one_of)):
            return Column(rule["field"], rule.get("part", ""), rule.get("rank", 1), rule.get("loose", False))
    return None


def heads_two_dates(heading: str) -> bool:
    """Whether a heading stands over the day of admission and the day of recognition in one cell.

    >>> heads_two_dates("Ngày vào Đảng, ngày chính thức"), heads_two_dates("Ngày vào Đảng\\nchính thức")
    (True, False)
    """
    return _two_dates().search(Source.of(heading).bare) is not None


def heads_name_and_birth(heading: str) -> bool:
    """Whether a heading stands over names with the date of birth in the same cell.

    >>> heads_name_and_birth("Họ và tên, năm sinh"), heads_name_and_birth("Họ và tên khai sinh")
    (True, False)
    """
    return _name_and_birth().search(Source.of(heading).bare) is not None


def has_tones(text: str) -> bool:
    """Whether any letter carries a Vietnamese mark."""
    return any(ord(letter) > 0xBF for letter in unicodedata.normalize("NFC", text) if letter.isalpha())


def _words(text: str) -> list[tuple[str, str]]:
    """Words as (without marks, with marks), small letters; numbers and signs left out."""
    source = Source.of(_HUMPS.sub(" ", text))
    return [
        (source.bare[match.start() : match.end()], source.low[match.start() : match.end()])
        for match in _WORDS.finditer(source.low)
        if not match[0].isdigit() or match[0] in ("1", "2", "9", "12", "85")
    ]


def _read(words: list[tuple[str, str]], toned: bool) -> Meaning:
    """The reading that leaves the fewest words unknown, in the fewest wordings."""
    if not words:
        return Meaning()
    best: list[tuple[int, int, Concepts]] = [(0, 0, NOTHING)]
    for end in range(1, len(words) + 1):
        unknown, pieces, concepts = best[end - 1]
        number = words[end - 1][0].isdigit()
        options = [(unknown + (not number), pieces + 1, concepts)]
        for start in range(max(0, end - _LONGEST_WORDING), end):
            concept = _concept(tuple(words[start:end]), toned)
            if concept:
                before = best[start]
                options.append((before[0], before[1] + 1, before[2] | {concept}))
        best.append(min(options, key=lambda option: option[:2]))
    unknown, _, concepts = best[-1]
    if unknown and not (toned and len(words) == 1 and words[0][0] in _tones_matter()):
        together = _run_together("".join(bare for bare, _ in words))
        if together is not None:
            return Meaning(together)
    return Meaning(concepts, not unknown)


def _concept(words: tuple[tuple[str, str], ...], toned: bool) -> str | None:
    bare = tuple(word for word, _ in words)
    for wording in _wordings().get(bare, ()):
        if not toned or all(
            plain not in _tones_matter() or marked == wanted
            for (plain, marked), wanted in zip(words, wording.toned, strict=True)
        ):
            return "man_or_year" if bare == ("nam",) and not toned else wording.concept
    return None


@lru_cache(maxsize=1024)
def _run_together(letters: str) -> Concepts | None:
    """The concepts of words written without blanks (`ngayvaodang`); None where some letters are left over."""
    best: list[tuple[int, Concepts] | None] = [(0, NOTHING)] + [None] * len(letters)
    for end in range(1, len(letters) + 1):
        for start in range(end):
            before = best[start]
            concept = _squeezed().get(letters[start:end])
            if before is None or concept is None:
                continue
            here = best[end]
            if here is None or before[0] + 1 < here[0]:
                best[end] = (before[0] + 1, before[1] | {concept})
    whole = best[-1]
    return whole[1] if whole else None


@cache
def _two_dates() -> re.Pattern[str]:
    return re.compile(wordlist("headings")["two_dates"])


@cache
def _name_and_birth() -> re.Pattern[str]:
    return re.compile(wordlist("headings")["name_and_birth"])


@cache
def _wordings() -> dict[tuple[str, ...], tuple[_Wording, ...]]:
    found: dict[tuple[str, ...], list[_Wording]] = {}
    shortened: list[tuple[tuple[str, ...], _Wording]] = []
    concepts: dict[str, list[Any]] = wordlist("headings")["concepts"]
    for concept, phrases in concepts.items():
        for phrase in phrases:
            words = _words(str(phrase))
            bare = tuple(word for word, _ in words)
            toned = tuple(word for _, word in words)
            found.setdefault(bare, []).append(_Wording(concept, toned))
            if len(words) == 2 and len(bare[0]) > 1 and len(bare[1]) > 1:
                short = _Wording(concept, (toned[0][0], toned[1]))
                shortened.append(((bare[0][0], bare[1]), short))
    for bare, wording in shortened:
        if bare not in found:
            found[bare] = [wording]
    return {bare: tuple(wordings) for bare, wordings in found.items()}


@cache
def _squeezed() -> dict[str, str]:
    found: dict[str, str] = {}
    for bare, wordings in _wordings().items():
        if len(bare) == 2 and len(bare[0]) == 1:
            continue  # "c hộ" run together is "cho"
        letters = "".join(bare)
        if len(letters) >= _LEAST_RUN_TOGETHER:
            found.setdefault(letters, wordings[0].concept)
    return found


@cache
def _tones_matter() -> frozenset[str]:
    return frozenset(wordlist("headings")["tones_matter"])

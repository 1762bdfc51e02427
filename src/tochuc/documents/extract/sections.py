"""The parts of a conference text: delegates, results, limitations, opinions of the discussion, tasks.

Two shapes are read. Running news: a sentence opens a part (*Tuy nhiên … hạn chế:*, *… nhấn mạnh một số nhiệm
vụ …, cụ thể:*), the sentences after it in the paragraph belong to it, semicolons separate its items. Headed
documents: a heading line (*II. Hạn chế*) opens a part that holds the lines under it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from tochuc.documents.extract.grammar import words
from tochuc.documents.extract.normal import Source

_SHORTEST_ITEM = 12  # characters
_LONGEST_HEADING = 140
_BULLET = re.compile(r"\s*(?:[-+*•●▪◦–]|\(?\d{1,2}[.)]|\(?[a-zđ][.)]|[IVX]{1,4}[.)])\s*")
_NUMBERED = re.compile(r"\s*(?:[IVX]{1,5}|\d{1,2})[.)/-]\s*")
_LIST_INTRODUCED = re.compile(r"(?::|(?<!\w)như\s?:)\s*")
_BLANK = " \t\n\"“”'"
_EDGE = " \t\n;.,:-–•+*\u00a0"


@dataclass(frozen=True, slots=True)
class Passage:
    """One item of a part, with its place in the text."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class Sections:
    """The items of each part, in the order of the text."""

    delegates: list[Passage] = field(default_factory=list)
    results: list[Passage] = field(default_factory=list)
    limitations: list[Passage] = field(default_factory=list)
    opinions: list[Passage] = field(default_factory=list)
    tasks: list[Passage] = field(default_factory=list)

    def of(self, part: str) -> list[Passage]:
        """The list of a part by its name in the grammar."""
        items: list[Passage] = getattr(self, part)
        return items


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    goes_on: bool
    opens: re.Pattern[str]
    says: re.Pattern[str] | None
    heads: re.Pattern[str]


@lru_cache(maxsize=1)
def _parts() -> list[_Part]:
    return [
        _Part(
            name=row["name"],
            goes_on=row["goes_on"],
            opens=re.compile(rf"(?:{row['opens']})"),
            says=re.compile(row["says"]) if "says" in row else None,
            heads=re.compile(rf"(?:{row['heads']})(?!\w)"),
        )
        for row in words("sections")["parts"]
    ]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words('sections')[name]})")


def find_sections(source: Source, body_start: int) -> Sections:
    """The parts of the text after its title, which ends at ``body_start``."""
    found = Sections()
    headed: str | None = None
    running: str | None = None
    for start, end in _lines(source, body_start):
        if _pattern("page_lines").match(source.low, start, end) and end - start < 60:
            headed = running = None
            continue
        heading = _heading(source, start, end)
        if heading:
            headed, running = heading, None
            continue
        listed = _BULLET.match(source.norm, start, end) is not None
        if headed:
            _add(source, found.of(headed), headed, _after_bullet(source, start, end), end)
            continue
        running = _read_paragraph(source, found, start, end, running if listed else None)
    return found


def _lines(source: Source, start: int) -> Iterator[tuple[int, int]]:
    for line in source.raw[start:].split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _heading(source: Source, start: int, end: int) -> str | None:
    """The part a heading line opens; a heading is short, numbered or in capitals, and ends without a stop."""
    line = source.norm[start:end].strip()
    numbered = _NUMBERED.match(source.norm, start, end)
    if len(line) > _LONGEST_HEADING or line.endswith((".", ";", ",")) or not (numbered or line.isupper()):
        return None
    place = numbered.end() if numbered else start
    for part in _parts():
        if part.heads.match(source.low, place, end):
            return part.name
    return None


def _after_bullet(source: Source, start: int, end: int) -> int:
    bullet = _BULLET.match(source.norm, start, end)
    return bullet.end() if bullet else start


def _read_paragraph(
    source: Source, found: Sections, start: int, end: int, going_on: str | None
) -> str | None:
    """Read the sentences of one paragraph; returns the part that a list on the next lines would continue."""
    begin = _after_bullet(source, start, end)
    part = going_on
    for first, last in _sentences(source, begin, end):
        opened = _opened(source, first, last)
        if not opened and _pattern("closes").match(source.low, first, last):
            part = None
        name = opened.name if opened else part
        part = (opened.name if opened.goes_on else None) if opened else part
        if name and not _pattern("looks_back").match(source.low, first, last):
            _add(source, found.of(name), name, _content(source, first, last) if opened else first, last)
    return part


def _sentences(source: Source, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a paragraph, each from its first word."""
    index = bisect_left(source.sentences, (start, 0))
    for place in range(max(index - 1, 0), len(source.sentences)):
        first, last = source.sentences[place]
        if first >= end:
            return
        first = max(first, start)
        while first < last and source.raw[first] in _BLANK:
            first += 1
        if first < last:
            yield first, last


def _opened(source: Source, start: int, end: int) -> _Part | None:
    for part in _parts():
        opens = part.opens.match(source.low, start, end) or (
            part.says and part.says.search(source.low, start, end)
        )
        if opens and (part.name != "limitations" or _pattern("shortcoming").search(source.low, start, end)):
            return part
    return None


def _content(source: Source, start: int, end: int) -> int:
    """Where the items begin: after the colon that introduces a list, or at the start of the sentence."""
    colon = _LIST_INTRODUCED.search(source.low, start, end)
    return colon.end() if colon and end - colon.end() >= _SHORTEST_ITEM else start


def _add(source: Source, items: list[Passage], part: str, start: int, end: int) -> None:
    pieces = list(_pieces(source, part, start, end))
    if part == "limitations":
        pieces = _with_predicate(source, pieces)
    for first, last in pieces:
        while first < last and source.raw[first] in _EDGE:
            first += 1
        while last > first and source.raw[last - 1] in _EDGE + "/":
            last -= 1
        if last - first >= _SHORTEST_ITEM and not (
            part == "delegates" and "chủ trì" in source.low[first:last]
        ):
            items.append(Passage(source.raw[first:last], first, last))


def _pieces(source: Source, part: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    separator = ";" if part != "delegates" or source.raw.find(";", start, end) >= 0 else ","
    if part == "delegates":
        opening = re.compile(r"[^.;:]{0,60}?(?:(?<!\w)có|gồm|:)\s(?:sự tham dự của\s)?").match(
            source.low, start, end
        )
        start = opening.end() if opening else start
    depth = 0
    for place in range(start, end):
        letter = source.raw[place]
        depth = max(depth + (letter == "(") - (letter == ")"), 0)
        if letter == separator and not depth:
            yield start, place
            start = place + 1
    yield start, end


def _with_predicate(source: Source, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join a piece that says no shortcoming to the next: the predicate of such a list stands at its end."""
    joined: list[tuple[int, int]] = []
    waiting: int | None = None
    for first, last in pieces:
        begin = first if waiting is None else waiting
        if _pattern("shortcoming").search(source.low, begin, last):
            joined.append((begin, last))
            waiting = None
        else:
            waiting = begin
    if waiting is not None and pieces:
        joined.append((waiting, pieces[-1][1]))
    return joined

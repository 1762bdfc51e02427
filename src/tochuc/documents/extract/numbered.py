"""Citations that carry a number: ``Nghị quyết số 21-NQ/TW``, ``33/2023/NĐ-CP``, ``Chỉ thị 05``."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tochuc.documents.extract.grammar import either, words
from tochuc.documents.extract.normal import Source

_WINDOW = 60  # characters looked at before a number for its type word
_LISTED = re.compile(r"(?<![\w/.-])(\d{1,4})\s{0,2}(?:,|và|&)\s{0,2}(?:số\s)?$")
_MORE = r"(?:\s{0,2}(?:,|;|va|&|,\s?va)\s{0,2}(?:so\s{1,2})?\d{1,5}){0,6}"
_FIGURE = re.compile(r"\d{1,5}")
_YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A numbered document as printed: its place, type word, number and, where printed, the rest of its symbol.

    ``suffix`` is what follows the number (``-NQ/TW``, ``/2023/NĐ-CP``), dashes unified and blanks removed; empty
    for a short form. ``symbol`` holds the letters of the type (``NQ``, ``QĐi``).
    """

    start: int
    end: int
    type: str | None
    symbol: str
    number: str
    suffix: str
    group: int  # the same for numbers listed together


def find_numbered(source: Source) -> tuple[Numbered, ...]:
    """All documents cited by number, in order."""
    full = [*_party(source), *_state(source)]
    taken = sorted((one.start, one.end) for one in full)
    short = [
        one
        for one in _short(source)
        if not any(start < one.end and one.start < end for start, end in _near(taken, one))
    ]
    return tuple(
        sorted(
            {(one.start, one.number): one for one in [*short, *full]}.values(),
            key=lambda one: (one.start, one.end),
        )
    )


def _near(taken: list[tuple[int, int]], one: Numbered) -> list[tuple[int, int]]:
    place = bisect_left(taken, (one.start, 0))
    return taken[max(place - 8, 0) : place + 8]


def padded(number: str) -> str:
    """A number below ten with the leading zero that 36-HD/VPTW asks for."""
    return f"0{number}" if len(number) == 1 and number.isdecimal() else number


@lru_cache(maxsize=1)
def _types() -> dict[str, dict[str, Any]]:
    return {row["word"]: row for row in words("documents")["types"]}


@lru_cache(maxsize=1)
def _type_pattern() -> str:
    return either([word.replace(" ", r"\s{1,2}") for word in _types()])


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    data = words("documents")
    symbol = f"(?P<t>(?i:{either(data['symbols'])}))"
    issuer = r"(?P<i>T\.Ư|T\.W|[A-ZĐƯ][\wĐƯ]{0,11}(?:-[A-ZĐ]\w{0,9}){0,2}|(?i:tw|tu|hu|đu|đuk|btctw)(?!\w))"
    gap = r"[ ]{0,3}"
    kind = _type_pattern()
    qualified = rf"(?:\s{either(data['qualifiers'])})?"
    short = either([rf"{re.escape(word)}" for word in data["short_words"]])
    return {
        "party": re.compile(
            rf"(?<![\w/.,-])(?P<n>\d{{1,5}}[a-d]?){gap}(?P<d>[-/.]?){gap}{symbol}{gap}(?P<s>[/-]){gap}{issuer}"
        ),
        "state": re.compile(
            r"(?<![\w/.,-])(?P<n>\d{1,5})/(?P<y>(?:19|20)\d\d)/(?P<t>[A-ZĐ]{1,6})(?P<i>\d{0,2}(?:-[A-ZĐ]\w{0,9}){0,3})"
        ),
        "before": re.compile(rf"(?<!\w)(?P<type>{kind}){qualified}\s{{0,2}}(?:so)?\s{{0,2}}[:.]?\s{{0,2}}$"),
        "short": re.compile(
            rf"(?<!\w)(?P<type>{kind}){qualified}\s{{1,2}}(?P<so>so\s{{0,2}}[:.]?\s{{0,2}})?(?P<nums>\d{{1,5}}{_MORE})"
        ),
        "abbreviated": re.compile(
            rf"(?<![\w/-])(?P<type>{short})(?P<so>\s{{1,2}}số\s{{1,2}}|\s?)(?P<nums>\d{{1,4}})(?![\w/%-]|[.,]\d)"
        ),
        "counted": re.compile(
            rf"\s{{1,2}}(?!ngay \d|nam \d\d\d\d|ngay,){either([*data['counted'], *data['measured']])}(?!\w)"
        ),
        "measured": re.compile(rf"\s{{1,2}}(?!ngay \d|nam \d\d\d\d|ngay,){either(data['measured'])}(?!\w)"),
        "continued": re.compile(r"\s{0,2}[%/]|[.,]\d|\w|\s?-\s?\d"),
        "by": re.compile(r"\s{0,2},?\s{0,2}(?:\(?khoa\s|\(?ngay\s|cua\s|do\s)"),
    }


def _party(source: Source) -> Iterator[Numbered]:
    for group, match in enumerate(_patterns()["party"].finditer(source.norm)):
        if not match["d"] and match["s"] != "/":
            continue
        separator = match["d"].replace(".", "-") or "-"
        suffix = f"{separator}{match['t']}{match['s']}{match['i']}"
        before = _patterns()["before"].search(source.bare, max(match.start() - _WINDOW, 0), match.start())
        listed = list(_listed_before(source, match.start()))
        if listed:
            before = _patterns()["before"].search(
                source.bare, max(listed[-1].start() - _WINDOW, 0), listed[-1].start()
            )
        name = _types()[" ".join(before["type"].split())]["name"] if before else None
        start = before.start() if before else match.start()
        for number in [*(other[1] for other in reversed(listed) if before), match["n"]]:
            yield Numbered(start, match.end(), name, match["t"], padded(number), suffix, group)


def _listed_before(source: Source, place: int) -> Iterator[re.Match[str]]:
    """Bare numbers that share the symbol printed once after the last of them (*số 18, 19-NQ/TW*)."""
    for _ in range(6):
        match = _LISTED.search(source.low, max(place - 16, 0), place)
        if not match:
            return
        yield match
        place = match.start()


def _state(source: Source) -> Iterator[Numbered]:
    for match in _patterns()["state"].finditer(source.norm):
        before = _patterns()["before"].search(source.bare, max(match.start() - _WINDOW, 0), match.start())
        name = _types()[" ".join(before["type"].split())]["name"] if before else None
        start = before.start() if before else match.start()
        suffix = f"/{match['y']}/{match['t']}{match['i']}"
        yield Numbered(start, match.end(), name, match["t"], match["n"], suffix, -1)


def _short(source: Source) -> Iterator[Numbered]:
    for group, match in enumerate(_patterns()["short"].finditer(source.bare)):
        row = _types()[" ".join(match["type"].split())]
        numbers = list(_numbers(source, match, row.get("noun", False)))
        named = match["so"] or _patterns()["by"].match(source.bare, match.end())
        if not numbers or not (named or (row["firm"] and source.norm[match.start()].isupper())):
            continue
        for figure in numbers:
            yield Numbered(
                match.start(), figure.end(), row["name"], row["symbol"], padded(figure.group()), "", group
            )
    short = words("documents")["short_words"]
    names = {row["symbol"]: row["name"] for row in reversed(words("documents")["types"])}
    for group, match in enumerate(_patterns()["abbreviated"].finditer(source.norm), start=1_000_000):
        if int(match["nums"]) not in _YEARS:
            symbol = short[match["type"]]
            yield Numbered(
                match.start(), match.end(), names.get(symbol), symbol, padded(match["nums"]), "", group
            )


def _numbers(source: Source, match: re.Match[str], noun: bool) -> Iterator[re.Match[str]]:
    """The numbers of a list after a type word, up to the first that counts something or is a year.

    People behind the first number are not counted by it if the word is a ``noun`` (*Chỉ thị 05 đảng viên phải …*).
    """
    for figure in _FIGURE.finditer(source.bare, match.start("nums"), match.end("nums")):
        counts = "measured" if noun and figure.start() == match.start("nums") else "counted"
        if any(_patterns()[name].match(source.bare, figure.end()) for name in (counts, "continued")):
            return
        if int(figure.group()) in _YEARS and not match["so"]:
            return
        yield figure

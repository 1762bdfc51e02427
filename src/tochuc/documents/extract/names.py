"""Names of people in running text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tochuc.documents.extract.bodies import is_place
from tochuc.documents.extract.grammar import either, words
from tochuc.documents.extract.normal import CAPITAL, Source

_RUN = re.compile(rf"(?<![\w.]){CAPITAL}[\w']*(?: {CAPITAL}[\w']*){{0,7}}")
_FORMS_OF_ADDRESS = frozenset({"Ông", "Bà", "Anh", "Chị", "Cô", "Thầy"})
_POSTS_BEGIN = frozenset({"Bí", "Phó", "Trưởng", "Ủy", "Chủ", "Chánh"})
_SHORTEST, _LONGEST = 2, 5  # words of a full name
_NAME_ENDS = re.compile(rf"{CAPITAL}\w* {CAPITAL}\w*$")
_COMMITTEE = re.compile(r"(?<!\w)(?:(?:tỉnh|thành|huyện|quận|thị|đảng) ủy|đảng bộ|chi bộ)\s$")
_HOLDS_POST = re.compile(
    r"(?<!\w)(?:bí thư|chủ tịch|trưởng|phó|chánh|viên|nhiệm|đốc|chính ủy|chỉ huy|đồng chí|ông|bà)(?!\w)"
)
_PLACE_WORD = re.compile(
    r"(?<!\w)(?:xã|phường|thị trấn|thôn|bản|trường|thpt|thcs|tiểu học|mầm non|công ty|đường|phố|tên|(?P<wide>huyện|quận|tỉnh|thành phố|tp\.?|thị xã|khối|sở|phòng))\s?$"
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person named in the text: place and name as written, without title or post."""

    start: int
    end: int
    name: str


def find_people(source: Source, start: int, end: int) -> Iterator[Person]:
    """People named between two offsets, in order.

    After a title (*đồng chí*, *ông*, a rank) any run of capitals is a name; elsewhere it must begin with a
    Vietnamese family name and not follow the word for a place.
    """
    for match in _RUN.finditer(source.norm, start, end):
        run = match.group().split()
        titled = _titles().search(source.low, max(match.start() - 20, 0), match.start()) is not None
        if titled and _is_name(run):
            yield _person(source, match, 0, len(run))
            continue
        first = _family_name_at(run)
        if is_place(" ".join(run)) or _names_seat(source, match.start(), len(run)):
            continue
        if first is None or (first == 0 and _names_place(source, match.start(), len(run))):
            continue
        yield _person(source, match, first, len(run))


def _names_place(source: Source, start: int, words: int) -> bool:
    """Whether a run of capitals is the name of the place or school said before it; provinces have two words."""
    before = _PLACE_WORD.search(source.low, max(start - 12, 0), start)
    return before is not None and (before["wide"] is None or words < 3)


def _names_seat(source: Source, start: int, words: int) -> bool:
    """Whether two capitals behind a committee are the place it serves: no post is said before the committee, or the
    post is that of a person named before it (*đồng chí A, Bí thư Huyện ủy B*)."""
    low = source.low[max(start - 90, 0) : start]
    if words > _SHORTEST or not _COMMITTEE.search(low):
        return False
    clause = max(low.rfind(mark) for mark in ",;.:\n")
    if _HOLDS_POST.search(low[clause + 1 :]) is None:
        return True
    named = source.norm[max(start - 90, 0) : start][: max(clause, 0)]
    return low[clause : clause + 1] == "," and _NAME_ENDS.search(named) is not None


def _person(source: Source, match: re.Match[str], first: int, count: int) -> Person:
    run = match.group().split()[first:count]
    start = match.end() - len(" ".join(run))
    return Person(start, match.end(), source.raw[start : match.end()])


@lru_cache(maxsize=1)
def _titles() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){either(words('events')['titles'])}[.:]?\s{{1,2}}$")


@lru_cache(maxsize=1)
def _posts() -> frozenset[str]:
    return frozenset(words("events")["posts"])


@lru_cache(maxsize=1)
def _families() -> frozenset[str]:
    return frozenset(words("bodies")["family_names"])


def _is_name(run: list[str]) -> bool:
    return _SHORTEST <= len(run) <= _LONGEST and run[0] not in _posts() and not run[0].isupper()


def _family_name_at(run: list[str]) -> int | None:
    """Where in a run of capitals a full name begins that goes to its end (*Khánh Hòa Hà Quốc Trị*: 2)."""
    skipped = next((count for count in (3, 2) if is_place(" ".join(run[:count])) and len(run) > count), 0)
    if run[0] in _FORMS_OF_ADDRESS and len(run) > 2 and run[1] in _families():
        skipped = 1
    for first in range(skipped, len(run)):
        rest = run[first:]
        shortest = _SHORTEST if first == 0 or (run[0] in _posts() and run[first - 1] in _posts()) else 3
        if rest[0] in _families() and rest[-1] not in _POSTS_BEGIN and shortest <= len(rest) <= 4:
            return None if is_place(" ".join(rest)) else first
    return None

"""Names of Party bodies, agencies and institutions in running text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from tochuc.documents.extract.grammar import either, words
from tochuc.documents.extract.normal import CAPITAL, Source

_LONGEST_NAME = 32  # words
_LONGEST_NOUN = 4  # words of one phrase in the list of nouns
_TOKEN = re.compile(r"[ ]{0,2}([\w']+|[^\w\s])")
_ABBREVIATION = re.compile(r"[ ]{0,2}\([A-ZĐƯƠ]{2,12}\)")
_PERSON = re.compile(rf"([^\W\d_]+)(?: {CAPITAL}[^\W\d_]*){{2,3}}(?! {CAPITAL})")
_SMALL_HYPHEN = re.compile(r" - (?=\w)")
_OFFICE_HYPHEN = re.compile(rf" ?- ?(?={CAPITAL})(?!Bí|Phó|Trưởng|Chủ|Ủy)")
_POST_BEFORE = re.compile(
    r"(?<!\w)(?:bí thư|chủ tịch|trưởng|phó|chánh|viên|nhiệm|đốc|chính ủy|huy|lãnh đạo|nguyên|đồng chí|đ/c|ông|bà)(?: ban| phòng)?\s$"
)
_CAPITAL_BEFORE = re.compile(rf"(?<!\w){CAPITAL}\w{{0,6}} $")
_CITY = re.compile(rf" ?{CAPITAL}")
_TWO_CAPITALS = re.compile(rf"{CAPITAL}\w* {CAPITAL}")
_PLACE = re.compile(rf", (?:xã|phường|thị trấn) {CAPITAL}\w*(?: {CAPITAL}\w*){{0,3}}")
_NUMBERED = re.compile(r"số \d{1,4}(?![\w/.,-]*\d)")
_COMMA_LIST = re.compile(r", [A-ZĐƯÂÔ]\w*(?: \w+){0,4} và [A-ZĐƯÂÔ]")


@dataclass(frozen=True, slots=True)
class Body:
    """A body named in the text: its place and its name as written."""

    start: int
    end: int
    name: str


def find_bodies(source: Source) -> tuple[Body, ...]:
    """All names of bodies in the text, in order, none inside another."""
    found: list[Body] = []
    end = 0
    for match in _heads().finditer(source.low):
        if match.start() < end:
            continue
        body = body_at(source, match.start())
        if body:
            found.append(body)
            end = body.end
    return tuple(found)


def body_at(source: Source, start: int) -> Body | None:
    """The name of a body that begins at the offset, or None.

    A name begins with a head (*Ban Thường vụ*, *Đảng ủy*, *Sở*), goes on with names and the nouns a name may
    hold, and has a capital letter somewhere: *chi bộ* alone is a common noun.
    """
    match = _heads().match(source.low, start)
    if not match or not _is_head(source, match):
        return None
    before = _POST_BEFORE.search(source.low, max(start - 24, 0), start)
    held = before is not None or source.low.startswith("thường trực ban bí thư", start)
    task = _tasks().match(source.low, match.end()) if match.group() in _set("tasked") else None
    *_, end = _name_ends(source, (task or match).end(), held)
    end = _further_end(source, match.group(), end)
    name = source.norm[start:end]
    if name[0].islower() and not any(letter.isupper() for letter in name):
        return None
    return Body(start, end, source.raw[start:end])


def is_place(name: str) -> bool:
    """Whether the words are a province's name."""
    return name in _provinces()


@lru_cache(maxsize=1)
def _provinces() -> frozenset[str]:
    return frozenset(words("documents")["provinces"])


@lru_cache(maxsize=1)
def _heads() -> re.Pattern[str]:
    data = words("bodies")
    return re.compile(rf"(?<!\w){either([*data['heads'], *data['short_heads']])}(?!\w)")


def _is_head(source: Source, match: re.Match[str]) -> bool:
    head = match.group()
    if head not in _set("short_heads"):
        return True
    following = _TOKEN.match(source.norm, match.end())
    if not following or not source.norm[match.start()].isupper():
        return False
    if _CAPITAL_BEFORE.search(source.norm, max(match.start() - 12, 0), match.start()):
        return False  # within a person's name: Lê Trường Lưu
    word = following.group(1)
    return word[0].isupper() and word.lower() not in _set("not_after_short")


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(str(word) for word in words("bodies")[name])


def _name_ends(source: Source, place: int, held: bool) -> Iterator[int]:
    """Ever later ends of the name whose head ends at ``place``; the last one yielded is the end. ``held`` says that
    a post stands before the name, so that a person's name may follow it."""
    norm, low = source.norm, source.low
    yield place
    joins = False
    for _ in range(_LONGEST_NAME):
        joins = joins or _joins(low, place)
        skipped = _ABBREVIATION.match(norm, place)
        token = _TOKEN.match(norm, skipped.end() if skipped else place)
        if not token:
            return
        word = token.group(1)
        noun = _noun_end(low, token.start(1))
        if noun and not _stops_here(low, token):
            place = noun
        elif held and word[0].isupper() and _person_follows(norm, low, place, token.start(1)):
            return
        elif _goes_on(norm, low, place, token, joins):
            place = token.end()
        elif numbered := _NUMBERED.match(low, token.start(1)):
            place = numbered.end()
        elif (step := _joined(source, token, joins)) or (step := _hyphen(norm, low, place, joins)):
            place = step
            continue
        else:
            return
        yield place


def _further_end(source: Source, head: str, end: int) -> int:
    """End of the name with the task (*về phòng, chống tham nhũng*), the sender (*của Tỉnh ủy*) or, for a cell, the
    commune (*, xã B*) that belong to it."""
    if head == "chi bộ" and (place := _PLACE.match(source.norm, end)):
        return place.end()
    if head in _set("tasked"):
        task = _tasks().match(source.low, end)
        end = task.end() if task else end
    if head in _set("sent") and source.low.startswith(" của ", end):
        sender = body_at(source, end + 5)
        return sender.end if sender else end
    return end


@lru_cache(maxsize=1)
def _tasks() -> re.Pattern[str]:
    return re.compile(words("bodies")["tasks"])


def _goes_on(norm: str, low: str, place: int, token: re.Match[str], joins: bool) -> bool:
    """Whether a word goes on the name: a capital, a number a name may hold, or in the name of an office the small
    second syllable of a word (*Cấp nước*)."""
    word = token.group(1)
    if word[0].isupper() or (
        word == "." and norm.endswith("TP", 0, place) and _CITY.match(norm, token.end())
    ):
        return True
    if word.isdecimal():
        return len(word) < 4 and _takes_figure(low, place)
    before = norm[max(place - 16, 0) : place].split()[-1:]
    if not joins or not word.isalpha() or not before or not before[0][0].isupper():
        return False
    following = _TOKEN.match(norm, token.end())
    return not _stops_here(low, token) and not (
        following
        and following.group(1).islower()
        and following.group(1) != "và"
        and _noun_end(low, following.start(1)) is None
    )


def _person_follows(norm: str, low: str, place: int, start: int) -> bool:
    """Whether the capitals at ``start`` are a person's name after a post, not part of the body's name."""
    match = _PERSON.match(norm, start)
    if not match or match.group(1) not in _set("family_names") or match.group() in _set("places_like_people"):
        return False
    before = low[max(place - 24, 0) : place].split()
    return " ".join(before[-1:]) not in _set("before_places") and " ".join(before[-2:]) not in _set(
        "before_places"
    )


def _stops_here(low: str, token: re.Match[str]) -> bool:
    word = token.group(1).lower()
    following = _TOKEN.match(low, token.end())
    pair = f"{word} {following.group(1)}" if following else word
    if pair in _set("not_stops"):
        return False
    return pair in _set("stops") or (word in _set("stops") and not _noun_pair(low, token.start(1)))


def _noun_pair(low: str, place: int) -> bool:
    end = _noun_end(low, place)
    return end is not None and " " in low[place:end]


def _noun_end(low: str, place: int) -> int | None:
    """End of the longest phrase of the list of nouns that begins at the offset."""
    best = None
    end = place
    for _ in range(_LONGEST_NOUN):
        token = _TOKEN.match(low, end)
        if not token or not token.group(1)[0].isalpha():
            break
        end = token.end()
        if " ".join(low[place:end].split()) in _set("nouns"):
            best = end
    return best


def _takes_figure(low: str, place: int) -> bool:
    before = low[max(place - 24, 0) : place].split()
    return " ".join(before[-1:]) in _set("numbered") or " ".join(before[-2:]) in _set("numbered")


def _joins(low: str, place: int) -> bool:
    before = low[max(place - 24, 0) : place].split()
    pair = " ".join(before[-2:])
    return pair in _set("joined") or (
        " ".join(before[-1:]) in _set("joined") and pair not in _set("not_joined")
    )


def _joined(source: Source, token: re.Match[str], joins: bool) -> int | None:
    """Where to go on after *và* or a comma inside the name of an office, or None if the name ends there."""
    if not joins:
        return None
    word = token.group(1)
    if word == "," and _COMMA_LIST.match(source.norm, token.start(1)):
        return token.end()
    following = _TOKEN.match(source.norm, token.end())
    if word != "và" or not following or _heads().match(source.low, following.start(1)):
        return None
    first = following.group(1)
    return token.end() if first[0].isupper() or _noun_pair(source.low, following.start(1)) else None


def _hyphen(norm: str, low: str, place: int, joins: bool) -> int | None:
    """Where to go on after the hyphen of a two-part place name or office (*Phòng Tài chính - Kế hoạch*)."""
    office = joins and _OFFICE_HYPHEN.match(norm, place)
    if office and (_noun_pair(low, office.end()) or _TWO_CAPITALS.match(norm, office.end())):
        return office.end()
    small = joins and _SMALL_HYPHEN.match(low, place)
    if small and _noun_pair(low, small.end()):
        return small.end()
    for name in _set("hyphenated"):
        first, second = name.split(" - ")
        if norm.endswith(first, 0, place) and norm.startswith(f" - {second}", place):
            return place + 3
    return None

"""Whether two records may be of one person, and why; pure, and without comparing everyone with everyone.

People are compared only within blocks: those who share an identity number, a card, a name and birth year, a name
and birthday, or a birth date and all of a name but one word. Whatever ``reasons`` finds lies in one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from tochuc.kernel.known_dates import KnownDate

SURE, LIKELY, POSSIBLE = 3, 2, 1
_SHORTEST_CARD = 6
_MOST_IN_BLOCK = 400
"""A block larger than this says nothing: everyone whose birth was filled in as 1 January, say."""

SAME, TONES, ORDER, MISSING, NEAR = "same", "tones", "order", "missing", "near"
_NAME_WORDS = {
    SAME: "Họ tên giống nhau",
    TONES: "Họ tên chỉ khác dấu",
    ORDER: "Họ tên đảo thứ tự",
    MISSING: "Họ tên hơn kém nhau một chữ",
    NEAR: "Họ tên khác nhau một chữ cái",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is compared of a person. ``place`` is the committee above their cell, ``identity`` a digest."""

    person: int
    full_name: str
    fold: str
    gender: str
    birth: KnownDate
    card: str = ""
    identity: bytes = b""
    hometown: str = ""
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason to think so, in a sentence, and how strong it is."""

    words: str
    weight: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people (by id, the lower first) who may be one, and why."""

    low: int
    high: int
    reasons: tuple[Reason, ...]

    @property
    def weight(self) -> int:
        """How strong the strongest reason is."""
        return max(reason.weight for reason in self.reasons)


def pairs(people: Iterable[Known]) -> list[Pair]:
    """All pairs of these people that may be one, the strongest first."""
    alone: dict[int, Known] = {}
    blocks: dict[int, list[Known]] = {}
    for one in people:
        for key in {hash(block) for block in _blocks(one)}:
            if key in blocks:
                blocks[key].append(one)
            elif (first := alone.setdefault(key, one)) is not one:
                blocks[key] = [first, one]
    alone.clear()
    seen: set[tuple[int, int]] = set()
    found = []
    for together in blocks.values():
        if len(together) > _MOST_IN_BLOCK:
            continue
        for a, b in combinations(together, 2):
            low, high = (a, b) if a.person < b.person else (b, a)
            if (low.person, high.person) not in seen:
                seen.add((low.person, high.person))
                if why := reasons(low, high):
                    found.append(Pair(low.person, high.person, why))
    return sorted(found, key=lambda pair: (-pair.weight, pair.low, pair.high))


def _blocks(one: Known) -> Iterator[tuple[object, ...]]:
    if one.identity:
        yield "identity", one.identity
    if card := _digits(one.card):
        yield "card", card
    yield "year", one.fold, one.birth.first.year
    if one.birth.precision == "day":
        born = one.birth.first
        yield "birthday", one.fold, born.month, born.day
        words = one.fold.split()
        yield "order", born, *sorted(words)
        for place in range(len(words)):
            yield "but one", born, *words[:place], "", *words[place + 1 :]
            yield "without", born, *words[:place], *words[place + 1 :]
        yield "without", born, *words


def reasons(a: Known, b: Known) -> tuple[Reason, ...]:
    """Why these two may be one person; nothing where they are most likely two."""
    found = []
    if a.identity and a.identity == b.identity:
        found.append(Reason("Cùng số căn cước", SURE))
    if (card := _digits(a.card)) and card == _digits(b.card):
        found.append(Reason("Cùng số thẻ đảng viên, viết khác nhau", SURE))
    found += _by_name_and_birth(a, b)
    return tuple(found)


def _by_name_and_birth(a: Known, b: Known) -> Iterator[Reason]:
    name = _likeness(a, b)
    if name is None or (name not in (SAME, TONES) and a.gender != b.gender):
        return
    words = _NAME_WORDS[name]
    if a.birth == b.birth and a.birth.precision == "day":
        weight = LIKELY if name in (SAME, TONES) else POSSIBLE
        yield Reason(f"{words}, cùng ngày sinh {a.birth.vn}", weight)
        return
    if name not in (SAME, TONES):
        return
    near = (a.place is not None and a.place == b.place) or (a.hometown != "" and a.hometown == b.hometown)
    if a.birth.span.overlaps(b.birth.span):
        if near:
            yield Reason(f"{words}, ngày sinh không mâu thuẫn ({a.birth.vn} và {b.birth.vn})", POSSIBLE)
    elif _swapped(a.birth, b.birth):
        yield Reason(f"{words}, ngày và tháng sinh đảo nhau ({a.birth.vn} và {b.birth.vn})", POSSIBLE)
    elif near and _other_year(a.birth, b.birth):
        yield Reason(f"{words}, chỉ khác năm sinh ({a.birth.vn} và {b.birth.vn})", POSSIBLE)


def _likeness(a: Known, b: Known) -> str | None:
    """How two names are alike, None where they aren't."""
    if a.fold == b.fold:
        return SAME if a.full_name == b.full_name else TONES
    one, other = a.fold.split(), b.fold.split()
    if sorted(one) == sorted(other):
        return ORDER
    if abs(len(one) - len(other)) == 1:
        short, long = sorted((one, other), key=len)
        return MISSING if len(short) > 1 and _without_one(long, short) else None
    if len(one) == len(other):
        differing = [(x, y) for x, y in zip(one, other, strict=True) if x != y]
        return NEAR if len(differing) == 1 and _one_letter(*differing[0]) else None
    return None


def _without_one(long: Sequence[str], short: Sequence[str]) -> bool:
    return any([*long[:place], *long[place + 1 :]] == list(short) for place in range(len(long)))


def _one_letter(a: str, b: str) -> bool:
    """Whether two words differ by one letter: another one, one more, or one less.

    >>> _one_letter("lan", "lanh"), _one_letter("son", "xon"), _one_letter("lan", "mai")
    (True, True, False)
    """
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1:
        return False
    start = next((place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    return a[start + (len(a) == len(b)) :] == b[start + 1 :]


def _swapped(a: KnownDate, b: KnownDate) -> bool:
    x, y = a.first, b.first
    exact = a.precision == b.precision == "day"
    return exact and x.year == y.year and (x.day, x.month) == (y.month, y.day)


def _other_year(a: KnownDate, b: KnownDate) -> bool:
    x, y = a.first, b.first
    exact = a.precision == b.precision == "day"
    return exact and x.year != y.year and (x.day, x.month) == (y.day, y.month) and (x.day, x.month) != (1, 1)


def _digits(card: str) -> str:
    digits = "".join(letter for letter in card if letter.isdigit())
    return digits if len(digits) >= _SHORTEST_CARD else ""

"""Citations without a number: resolutions of a Central Committee plenum and of a Party congress."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from tochuc.documents.extract.bodies import is_place
from tochuc.documents.extract.grammar import either, words
from tochuc.documents.extract.normal import Source
from tochuc.documents.extract.numerals import ORDINAL, ordinal, roman

_O = ORDINAL
_CENTRE = r"(?:trung uong|t\.?[uw]\.?)"
_AND = r"\s{0,2}(?:,|;|va|&|,\s?va)\s{0,2}"
_DOCUMENT = r"(?<!\w)(?<!cac )(?P<doc>nghi quyet|nq|ket luan)"
_PLENUMS = rf"(?P<plenums>{_O}(?:{_AND}(?:lan )?(?:thu )?{_O}){{0,4}})"
_TERM = r"[ivx]{1,6}(?!\w)|(?:[6-9]|1\d)(?!\w)"
_TERMS = rf"(?P<terms>(?:{_TERM})(?:\)?{_AND}\(?(?:khoa\s{{1,2}})?(?:{_TERM})){{0,4}})"
_SECOND_SESSION = r"(?:\s?\(\s?lan \S{1,4}\))?"
_OF_TERM = rf"{_SECOND_SESSION}[\s,]{{0,3}}(?:cua )?(?:dang )?[\s,]{{0,2}}(?:cac )?(?:\(\s?(?:khoa\s{{1,2}})?|khoa\s{{1,2}}|k(?=\d)){_TERMS}\)?"
_PLENUM = re.compile(
    rf"{_DOCUMENT}\s{{0,2}}(?:cua )?(?:so )?(?:cac )?(?:hoi nghi )?(?:bch |ban chap hanh )?{_CENTRE}\s{{0,2}}(?:dang )?(?:lan )?(?:thu )?{_PLENUMS}{_OF_TERM}"
)
_PLENUM_LONG = re.compile(
    rf"{_DOCUMENT}\s{{1,2}}(?:cua )?(?:cac )?(?:hoi nghi\s{{1,2}})?(?:lan )?thu {_PLENUMS}[\s,]{{1,3}}(?:cua )?(?:ban chap hanh|bch|bchtw)?\s{{0,2}}{_CENTRE}?(?:\s{{0,2}}dang(?: cong san viet nam)?)?{_OF_TERM}"
)
_MORE_PLENUMS = re.compile(rf"{_AND}(?:(?:hoi nghi )?{_CENTRE}\s{{0,2}})?{_PLENUMS}{_OF_TERM}")
_CONGRESS = re.compile(r"(?<!\w)(?:nghi quyet|nq)\s{1,2}(?:cua |cac )?(?:(?:dai hoi|dh)(?!\w)|(?=dang bo ))")
_NEXT_CONGRESS = re.compile(
    r"\s{0,2}(?:,|;|va)\s{0,2}(?:cua )?(?:(?:dai hoi|dh)(?!\w)|nghi quyet (?:cua )?dai hoi)"
)
_CONGRESS_OF = re.compile(
    rf"\s{{0,2}}(?:dai bieu )?(?:dang (?!bo))?(?P<nation>toan quoc)?\s{{0,2}}(?:cua )?(?:dang (?!bo))?(?:lan thu\s{{1,2}}|khoa\s{{1,2}})?(?P<o>{_O})?"
    r"[\s,]{0,3}(?:cua )?(?:dai bieu )?(?P<below>dang bo)?"
)
_LOWER_NAME = re.compile(rf"(?P<name>[^.;:\n()]{{0,90}}?)[\s,]{{1,3}}\(?(?:lan thu|khoa)\s{{1,2}}(?P<o>{_O})")
_NAME_END = re.compile(r"[,.;:()\n]|\s(?:va|ve|da|gan|nhiem ky|de ra|neu|giai doan|nam|dat|dua|lan thu)\s|$")
_OF_UNION = re.compile(r"[\s,]{0,2}(?:cua )?(?:cong doan|doan|hoi|mat tran)(?!\w)")
_PARTY = re.compile(r"\s{0,2}(?:cua )?dang(?! bo|\s?vien)(?!\w)")


@dataclass(frozen=True, slots=True)
class Named:
    """A resolution cited by its meeting: its place, key, ordinal of the meeting and term or congress body."""

    start: int
    end: int
    key: str
    type: str
    number: str
    term: str | None
    issuer: str | None


def find_named(source: Source) -> tuple[Named, ...]:
    """All plenum and congress resolutions cited, in order."""
    return tuple(sorted([*_plenums(source), *_congresses(source)], key=lambda one: (one.start, one.end)))


def _plenums(source: Source) -> Iterator[Named]:
    for pattern in (_PLENUM, _PLENUM_LONG):
        for match in pattern.finditer(source.bare):
            document = match["doc"]
            start = match.start()
            following: re.Match[str] | None = match
            while following:
                yield from _plenum_keys(source, document, start, following)
                match = following
                following = _MORE_PLENUMS.match(source.bare, match.end())


def _plenum_keys(source: Source, document: str, start: int, match: re.Match[str]) -> Iterator[Named]:
    symbol, name = ("KL", "Kết luận") if document == "ket luan" else ("NQ", "Nghị quyết")
    plenums = [ordinal(word) for word in re.findall(_O, match["plenums"])]
    terms = [ordinal(word) for word in re.findall(r"[ivx]+(?!\w)|\d+", match["terms"])]
    for plenum, term in product(plenums, terms):
        if plenum and term:
            key = f"{symbol}TW{plenum}-{roman(term)}"
            yield Named(start, match.end(), key, name, str(plenum), roman(term), None)


def _congresses(source: Source) -> Iterator[Named]:
    for match in _CONGRESS.finditer(source.bare):
        start = match.start()
        following: re.Match[str] | None = match
        while following:
            found = _congress(source, start, following.end())
            if not found:
                break
            yield found
            following = _NEXT_CONGRESS.match(source.bare, found.end)
            start = following.start() if following else start


def _congress(source: Source, start: int, place: int) -> Named | None:
    """The resolution of the congress whose description begins at ``place``, if it states the ordinal."""
    match = _CONGRESS_OF.match(source.bare, place)
    if not match:
        return None
    number = ordinal(match["o"]) if match["o"] else None
    if not match["below"]:
        return _national(source, start, match, number)
    end = match.end()
    if number is None:
        later = _LOWER_NAME.match(source.bare, end)
        if not later:
            return None
        number, name, end = ordinal(later["o"]), later["name"], later.end()
    else:
        stop = _NAME_END.search(source.bare, end, end + 60)
        end_of_name = stop.start() if stop else min(end + 60, len(source.bare))
        name, end = source.bare[end:end_of_name], end_of_name
    if not number:
        return None
    level = _level(name.strip(), source.norm[match.end() :].strip())
    body = (
        source.raw[match.start("below") : match.end("below")]
        + source.raw[match.end() : match.end() + len(name)]
    )
    return Named(
        start,
        end,
        f"NQĐH/{level}-{roman(number)}",
        "Nghị quyết",
        roman(number),
        None,
        f"Đại hội {body.strip()}",
    )


def _national(source: Source, start: int, match: re.Match[str], number: int | None) -> Named | None:
    if not number:
        return None
    if _OF_UNION.match(source.bare, match.end("o")):
        return None
    party = _PARTY.match(source.bare, match.end("o"))
    end = party.end() if party else match.end("o")
    return Named(
        start, end, f"NQĐH-{roman(number)}", "Nghị quyết", roman(number), None, "Đại hội đại biểu toàn quốc"
    )


@lru_cache(maxsize=1)
def _levels() -> list[tuple[re.Pattern[str], str]]:
    return [
        (re.compile(rf"{either(row['begins'])}(?!\w)"), row["level"])
        for row in words("documents")["congress_levels"]
    ]


def _level(name: str, written: str) -> str:
    for pattern, level in _levels():
        if pattern.match(name):
            return level
    return "T" if any(is_place(" ".join(written.split()[:count])) for count in (1, 2, 3)) else "?"

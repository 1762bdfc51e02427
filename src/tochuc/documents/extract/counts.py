"""Numbers that count something: people, bodies, files, or a share in per cent."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from tochuc.documents.extract.grammar import either, words
from tochuc.documents.extract.normal import bare
from tochuc.documents.extract.numerals import quantity

_N = r"\d{1,3}(?:\.\d{3})+(?:,\d{1,3})?(?!\d)|\d{1,9}(?:[.,]\d{1,3})?(?!\d)"
_SCALE = r"(?:\s?(?:ngàn|nghìn|vạn|triệu)(?!\w))?"
_NUMBER = re.compile(
    rf"(?<![\w.,■-])(?<!\d/)(?P<a>{_N})(?P<sa>{_SCALE})"
    rf"(?:\s?%?(?P<link>\s?/\s?|\strong (?:tổng )?số\s(?:hơn\s|gần\s)?|\s?-\s?|(?:\s(?:đến|tới)|(?<!20\d\d)\s(?:xuống(?: còn)?|lên))\s(?:gần\s|hơn\s|trên\s)?)(?P<b>{_N})(?P<sb>{_SCALE}))?(?P<pct>\s?%|\sphần trăm(?!\w))?(?![\w/]*\d)"
)
_BEFORE_YEAR = re.compile(r"(?:năm|giai đoạn|nhiệm kỳ|kỳ|khóa|từ|đến|/|-)\s?$")
_ORDINAL = re.compile(
    r"(?<!\w)(?:quý|(?<!\d )tháng|thứ|điều|khoản|mục|(?<!thiểu )(?<!tổng )(?<!đa )(?<!một )(?<!dân )(?<!sĩ )(?<!con )(?<!trong )số|phiên|đợt|ngày|lúc|quận|phường)\s$"
)
_CLAUSE_END = re.compile(r"\s{0,2}(?:(?:bị|xin|được|trong số|trong đó) |[,.;:)(\n]|$|và\s|chiếm|đạt)")
_LONGEST_MONTH, _MONTHS = 31, 12
_PARTS = frozenset({("1", "2"), ("1", "3"), ("2", "3"), ("1", "4"), ("3", "4"), ("4", "5")})
_AT_LEAST = re.compile(r"(?<!\w)(?:ít nhất|tối thiểu|quá|trên|hơn|khoảng|gần|được|đủ|có)\s$")
_EXCEEDS = re.compile(r"vượt(?:\s(?:trên|hơn|gần|khoảng|mức|chỉ tiêu|kế hoạch|được|tới)){0,3}\s$")


@dataclass(frozen=True, slots=True)
class Count:
    """A number with what it counts: one value, or two for a range (*từ 3 đến 5*) or a fraction (*7/9 chi bộ*).

    ``group`` is the group of the unit in the grammar, ``share`` for per cent, ``bare`` if nothing is named;
    ``exceeds`` says that a share lies above the whole (*vượt 30%*).
    """

    start: int
    end: int
    values: tuple[float, ...]
    group: str
    unit: str
    fraction: bool = False
    exceeds: bool = False


def find_counts(low: str, start: int, end: int) -> Iterator[Count]:
    """The counts in one sentence of a text in small letters, in order."""
    for match in _NUMBER.finditer(low, start, end):
        count = _read(low, match, end)
        if count:
            yield count


def _read(low: str, match: re.Match[str], end: int) -> Count | None:
    fraction = bool(match["b"]) and match["link"].strip().startswith(("/", "trong"))
    if match["pct"] and not fraction:
        exceeds = _EXCEEDS.search(low, max(match.start() - 40, 0), match.start()) is not None
        return Count(match.start(), match.end(), _values(match, share=True), "share", "%", exceeds=exceeds)
    if _is_ordinal(low, match) or (fraction and _is_part(low, match)):
        return None
    unit = _units().match(low, match.end(), min(end, match.end() + 60))
    if unit and unit.lastgroup:
        group, name = _unit(unit.lastgroup)
        return Count(match.start(), unit.end(), _values(match), group, name, fraction)
    span = match["b"] and (not fraction or _is_date(match))
    if span or not _CLAUSE_END.match(low, match.end(), end):
        return None
    return Count(match.start(), match.end(), _values(match), "bare", "đảng viên", fraction)


def _values(match: re.Match[str], *, share: bool = False) -> tuple[float, ...]:
    scale = bare((match["sb"] or match["sa"] or "").strip())
    first = quantity(
        match["a"], bare(match["sa"].strip()) or ("" if "/" in (match["link"] or "") else scale), share=share
    )
    if not match["b"]:
        return (first,)
    return first, quantity(match["b"], scale, share=share)


def _is_ordinal(low: str, match: re.Match[str]) -> bool:
    """Whether the number is a year or numbers something (*quý 3*, *Điều 5*) instead of counting."""
    before = max(match.start() - 12, 0)
    if _is_year(match["a"]) and (match["b"] or _BEFORE_YEAR.search(low, before, match.start())):
        return True
    return _ORDINAL.search(low, before, match.start()) is not None


def _is_part(low: str, match: re.Match[str]) -> bool:
    """Whether a fraction names a part of a whole, as rules ask for it (*ít nhất 2/3 đảng viên*)."""
    small = (match["a"], match["b"]) in _PARTS
    return small and _AT_LEAST.search(low, max(match.start() - 20, 0), match.start()) is not None


def _is_date(match: re.Match[str]) -> bool:
    """Whether a fraction may as well be a day and month (*lễ kết nạp 19/5*)."""
    day, month = match["a"], match["b"]
    return day.isdigit() and month.isdigit() and int(day) <= _LONGEST_MONTH and int(month) <= _MONTHS


def _is_year(figure: str) -> bool:
    return len(figure) == 4 and figure[:2] in ("19", "20")


@lru_cache(maxsize=1)
def _units() -> re.Pattern[str]:
    data = words("figures")
    parts = [f"(?P<u{index}>(?:{row['words']})(?!\\w))" for index, row in enumerate(data["units"])]
    return re.compile(rf"\s{{0,2}}(?:{either(data['before_unit'])}\s)?(?:{'|'.join(parts)})")


@cache
def _unit(name: str) -> tuple[str, str]:
    row = words("figures")["units"][int(name[1:])]
    return row["group"], row["unit"]

"""Dates as Vietnamese texts write them, and the lines that only say when a text was published."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tochuc.documents.extract.normal import Source

_D, _M, _Y = r"(?P<d>\d{1,2})", r"(?P<m>\d{1,2})", r"(?P<y>\d{4})"
FULL = rf"(?<![\d./-]){_D}\s?(?P<s>[/.-])\s?{_M}\s?(?P=s)\s?{_Y}(?!\d)"
"""Day, month and year in figures with one separator."""

_MONTH_NAMES = {"giêng": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "sáu": 6, "bảy": 7, "tám": 8,
                "chín": 9, "mười": 10, "chạp": 12}  # fmt: skip
_WORDED = rf"(?<![\d./-]){_D}\s{{1,2}}tháng\s{{1,2}}(?P<m>\d{{1,2}}(?!\d)|{'|'.join(_MONTH_NAMES)})(?:[\s,]{{1,3}}năm\s{{1,2}}{_Y})?"
_SPELLED = re.compile(_WORDED)
_SPELLED_LEAD = re.compile(
    r"(?<!\w)(?:ngày|sáng|trưa|chiều|tối|đêm|hôm|mùng|vào|từ|đến|và|,)\s{0,2}(?:ngày\s)?$"
)
_IN_FIGURES = re.compile(FULL)
_LEAD = r"(?P<lead>(?:ngày|sáng|trưa|chiều|tối|đêm|hôm|mùng|nay|qua|vào|từ|đến|và|\()\s?\(?)"
_COUNTED = (
    r"(?!\s?(?:%|phần trăm|đảng viên|quần chúng|đồng chí|người|chi bộ|tổ chức|đại biểu|lớp|ngày|tháng|lần))"
)
_WITHOUT_YEAR = re.compile(
    rf"(?<!\w){_LEAD}\s?{_D}\s?[/.-]\s?{_M}(?![\d/]|[.,-]\d|\s?[/-]\s?\d){_COUNTED}(?:[\s,]{{1,3}}năm\s{{1,2}}{_Y})?"
)
_RANGE = re.compile(
    r"(?<!\w)(?:ngày|từ|sáng|chiều|tối|\()\s{0,2}(?:ngày\s)?(?P<d>\d{1,2})\s{0,2}(?:-|đến|tới|và|,)\s{0,2}(?:sáng\s|chiều\s)?(?:ngày\s)?"
    r"\d{1,2}(?:\s?[/.-]\s?|\s+tháng\s+)(?P<m>\d{1,2})(?:(?:\s?[/.-]\s?|[\s,]+năm\s+)(?P<y>\d{4}))?(?!\d)"
)
_YEAR_LATER = re.compile(r"\s{0,2}\)?\s{0,2}(?:-|đến|tới|và)\s{0,2}(?:hết\s)?(?:ngày\s)?" + FULL)

_STAMP = (
    r"(?:\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{1,2} tháng \d{1,2}(?:,? năm)? \d{4}|\d{1,2}[:h]\d{2}(?::\d{2})?|"
    r"cập nhật|đăng|xuất bản|thứ\s(?:hai|ba|tư|bốn|năm|sáu|bảy|[2-7])|chủ nhật|ngày|lúc|vào|gmt|\+\d{1,2}|am|pm|giờ)"
)
_STAMPS = re.compile(rf"[\s,:.|()\[\]-]*(?:{_STAMP}[\s,:.|()\[\]-]*){{1,12}}")
_PUBLISHED = re.compile(r"\d[:h]\d\d|cập nhật|đăng|xuất bản|gmt")
_SIGNED = re.compile(
    r"[^\n,]{2,40}, ngày[ .…]{1,30}(?:\d{1,2}[ .…]{1,20})?tháng[ .…]{1,20}(?:\d{1,2}[ .…]{1,20})?năm[ .…]{1,20}\d{0,4}[ .]*(?=\n|$)"
)
_DATELINES_WITHIN = 4  # lines from the start or the end of the text


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day named in the text; ``year`` is None where the text leaves it out. A range counts as its first day."""

    start: int
    end: int
    day: int
    month: int
    year: int | None

    def in_year(self, year: int) -> date | None:
        """The calendar day in a year, or None if there is no such day."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


def find_dates(source: Source) -> tuple[DateMention, ...]:
    """All days named in the text, in order, none overlapping another."""
    found: list[DateMention] = []
    taken = -1
    for mention in sorted(_all(source.low), key=lambda one: (one.start, -one.end)):
        if mention.start >= taken and mention.in_year(mention.year or 2000):
            found.append(mention)
            taken = mention.end
    return tuple(found)


def _all(low: str) -> Iterator[DateMention]:
    for match in _RANGE.finditer(low):
        yield _mention(match, match.start("d"))
    for match in _IN_FIGURES.finditer(low):
        yield _mention(match, match.start())
    for match in _SPELLED.finditer(low):
        if match["y"] or _SPELLED_LEAD.search(low, max(match.start() - 12, 0), match.start()):
            yield _mention(match, match.start())
    for match in _WITHOUT_YEAR.finditer(low):
        later = None if match["y"] else _YEAR_LATER.match(low, match.end())
        yield _mention(match, match.start("d"), later["y"] if later else None)


def _mention(match: re.Match[str], start: int, year: str | None = None) -> DateMention:
    month = _MONTH_NAMES.get(match["m"]) or int(match["m"])
    written = match["y"] or year
    return DateMention(start, match.end(), int(match["d"]), month, int(written) if written else None)


def datelines(source: Source) -> tuple[tuple[int, int], ...]:
    """Places of the lines that tell when the text was published or signed, not when something happened."""
    found = []
    lines = _lines(source.low)
    near = lines[:_DATELINES_WITHIN] + lines[-_DATELINES_WITHIN:]
    for start, end in dict.fromkeys(near):
        stamps = _STAMPS.match(source.low, start, end)
        if stamps and (stamps.end() == end or _PUBLISHED.search(source.low, start, stamps.end())):
            found.append((start, stamps.end()))
    found += [match.span() for match in _SIGNED.finditer(source.low)]
    return tuple(found)


def published(
    source: Source, lines: tuple[tuple[int, int], ...], dates: tuple[DateMention, ...]
) -> date | None:
    """The day a dateline states, or None."""
    for mention in dates:
        if mention.year and any(start <= mention.start < end for start, end in lines):
            return mention.in_year(mention.year)
    return None


def _lines(low: str) -> list[tuple[int, int]]:
    spans = []
    start = 0
    for line in low.split("\n"):
        if line.strip():
            spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans

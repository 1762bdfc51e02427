"""The day of the meeting a text reports, and the year where the text leaves it to be understood."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from tochuc.documents.extract.citations import Citation
from tochuc.documents.extract.dates import DateMention, datelines, published
from tochuc.documents.extract.grammar import either, words
from tochuc.documents.extract.normal import CAPITAL, Source

_OPENING = 4  # sentences in which a text says that its event is of today
_TODAY = re.compile(r"(?<!\w)(?:sáng|trưa|chiều|tối|hôm)\s(?P<when>nay|qua)(?!\w)")
_SPAN_OF_YEARS = re.compile(r"\d{1,2}\s?[/.-]\s?\d{4}\s?-\s?$")  # of an anniversary: 3/2/1930 - 3/2/2020
_COURSE = re.compile(r"(?<!\w)(?:lớp|đợt|tập huấn|hội thi)(?!\w)[^.;,]{0,60}$")
_UNTIL = re.compile(r"\s?(?:đến|tới|-)\s?(?:hết )?(?:ngày )?\d{1,2}\s?[/.-]\s?(?P<m>\d{1,2})(?!\d)")
_THAT_EVENT = re.compile(r"\s{0,2}(?:buổi lễ|hội nghị|lễ|lớp học|lớp|cuộc họp|phiên họp|buổi) ")
_SINCE = re.compile(r"(?<!\w)từ\s(?:ngày\s)?$")
_CLAUSE = re.compile(rf"\)?,\s{CAPITAL}")
_LEAD = 12  # characters a sentence may have before the day that opens it
_NEAR = 110  # characters between a day and the word for the meeting
_YEAR_OF_WORK = re.compile(
    r"(?:(?P<quarter>quý\s(?:iv|iii|ii|i|[1-4]))\s?(?:[./-]|năm\s)?\s?|(?P<months>\d{1,2}|sáu|chín) tháng(?: đầu| cuối)?(?: năm)?\s|tháng\s\d{1,2}\s?[/.-]\s?|năm\s)(?P<y>20\d\d|19\d\d)(?!\d|\s?-\s?\d)"
)
_MONTH_OF_YEAR = re.compile(r"(?<!\w)tháng\s{1,2}(?P<m>\d{1,2})\s?(?:[/.-]|năm)\s?(?P<y>20\d\d|19\d\d)(?!\d)")
_NOT_OF_WORK = re.compile(
    r"(?:nhiệm kỳ|giai đoạn|từ|đến|tới|so với|cuối|(?:cùng|học|thời|đầu) kỳ|tầm nhìn|trước|khóa|ra đời|thành lập|ban hành|ngay từ|hơn|lập|ngày \d{1,2} tháng \d{1,2},?|tháng \d{1,2},?)\s(?:ngay\s)?(?:trong\s)?$"
)


@dataclass(frozen=True, slots=True)
class EventDate:
    """The day of the event: complete, or only day and month as ``--MM-DD``; and where in the text it is said."""

    day: date | None
    partial: str | None
    place: int


def find_event_date(
    source: Source, dates: Sequence[DateMention], citations: Sequence[Citation]
) -> EventDate | None:
    """When the reported meeting or ceremony took place; None if the text reports none or gives no day."""
    lines = datelines(source)
    mention = _best(source, dates, [*lines, *((one.start, one.end) for one in citations)])
    if not mention:
        return _today(source, dates, lines)
    if mention.year:
        return EventDate(mention.in_year(mention.year), None, mention.start)
    stamp = published(source, lines, tuple(dates))
    year = _not_after(mention, stamp) if stamp else _year_of_work(source, mention)
    day = mention.in_year(year) if year else None
    return EventDate(day, None if day else f"--{mention.month:02d}-{mention.day:02d}", mention.start)


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    data = words("events")
    return {
        "event": re.compile(rf"(?<!\w){either(data['nouns'])}(?!\w)"),
        "told": re.compile(rf"(?<!\w){either([*data['nouns'], *data['meets']])}(?!\w)"),
        "acts": re.compile(rf"(?<!\w){either(data['acts'])}(?!\w)"),
        "acts_then": re.compile(
            rf"\)?\s(?:(?:đã|vừa|chính thức|tiếp tục|long trọng|cũng)\s){{0,3}}{either([*data['holds'], *data['meets']])}(?!\w)"
        ),
        "act": re.compile(rf"(?<!\w){either([*data['holds'], *data['meets']])}(?!\w)"),
        "signed": re.compile(rf"[^.;]{{0,70}}?(?<!\w){either(data['signs'])}(?!\w)"),
        "not": re.compile(
            rf"(?<!\w){either(data['not_events'])}(?:\s(?:vào|từ|hết|ngày|sáng|năm|đảng|truyền thống|thành lập|việt nam|nay)){{0,4}}[\s,(:]{{0,3}}$"
        ),
        "session": re.compile(
            rf"(?<!\w){either(data['sessions'])}(?:\s(?:qua|nay|cùng))?[\s,(]{{0,3}}(?:ngày\s{{0,2}})?\(?$"
        ),
        "of_year": re.compile(rf"(?<!\w){either(data['of_year'])}(?!\w)"),
        "back": re.compile(rf"(?<!\w){either(data['looks_back'])}(?!\w)"),
        "back_or_reports": re.compile(rf"(?<!\w){either([*data['looks_back'], *data['reports']])}(?!\w)"),
        "ahead": re.compile(rf"(?<!\w){either(data['looks_ahead'])}(?!\w)"),
    }


def _best(source: Source, dates: Sequence[DateMention], taken: list[tuple[int, int]]) -> DateMention | None:
    best, points = None, 0
    starts = sorted(taken)
    for mention in dates:
        before = bisect_right(starts, (mention.start, len(source.raw)))
        if any(start <= mention.start < end for start, end in starts[max(before - 3, 0) : before]):
            continue
        worth = _worth(source, mention)
        if worth > points:
            best, points = mention, worth
    return best


def _worth(source: Source, mention: DateMention) -> int:
    """How surely a day is that of an event told in its sentence: 0 not at all, 3 with the time of day."""
    low = source.low
    if _patterns()["not"].search(low, max(mention.start - 40, 0), mention.start):
        return 0
    if low.startswith(("đến nay", "tới nay"), mention.end + 1):
        return 0
    if _SPAN_OF_YEARS.search(low, max(mention.start - 16, 0), mention.start):
        return 0
    written = low[mention.start : mention.end]
    ranges = "đến" in written or len(re.findall(r"\d+", written)) > 3 or _UNTIL.match(low, mention.end)
    if not ranges and _SINCE.search(low, max(mention.start - 12, 0), mention.start):
        return 0
    later = _UNTIL.match(low, mention.end)
    if later and abs(int(later["m"]) - mention.month) > 1:
        return 0  # a period reported on
    start, end = source.sentence_at(mention.start)
    session = _patterns()["session"].search(low, max(start, mention.start - 20), mention.start) is not None
    if not session and _is_signing(source, mention, end):
        return 0
    near = max(start, mention.start - _NEAR), min(end, mention.end + _NEAR)
    far = max(start, mention.start - 3 * _NEAR), min(end, mention.end + 3 * _NEAR)
    opens = (
        session
        or mention.start - start < _LEAD
        or _CLAUSE.match(source.norm, mention.end)
        or (low[max(mention.start - 1, 0)] == "(" and low.startswith(")", mention.end))
        or _patterns()["acts_then"].match(low, mention.end)
    )
    if _patterns()["event"].search(low, *near):
        return 3 if session else 2
    if session and (_patterns()["acts"].search(low, *near) or _patterns()["event"].match(low, end + 1)):
        return 2
    if _THAT_EVENT.match(low, end):
        return 1
    if _patterns()["event"].search(low, *far) or (opens and _patterns()["act"].search(low, *far)):
        return 3 if session else 1
    return 0


def _is_signing(source: Source, mention: DateMention, end: int) -> bool:
    """Whether what follows the day, before any meeting is named, is that something was signed or founded."""
    signed = _patterns()["signed"].match(source.low, mention.end, end)
    return signed is not None and not _patterns()["event"].search(source.low, mention.end, signed.end())


def _today(
    source: Source, dates: Sequence[DateMention], lines: tuple[tuple[int, int], ...]
) -> EventDate | None:
    """The day of publication or the one before, where the text only says *sáng nay* or *hôm qua* of its event."""
    stamp = published(source, lines, tuple(dates))
    for start, end in source.sentences[:_OPENING] if stamp else ():
        said = _TODAY.search(source.low, start, end)
        if stamp and said and _patterns()["told"].search(source.low, start, end):
            return EventDate(stamp - timedelta(days=said["when"] == "qua"), None, said.start())
    return None


def _not_after(mention: DateMention, stamp: date) -> int:
    day = mention.in_year(stamp.year)
    return stamp.year if day and day <= stamp else stamp.year - 1


def _year_of_work(source: Source, mention: DateMention) -> int | None:
    """The year by the period the meeting works on: *quý IV năm 2020*; in January it closes the year before."""
    start, end = source.sentence_at(mention.start)
    index = bisect_right(source.sentences, (start, end)) - 1
    around = source.sentences[index + 1 : index + 3] + source.sentences[max(index - 1, 0) : index]
    for span in [(start, end), *around, *source.sentences[:1]]:
        year = _year_in(source, mention, *span)
        if year:
            return year
    return _year_of_period(source, mention) or _year_of_month(source, mention)


def _year_of_period(source: Source, mention: DateMention) -> int | None:
    """The year of the quarter or months that the text reports on, wherever it says so."""
    for match in _YEAR_OF_WORK.finditer(source.low):
        if (match["quarter"] or match["months"]) and not _is_of_term(source, match, 0):
            return int(match["y"]) + (mention.month <= 2 and not match["quarter"])
    return None


def _is_of_term(source: Source, match: re.Match[str], start: int) -> bool:
    return _NOT_OF_WORK.search(source.low, max(match.start() - 30, start), match.start()) is not None


def _year_of_month(source: Source, mention: DateMention) -> int | None:
    """The year written with the month of the meeting or the one before (*tháng 7/2012 …; từ tháng Tám này*)."""
    for match in _MONTH_OF_YEAR.finditer(source.low):
        if int(match["m"]) in (mention.month, mention.month - 1) and not _is_of_term(source, match, 0):
            return int(match["y"])
    return None


def _year_in(source: Source, mention: DateMention, start: int, end: int) -> int | None:
    low = source.low
    for match in _YEAR_OF_WORK.finditer(low, start, end):
        if _is_of_term(source, match, start):
            continue
        before = low[max(start, match.start() - 130) : match.start()]
        turn = mention.month >= 11 or mention.month <= 2
        looks_back = _patterns()["back_or_reports" if turn else "back"]
        back = [one.end() for one in looks_back.finditer(before)]
        ahead = [one.end() for one in _patterns()["ahead"].finditer(before)]
        year = int(match["y"])
        if not back and not ahead and match.group().startswith("năm"):
            here = start <= mention.start < end
            if _patterns()["of_year"].search(before) if here else _COURSE.search(before):
                return year
            continue
        if (ahead or [0])[-1] > (back or [0])[-1] and not match["quarter"] and not match["months"]:
            return year - 1 if mention.month >= 11 else year
        return year + 1 if mention.month <= 2 and not match.group().startswith(("quý i ", "tháng")) else year
    return None

"""Reading one date cell: how it is written, what it says, what it leaves open.

Day comes before month. A value whose second number can't be a month is month-first and says so; whether the
others of its column are in doubt, and the century of a year of two digits, is settled elsewhere.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from tochuc.exchange.intake.cells import Cell, DayMonth, Fault, day_of_serial, shown
from tochuc.exchange.intake.wordlists import wordlist
from tochuc.kernel.days import month_length
from tochuc.kernel.known_dates import FIRST_YEAR, LAST_YEAR, KnownDate, UnreadableDate, parse_known_date
from tochuc.kernel.names import fold

_SEP = r"\s*[/.,\-–—\\_: ]\s*"
_THREE = re.compile(rf"(\d{{1,2}}){_SEP}(\d{{1,2}}){_SEP}(\d{{4}}|\d{{2}})")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_MONTH_YEAR = re.compile(rf"(?:thang\s*)?(\d{{1,2}}){_SEP}(?:nam\s*)?(\d{{4}}|\d{{2}})")
_YEAR_MONTH = re.compile(r"(\d{4})(?!\.0$)[-/.](\d{1,2})")
# A year that went through another program as a number comes as text with a nought behind: "1960.0".
_YEAR = re.compile(r"(?:nam\s*)?['’]?(\d{4}|\d{2})(?:(?<=\d{4})[.,]0)?")
_DIGITS = re.compile(r"\d{5,8}")
# Zeros, blanks, dots, dashes or signs in the place of a day or month that isn't known.
_UNKNOWN = r"(?:0{1,2}|[_.…?x\s\-]*)"
_NO_DAY = re.compile(rf"{_UNKNOWN}\s*[/.\-]\s*(\d{{1,2}})\s*[/.\-]\s*(\d{{4}})")
_NO_MONTH = re.compile(rf"(?:{_UNKNOWN}\s*[/.\-]\s*)?{_UNKNOWN}\s*[/.\-]\s*(\d{{4}})")
_CLOCK = re.compile(r"[ t]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:am|pm|sa|ch)?z?$")
_SHORT_MONTH = re.compile(r"(?<![a-z])(?:thg|th|t)\s*\.?\s*(?=\d)")
_ENGLISH = re.compile(r"(?<![a-z])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?")
_WORDY_BETWEEN = re.compile(r"(?<=\d)[\-/. ]+thang (\d{1,2})[\-/. ]+(?=\d)")
_WORDY_SHORT_YEAR = re.compile(r"(?<!\d)(\d{2})$")
_INSIDE = re.compile(r"(?<![\d/.\-])(\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4})(?![\d/.\-])")
_BETWEEN_TWO = re.compile(r"\s*[\n;,]\s*|\s+[-–]\s+|(?<=\d{4})\s+(?=\d)|(?<=\d{4})\s*[-–/]\s*(?=\d)")
_REMARK = re.compile(r"(?<=\d)\s*\([^()\d]*\)\s*$")
_LONGEST = 80

Why = str  # a key of the wording's reasons: no_such_day, unclear, fault


@dataclass(frozen=True, slots=True)
class Written:
    """A date as one cell gives it. Of `known`, `short` and `why` exactly one is set.

    `short`: day, month and the last two digits of the year. `two_numbers`: day and month are both numbers up
    to 12 and different, so they could be meant the other way round. `month_first`: they were read that way,
    because nothing else is possible.
    """

    shown: str
    known: KnownDate | None = None
    short: tuple[int | None, int | None, int] | None = None
    why: Why | None = None
    two_numbers: bool = False
    month_first: bool = False


def read_date(cell: Cell, *, since_1904: bool = False) -> Written | None:
    """What a cell in a column of dates says; None where it says nothing.

    >>> read_date("2/4/75").short, read_date("04/25/1975").month_first, read_date("31/02/1960").why
    ((2, 4, 75), True, 'no_such_day')
    """
    if isinstance(cell, str):
        return read_text(cell)
    if cell is None or isinstance(cell, bool):
        return None if cell is None else Written(shown(cell), why="unclear")
    if isinstance(cell, KnownDate):
        return Written(shown(cell), cell)
    if isinstance(cell, date):
        known = _day(cell)
        return (
            Written(shown(cell), known, two_numbers=_both_ways(cell.day, cell.month))
            if known
            else Written(shown(cell), why="unclear")
        )
    if isinstance(cell, DayMonth):
        return Written(shown(cell), why="unclear")
    if isinstance(cell, Fault):
        return Written(cell.shown, why="fault")
    return _number(cell, since_1904)


@lru_cache(maxsize=8192)
def read_text(text: str) -> Written | None:
    """What a text in a column of dates says; None where it says nothing."""
    plain = _REMARK.sub("", unicodedata.normalize("NFKC", text)).strip(" \t\n\r'’\"`()[];")
    tidy = " ".join(plain.split())
    three = _THREE.fullmatch(tidy.rstrip("."))
    if three:
        return _three(tidy, *three.groups())
    words = _simplified(tidy[: _LONGEST + 1])
    if not words or words in _no_date() or not any(letter.isalnum() for letter in words):
        return None
    if len(tidy) > _LONGEST:
        return _inside(tidy)
    return _read(tidy, words)


def _simplified(text: str) -> str:
    words = fold(text).rstrip(" .,;")
    words = _CLOCK.sub("", words)
    words = _ENGLISH.sub(lambda month: f"thang {wordlist('values')['months'][month[1]]}", words)
    words = _WORDY_BETWEEN.sub(r"/\1/", _SHORT_MONTH.sub("thang ", words))
    for prefix in wordlist("values")["date_prefixes"]:
        if words.startswith(prefix) and words[len(prefix) :].strip(" :.-"):
            words = words[len(prefix) :].strip(" :.-")
    return words


def _read(text: str, words: str) -> Written:
    if found := _THREE.fullmatch(words):
        return _three(text, *found.groups())
    if found := _YEAR_FIRST.fullmatch(words):
        return _known(text, int(found[3]), int(found[2]), found[1])
    if found := _NO_DAY.fullmatch(words):
        if int(found[1]):
            return _known(text, None, int(found[1]), found[2])
        return _known(text, None, None, found[2])
    if found := _NO_MONTH.fullmatch(words):
        return _known(text, None, None, found[1])
    if found := _YEAR_MONTH.fullmatch(words):
        return _known(text, None, int(found[2]), found[1])
    if found := _MONTH_YEAR.fullmatch(words):
        return _month_year(text, int(found[1]), found[2], named=words.startswith("thang"))
    if found := _YEAR.fullmatch(words):
        return _known(text, None, None, found[1])
    if _DIGITS.fullmatch(words):
        return _digits(text, words)
    return _wordy(text, words)


def _three(text: str, first: str, second: str, year: str) -> Written:
    day, month = int(first), int(second)
    if day == 0 or month == 0:
        # 00/04/1975: the place of what isn't known was filled with zeros.
        return _known(text, None if month == 0 or day == 0 else day, month or None, year)
    if month <= 12:
        return _known(text, day, month, year, two_numbers=_both_ways(day, month))
    if day <= 12:
        return _known(text, month, day, year, month_first=True)
    return Written(text, why="no_such_day")


def _both_ways(day: int, month: int) -> bool:
    return day <= 12 and month <= 12 and day != month


def _month_year(text: str, month: int, year: str, *, named: bool) -> Written:
    if len(year) == 2 and not named and (int(year) <= 12 or month > 12):
        # 04/12 is a day without its year.
        return Written(text, why="unclear")
    if month == 0:
        return _known(text, None, None, year)
    return _known(text, None, month, year)


def _known(
    text: str,
    day: int | None,
    month: int | None,
    year: str,
    *,
    two_numbers: bool = False,
    month_first: bool = False,
) -> Written:
    if len(year) == 2:
        # The longest February: whether the century has it is settled with the century.
        if not _exists(day, month, 2000):
            return Written(text, why="no_such_day")
        return Written(text, short=(day, month, int(year)), two_numbers=two_numbers, month_first=month_first)
    known = known_date(day, month, int(year))
    if known is None:
        in_time = FIRST_YEAR <= int(year) <= LAST_YEAR
        return Written(text, why="no_such_day" if in_time else "unclear")
    return Written(text, known, two_numbers=two_numbers, month_first=month_first)


def _exists(day: int | None, month: int | None, year: int) -> bool:
    if month is not None and not 1 <= month <= 12:
        return False
    return day is None or (month is not None and 1 <= day <= month_length(year, month))


@lru_cache(maxsize=16_384)
def known_date(day: int | None, month: int | None, year: int) -> KnownDate | None:
    """The date with those parts; None where there is no such day or it is outside the calendar of forms."""
    if not FIRST_YEAR <= year <= LAST_YEAR or not _exists(day, month, year):
        return None
    return KnownDate(date(year, month or 1, day or 1), "day" if day else "month" if month else "year")


def _day(day: date) -> KnownDate | None:
    return known_date(day.day, day.month, day.year)


def _digits(text: str, digits: str) -> Written:
    """Digits in a row: ddmmyyyy, yyyymmdd, ddmmyy, or the serial number of a day."""
    if len(digits) == 5:
        day = day_of_serial(int(digits))
        known = _day(day) if day else None
        return Written(text, known) if known else Written(text, why="unclear")
    if len(digits) == 6:
        return _known(text, int(digits[:2]), int(digits[2:4]), digits[4:])
    if len(digits) == 7:
        digits = "0" + digits
    turned = known_date(int(digits[6:]), int(digits[4:6]), int(digits[:4]))
    forward = known_date(int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    if known := forward or turned:
        return Written(text, known)
    return Written(text, why="no_such_day")


def _wordy(text: str, words: str) -> Written:
    short = _WORDY_SHORT_YEAR.search(words)
    whole = f"{words[: short.start()]}20{short[1]}" if short else words
    try:
        known = parse_known_date(whole)
    except UnreadableDate as refusal:
        if refusal.code == "date.no_such_day":
            return Written(text, why="no_such_day")
        return _inside(text)
    if not short:
        return Written(text, known)
    day = known.first.day if known.precision == "day" else None
    return Written(text, short=(day, known.first.month if known.precision != "year" else None, int(short[1])))


def _inside(text: str) -> Written:
    """The one full date among other words: "19/5/2001 tại Chi bộ thôn 3"."""
    found = set(_INSIDE.findall(text))
    inner = read_text(found.pop()) if len(found) == 1 else None
    if inner is None or inner.known is None:
        return Written(text, why="unclear")
    return Written(text, inner.known, two_numbers=inner.two_numbers, month_first=inner.month_first)


def _number(value: int | float, since_1904: bool) -> Written:
    """A number: a year, a serial number, digits in a row, or a month and year with a point between."""
    text = shown(value)
    if isinstance(value, float):
        return _decimal(text, value, since_1904)
    if value == 0:
        return Written(text, why="unclear")
    if FIRST_YEAR <= value <= LAST_YEAR or 10 <= value <= 99:
        return _known(text, None, None, text)
    if len(text) == 5 or (len(text) == 4 and value > LAST_YEAR):
        day = day_of_serial(value, since_1904=since_1904)
        known = _day(day) if day else None
        return Written(text, known) if known else Written(text, why="unclear")
    if len(text) in (7, 8):
        return _digits(text, text)
    return Written(text, why="unclear")


def _decimal(text: str, value: float, since_1904: bool) -> Written:
    whole, _, decimals = text.partition(".")
    if len(whole) <= 2 and 1 <= int(value) <= 12 and len(decimals) <= 4:
        return _known(text, None, int(value), decimals.ljust(4, "0"))
    day = day_of_serial(value, since_1904=since_1904)
    known = _day(day) if day and len(whole) == 5 else None
    return Written(text, known) if known else Written(text, why="unclear")


def read_two(cell: Cell) -> tuple[Written | None, Written | None]:
    """The two dates of a cell that holds both, one below or beside the other; a single one is the first.

    >>> [one.known.iso for one in read_two("3/2/1985\\n3/2/1986") if one and one.known]
    ['1985-02-03', '1986-02-03']
    """
    whole = read_date(cell)
    if whole is None or not whole.why or not isinstance(cell, str):
        return whole, None
    parts = [part for part in _BETWEEN_TWO.split(cell.strip()) if any(map(str.isdigit, part))]
    if len(parts) != 2:
        return whole, None
    first, second = map(read_text, parts)
    return first, second


def read_pieces(pieces: dict[str, Cell], *, since_1904: bool = False) -> Written | None:
    """A date whose day, month and year stand in columns of their own."""
    parts = {part: shown(cell).strip() for part, cell in pieces.items()}
    filled = {part: text for part, text in parts.items() if text and fold(text) not in _no_date()}
    if not filled:
        return None
    if len(filled) == 1 or "year" not in "_".join(filled):
        # One column may hold the whole date for those of whom it is known.
        for part in filled:
            whole = read_date(pieces[part], since_1904=since_1904)
            if whole and (whole.known or part in ("year", "month_year")):
                return whole
    for part in ("day", "day_month"):
        whole = read_date(pieces[part]) if part in filled else None
        if whole and whole.known and whole.known.precision == "day":
            return whole
    order = ("day", "day_month", "month", "month_year", "year")
    text = "/".join(filled[part].strip("/.- ") for part in order if part in filled)
    read = read_text(text)
    return None if read is None else Written(text, read.known, read.short, read.why)


@cache
def _no_date() -> frozenset[str]:
    return frozenset(map(str, wordlist("values")["no_date"]))

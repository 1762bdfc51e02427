"""What a cell's number format shows: a number, a date and how much of it, or a number with leading zeros."""

import re
from dataclasses import dataclass
from functools import lru_cache

from tochuc.exchange.intake.cells import Cell, dated

_BUILT_IN = {
    **dict.fromkeys((14, 15, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), "dd/mm/yyyy"),
    16: "d-mmm",
    17: "mmm-yy",
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56), "hh:mm"),
}
_NOT_SHOWN = re.compile(r"\"[^\"]*\"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]", re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_CLOCK = re.compile(r"h|s|am/pm", re.IGNORECASE)
_PLACES = re.compile(r"[0#?.,\-/ ]*00[0#?.,\-/ ]*")


@dataclass(frozen=True, slots=True)
class Format:
    """`precision`: day, month, year, day_month or time where the format shows a date; `picture`: digits with
    signs between, such as `00.000000`, where it shows a code."""

    precision: str | None = None
    picture: str | None = None


PLAIN = Format()


@lru_cache(maxsize=4096)
def format_of(number: int, code: str | None) -> Format:
    """The format with that number in the file, and its code where the file gives one.

    >>> format_of(164, "mm/yyyy").precision, format_of(165, "00\\\\.000000").picture, format_of(0, None)
    ('month', '00.000000', Format(precision=None, picture=None))
    """
    code = code if code is not None else _BUILT_IN.get(number)
    if not code:
        return PLAIN
    section = code.split(";")[0]
    bare = _NOT_SHOWN.sub("", section)
    if _ELAPSED.search(bare):
        return Format("time")
    if precision := _precision(bare):
        return Format(precision)
    return _code_picture(section)


def _precision(bare: str) -> str | None:
    letters = {letter for letter in bare.lower() if letter in "ymdhs"}
    if not letters or "general" in bare.lower():
        return None
    if "y" in letters or "d" in letters:
        if "d" not in letters:
            return "month" if "m" in letters else "year"
        return "day" if "y" in letters else "day_month"
    return "time" if _CLOCK.search(bare) else None


def _code_picture(section: str) -> Format:
    """A picture keeps the signs between digits as they are; a decimal point is written `,`."""
    parts = re.findall(r"\\(.)|\"([^\"]*)\"|(.)", section)
    picture = "".join(
        escaped or quoted or ("," if plain == "." else plain) for escaped, quoted, plain in parts
    )
    literal = "".join(plain for _, _, plain in parts)
    return Format(picture=picture) if _PLACES.fullmatch(picture) and "," not in literal else PLAIN


def through(form: Format, value: int | float, *, since_1904: bool = False) -> Cell:
    """A number as its format shows it."""
    if form.precision == "time":
        return None
    if form.precision:
        return dated(value, form.precision, since_1904=since_1904)
    return _pictured(form.picture, value) if form.picture else value


def _pictured(picture: str, value: int | float) -> Cell:
    whole, point, decimals = picture.partition(",")
    if point:
        # A trailing zero that a number can't hold comes back; digits that are only hidden stay.
        text = f"{value:.{len(decimals)}f}"
        return text if isinstance(value, float) and float(text) == value else value
    if not isinstance(value, int) or value < 0:
        return value
    places = sum(sign in "0#?" for sign in whole)
    digits = str(value).rjust(places, "0")
    rest = iter(digits[len(digits) - places :])
    return digits[: len(digits) - places] + "".join(next(rest) if sign in "0#?" else sign for sign in whole)

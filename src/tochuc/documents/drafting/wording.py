"""Wording that every Party document shares: clean text, place and date, number and symbol."""

import re
import unicodedata
from datetime import date

from tochuc.documents.drafting.layout import Layout
from tochuc.documents.numbering import key_of, padded

_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_LIST_MARK = re.compile(r"^(?:[-–—•*+]|\d{1,2}[.)])\s+")
_COMRADE = re.compile(r"^(?:đồng chí|đ/c)\s+", re.IGNORECASE)
_ENDS = (".", "!", "?", "…", ":", ";")


def printable(text: str) -> str:
    """The text as one line that can stand on paper: NFC, no control or invisible characters, single spaces.

    What is left empty by this was empty for a reader too.
    """
    spaced = re.sub(r"\s+", " ", text)
    kept = "".join(c for c in spaced if unicodedata.category(c) not in _UNPRINTABLE)
    return " ".join(unicodedata.normalize("NFC", kept).split())


def sentence(text: str) -> str:
    """The text closed by a full stop unless it already ends a sentence or opens a list."""
    line = printable(text)
    return line if not line or line.endswith(_ENDS) else f"{line}."


def item(text: str) -> str:
    """The text as an item of a list, capitalised and without the dash or number it was typed with."""
    return opened(_LIST_MARK.sub("", printable(text)))


def comrade(name: str) -> str:
    """A person's name without the *đồng chí* that may stand before it."""
    return _COMRADE.sub("", printable(name))


def capitals(text: str) -> str:
    """In capital letters, as names of bodies and of document types are set."""
    return printable(text).upper()


def opened(text: str) -> str:
    """With a capital first letter and the rest as it is."""
    line = printable(text)
    return line[:1].upper() + line[1:]


def day_in_words(day: date, layout: Layout) -> str:
    """`ngày 09 tháng 02 năm 2018`: a zero only before the days and months that the layout names."""
    day_words = padded(day.day, below=layout.two_digit_day_below)
    month_words = padded(day.month, below=layout.two_digit_month_below)
    return f"ngày {day_words} tháng {month_words} năm {day.year}"


def place_and_day(place: str, day: date, layout: Layout) -> str:
    """`Hạ Long, ngày 20 tháng 02 năm 2018`."""
    return f"{printable(place)}, {day_in_words(day, layout)}"


def number_line(number: int, symbol: str, layout: Layout) -> str:
    """`Số 12-TB/BTCHU`: number, hyphen, type, slash, issuer; no colon, no year (36-HD/VPTW, appendix)."""
    type_code, _, issuer = printable(symbol).partition("/")
    return f"Số {key_of(number, type_code, issuer, zero_below=layout.two_digit_number_below)}"

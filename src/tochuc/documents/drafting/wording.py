"""Wording that every Party document shares: clean text, place and date, number and symbol."""

import re
import unicodedata
from datetime import date

from tochuc.documents.numbering import key_of

_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_DAYS_AND_MONTHS_PADDED = (9, 2)
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


def capitals(text: str) -> str:
    """In capital letters, as names of bodies and of document types are set."""
    return printable(text).upper()


def opened(text: str) -> str:
    """With a capital first letter and the rest as it is."""
    line = printable(text)
    return line[:1].upper() + line[1:]


def day_in_words(day: date) -> str:
    """`ngày 09 tháng 02 năm 2018`: two digits for days below 10 and for January and February only.

    >>> day_in_words(date(2023, 4, 7))
    'ngày 07 tháng 4 năm 2023'
    """
    last_day, last_month = _DAYS_AND_MONTHS_PADDED
    day_words = f"{day.day:02}" if day.day <= last_day else str(day.day)
    month_words = f"{day.month:02}" if day.month <= last_month else str(day.month)
    return f"ngày {day_words} tháng {month_words} năm {day.year}"


def place_and_day(place: str, day: date) -> str:
    """`Hạ Long, ngày 20 tháng 02 năm 2018`."""
    return f"{printable(place)}, {day_in_words(day)}"


def number_line(number: int, symbol: str, digits: int) -> str:
    """`Số 12-TB/BTCHU`: number, hyphen, type, slash, issuer; no colon, no year (36-HD/VPTW, appendix)."""
    type_code, _, issuer = printable(symbol).partition("/")
    return f"Số {key_of(number, type_code, issuer, digits=digits)}"

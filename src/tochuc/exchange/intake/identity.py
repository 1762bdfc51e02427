"""Numbers of papers and telephones, with the zeros that a spreadsheet took from them."""

import re
from functools import lru_cache

from tochuc.exchange.intake.cells import Cell
from tochuc.exchange.intake.texts import text_of

_BETWEEN = re.compile(r"[\s.\-–'’`]")
_DIGITS = re.compile(r"\d+")
_CALLED = re.compile(r"\+?\d[\d\s.()\-–]{6,}\d")
_LENGTHS = (9, 12)


def national_id(cell: Cell, *, typed: bool = True) -> tuple[str, bool]:
    """The identity number and whether its length is right; ("", True) where there is none.

    `typed`: the file tells numbers from texts; where it doesn't, digits are taken for a number.

    >>> national_id(48075001234), national_id("048 075 001 234"), national_id("4807500123")
    (('048075001234', True), ('048075001234', True), ('4807500123', False))
    """
    text = text_of(cell)
    if not text:
        return "", True
    digits = _BETWEEN.sub("", text)
    if not digits.isascii() or not digits.isdigit():
        return text, False
    if not isinstance(cell, str) or (not typed and digits == text):
        digits = _filled(digits)
    return (digits, True) if len(digits) in _LENGTHS else (text, False)


def _filled(digits: str) -> str:
    if len(digits) in (10, 11):
        return digits.zfill(12)
    return digits.zfill(9) if len(digits) == 8 else digits


def phone(cell: Cell) -> str:
    """The telephone number in digits, the leading zero restored; the first where there are several.

    >>> phone(912345678), phone("+84 912.345.678"), phone("0912 345 678 / 0905111222")
    ('0912345678', '0912345678', '0912345678')
    """
    return _phone(text_of(cell))


@lru_cache(maxsize=4096)
def _phone(text: str) -> str:
    found = _CALLED.search(re.split(r"[/;,\n]| - | và ", text)[0]) or _CALLED.search(text)
    digits = "".join(_DIGITS.findall(found[0] if found else text))
    if not digits:
        return ""
    if digits.startswith("84") and len(digits) in (11, 12):
        digits = digits[2:]
    elif digits.startswith("0084"):
        digits = digits[4:]
    return digits if digits.startswith("0") or len(digits) < 8 else "0" + digits


def card_number(cell: Cell) -> str:
    """The number of a card as written, without blanks.

    >>> card_number("49. 012 345"), card_number(49.012345)
    ('49.012345', '49.012345')
    """
    return "".join(text_of(cell).split())

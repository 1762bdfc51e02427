"""Whole numbers as people type them, with dots or spaces between thousands."""

from __future__ import annotations

import re

_MOST_DIGITS = 12
_GROUPED = re.compile(r"[0-9]{1,3}(?:(?P<between>[., \u00a0])[0-9]{3}(?:(?P=between)[0-9]{3})*)?|[0-9]+")


def whole_number(text: str) -> int | None:
    """The number (15000, 15.000, 15 000); None for anything else, a fraction too, and for more than twelve digits.

    >>> whole_number("1.500.000"), whole_number("4.5")
    (1500000, None)
    """
    typed = text.strip()
    digits = re.sub(r"[^0-9]", "", typed)
    return int(digits) if _GROUPED.fullmatch(typed) and len(digits) <= _MOST_DIGITS else None

"""What an address asks for: days, and a place in a list. What can't be read is said, never guessed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from tochuc.kernel.errors import DomainError
from tochuc.kernel.known_dates import day_vn, parse_day


@dataclass(frozen=True)
class Asked:
    """A day that the address asks for: the one to use, what was typed, and what was wrong with it."""

    day: date
    typed: str
    error: str = ""

    @property
    def given(self) -> bool:
        """Whether the address names a day that can be used."""
        return bool(self.typed) and not self.error


def day_asked(request: HttpRequest, name: str, default: date, *, latest: date = date.max) -> Asked:
    """The day in the address, or ``default`` where none is asked, it can't be read or comes after the latest."""
    typed = request.GET.get(name, "").strip()
    if not typed:
        return Asked(default, "")
    try:
        day = parse_day(typed)
    except DomainError as bad:
        return Asked(default, typed, bad.message)
    if day > latest:
        return Asked(default, typed, f"Ngày {day_vn(day)} chưa tới; số liệu chỉ có đến {day_vn(latest)}.")
    return Asked(day, typed)


def year_asked(request: HttpRequest, default: int, years: range) -> int:
    """The year that the address asks for; ``default`` where it asks for none, or for one that isn't offered."""
    typed = request.GET.get("nam", "")
    year = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) == len("2023") else default
    return year if year in years else default


def address(**asked: Any) -> str:
    """The query of an address, without what is empty; nothing where all of it is."""
    kept = {key: day_vn(value) if isinstance(value, date) else value for key, value in asked.items()}
    query = urlencode({key: value for key, value in kept.items() if value not in ("", None)})
    return f"?{query}" if query else ""


def one_of(request: HttpRequest, name: str, allowed: Iterable[str], default: str = "") -> str:
    """A choice in the address; one that isn't offered counts as none."""
    value = request.GET.get(name, "")
    return value if value in set(allowed) else default

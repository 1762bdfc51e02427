"""What an address asks for: days, and a place in a list. What can't be read is said, never guessed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

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


def day_asked(request: HttpRequest, name: str, default: date, *, latest: date) -> Asked:
    """The day in the address, or ``default`` where none is asked, it can't be read or hasn't come yet."""
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


def end_of(day: date) -> datetime:
    """The last moment of a day in Vietnam, for what was known on it."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)) - timedelta(
        microseconds=1
    )


def address(**asked: Any) -> str:
    """The query of an address, without what is empty."""
    kept = {key: day_vn(value) if isinstance(value, date) else value for key, value in asked.items()}
    return "?" + urlencode({key.rstrip("_"): value for key, value in kept.items() if value not in ("", None)})


def one_of(request: HttpRequest, name: str, allowed: Iterable[str], default: str = "") -> str:
    """A choice in the address; one that isn't offered counts as none."""
    value = request.GET.get(name, "")
    return value if value in set(allowed) else default

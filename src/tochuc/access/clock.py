"""What day it is. Doors ask here; nothing below them reads the clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone

_TOLD = ContextVar[date | None]("told", default=None)


def today() -> date:
    """Today in Vietnam, or the day on which the demonstration or a story lives."""
    return _TOLD.get() or settings.TOCHUC_TODAY or timezone.localdate()


@contextmanager
def living_on(day: date) -> Iterator[None]:
    """Within, it is this day: for a story that is told from move to move."""
    before = _TOLD.set(day)
    try:
        yield
    finally:
        _TOLD.reset(before)


def end_of(day: date) -> datetime:
    """The last moment of a day in Vietnam, for what was known on it."""
    return timezone.make_aware(datetime.combine(day, time.max))


def now() -> datetime:
    """This moment, on the day that ``today`` says."""
    moment = timezone.localtime()
    day = today()
    return moment if moment.date() == day else moment.replace(year=day.year, month=day.month, day=day.day)

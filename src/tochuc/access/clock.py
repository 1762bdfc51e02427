"""What day it is. Doors ask here; nothing below them reads the clock."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """Today in Vietnam, or the day on which the demonstration lives."""
    return settings.TOCHUC_TODAY or timezone.localdate()


def now() -> datetime:
    """This moment, on the day that ``today`` says."""
    moment = timezone.localtime()
    day = today()
    return moment if moment.date() == day else moment.replace(year=day.year, month=day.month, day=day.day)

"""Official days off, and the weekend days worked in exchange.

The Labour Code's holidays and most yearly decisions come from the `holidays` package; `holidays/overlay.yaml` adds
decisions on days off that it lacks and takes back what it has wrongly.
"""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import holidays
from pydantic import BaseModel, ConfigDict, Field

from tochuc.rules.declare import Confidence
from tochuc.rules.load import BrokenRules, read_list
from tochuc.rules.strict_yaml import with_lines

OVERLAY = Path(__file__).parent / "holidays" / "overlay.yaml"


class OverlayDay(BaseModel):
    """One day by decision: `off` besides the weekend, or `worked` although it would be off."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    day: date
    kind: Literal["off", "worked"]
    reason: Annotated[str, Field(min_length=3)]
    decided: Annotated[str, Field(min_length=3)]
    confidence: Confidence


def days_off(year_from: int, year_to: int) -> frozenset[date]:
    """All official days off from `year_from` to `year_to`, both included; weekends come besides."""
    return frozenset().union(*(_year(year)[0] for year in range(year_from, year_to + 1)))


def days_worked(year_from: int, year_to: int) -> frozenset[date]:
    """Weekend days that were working days by decision, in exchange for another."""
    return frozenset().union(*(_year(year)[1] for year in range(year_from, year_to + 1)))


def read_overlay(path: Path) -> tuple[list[OverlayDay], list[str]]:
    """The days of an overlay file, and what is wrong with it."""
    days, problems = read_list(path, OverlayDay)
    seen: set[date] = set()
    for entry in days:
        if entry.day in seen:
            problems.append(f"{path.name}: {entry.day}: ngày này đã có ở trên")
        seen.add(entry.day)
    return days, with_lines(path, problems)


@cache
def _overlay() -> tuple[OverlayDay, ...]:
    days, problems = read_overlay(OVERLAY)
    if problems:
        raise BrokenRules(problems)
    return tuple(days)


@cache
def _year(year: int) -> tuple[frozenset[date], frozenset[date]]:
    official = holidays.country_holidays("VN", years=year)
    decided = {entry.day: entry.kind for entry in _overlay() if entry.day.year == year}
    off = {day for day in official if day.year == year} | {
        day for day, kind in decided.items() if kind == "off"
    }
    exchanged = {day for day in official.weekend_workdays if day.year == year}
    worked = exchanged | {day for day, kind in decided.items() if kind == "worked"}
    return frozenset(off - worked), frozenset(worked)

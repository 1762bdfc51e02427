"""What a duty is: something that somebody has to do by a day, and why.

Duties are computed from facts each time, never stored, so the list can't go stale. Each part of the system
offers its own by registering a provider.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from tochuc.access.viewer import Viewer
from tochuc.kernel.words import due_words

OVERDUE, THIS_WEEK, THIS_MONTH, LATER = "overdue", "this_week", "this_month", "later"
GROUPS = (
    (OVERDUE, "Quá hạn"),
    (THIS_WEEK, "Tuần này"),
    (THIS_MONTH, "Tháng này"),
    (LATER, "Sau đó"),
)


@dataclass(frozen=True)
class Why:
    """Why something is due: a sentence, the paper or rule it rests on, the facts it was computed from."""

    sentence: str
    source: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    confirmed: bool = True


@dataclass(frozen=True)
class Duty:
    """One row of *Việc cần làm*. ``page`` and ``key`` name the address of its one action."""

    kind: str
    what: str
    whom: str
    organisation: str
    due_on: date
    why: Why
    page: str
    key: str
    action: str = field(default="Mở")

    def words(self, today: date) -> str:
        """Until when, in words."""
        return due_words(self.due_on, today)

    def group(self, today: date) -> str:
        """The group of the list it belongs to today."""
        if self.due_on < today:
            return OVERDUE
        end_of_week = today + timedelta(days=6 - today.weekday())
        if self.due_on <= end_of_week:
            return THIS_WEEK
        same_month = (self.due_on.year, self.due_on.month) == (today.year, today.month)
        return THIS_MONTH if same_month else LATER


@dataclass(frozen=True)
class Provider:
    """A part's offer of duties: what kind they are, and how to compute those a viewer is to see.

    ``also`` names further kinds, with their labels, that come from the same look at the record.
    """

    kind: str
    label: str
    collect: Callable[[Viewer], Iterable[Duty]]
    also: tuple[tuple[str, str], ...] = ()


_PROVIDERS: dict[str, Provider] = {}


def register(provider: Provider) -> None:
    """Add a provider; a kind is registered once."""
    if _PROVIDERS.setdefault(provider.kind, provider) is not provider:
        raise ValueError(f"duties of kind {provider.kind!r} registered twice")


def labels() -> dict[str, str]:
    """Each kind of duty and its name on screen."""
    return {kind: label for p in _PROVIDERS.values() for kind, label in ((p.kind, p.label), *p.also)}


def collect(viewer: Viewer) -> list[Duty]:
    """All that is due for a viewer, the most overdue first."""
    found = [duty for provider in _PROVIDERS.values() for duty in provider.collect(viewer)]
    return sorted(found, key=lambda d: (d.due_on, d.what, d.whom))


def grouped(duties: Iterable[Duty], today: date) -> list[tuple[str, str, list[Duty]]]:
    """The groups of the list with their titles and duties; empty groups are left out."""
    by_group: dict[str, list[Duty]] = {}
    for duty in duties:
        by_group.setdefault(duty.group(today), []).append(duty)
    return [(code, title, by_group[code]) for code, title in GROUPS if code in by_group]

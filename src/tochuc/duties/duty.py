"""What a duty is: something that somebody has to do by a day, and why.

Duties are computed from facts each time, never stored, so the list can't go stale. Each part of the system
offers its own by registering a provider.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from tochuc.access.viewer import Viewer
from tochuc.duties.slips import Slip, Slips
from tochuc.kernel.days import add_months
from tochuc.kernel.words import due_words, waiting_words

OVERDUE, THIS_WEEK, THIS_MONTH, LATER = "overdue", "this_week", "this_month", "later"
WAITING = "waiting"
"""The group of what no rule sets a day for: it is never overdue, it waits since a day."""
GROUPS = (
    (OVERDUE, "Quá hạn"),
    (THIS_WEEK, "Tuần này"),
    (THIS_MONTH, "Tháng này"),
    (LATER, "Sau đó"),
    (WAITING, "Đang chờ"),
)


def last_days(today: date) -> tuple[date, date]:
    """The last day of this week, and of this month or of a week that runs beyond it."""
    week = today + timedelta(days=6 - today.weekday())
    return week, max(week, add_months(today.replace(day=1), 1) - timedelta(days=1))


def group_of(due_on: date, today: date) -> str:
    """The group of the list that a day belongs to."""
    if due_on < today:
        return OVERDUE
    week, month = last_days(today)
    if due_on <= week:
        return THIS_WEEK
    return THIS_MONTH if due_on <= month else LATER


@dataclass(frozen=True)
class Why:
    """Why something is due: a sentence, the paper or rule it rests on, the facts it was computed from."""

    sentence: str
    source: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    confirmed: bool = True


@dataclass(frozen=True)
class Duty:
    """One row of *Việc cần làm*. ``page`` and ``key`` name the address of its one action.

    ``point`` tells it from others of its kind with the same key. Where no rule sets a day it ``waits``, and ``due_on`` is
    the day since when. Where many of a kind are gathered into one row, it stands for ``n`` of them; the row opens them.
    """

    kind: str
    what: str
    whom: str
    organisation: str
    due_on: date
    why: Why
    page: str
    key: str
    action: str = field(default="Mở")
    point: str = ""
    waits: bool = False
    n: int = 1

    def words(self, today: date) -> str:
        """Until when, or since when it waits, in words."""
        words = (waiting_words if self.waits else due_words)(self.due_on, today)
        return words if self.n == 1 else f"{'lâu nhất' if self.waits else 'sớm nhất'}: {words}"

    def group(self, today: date) -> str:
        """The group of the list it belongs to today."""
        return WAITING if self.waits else group_of(self.due_on, today)


Collect = Callable[[Viewer], Iterable[Duty]]
Look = Callable[[Viewer, "date | None"], "Slips | None"]
WorkOut = Callable[[Viewer, Collection[Slip]], Iterable[tuple[str, Duty]]]


@dataclass(frozen=True)
class Provider:
    """A part's offer of duties: what kind they are, and how to come by those a viewer is to see.

    ``also`` names further kinds, with their labels, that come from the same look at the record. Two forms:

    - ``collect`` works all of them out. Enough where a viewer never has many.
    - ``slips`` gives the query by which they are counted and ordered, and ``work_out`` the duties of those slips that
      a page shows, each with its slip's key; what it gives besides is left out. Asked with a day, ``slips`` gives what will be due up to it as the facts
      now stand; asked with none, what its own lead time lets the list show today.

    ``impersonal`` are its kinds whose rows name no person: these may be written out on a notice board, others are only
    counted there. Those ``closed`` (discipline, complaints) don't appear on it at all.

    ``gathers`` are its kinds of which a committee has many at once, each with the words of the one row in which its home
    page shows them, given their number.
    """

    kind: str
    label: str
    collect: Collect | None = None
    also: tuple[tuple[str, str], ...] = ()
    slips: Look | None = None
    work_out: WorkOut | None = None
    impersonal: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    gathers: Mapping[str, Callable[[int], str]] = field(default_factory=dict)

    @property
    def labels(self) -> tuple[tuple[str, str], ...]:
        """Its kinds with their names on screen."""
        return ((self.kind, self.label), *self.also)

    def all(self, viewer: Viewer) -> Iterable[Duty]:
        """Each of its duties, worked out."""
        if self.collect is not None:
            return self.collect(viewer)
        if self.slips is None or self.work_out is None:
            raise TypeError(f"the provider of {self.kind!r} has no way to give its duties")
        found = self.slips(viewer, None)
        if found is None:
            return []
        slips = found.fetch(viewer.today)
        there = {(slip.kind, slip.key) for slip in slips}
        return [duty for key, duty in self.work_out(viewer, slips) if (duty.kind, key) in there]


_PROVIDERS: dict[str, Provider] = {}


def register(provider: Provider) -> None:
    """Add a provider; a kind is registered once."""
    if _PROVIDERS.setdefault(provider.kind, provider) is not provider:
        raise ValueError(f"duties of kind {provider.kind!r} registered twice")


def providers() -> tuple[Provider, ...]:
    """All providers, in the order in which they were registered."""
    return tuple(_PROVIDERS.values())


def labels() -> dict[str, str]:
    """Each kind of duty and its name on screen."""
    return {kind: label for one in providers() for kind, label in one.labels}


def collect(viewer: Viewer) -> list[Duty]:
    """All that is due for a viewer, the most overdue first; where there may be much, ask ``duties.asking``."""
    found = [duty for one in providers() for duty in one.all(viewer)]
    return sorted(found, key=lambda d: (d.waits, d.due_on, d.what, d.whom))


def grouped(duties: Iterable[Duty], today: date) -> list[tuple[str, str, list[Duty]]]:
    """The groups of the list with their titles and duties; empty groups are left out."""
    by_group: dict[str, list[Duty]] = {}
    for duty in duties:
        by_group.setdefault(duty.group(today), []).append(duty)
    return [(code, title, by_group[code]) for code, title in GROUPS if code in by_group]

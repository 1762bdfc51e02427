"""The years of Party age at which the Party badge (Huy hiệu Đảng) is awarded: reached, awarded, and coming next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tochuc.kernel.days import add_months
from tochuc.kernel.errors import NotInForce
from tochuc.members.models import MemberEvent
from tochuc.members.party_age import party_age
from tochuc.rules.ask import rule
from tochuc.rules.ruled import Ruled

_MONTHS_OF_YEAR = 12


@dataclass(frozen=True)
class Milestone:
    """A badge's years of Party age, and the day on which they are full if nothing is taken off any more."""

    years: int
    on: date


@dataclass(frozen=True)
class Badges:
    """The milestones a member has reached by a day, the latest last, the one that comes next, and the rule.

    ``awarded`` are the badges the record says were given, by their years.
    """

    reached: tuple[Milestone, ...]
    coming: Milestone | None
    rule: Ruled
    awarded: tuple[int, ...] = ()

    @property
    def waiting(self) -> Milestone | None:
        """The highest milestone reached, where its badge isn't recorded as given and a lower one is."""
        if not self.reached or not self.awarded or self.reached[-1].years in self.awarded:
            return None
        return self.reached[-1]


def badges(events: Iterable[MemberEvent], on: date) -> Badges | None:
    """What one's events in force, in order of time, make due; None without a Party age or a rule on that day."""
    events = list(events)
    age = party_age(events, on)
    if age is None:
        return None
    try:
        ruled = rule("badge.years", on=on)
    except NotInForce:
        return None
    years = sorted(int(one) for one in ruled.value) if isinstance(ruled.value, tuple) else []
    all_of_them = [
        Milestone(one, add_months(age.since, one * _MONTHS_OF_YEAR + age.taken_off)) for one in years
    ]
    given = awarded(events)
    coming = next((one for one in all_of_them if one.on > on and one.years not in given), None)
    return Badges(tuple(one for one in all_of_them if one.on <= on), coming, ruled, given)


def awarded(events: Iterable[MemberEvent]) -> tuple[int, ...]:
    """The years of the badges that were given, by one's events in force."""
    return tuple(sorted({int(e.data["years"]) for e in events if e.kind == "badge_awarded"}))


def mark_day(events: Iterable[MemberEvent], years: int, on: date) -> date | None:
    """The day on which this many years of Party age are full, as known on a day; None for one never official."""
    age = party_age(events, on)
    return None if age is None else add_months(age.since, years * _MONTHS_OF_YEAR + age.taken_off)

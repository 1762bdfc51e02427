"""The years of Party age at which the Party badge (Huy hiệu Đảng) is awarded: reached, and coming next."""

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
    """The milestones a member has reached by a day, the latest last, the one that comes next, and the rule."""

    reached: tuple[Milestone, ...]
    coming: Milestone | None
    rule: Ruled


def badges(events: Iterable[MemberEvent], on: date) -> Badges | None:
    """What one's events in force, in order of time, make due; None without a Party age or a rule on that day."""
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
    coming = next((one for one in all_of_them if one.on > on), None)
    return Badges(tuple(one for one in all_of_them if one.on <= on), coming, ruled)

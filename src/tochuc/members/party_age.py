"""Party age (tuổi đảng).

Source: Điều lệ Đảng 2011, Điều 5 khoản 4: counted from the day of the admission decision once recognised as
an official member, less the time out of Party life; who is admitted again counts from the first decision.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tochuc.kernel.days import months_between
from tochuc.members.models import MemberEvent
from tochuc.members.queries import joined

_OUT = frozenset({"expelled", "removed", "departed"})
_MONTHS_OF_YEAR = 12


@dataclass(frozen=True)
class PartyAge:
    """Full months since the first admission decision, and the full months taken off it."""

    since: date
    months: int
    taken_off: int

    @property
    def words(self) -> str:
        """The age as it is said: ``31 năm 5 tháng``."""
        years, months = divmod(self.months, _MONTHS_OF_YEAR)
        parts = [f"{years} năm"] * bool(years) + [f"{months} tháng"] * bool(months)
        return " ".join(parts) or "dưới 1 tháng"


def party_age(events: Iterable[MemberEvent], on: date) -> PartyAge | None:
    """One person's Party age from their events in force, in order of time; None until official."""
    events = list(events)
    decided, _ceremony, official = joined(events)
    if decided is None or official is None or official > on:
        return None
    out = _months_out(events, on)
    return PartyAge(decided, max(months_between(decided, on) - out, 0), out)


def _months_out(events: list[MemberEvent], on: date) -> int:
    total, since, gone = 0, None, None
    for event in events:
        if event.kind in _OUT:
            since = event.happened_on
        elif event.kind == "left_for":
            gone = event.happened_on
        elif event.kind == "reconnected" and (since or gone):
            # One who had gone elsewhere and only now is in Party life again: the time between was outside it.
            total, since = total + months_between(since or gone or on, event.happened_on), None
        elif event.kind == "readmitted" and since is not None:
            total, since = total + months_between(since, event.happened_on), None
        elif event.kind == "restored":
            since = None
    return total + (months_between(since, on) if since is not None else 0)

"""Reading a member's months with what bears on them: meetings, dues, what the cell has said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tochuc.kernel.errors import NotInForce
from tochuc.kernel.months import month_of
from tochuc.lapses.grounds import RULES
from tochuc.lapses.models import Considered
from tochuc.lapses.months import lapses_of
from tochuc.meetings.kinds import ATTENDANCE, MEETING_KINDS
from tochuc.meetings.queries import year_of
from tochuc.members.models import Person
from tochuc.rules.ask import rule
from tochuc.rules.ruled import Ruled

__all__ = ["Considered", "Lapse", "attended", "considered_of", "lapse_list", "limit", "open_months"]


@dataclass(frozen=True)
class Lapse:
    """A ground, the months of a year that count for it, how many the rule asks for, which nobody has considered."""

    ground: str
    months: tuple[date, ...]
    limit: Ruled | None
    waiting: tuple[date, ...]

    @property
    def enough(self) -> bool:
        """Whether there are as many as the rule names."""
        return self.limit is not None and len(self.months) >= self.limit.number

    @property
    def due(self) -> bool:
        """Whether the cell should look: enough months, and one that it hasn't considered."""
        return self.enough and bool(self.waiting)


def limit(ground: str, on: date) -> Ruled | None:
    """How many months of a year the rule of a ground names."""
    try:
        return rule(RULES[ground], on=on)
    except NotInForce:
        return None


def open_months(months: Iterable[date], considered: Iterable[Considered]) -> tuple[date, ...]:
    """Those of the months that the cell hasn't considered."""
    done = {month for one in considered for month in one.months}
    return tuple(month for month in months if month not in done)


def lapse_list(person: Person, year: int, today: date) -> list[Lapse]:
    """What counts for each ground in a year."""
    said = list(Considered.objects.filter(person=person))
    found = lapses_of(person, year, today)
    return [
        Lapse(
            ground,
            tuple(months),
            limit(ground, today),
            open_months(months, (one for one in said if one.ground == ground)),
        )
        for ground, months in sorted(found.items())
    ]


def considered_of(person: Person) -> list[Considered]:
    """What cells have said, newest first."""
    rows = Considered.objects.filter(person=person).select_related("organisation", "recorded_by")
    return list(rows.order_by("-considered_on", "-pk"))


@dataclass(frozen=True)
class Attended:
    """One meeting as a person's page names it."""

    on: date
    month: date
    kind: str
    state: str
    words: str
    reason: str
    cell: str


def attended(person: Person, year: int) -> list[Attended]:
    """How a person was at the meetings of a year."""
    return [
        Attended(
            row.meeting.held_on,
            month_of(row.meeting.held_on),
            MEETING_KINDS[row.meeting.kind],
            row.state,
            ATTENDANCE[row.state],
            row.reason,
            row.meeting.organisation.name,
        )
        for row in year_of(person, year)
    ]

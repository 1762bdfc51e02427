"""A month in the cell a1: its meeting with one absent, its dues with one missing, work given and reviewed, a lapse considered."""

from __future__ import annotations

from datetime import date

from cast import TODAY, Cast
from tochuc.dues import actions as dues
from tochuc.dues.sheet import sheet
from tochuc.entrusting import actions as entrusting
from tochuc.entrusting.queries import lines
from tochuc.lapses import actions as lapses
from tochuc.meetings import actions as meetings
from tochuc.meetings.actions import Said
from tochuc.meetings.roll import roll

MARCH = date(2023, 3, 1)
CELL_TABLES = (
    *("dues.Payment", "dues.Basis", "dues.Relief", "meetings.Meeting", "meetings.Attendance"),
    *("entrusting.Entrusted", "entrusting.Reviewed", "lapses.Considered"),
)
"""The tables in which it leaves rows."""


def pay(cast: Cast, *months: date, but: str = "member_a1") -> None:
    """The cell's dues of some months, all but one member's."""
    missing = cast.people[but]
    given = [
        dues.Given(row.person, line.month, 6_000)
        for row in sheet(cast.a1, list(months), TODAY)
        for line in row.lines
        if row.person != missing
    ]
    dues.collect(cast.a1, given, paid_on=TODAY, by=cast.actor(), today=TODAY)


def live_a_month(cast: Cast) -> None:
    """March 2023."""
    said = {"by": cast.actor(), "today": TODAY}
    late, other = cast.people["member_a1"], cast.people["other_a1"]
    dues.set_basis(other, cast.a1, category="student", base=None, since=MARCH, by=cast.actor(), today=TODAY)
    dues.relieve(
        other, cast.a1, percent=50, since=MARCH, until=MARCH, ground="Khó khăn", by=cast.actor(), today=TODAY
    )
    pay(cast, MARCH)
    attended = [
        Said(place.person, "absent" if place.person == late else "present")
        for place in roll(cast.a1, MARCH)
        if place.expected
    ]
    meetings.hold(cast.a1, on=MARCH, kind="regular", said=attended, by=cast.actor(), today=TODAY)
    work = [
        entrusting.Given(one.person, "Phụ trách tổ") for one in lines(cast.a1, 2023, TODAY) if one.missing
    ]
    entrusting.entrust(cast.a1, 2023, work, on=MARCH, by=cast.actor(), today=TODAY)
    entrusting.review(
        cast.a1, 2023, [entrusting.Found(late, "hoàn thành")], on=TODAY, by=cast.actor(), today=TODAY
    )
    lapses.consider(
        late, cast.a1, ground="fees", months=[MARCH], on=TODAY, outcome="reminded", note="Đã nhắc", **said
    )  # type: ignore[arg-type]

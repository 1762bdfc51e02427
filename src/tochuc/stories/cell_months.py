"""A cell's month in a story: its regular meeting, or its dues; everybody was there or paid but those named."""

from __future__ import annotations

from tochuc.audit.record import NOBODY
from tochuc.dues import actions as dues
from tochuc.dues.models import EXCUSED as NOT_PAID_WITH_REASON
from tochuc.dues.reading import expected
from tochuc.kernel.months import month_of
from tochuc.meetings import actions as meetings
from tochuc.meetings.actions import Said
from tochuc.meetings.kinds import ABSENT, EXCUSED, PRESENT, REGULAR
from tochuc.meetings.roll import roll
from tochuc.stories.declare import Happens
from tochuc.stories.stage import Stage

_SUM = 6_000


def record_month(stage: Stage, move: Happens) -> None:
    """Record the meeting held that day, or the dues of that day's month."""
    away = {stage.people[name].pk for name in move.absent}
    reasons = {stage.people[name].pk: reason for name, reason in move.excused.items()}
    if move.meeting:
        _meet(stage, move, away, reasons)
    else:
        _collect(stage, move, away, reasons)


def _meet(stage: Stage, move: Happens, away: set[int], reasons: dict[int, str]) -> None:
    cell = stage.place(move.meeting)
    said = []
    for place in roll(cell, move.on):
        if place.expected:
            pk = place.person.pk
            state = ABSENT if pk in away else EXCUSED if pk in reasons else PRESENT
            said.append(Said(place.person, state, reasons.get(pk, "")))
    meetings.hold(cell, on=move.on, kind=REGULAR, said=said, by=NOBODY, today=move.on)


def _collect(stage: Stage, move: Happens, away: set[int], reasons: dict[int, str]) -> None:
    cell, month = stage.place(move.dues), month_of(move.on)
    people = [stay.person for stay in expected(cell, [month])[month]]
    given = [dues.Given(one, month, _SUM) for one in people if one.pk not in away | set(reasons)]
    dues.collect(cell, given, paid_on=move.on, by=NOBODY, today=move.on)
    for one in people:
        if one.pk in reasons:
            dues.settle(
                one,
                cell,
                month,
                kind=NOT_PAID_WITH_REASON,
                reason=reasons[one.pk],
                by=NOBODY,
                today=move.on,
            )

"""Turning dated states into spans: the step from a history to a readable past."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from tochuc.kernel.days import FOREVER, Span

State = TypeVar("State")


def fold_spans(
    points: Iterable[tuple[date, State | None]], *, until: date = FOREVER
) -> list[tuple[Span, State]]:
    """Half-open spans from (day, state that begins that day), in order of time.

    Of several points on one day the last given holds. A state lasts to the next point, the last one to
    `until`. None means "no state": it ends the one before and leaves a gap. Neighbours with equal states are
    one span.

    >>> fold_spans([(date(2020, 1, 1), "a"), (date(2021, 1, 1), "a"), (date(2022, 1, 1), None)])
    [(Span(since=datetime.date(2020, 1, 1), until=datetime.date(2022, 1, 1)), 'a')]
    """
    by_day = dict(points)
    days = sorted(day for day in by_day if day < until)
    spans: list[tuple[Span, State]] = []
    for day, ends in zip(days, [*days[1:], until], strict=False):
        state = by_day[day]
        if state is None:
            continue
        if spans and spans[-1][0].until == day and spans[-1][1] == state:
            spans[-1] = (Span(spans[-1][0].since, ends), state)
        else:
            spans.append((Span(day, ends), state))
    return spans

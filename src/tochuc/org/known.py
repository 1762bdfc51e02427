"""The tree as it was known at an earlier moment: what was recorded later, corrections included, isn't in it.

A founding counts whenever it was recorded: an installation records organisations that are older than itself,
and one founded later holds nobody yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby

from tochuc.org.folds import Shape, fold
from tochuc.org.models import Organisation, OrganisationEvent, Under

Days = list[tuple[date, date]]

_KEEP_THE_TREE = (OrganisationEvent.FOUNDED, OrganisationEvent.RENAMED, OrganisationEvent.CONGRESS)


def units_through_time(above: Organisation, known: datetime) -> dict[int, Days]:
    """Which organisations stood under this one, itself included, and on which days, as known at a moment."""
    later = OrganisationEvent.objects.filter(recorded_at__gt=known)
    if not later.exclude(kind__in=_KEEP_THE_TREE).exists():
        return _stored(above)
    return _Branch(above.pk, shapes_as_known(known)).units()


def _stored(above: Organisation) -> dict[int, Days]:
    found: dict[int, Days] = {}
    rows = Under.objects.filter(above=above).values_list("unit", "since", "until")
    for unit, since, until in rows:
        found.setdefault(unit, []).append((since, until))
    # Neighbouring days at different depths are one stay in the branch.
    return {unit: joined(days) for unit, days in found.items()}


def shapes_as_known(known: datetime, only: Iterable[int] | None = None) -> dict[int, list[Shape]]:
    """Each organisation's name, kind and superior through time, as known at a moment; all of them, or some, by id."""
    events = OrganisationEvent.objects.order_by("organisation_id", "happened_on", "pk")
    if only is not None:
        events = events.filter(organisation__in=only)
    heard = [e for e in events if e.kind == OrganisationEvent.FOUNDED or e.recorded_at <= known]
    corrected = {e.corrects_id for e in heard if e.recorded_at <= known}
    kept = [e for e in heard if e.pk not in corrected and e.kind != OrganisationEvent.VOID]
    return {pk: fold(own) for pk, own in groupby(kept, key=lambda e: e.organisation_id)}


class _Branch:
    """Walks up from every organisation to one, intersecting the days on which each link held."""

    def __init__(self, above: int, shapes: dict[int, list[Shape]]) -> None:
        self.above, self.shapes = above, shapes
        self.known: dict[int, Days] = {}

    def units(self) -> dict[int, Days]:
        """The days of each organisation that ever stood in the branch."""
        found = {unit: self._days(unit) for unit in self.shapes}
        return {unit: days for unit, days in found.items() if days}

    def _days(self, unit: int) -> Days:
        if unit not in self.known:
            # Empty while being worked out: a walk that comes back to its start finds nothing.
            self.known[unit] = []
            self.known[unit] = joined(self._inside(unit))
        return self.known[unit]

    def _inside(self, unit: int) -> Iterable[tuple[date, date]]:
        for shape in self.shapes.get(unit, ()):
            if unit == self.above:
                yield shape.since, shape.until
            elif shape.parent is not None:
                for since, until in self._days(shape.parent):
                    first, last = max(since, shape.since), min(until, shape.until)
                    if first < last:
                        yield first, last


def joined(spans: Iterable[tuple[date, date]]) -> Days:
    """The same days in order, neighbouring ones as one."""
    found: Days = []
    for since, until in sorted(spans):
        if found and found[-1][1] >= since:
            found[-1] = found[-1][0], max(found[-1][1], until)
        else:
            found.append((since, until))
    return found

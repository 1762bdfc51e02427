"""Members to choose from in a form: those of the cell first, then those of the base it belongs to."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from tochuc.members.kinds import OFFICIAL
from tochuc.members.models import Membership
from tochuc.org.models import Organisation, Under
from tochuc.org.queries import lines_above

_MOST = 400


def official_members(cell: Organisation, on: date) -> list[tuple[str, str]]:
    """Official members as (address, name with birth year and cell), the cell's own first.

    A cell has some dozens, a base some hundreds; of a larger one only the cell's own are offered.
    """
    own = _members([cell.pk], on)
    bases = (line.above for line in lines_above(cell, on) if line.above.kind == "grassroots_committee")
    base = next(bases, None)
    if base is None:
        return own
    units = Under.objects.on(on).filter(above=base).exclude(unit=cell)
    others = _members(units.values("unit"), on)
    return own + (others if len(others) <= _MOST else [])


def _members(units: list[int] | QuerySet[Any, Any], on: date) -> list[tuple[str, str]]:
    rows = (
        Membership.objects.on(on)
        .filter(organisation__in=units, standing=OFFICIAL)
        .select_related("person", "organisation")
        .order_by("person__sort_key", "person_id")[: _MOST + 1]
    )
    return [
        (row.person.ref, f"{row.person.full_name}, {row.person.birth_on.year}, {row.organisation.short_name}")
        for row in rows
    ]

"""The units that a role reaches: as a look-up of the tree, or looked up already by somebody who only reads."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import BigIntegerField, Expression, F, FilteredRelation, Q, QuerySet
from django.db.models.expressions import RawSQL

from tochuc.access.policy import BELOW, UNIT
from tochuc.access.reach import Units
from tochuc.access.viewer import Line, Reader, Viewer
from tochuc.org.heirs import with_ended
from tochuc.org.models import Organisation, Under

_MOST = 100
"""So many units are put into a question by number. Where there are more, the question looks them up itself: a list of
three hundred, repeated for each kind, takes the database longer to compare than to find in the tree."""


def units_of(viewer: Viewer, reach: str, places: Collection[int]) -> Units:
    """The units that a role at these organisations (by id) reaches today, with the ended ones they answer for.

    A reader's are looked up once for all that is read; anybody else's anew each time, since an action may move them.
    """
    if not isinstance(viewer, Reader):
        return _looked_up(viewer, reach, places)
    key = reach, frozenset(places)
    if key not in viewer.units:
        viewer.units[key] = _at_hand(viewer, reach, places)
    return viewer.units[key]


def _looked_up(viewer: Viewer, reach: str, places: Collection[int]) -> QuerySet[Any, Any]:
    units: QuerySet[Any, Any]
    if reach == UNIT:
        units = Organisation.objects.filter(pk__in=places).values("pk")
    elif reach == BELOW:
        units = Under.objects.on(viewer.today).filter(above__in=places).values("unit")
    else:
        raise LookupError(f"unknown reach {reach!r}")
    # What ended is answered for by those that followed it and by the level above.
    return with_ended(units, viewer.today)


def reached(reader: Reader) -> tuple[Line, ...]:
    """What stands under the places of the reader's roles, as far as it is put into questions by number."""
    lines = _looked_up_once(reader)
    return tuple(sorted(lines, key=str)) if len(lines) <= _MOST else ()


def _looked_up_once(reader: Reader) -> list[Line]:
    if reader.lines is None:
        reader.lines = _lines(reader)
    return reader.lines


def _at_hand(reader: Reader, reach: str, places: Collection[int]) -> Expression:
    lines = _looked_up_once(reader)
    own = [one for one in lines if one.place in places and (reach == BELOW or one.depth == 0)]
    found = {one.unit for one in own} | {one.ended for one in own if one.ended is not None}
    if reach == UNIT:
        # Itself, even where it ended.
        found |= set(places)
    if len(lines) <= _MOST:
        return Numbers(found)
    sql, values = _looked_up(reader, reach, places).query.sql_with_params()
    # Put into words once: building the look-up anew for each question takes longer than asking it.
    return RawSQL(f"SELECT * FROM ({sql}) AS reached", values)


def _lines(reader: Reader) -> list[Line]:
    """All that stands under the places of the reader's roles, for both reaches at once; no more than tells there are many."""
    today = reader.today
    inherits = FilteredRelation(
        "unit__inherits", condition=Q(unit__inherits__since__lte=today, unit__inherits__until__gt=today)
    )
    rows = Under.objects.on(today).filter(above__in=[a.organisation_id for a in reader.assignments])
    found = rows.annotate(of_ended=inherits, gone=F("of_ended__ended"))
    return [Line(one.above_id, one.unit_id, one.depth, one.gone) for one in found[: _MOST + 1]]


class Numbers(Expression):
    """A few ids written into the question: the database plans by them, and nothing is put together again."""

    def __init__(self, ids: Collection[int]) -> None:
        super().__init__(output_field=BigIntegerField())
        self.sql = "(" + ", ".join(str(int(one)) for one in sorted(ids)) + ")"
        self.empty = not ids

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[()]]:
        """The ids in parentheses."""
        if self.empty:
            raise EmptyResultSet
        return self.sql, ()

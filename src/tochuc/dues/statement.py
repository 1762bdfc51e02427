"""Statements of dues: a branch over some months, and those directly below side by side. They add up exactly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, F, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from tochuc.dues.models import Collection
from tochuc.dues.splitting import shares
from tochuc.org.heirs import with_ended
from tochuc.org.kinds import MEMBER_KINDS
from tochuc.org.models import Heir, Organisation, Under
from tochuc.regulations.asking import asker_for
from tochuc.rules.ruled import Ruled


@dataclass(frozen=True)
class Sums:
    """What was collected: people who should pay, have paid, had a reason, are relieved, are missed; and đồng."""

    members: int = 0
    paid: int = 0
    excused: int = 0
    relieved: int = 0
    unpaid: int = 0
    due: int = 0
    amount: int = 0
    kept_by_cell: int = 0
    kept_by_base: int = 0
    kept_above: int = 0
    passed_on: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Sums)))


_NAMES = tuple(one.name for one in fields(Sums))


def of_branch(organisation: Organisation, first: date, last: date, on: date) -> Sums:
    """The sums of a branch as its tree stands on a day; of a cell that moved they came along."""
    rows = Collection.objects.filter(organisation__in=_units(organisation, on), month__range=(first, last))
    return _sums(rows.aggregate(**_added()))


def side_by_side(organisations: Iterable[Organisation], first: date, last: date, on: date) -> dict[int, Sums]:
    """The sums of several branches, none of which lies within another, by id.

    Of a cell that ended, what it collected stands with the one that follows it (where several do, the first).
    """
    tops = [one.pk for one in organisations]
    here = {
        "organisation__above_rows__above__in": tops,
        "organisation__above_rows__since__lte": on,
        "organisation__above_rows__until__gt": on,
    }
    in_time = Collection.objects.filter(month__range=(first, last))
    rows = in_time.filter(**here).values(top=F("organisation__above_rows__above")).annotate(**_added())
    found = {row["top"]: _sums(row) for row in rows}
    heirs = _heirs(tops, on)
    rows_of_ended = in_time.filter(organisation__in=heirs).values("organisation").annotate(**_added())
    for row in rows_of_ended:
        top = heirs[row["organisation"]]
        found[top] = found.get(top, Sums()) + _sums(row)
    return found


def _heirs(tops: list[int], on: date) -> dict[int, int]:
    """Of organisations that ended, in which of these branches the one that answers for each lies."""
    rows = Heir.objects.on(on).filter(
        heir__above_rows__above__in=tops, heir__above_rows__since__lte=on, heir__above_rows__until__gt=on
    )
    return dict(rows.order_by("-heir").values_list("ended", "heir__above_rows__above"))


def _units(organisation: Organisation, on: date) -> QuerySet[Under, Any]:
    """The branch as its tree stands on a day, with the ended organisations it answers for."""
    return with_ended(Under.objects.on(on).filter(above=organisation).values("unit"), on)


def by_month(organisation: Organisation, first: date, last: date, on: date) -> dict[date, Sums]:
    """The sums of a branch, month by month."""
    rows = Collection.objects.filter(organisation__in=_units(organisation, on), month__range=(first, last))
    found = rows.values("month").annotate(**_added()).order_by("month")
    return {row["month"]: _sums(row) for row in found}


def _added() -> dict[str, Any]:
    return {f"sum_{name}": Coalesce(Sum(name), Value(0), output_field=BigIntegerField()) for name in _NAMES}


def _sums(row: dict[str, Any]) -> Sums:
    return Sums(*(int(row[f"sum_{name}"]) for name in _NAMES))


def split_rules(organisation: Organisation, month: date, on: date) -> list[Ruled]:
    """The rules by which a branch's dues are divided in a month, once each."""
    ask = asker_for(organisation, on)
    units = Under.objects.on(on).filter(above=organisation, unit__kind__in=MEMBER_KINDS)
    first = units.select_related("unit").order_by("unit").first()
    return list(shares(first.unit, month, ask).rules) if first else []

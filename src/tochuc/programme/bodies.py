"""Which organisations hold conferences and which can be given tasks, through querysets that the gate gave."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from tochuc.kernel.names import fold
from tochuc.org.models import Organisation, Under
from tochuc.org.queries import parent_of

_BOARD_OF_ORGANISATION = "ban to chuc"
# A commune's committee is named after its commune; other grassroots committees after an office or a works.
_COMMUNE_NAMES = ("dang bo xa ", "dang bo thi tran ", "dang bo phuong ")
_FOUND_AT_MOST = 12


def hosts(rows: QuerySet[Organisation], workplace: Organisation, on: date) -> list[Organisation]:
    """Who holds conferences where one works: its boards, the Organisation Board first, then itself."""
    near = Under.objects.on(on).filter(above=workplace, depth__lte=1).values("unit")
    rank = Case(
        When(kind="board", fold__startswith=_BOARD_OF_ORGANISATION, then=Value(0)),
        When(kind="board", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return list(
        rows.filter(Q(pk=workplace.pk) | Q(kind="board"), pk__in=near).order_by(rank, "fold").distinct()
    )


def committee_of(organisation: Organisation, on: date) -> Organisation:
    """The committee whose branch carries out what this organisation's conferences decide."""
    if organisation.kind != "board":
        return organisation
    return parent_of(organisation, on) or organisation


def communes(rows: QuerySet[Organisation], committee: Organisation, on: date) -> list[Organisation]:
    """The committees of communes and towns directly under a committee, by name."""
    named = Q()
    for start in _COMMUNE_NAMES:
        named |= Q(fold__startswith=start)
    below = Under.objects.on(on).filter(above=committee, depth=1).values("unit")
    kinds = ("commune_committee", "grassroots_committee")
    return list(rows.filter(named, kind__in=kinds, pk__in=below).order_by("fold").distinct())


def find(rows: QuerySet[Organisation], words: str, on: date) -> list[Organisation]:
    """Organisations at work whose name has all these words, tones and case aside; the highest first."""
    parts = fold(words).split()
    if not parts:
        return []
    for part in parts:
        rows = rows.filter(fold__contains=part)
    alive = rows.filter(since__lte=on, until__gt=on)
    order = Case(When(kind="cell", then=Value(1)), default=Value(0), output_field=IntegerField())
    return list(alive.order_by(order, "fold").distinct()[:_FOUND_AT_MOST])


def by_codes(rows: QuerySet[Organisation], codes: list[str]) -> list[Organisation]:
    """The organisations with these codes, by name; unknown ones are left out."""
    return list(rows.filter(code__in=codes).order_by("fold").distinct())

"""Lead times: how long each step of a procedure waited, where, and which cases stand behind the figure.

A step waits from the day on which the last of what it needs was done until the day it was taken. What was taken back,
or voided in the ledger, doesn't count. Closed files are left out: they are told only to those who act in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Aggregate, Count, F, FloatField, Max, Min, Q, QuerySet
from django.db.models.functions import ExtractDay

from tochuc.cases.models import Case, CaseMove, OpenStep
from tochuc.org.heirs import with_ended
from tochuc.org.models import Under
from tochuc.org.queries import Organisation


class Percentile(Aggregate):
    """The value that this share of all don't exceed, between two of them where it falls so (``percentile_cont``)."""

    function = "percentile_cont"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()

    def __init__(self, expression: Any, share: float, **extra: Any) -> None:
        super().__init__(expression, share=float(share), **extra)


@dataclass(frozen=True)
class Span:
    """From a day to a day, both counted."""

    first: date
    last: date


@dataclass(frozen=True)
class LeadTime:
    """Days that the steps or cases of one kind took: half took at most the median, half lie between the quartiles.

    ``limited``: how many had a last day; ``late``: how many of these were taken after it.
    """

    key: tuple[Any, ...]
    count: int
    median: float
    lower: float
    upper: float
    longest: int
    limited: int = 0
    late: int = 0


@dataclass(frozen=True)
class Waiting:
    """What lies open today: how many, the longest for how many days, how many past their last day."""

    key: tuple[Any, ...]
    count: int
    longest: int
    late: int


def below(cases: QuerySet[Case], organisation: Organisation, on: date) -> QuerySet[Case]:
    """The cases that live in an organisation's branch, or in what it answers for; closed files left out."""
    units = Under.objects.on(on).filter(above=organisation).values("unit")
    return cases.filter(closed_file=False, organisation__in=with_ended(units, on))


def of_steps(cases: QuerySet[Case], span: Span, *by: str, **only: Any) -> list[LeadTime]:
    """Lead times of steps taken in a span, one for each value of ``by``; ``only`` narrows (fields of a move)."""
    rows = behind(cases, span, **only).annotate(days=_days(F("happened_on"), F("open_since")))
    limited = Q(due_on__isnull=False)
    found = (
        rows.order_by()
        .values(*by)
        .annotate(
            **_spread(),
            limited=Count("pk", filter=limited),
            late=Count("pk", filter=limited & Q(happened_on__gt=F("due_on"))),
        )
    )
    return [_lead_time(row, by) for row in found.order_by(*by)]


def of_cases(cases: QuerySet[Case], span: Span) -> list[LeadTime]:
    """Lead times of whole cases that ended in a span, by procedure: from opening to the end."""
    rows = cases.filter(closed_on__range=(span.first, span.last))
    found = rows.annotate(days=_days(F("closed_on"), F("opened_on"))).order_by().values("procedure")
    return [_lead_time(row, ("procedure",)) for row in found.annotate(**_spread()).order_by("procedure")]


def behind(cases: QuerySet[Case], span: Span, **only: Any) -> QuerySet[CaseMove]:
    """The steps behind a figure, the longest wait first; ``only`` narrows by fields of a move."""
    rows = CaseMove.objects.filter(
        case__in=cases,
        takes_back=None,
        taken_back_by=None,
        open_since__isnull=False,
        happened_on__range=(span.first, span.last),
        **only,
    ).exclude(event__person=F("case__person"), event__corrected_by__kind="void")
    related = rows.select_related("case", "case__person", "case__organisation", "waited_at")
    return related.prefetch_related("papers").order_by(F("open_since") - F("happened_on"), "pk")


def waiting(cases: QuerySet[Case], today: date) -> list[Waiting]:
    """The steps that can be taken and weren't yet, by procedure and step; those one may leave out aside."""
    rows = OpenStep.objects.filter(case__in=cases, optional=False, open_since__lte=today)
    found = (
        rows.order_by()
        .values("case__procedure", "step")
        .annotate(count=Count("pk"), first=Min("open_since"), late=Count("pk", filter=Q(due_on__lt=today)))
    )
    return [
        Waiting((row["case__procedure"], row["step"]), row["count"], (today - row["first"]).days, row["late"])
        for row in found.order_by("case__procedure", "step")
    ]


def _days(until: Any, since: Any) -> Any:
    return ExtractDay(until - since)


def _spread() -> dict[str, Any]:
    return {
        "count": Count("pk"),
        "median": Percentile("days", 0.5),
        "lower": Percentile("days", 0.25),
        "upper": Percentile("days", 0.75),
        "longest": Max("days"),
    }


def _lead_time(row: Mapping[str, Any], by: Iterable[str]) -> LeadTime:
    return LeadTime(
        tuple(row[name] for name in by),
        row["count"],
        row["median"],
        row["lower"],
        row["upper"],
        row["longest"],
        row.get("limited", 0),
        row.get("late", 0),
    )

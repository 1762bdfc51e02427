"""How sealed reports are reached: by the organisation whose statement they are."""

from __future__ import annotations

from django.db.models import Q

from tochuc.access.reach import Reach, register
from tochuc.reports.models import SealedReport

REPORT = Reach(
    kind="report",
    model=SealedReport,
    key="ref",
    read="report.read",
    place=lambda units, _day: Q(organisation__in=units),
    related=("organisation", "sealed_by"),
)


def setup() -> None:
    """Register the kind; called once when the application is ready."""
    register(REPORT)

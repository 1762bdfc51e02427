"""Reading sealed reports, always through a scope."""

from __future__ import annotations

from django.db.models import QuerySet

from tochuc.org.models import Organisation
from tochuc.reports.models import SealedReport

__all__ = ["SealedReport", "of_organisation"]


def of_organisation(reports: QuerySet[SealedReport], organisation: Organisation) -> QuerySet[SealedReport]:
    """An organisation's sealed reports, the latest period first."""
    found = reports.filter(organisation=organisation).select_related("organisation", "sealed_by")
    return found.defer("content").order_by("-last", "-sealed_at")

"""A statement as it was sent: its figures and the people behind them, frozen."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import F, Q

from tochuc.access.models import Account
from tochuc.org.models import Organisation


def new_ref() -> str:
    """The part of a sealed report's address."""
    return secrets.token_hex(5)


class SealedReport(models.Model):
    """The statement of an organisation for a period, exactly as it was sent under a number.

    ``content`` holds the rows of the form with their figures, and for each figure the people behind it, by id.
    ``digest`` is over everything, and stands in the audit trail too.
    """

    APPEND_ONLY = True

    ref = models.SlugField(max_length=20, unique=True, default=new_ref)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="sealed_reports")
    first = models.DateField("từ ngày")
    last = models.DateField("đến ngày")
    number = models.CharField("số báo cáo", max_length=60)
    signed_on = models.DateField("ngày ký")
    sent_to = models.CharField("nơi nhận", max_length=160)
    sealed_at = models.DateTimeField()
    sealed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["organisation", "last"], name="report_by_org")]
        constraints = [
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="report_days_in_order"),
            models.UniqueConstraint(
                fields=["organisation", "number", "signed_on"], name="report_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.number

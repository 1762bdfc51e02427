"""What a branch adds to the rules that ship: values of its own, and where an unconfirmed value was found in the text."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tochuc.access.models import Account
from tochuc.kernel.days import FOREVER
from tochuc.org.models import Organisation


class LocalValue(models.Model):
    """A value that a branch's own regulation sets for a parameter, from one day until another.

    It holds for the organisation and all under it. ``withdraws`` names one entered wrongly, which then counts no
    more.
    """

    APPEND_ONLY = True

    parameter = models.CharField(max_length=80)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="local_values")
    since = models.DateField()
    until = models.DateField(default=FOREVER)
    value = models.JSONField(null=True)
    document_number = models.CharField(max_length=60)
    document_on = models.DateField()
    document_issuer = models.CharField(max_length=160)
    document_title = models.CharField(max_length=300)
    article = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    withdraws = models.OneToOneField("self", models.PROTECT, null=True, related_name="withdrawn_by")
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "parameter"], name="localvalue_by_org")]
        constraints = [
            models.CheckConstraint(condition=Q(since__lt=F("until")), name="localvalue_days_in_order"),
            models.CheckConstraint(
                condition=Q(since__gte=F("document_on")) | Q(withdraws__isnull=False),
                name="localvalue_after_document",
            ),
        ]


class Confirmation(models.Model):
    """That somebody read a value of the packs in the text of its document, and at which place."""

    APPEND_ONLY = True

    parameter = models.CharField(max_length=80)
    since = models.DateField()
    source = models.CharField(max_length=80)
    article = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["parameter", "since"], name="confirmation_once")]

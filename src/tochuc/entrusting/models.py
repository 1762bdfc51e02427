"""The work a cell entrusts to each member for a year (phân công công tác), and how it was done."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tochuc.access.models import Account
from tochuc.members.models import Person
from tochuc.org.models import Organisation


class Entrusted(models.Model):
    """Work given to a member by their cell, from one day until another. Only added to.

    One that ``replaces`` another says it differently from then on; an empty content means that there is none any more.
    """

    APPEND_ONLY = True

    person = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="entrusted")
    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False, related_name="entrusted")
    year = models.PositiveSmallIntegerField()
    content = models.CharField(max_length=500, blank=True)
    since = models.DateField()
    until = models.DateField()
    given_on = models.DateField()
    number = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        indexes = [models.Index(fields=["organisation", "year"], name="entrusted_by_cell")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "year"],
                condition=Q(replaces=None),
                name="entrusted_once_a_year",
            ),
            models.CheckConstraint(condition=Q(since__lte=F("until")), name="entrusted_days_in_order"),
            models.CheckConstraint(
                condition=~Q(content="") | (Q(replaces__isnull=False) & ~Q(reason="")),
                name="entrusted_content_or_reason",
            ),
        ]


class Reviewed(models.Model):
    """How the cell found the work done at the year's end, in the words of the rule; corrected by another entry."""

    APPEND_ONLY = True

    entrusted = models.ForeignKey(Entrusted, models.PROTECT, db_index=False, related_name="reviews")
    result = models.CharField(max_length=60)
    note = models.CharField(max_length=500, blank=True)
    reviewed_on = models.DateField()
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entrusted"], condition=Q(corrects=None), name="entrusted_reviewed_once"
            ),
            models.CheckConstraint(condition=~Q(result=""), name="reviewed_with_result"),
        ]

"""What the desk remembers: pairs that are two people, values found correct as they are, and counts by month."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tochuc.access.models import Account
from tochuc.members.models import Person
from tochuc.org.models import Organisation


class NotSame(models.Model):
    """Two records that look alike and are of two people, as somebody found, with the reason."""

    low = models.ForeignKey(Person, models.CASCADE, db_index=False, related_name="+")
    high = models.ForeignKey(Person, models.CASCADE, related_name="+")
    reason = models.TextField(blank=True)
    said_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["low", "high"], name="not_same_once"),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="not_same_lower_first"),
        ]


class Checked(models.Model):
    """Somebody looked at what a check found and it is correct as it stands, with the reason.

    ``values`` is a digest of what the check looked at: once that changes, the check asks again.
    """

    person = models.ForeignKey(Person, models.CASCADE, db_index=False, related_name="+")
    code = models.CharField(max_length=32)
    values = models.CharField(max_length=32)
    reason = models.TextField()
    said_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "code", "values"], name="checked_once")]


class CleanCount(models.Model):
    """How many members of a cell had a clean record on a day, of how many, and how much was left to mend."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False, related_name="+")
    on = models.DateField()
    members = models.PositiveIntegerField()
    in_order = models.PositiveIntegerField()
    findings = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "on"], name="clean_count_once"),
            models.CheckConstraint(condition=Q(in_order__lte=F("members")), name="clean_count_within"),
        ]
        indexes = [models.Index(fields=["on"], name="clean_count_by_day")]

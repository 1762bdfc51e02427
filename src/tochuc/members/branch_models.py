"""What large branches' movements come to: rolled up from the ledger, never written by hand (``totalling``)."""

from __future__ import annotations

from django.db import models

from tochuc.org.models import Organisation


class BranchDay(models.Model):
    """How many movements of one kind a branch had on a day: for a reason, from one standing in it to another.

    An empty standing is anywhere outside the branch or the Party's lists. The rows of the same kind add up: whoever
    records meanwhile adds a row of their own instead of waiting.
    """

    above = models.ForeignKey(Organisation, models.CASCADE, db_index=False, related_name="+")
    on = models.DateField()
    reason = models.CharField(max_length=16, blank=True)
    from_standing = models.CharField(max_length=16, blank=True)
    to_standing = models.CharField(max_length=16, blank=True)
    n = models.IntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=["above", "on"],
                include=["reason", "from_standing", "to_standing", "n"],
                name="branch_day",
            )
        ]


class BranchMonth(models.Model):
    """By how many people of one standing a branch grew in a month, named by its first day; rows add up likewise."""

    above = models.ForeignKey(Organisation, models.CASCADE, db_index=False, related_name="+")
    month = models.DateField()
    standing = models.CharField(max_length=16)
    n = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["above", "month"], include=["standing", "n"], name="branch_month")]

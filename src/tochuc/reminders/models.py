"""Where an account is reminded outside the pages, and which weekly messages were sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tochuc.access.models import Account


class Reminder(models.Model):
    """An account's wishes: the address of the weekly message, and the digest of the calendar's secret address."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="reminder")
    email = models.EmailField(blank=True)
    calendar_digest = models.CharField(max_length=64, blank=True)
    calendar_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["calendar_digest"], condition=~Q(calendar_digest=""), name="reminder_calendar_once"
            ),
            models.CheckConstraint(
                condition=Q(calendar_digest="", calendar_since=None)
                | (~Q(calendar_digest="") & Q(calendar_since__isnull=False)),
                name="reminder_calendar_since",
            ),
        ]


class WeeklyMessage(models.Model):
    """A weekly message that went out: to whom, for the week that begins on this Monday. One a week."""

    APPEND_ONLY = True

    account = models.ForeignKey(Account, models.PROTECT, db_index=False, related_name="weekly_messages")
    week = models.DateField()
    email = models.EmailField()
    sent_at = models.DateTimeField()
    duties = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "week"], name="weeklymessage_once")]

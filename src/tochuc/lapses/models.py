"""What a cell said about a member's months without meetings or dues, once it had considered them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from tochuc.access.models import Account
from tochuc.lapses.grounds import GROUND_CHOICES, OUTCOME_CHOICES
from tochuc.members.models import Person
from tochuc.org.models import Organisation


class Considered(models.Model):
    """On a day a cell considered some months of a member: for a good reason after all, reminded, or further steps.

    The due list asks no more about these months; it asks again once another is added.
    """

    APPEND_ONLY = True

    person = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="lapses_considered")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=8, choices=GROUND_CHOICES)
    months = ArrayField(models.DateField())
    considered_on = models.DateField()
    outcome = models.CharField(max_length=12, choices=OUTCOME_CHOICES)
    note = models.CharField(max_length=500)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["person", "ground"], name="considered_by_person")]
        constraints = [
            models.CheckConstraint(condition=~Q(note=""), name="considered_with_words"),
            models.CheckConstraint(
                condition=Q(ground__in=[code for code, _ in GROUND_CHOICES]), name="considered_ground_known"
            ),
        ]

"""The days of a person's way into the Party, beside the events in which they stand: so that lists can sort by them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class PartyDays(models.Model):
    """From which day Party age counts and when one was admitted, by all events in force; the database writes it with them.

    As of a day before ``last_on`` the events themselves are asked. ``back``: one was out of the Party for a time, so Party
    age is counted through the events (``party_age``).
    """

    # Derived, and written by the million; ``tochuc check`` holds it against the events.
    person = models.OneToOneField(
        "Person", models.CASCADE, primary_key=True, db_constraint=False, related_name="party_days"
    )
    age_from = models.DateField(null=True)
    admitted_on = models.DateField(null=True)
    last_on = models.DateField()
    back = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["person"], condition=Q(back=True), name="party_days_back")]

"""Meetings of cells, and who was there. Attendance is only added to: a correction names what it takes the place of."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tochuc.access.models import Account
from tochuc.meetings.kinds import ABSENT, ATTENDANCE_CHOICES, EXCUSED, MEETING_CHOICES
from tochuc.members.models import Person
from tochuc.org.models import Organisation


class Meeting(models.Model):
    """A meeting of a cell on a day. One entered wrongly is withdrawn with the reason and counts no more."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, db_index=False, related_name="cell_meetings"
    )
    held_on = models.DateField()
    kind = models.CharField(max_length=16, choices=MEETING_CHOICES)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "held_on"], name="meeting_by_cell")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "held_on", "kind"],
                condition=Q(withdrawn_at=None),
                name="meeting_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[code for code, _ in MEETING_CHOICES]), name="meeting_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_reason=""), name="meeting_withdrawn_with_reason"
            ),
        ]


class Attendance(models.Model):
    """How a member was at a meeting: there, excused with a reason, or absent without one."""

    APPEND_ONLY = True

    meeting = models.ForeignKey(Meeting, models.PROTECT, db_index=False, related_name="attendance")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendance")
    state = models.CharField(max_length=8, choices=ATTENDANCE_CHOICES)
    reason = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    # Why what stood there was wrong.
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            # The few rows from which the three months are counted.
            models.Index(fields=["person"], condition=Q(state=ABSENT), name="attendance_absent"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=Q(corrects=None), name="attendance_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[code for code, _ in ATTENDANCE_CHOICES]), name="attendance_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=EXCUSED) | ~Q(reason=""), name="attendance_excused_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(why=""), name="attendance_corrected_with_reason"
            ),
        ]

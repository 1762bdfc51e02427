"""Organisations through time: what each is called and stands under on a date, and its posts.

Events are the truth and are only added; spans and the closure of the tree are folded from them. All days
are half-open: ``since <= day < until``, with ``9999-12-31`` for "still".
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tochuc.kernel.days import FOREVER
from tochuc.org.kinds import CELL_KIND_CHOICES, KIND_CHOICES, POST_KIND_CHOICES
from tochuc.org.words import words_of

M = TypeVar("M", bound=models.Model)


class DatedQuerySet(models.QuerySet[M]):
    """Rows that hold from one day until another."""

    def on(self, day: date) -> DatedQuerySet[M]:
        """The rows that hold on this day."""
        return self.filter(since__lte=day, until__gt=day)


class Organisation(models.Model):
    """A Party organisation or one of its boards; known by its own code, never by an administrative one.

    Name, kind and days here are the latest known; as of another day they are in its spans. One whose
    founding was taken back has no day at all: ``since`` and ``until`` are the same.
    """

    code = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=120)
    kind = models.CharField(max_length=32, choices=KIND_CHOICES)
    cell_kind = models.CharField(max_length=32, choices=CELL_KIND_CHOICES, blank=True)
    since = models.DateField()
    until = models.DateField(default=FOREVER)
    fold = models.CharField(max_length=200, db_index=True)
    # What it signs documents with, such as BTCHU; empty where it issues none of its own.
    symbol = models.CharField(max_length=24, blank=True)
    words = words_of("fold")

    class Meta:
        indexes = [GinIndex(fields=["words"], name="organisation_by_words")]
        constraints = [
            models.CheckConstraint(condition=Q(since__lte=F("until")), name="organisation_days_in_order"),
            models.CheckConstraint(
                condition=Q(kind__in=[code for code, _ in KIND_CHOICES]), name="organisation_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def exists_on(self, day: date) -> bool:
        """Whether the organisation is at work on this day."""
        return self.since <= day < self.until


class OrganisationEvent(models.Model):
    """What happened to an organisation, by which decision. ``data`` holds name, kind or parent as set then.

    Where one follows another, ``data`` names ``predecessors`` or ``successors`` by id, ``members_to`` the one
    that took over all members, and ``reorganisation`` the reorganisation it was part of. A ``void`` event
    only takes back the one it corrects. A ``congress`` changes nothing of what the organisation is: from it a term
    begins.
    """

    APPEND_ONLY = True
    FOUNDED, RENAMED, MOVED, ENDED = "founded", "renamed", "moved", "ended"
    CONVERTED, DIVIDED, VOID = "converted", "divided", "void"
    CONGRESS = "congress"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=32)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.BigIntegerField(null=True)
    decision = models.CharField(max_length=80, blank=True)
    data = models.JSONField(default=dict)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrected_by")

    def taken_back(self, *, by: int | None, at: datetime) -> OrganisationEvent:
        """The event, to be written, that only takes this one back; ``by``: an account's id."""
        return OrganisationEvent(
            organisation_id=self.organisation_id,
            kind=OrganisationEvent.VOID,
            happened_on=self.happened_on,
            recorded_at=at,
            recorded_by=by,
            corrects=self,
        )


class OrganisationSpan(models.Model):
    """An organisation's name, kind and direct superior from one day until another."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False, related_name="spans")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=120)
    kind = models.CharField(max_length=32)
    cell_kind = models.CharField(max_length=32, blank=True)
    parent = models.ForeignKey(
        Organisation, models.PROTECT, null=True, db_index=False, related_name="child_spans"
    )
    since = models.DateField()
    until = models.DateField(default=FOREVER)

    objects = DatedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "since"], name="orgspan_by_org"),
            models.Index(fields=["parent", "since"], name="orgspan_by_parent"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(since__lt=F("until")), name="orgspan_days_in_order")
        ]


class Under(models.Model):
    """The dated closure of the tree: ``unit`` stands under ``above`` at this depth; itself at depth 0."""

    above = models.ForeignKey(Organisation, models.CASCADE, db_index=False, related_name="below_rows")
    unit = models.ForeignKey(Organisation, models.CASCADE, db_index=False, related_name="above_rows")
    depth = models.SmallIntegerField()
    since = models.DateField()
    until = models.DateField(default=FOREVER)

    objects = DatedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["above", "unit", "since", "until"], name="under_down"),
            models.Index(fields=["unit", "depth", "since", "until", "above"], name="under_up"),
        ]
        constraints = [models.CheckConstraint(condition=Q(since__lt=F("until")), name="under_days_in_order")]


class Succession(models.Model):
    """One organisation follows another from a day on; folded from the events that say so.

    ``members``: everyone who stood in the predecessor went to this successor.
    """

    predecessor = models.ForeignKey(Organisation, models.CASCADE, related_name="succeeded_by")
    successor = models.ForeignKey(Organisation, models.CASCADE, related_name="succeeds")
    on = models.DateField()
    members = models.BooleanField(default=False)
    reorganisation = models.CharField(max_length=20, blank=True)
    event = models.ForeignKey(OrganisationEvent, models.CASCADE, related_name="successions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="succession_once")
        ]


class Heir(models.Model):
    """Who answers for an organisation that ended, from one day until another; folded, never written by hand.

    Its successors, or the last superior it stood under where it had none, and whoever followed those in turn.
    """

    ended = models.ForeignKey(Organisation, models.CASCADE, related_name="heirs")
    heir = models.ForeignKey(Organisation, models.CASCADE, db_index=False, related_name="inherits")
    since = models.DateField()
    until = models.DateField(default=FOREVER)

    objects = DatedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["heir", "since", "until"], name="heir_down")]
        constraints = [models.CheckConstraint(condition=Q(since__lt=F("until")), name="heir_days_in_order")]


class Post(models.Model):
    """A post at an organisation (Bí thư Đảng ủy, Trưởng ban…). Who holds it, when, is in the members' ledger."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    code = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=32, choices=POST_KIND_CHOICES)
    title = models.CharField(max_length=160)
    since = models.DateField()
    until = models.DateField(default=FOREVER)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(since__lte=F("until")), name="post_days_in_order")]

    def __str__(self) -> str:
        return self.title

"""What a record holds beside the ledger: identity numbers, facts of its fields, scans of papers, proposals to correct it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import Exact, GreaterThanOrEqual
from django.utils import timezone

from tochuc.access.models import Account
from tochuc.documents.models import StoredFile
from tochuc.members.paper_kinds import PAPER_CHOICES
from tochuc.members.record_fields import GENDER_CHOICES

WAITING, ACCEPTED, REFUSED, WITHDRAWN = "waiting", "accepted", "refused", "withdrawn"
PROPOSAL_CHOICES = [
    (WAITING, "Đang chờ duyệt"),
    (ACCEPTED, "Đã ghi vào hồ sơ"),
    (REFUSED, "Không được chấp nhận"),
    (WITHDRAWN, "Đã rút"),
]
PRECISION_CHOICES = [("day", "ngày"), ("month", "tháng"), ("year", "năm")]


def _octets(column: str) -> Func:
    return Func(F(column), function="octet_length", output_field=models.IntegerField())


class IdentityNumber(models.Model):
    """A national identity number that was recorded of a person: sealed, with a keyed digest to find equal ones.

    Which one holds now is said by ``Person.identity``; ``members.identity`` alone reads and writes them.
    """

    APPEND_ONLY = True

    person = models.ForeignKey("members.Person", models.PROTECT, related_name="identity_numbers")
    sealed = models.BinaryField()
    digest = models.BinaryField()
    # What the number says by its form of what the record holds openly anyway, to be compared with it.
    digits = models.PositiveSmallIntegerField(null=True)
    says_gender = models.CharField(max_length=8, choices=GENDER_CHOICES, blank=True)
    says_birth_year = models.PositiveSmallIntegerField(null=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True)

    class Meta:
        indexes = [models.Index(fields=["digest"], name="identity_by_digest")]
        constraints = [
            models.CheckConstraint(
                condition=GreaterThanOrEqual(_octets("sealed"), 32) & Exact(_octets("digest"), 32),
                name="identity_sealed_whole",
            )
        ]


class Fact(models.Model):
    """What a field of a record was said to be, since when, on what ground, recorded when and by whom.

    Kept for every change after the record was opened; the first one of a field is preceded by what stood there
    until then. ``value`` is the text of a single field, the row of a table, or null for a row that is struck
    out. ``corrects`` names the fact that was wrong, or the version of a row that this one replaces.
    """

    APPEND_ONLY = True

    person = models.ForeignKey("members.Person", models.PROTECT, db_index=False, related_name="facts")
    field = models.CharField(max_length=32)
    value = models.JSONField(null=True)
    since = models.DateField(null=True)
    since_precision = models.CharField(max_length=8, choices=PRECISION_CHOICES, default="day")
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True)
    ground = models.CharField(max_length=300, blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")

    class Meta:
        indexes = [models.Index(fields=["person", "field", "id"], name="fact_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(corrects__isnull=False), name="fact_struck_out_was_there"
            ),
            models.CheckConstraint(
                condition=Q(since_precision__in=["day", "month", "year"]), name="fact_precision_known"
            ),
        ]


class Paper(models.Model):
    """A scan of a paper in a person's file. One that doesn't belong there is taken out, with the reason, not deleted."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True)
    person = models.ForeignKey("members.Person", models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=24, choices=PAPER_CHOICES)
    title = models.CharField(max_length=200)
    dated_on = models.DateField(null=True)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="paper")
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    taken_out_at = models.DateTimeField(null=True)
    taken_out_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    taken_out_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[code for code, _ in PAPER_CHOICES]), name="paper_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(taken_out_at=None) | ~Q(taken_out_reason=""), name="paper_taken_out_with_reason"
            ),
        ]


class Proposal(models.Model):
    """A member's proposal to correct a field of their own record: it waits until somebody decides on it.

    ``before`` is what stood there when it was made. Of an identity number the value is sealed and never here.
    """

    person = models.ForeignKey("members.Person", models.PROTECT, db_index=False, related_name="proposals")
    field = models.CharField(max_length=32)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    sealed = models.BinaryField(null=True)
    since = models.DateField(null=True)
    since_precision = models.CharField(max_length=8, choices=PRECISION_CHOICES, default="day")
    ground = models.CharField(max_length=300)
    proposed_at = models.DateTimeField()
    proposed_on = models.DateField()
    proposed_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=PROPOSAL_CHOICES, default=WAITING)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "state"], name="proposal_by_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "field"], condition=Q(state=WAITING), name="proposal_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[code for code, _ in PROPOSAL_CHOICES]), name="proposal_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=WAITING, decided_at=None)
                | (~Q(state=WAITING) & Q(decided_at__isnull=False)),
                name="proposal_decided_with_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=REFUSED) | ~Q(answer=""), name="proposal_refused_with_reason"
            ),
        ]

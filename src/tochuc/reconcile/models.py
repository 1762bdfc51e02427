"""A reconciliation of a branch with a list from elsewhere, and its claims."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q

from tochuc.access.models import Account
from tochuc.changes.models import ChangeSet
from tochuc.documents.models import StoredFile
from tochuc.members.models import Person
from tochuc.org.models import Organisation

DIFFERENT, LEDGER, NEW, MISSING, UNREAD = "different", "ledger", "new", "missing", "unread"
KIND_CHOICES = [
    (DIFFERENT, "Khác nhau"),
    (LEDGER, "Khác với sổ biến động"),
    (NEW, "Chỉ có trong danh sách"),
    (MISSING, "Chỉ có trong sổ"),
    (UNREAD, "Chưa đối chiếu được"),
]
OPEN, ACCEPTED, REFUSED, ASKED = "open", "accepted", "refused", "asked"
STATE_CHOICES = [
    (OPEN, "Chưa quyết định"),
    (ACCEPTED, "Đã chấp nhận"),
    (REFUSED, "Giữ theo sổ"),
    (ASKED, "Đã hỏi chi bộ"),
]
LIST_RIGHT, RECORD_RIGHT = "list", "record"
ANSWER_CHOICES = [(LIST_RIGHT, "Danh sách đúng"), (RECORD_RIGHT, "Sổ đúng")]


def new_ref() -> str:
    """The part of a reconciliation's address."""
    return secrets.token_hex(5)


class Reconciliation(models.Model):
    """One list held beside the record of a branch. ``matched`` counts people found in both, ``same`` those alike."""

    ref = models.SlugField(max_length=20, unique=True, default=new_ref)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="reconciliations")
    origin = models.CharField("nguồn danh sách", max_length=160)
    as_of = models.DateField()
    file_name = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="reconciliations")
    matched = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "made_at"], name="reconciliation_by_org")]

    def __str__(self) -> str:
        return f"{self.origin}: {self.file_name}"


class Claim(models.Model):
    """What the list says otherwise than the record, of one person and one field, and what was decided of it.

    ``before`` is what the record said when the list was read, ``after`` what the list says; of someone new the
    ``said`` fields of the row. An identity number is never written here: only that it differs.
    """

    reconciliation = models.ForeignKey(Reconciliation, models.CASCADE, db_index=False, related_name="claims")
    kind = models.CharField(max_length=12, choices=KIND_CHOICES)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="claims")
    cell = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120)
    field = models.CharField(max_length=32, blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    said = models.JSONField(default=dict)
    row = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=12, choices=STATE_CHOICES, default=OPEN)
    ground = models.TextField(blank=True)
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    changeset = models.ForeignKey(ChangeSet, models.PROTECT, null=True, related_name="claims")
    answer = models.CharField(max_length=8, choices=ANSWER_CHOICES, blank=True)
    answer_words = models.TextField(blank=True)
    answered_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["reconciliation", "kind", "id"], name="claim_by_list"),
            models.Index(fields=["cell"], condition=Q(state=ASKED), name="claim_asked"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[code for code, _ in KIND_CHOICES])
                & Q(state__in=[code for code, _ in STATE_CHOICES]),
                name="claim_known",
            ),
            models.CheckConstraint(
                condition=Q(state=OPEN) | (~Q(ground="") & Q(decided_at__isnull=False)),
                name="claim_has_ground",
            ),
        ]

    @property
    def pending(self) -> bool:
        """Whether it still waits for a decision; what was accepted and undone since waits again."""
        undone = self.changeset is not None and self.changeset.undone_at is not None
        return self.state in (OPEN, ASKED) or (self.state == ACCEPTED and undone)

    @property
    def acceptable(self) -> bool:
        """Whether accepting it can write anything: the ledger changes by its own entries only."""
        return self.kind == NEW or (self.kind == DIFFERENT and self.field != "national_id")

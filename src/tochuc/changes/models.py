"""A change set and the people it touched, each with what stood in their record before and after."""

from __future__ import annotations

import secrets

from django.db import models

from tochuc.access.models import Account
from tochuc.documents.models import StoredFile
from tochuc.members.models import MemberEvent, Person
from tochuc.org.models import Organisation

IMPORT = "import"
KIND_CHOICES = [(IMPORT, "Nhập danh sách")]
APPLIED, UNDONE = "applied", "undone"
STATE_CHOICES = [(APPLIED, "Đang có hiệu lực"), (UNDONE, "Đã hoàn tác")]
CREATED, CHANGED = "created", "changed"
WHAT_CHOICES = [(CREATED, "Tạo mới"), (CHANGED, "Thay đổi")]


def new_ref() -> str:
    """The part of a change set's address."""
    return secrets.token_hex(5)


class ChangeSet(models.Model):
    """One act that changed many records: from which file, for which branch, by whom, and whether it still holds.

    ``as_of`` is the day the list speaks of. ``summary`` counts its rows: created, changed, same, refused.
    """

    ref = models.SlugField(max_length=20, unique=True, default=new_ref)
    kind = models.CharField(max_length=16, choices=KIND_CHOICES)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="changesets")
    as_of = models.DateField()
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="changesets")
    summary = models.JSONField(default=dict)
    made_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="changesets")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=STATE_CHOICES, default=APPLIED)
    undone_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undo_reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "made_at"], name="changeset_by_org")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[code for code, _ in STATE_CHOICES]),
                name="changeset_state_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.file_name}"


class Change(models.Model):
    """What a change set did to one person.

    ``before`` and ``after`` hold the fields of the record that it wrote; of a person it created, ``before`` is
    what remains when it is undone. ``event`` is the opening entry it added, ``row`` the place in the file
    (``Sheet1: 12``), ``said`` what the row says beyond the fields of the record.
    """

    changeset = models.ForeignKey(ChangeSet, models.CASCADE, related_name="changes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="changes")
    what = models.CharField(max_length=16, choices=WHAT_CHOICES)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    said = models.JSONField(default=dict)
    row = models.CharField(max_length=120, blank=True)
    event = models.ForeignKey(MemberEvent, models.PROTECT, null=True, related_name="changes")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["changeset", "person"], name="change_once_per_person")]

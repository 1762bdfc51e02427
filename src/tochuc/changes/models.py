"""A change set and the people it touched, each with what stood in their record before and after."""

from __future__ import annotations

import secrets

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tochuc.access.models import Account
from tochuc.documents.models import StoredFile
from tochuc.members.models import MemberEvent, Person
from tochuc.org.models import Organisation, Post

IMPORT, MERGE, BULK, CLAIMS = "import", "merge", "bulk", "claims"
KIND_CHOICES = [
    (IMPORT, "Nhập danh sách"),
    (MERGE, "Gộp hồ sơ"),
    (BULK, "Thay đổi hàng loạt"),
    (CLAIMS, "Đối chiếu"),
]
ACTS = {
    IMPORT: "changeset.applied",
    MERGE: "changeset.merge",
    BULK: "changeset.bulk",
    CLAIMS: "changeset.claims",
}
"""What each kind is called in the trail."""
WHOLE = frozenset({MERGE})
"""Kinds that are undone for all their people or for none."""
APPLIED, UNDONE = "applied", "undone"
STATE_CHOICES = [(APPLIED, "Đang có hiệu lực"), (UNDONE, "Đã hoàn tác")]
CREATED, CHANGED, MERGED = "created", "changed", "merged"
WHAT_CHOICES = [(CREATED, "Tạo mới"), (CHANGED, "Thay đổi"), (MERGED, "Gộp vào hồ sơ khác")]


def new_ref() -> str:
    """The part of a change set's address."""
    return secrets.token_hex(5)


class ChangeSet(models.Model):
    """One act that changed many records: which, for which branch, by whom, and whether it still holds.

    ``as_of`` is the day it speaks of: that of the list, or the day it was done. ``title`` says what was done;
    an import is called by its file. ``summary`` of an import counts its rows: created, changed, same, refused.
    """

    ref = models.SlugField(max_length=20, unique=True, default=new_ref)
    kind = models.CharField(max_length=16, choices=KIND_CHOICES)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="changesets")
    title = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    as_of = models.DateField()
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
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
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=[code for code, _ in KIND_CHOICES]), name="changeset_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"

    @property
    def name(self) -> str:
        """What it is called: its title, or the file it came from."""
        return self.title or self.file_name

    @property
    def whole(self) -> bool:
        """Whether it is undone for all its people or for none."""
        return self.kind in WHOLE


class Change(models.Model):
    """What a change set did to one person.

    ``before`` and ``after`` hold the fields of the record that it wrote; of a person it created, ``before`` is
    what remains when it is undone. ``event`` is the opening entry it added, ``events`` are others (by number);
    an import's carry its reference instead. ``row`` is the place in the file (``Sheet1: 12``), ``said`` what
    stands there beyond the fields of the record, or why the change was made.
    """

    changeset = models.ForeignKey(ChangeSet, models.CASCADE, related_name="changes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="changes")
    what = models.CharField(max_length=16, choices=WHAT_CHOICES)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    said = models.JSONField(default=dict)
    row = models.CharField(max_length=120, blank=True)
    event = models.ForeignKey(MemberEvent, models.PROTECT, null=True, related_name="changes")
    events = ArrayField(models.BigIntegerField(), default=list)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["changeset", "person"], name="change_once_per_person")]


class Made(models.Model):
    """An organisation that a change set founded, or a post that it set up; undone only where nothing rests on it."""

    changeset = models.ForeignKey(ChangeSet, models.CASCADE, related_name="made")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="made_by")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="made_by")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organisation=None, post__isnull=False)
                | models.Q(organisation__isnull=False, post=None),
                name="made_organisation_or_post",
            )
        ]

"""The document registry: what exists, who issued it, what was read from where; and stored files.

A document's identity is type, number, issuer and date or term, never its number alone. What is only cited is
registered as unverified until somebody names its date and place.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from tochuc.access.models import Account
from tochuc.org.models import Organisation

UNVERIFIED, VERIFIED, ISSUED = "unverified", "verified", "issued"
GENERAL, MEMBERS_LIST, MEMBER_PAPER, CASE_PAPER = "general", "members_list", "member_paper", "case_paper"
PURPOSE_CHOICES = [
    (GENERAL, "Tệp chung"),
    (MEMBERS_LIST, "Danh sách đảng viên"),
    (MEMBER_PAPER, "Giấy tờ của đảng viên"),
    (CASE_PAPER, "Giấy tờ của hồ sơ quy trình"),
]
STATUS_CHOICES = [(UNVERIFIED, "Chưa xác minh"), (VERIFIED, "Đã xác minh"), (ISSUED, "Do ta ban hành")]


class StoredFile(models.Model):
    """A file that somebody brought or that Tochuc drafted; its bytes lie in the file store under ``path``.

    ``purpose`` says who may open it: lists of members hold identity numbers, a member's papers are their own,
    those of a case are for who may see the case.
    """

    APPEND_ONLY = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=120)
    size = models.BigIntegerField()
    purpose = models.CharField(max_length=16, choices=PURPOSE_CHOICES, default=GENERAL)
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    stored_by = models.ForeignKey(Account, models.PROTECT, null=True)
    stored_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=[code for code, _ in PURPOSE_CHOICES]), name="file_purpose_known"
            )
        ]


class SourceText(models.Model):
    """The text of a document or news item as it was brought in; places in it are offsets into ``text`` (NFC)."""

    APPEND_ONLY = True

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    text = models.TextField()
    name = models.CharField(max_length=200, blank=True)
    brought_by = models.ForeignKey(Account, models.PROTECT, null=True)
    brought_at = models.DateTimeField(auto_now_add=True)


class Document(models.Model):
    """A numbered document of the Party or the State."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True)
    key = models.CharField("số, ký hiệu", max_length=80, db_index=True)
    type_name = models.CharField("loại văn bản", max_length=60)
    type_code = models.CharField(max_length=12, blank=True)
    number = models.PositiveIntegerField(null=True)
    issuer_code = models.CharField(max_length=24, blank=True)
    issuer_name = models.CharField("cơ quan ban hành", max_length=160, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True)
    term = models.CharField("nhiệm kỳ", max_length=12, blank=True)
    title = models.CharField("trích yếu", max_length=500, blank=True)
    status = models.CharField(max_length=12, choices=STATUS_CHOICES, default=UNVERIFIED)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["status", "key"], name="document_by_status")]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "issuer_name", "term"],
                condition=Q(issued_on=None),
                nulls_distinct=False,
                name="document_cited_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "type_code", "term", "number"],
                condition=Q(status=ISSUED),
                name="document_number_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type_name} {self.key}"


class Citation(models.Model):
    """A place in a text that names a document."""

    text = models.ForeignKey(SourceText, models.CASCADE, related_name="citations")
    document = models.ForeignKey(Document, models.PROTECT, related_name="cited_in")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    surface = models.CharField(max_length=400)

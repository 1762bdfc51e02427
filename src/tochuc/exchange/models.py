"""What is remembered of the files that come in: how a kind of list is read, and what was chosen of one file."""

from __future__ import annotations

from django.db import models

from tochuc.access.models import Account
from tochuc.documents.models import StoredFile
from tochuc.org.models import Organisation


class KeptColumns(models.Model):
    """How an organisation reads a kind of list, known by its headings: field by column letter, "" for none."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=32)
    columns = models.JSONField()
    file_name = models.CharField(max_length=200)
    kept_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "fingerprint"], name="kept_columns_once_per_kind")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.fingerprint}"


class FileChoice(models.Model):
    """Which sheets of one file are read, and on which row each header stands, where somebody said so."""

    file = models.OneToOneField(StoredFile, models.CASCADE, related_name="choice")
    only = models.JSONField(default=list)
    header_rows = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.file_id}"

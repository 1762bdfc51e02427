"""The audit trail: who did what, to what, when and why. Rows are only ever added."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One act. Each holds the hash of the one before it in its stream, so a gap or a change shows.

    A stream is an organisation's code, or ``system``. Accounts are plain numbers: the trail lies below
    the tables it speaks of and outlives them.
    """

    APPEND_ONLY = True

    stream = models.CharField(max_length=64)
    sequence = models.BigIntegerField()
    at = models.DateTimeField()
    account = models.BigIntegerField(null=True)
    account_name = models.CharField(max_length=200, blank=True)
    action = models.CharField(max_length=64)
    object_kind = models.CharField(max_length=32, blank=True)
    object_key = models.CharField(max_length=80, blank=True)
    data = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    request_id = models.CharField(max_length=36, blank=True)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "sequence"], name="audit_one_chain")]
        indexes = [
            models.Index(fields=["object_kind", "object_key", "at"], name="audit_by_object"),
            models.Index(fields=["account", "at"], name="audit_by_account"),
        ]

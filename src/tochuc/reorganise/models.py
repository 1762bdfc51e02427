"""A plan that is being built; a reorganisation as it was carried out, with each row it changed that isn't an event."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q

from tochuc.access.models import Account
from tochuc.org.models import Organisation

OPEN, CLOSED, UNDONE = "open", "closed", "undone"
STATES = [(OPEN, "Đã thực hiện, còn hủy được"), (CLOSED, "Đã khóa"), (UNDONE, "Đã hủy")]

ORGANISATION, POST, ROLE, ASSIGNMENT = "organisation", "post", "role", "assignment"
TOUCHED_KINDS = [
    (ORGANISATION, "Tổ chức"),
    (POST, "Chức vụ"),
    (ROLE, "Vai trò của tài khoản"),
    (ASSIGNMENT, "Nhiệm vụ được giao"),
]


def new_ref() -> str:
    """The part of a reorganisation's address that says nothing about it."""
    return secrets.token_hex(5)


class Reorganisation(models.Model):
    """A plan that was carried out. Until it is closed it can be undone.

    ``organisation`` is the one whose branch it rearranged; those who work there may look at it and undo it.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="reorganisations")
    ref = models.SlugField(max_length=20, unique=True, default=new_ref)
    title = models.CharField("tên phương án", max_length=200)
    decision_number = models.CharField("số quyết định", max_length=60)
    decision_on = models.DateField("ngày ký")
    decision_by = models.CharField("cơ quan ban hành", max_length=160)
    day = models.DateField("ngày có hiệu lực", db_index=True)
    plan = models.JSONField()
    state = models.CharField(max_length=8, choices=STATES, default=OPEN)
    applied_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField()
    settled_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    undo_reason = models.TextField("lý do hủy", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[OPEN, CLOSED, UNDONE]), name="reorganisation_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=OPEN, settled_at=None) | (~Q(state=OPEN) & Q(settled_at__isnull=False)),
                name="reorganisation_settled_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Touched(models.Model):
    """A row that a reorganisation changed: what it said before and after. ``before`` None: it was made.

    Members' own changes are events and are found by the reorganisation they name.
    """

    reorganisation = models.ForeignKey(Reorganisation, models.CASCADE, related_name="touched")
    kind = models.CharField(max_length=16, choices=TOUCHED_KINDS)
    row = models.BigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "row"], name="touched_by_row")]
        constraints = [models.UniqueConstraint(fields=["reorganisation", "kind", "row"], name="touched_once")]


class Draft(models.Model):
    """A plan that is being built for a branch: everything said so far. It changes nothing of the record.

    ``said`` holds ``operations`` and ``roles`` as a plan has them, and the ``source`` they were read from.
    """

    ref = models.SlugField(max_length=20, unique=True, default=new_ref)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="plans")
    title = models.CharField("tên phương án", max_length=200)
    day = models.DateField("ngày có hiệu lực")
    decision_number = models.CharField("số quyết định", max_length=60, blank=True)
    decision_on = models.DateField("ngày ký", null=True)
    decision_by = models.CharField("cơ quan ban hành", max_length=160, blank=True)
    note = models.TextField("ghi chú", blank=True)
    said = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    changed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()
    carried_out = models.ForeignKey(Reorganisation, models.PROTECT, null=True, related_name="drafts")

    def __str__(self) -> str:
        return self.title

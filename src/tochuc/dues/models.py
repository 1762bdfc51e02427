"""Dues (đảng phí): what each member's dues are counted from, who is relieved, what was paid for which month.

``Basis``, ``Relief`` and ``Payment`` are the truth and only added to. ``Collection`` and ``Arrear`` are folded from
them, one cell and month at a time, and never written by hand.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tochuc.access.models import Account
from tochuc.dues.categories import CATEGORY_CHOICES
from tochuc.members.models import Person
from tochuc.org.models import Organisation

PAID, EXCUSED, NOTHING = "paid", "excused", "nothing"
PAYMENT_CHOICES = [
    (PAID, "Đã nộp"),
    (EXCUSED, "Chưa nộp, có lý do chính đáng"),
    (NOTHING, "Chưa nộp"),
]
_WHOLE = 100


class Basis(models.Model):
    """From a month on, a member's category and the pay or pension their dues are counted from; the latest holds."""

    APPEND_ONLY = True

    person = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="dues_bases")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    category = models.CharField(max_length=24, choices=CATEGORY_CHOICES)
    base = models.BigIntegerField(null=True)
    since = models.DateField()
    ground = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["person", "since", "id"], name="dues_basis_by_person")]
        constraints = [
            models.CheckConstraint(condition=Q(base=None) | Q(base__gte=0), name="dues_base_not_negative"),
            models.CheckConstraint(condition=Q(since__day=1), name="dues_basis_from_a_month"),
            models.CheckConstraint(
                condition=Q(category__in=[code for code, _ in CATEGORY_CHOICES]), name="dues_category_known"
            ),
        ]


class Relief(models.Model):
    """For some months, by how many hundredths a member's dues are less; all of them is exemption.

    Of several for one month the one recorded last holds, so nought hundredths end a relief.
    """

    APPEND_ONLY = True

    person = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="dues_reliefs")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    percent = models.PositiveSmallIntegerField()
    since = models.DateField()
    until = models.DateField()
    ground = models.CharField(max_length=300)
    decision_number = models.CharField(max_length=60, blank=True)
    decision_on = models.DateField(null=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["person", "id"], name="dues_relief_by_person")]
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=_WHOLE), name="dues_relief_at_most_all"),
            models.CheckConstraint(
                condition=Q(since__lt=F("until"), since__day=1, until__day=1), name="dues_relief_months"
            ),
        ]


class Payment(models.Model):
    """What was recorded of a member's dues for a month: paid, or not paid for a good reason.

    ``due`` is what the rules gave when it was recorded. One that ``corrects`` another takes its place; ``nothing``
    takes it away.
    """

    APPEND_ONLY = True

    person = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="dues")
    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False, related_name="dues")
    month = models.DateField()
    kind = models.CharField(max_length=8, choices=PAYMENT_CHOICES, default=PAID)
    amount = models.BigIntegerField(default=0)
    due = models.BigIntegerField(null=True)
    paid_on = models.DateField(null=True)
    receipt = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "month"], name="payment_by_cell"),
            models.Index(fields=["person", "month"], name="payment_by_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "month"], condition=Q(corrects=None), name="payment_once_a_month"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="payment_for_a_month"),
            models.CheckConstraint(
                condition=Q(amount__gte=0) & (Q(kind=PAID) | Q(amount=0)), name="payment_amount_of_paid"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[code for code, _ in PAYMENT_CHOICES]), name="payment_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=PAID, paid_on__isnull=False) | (~Q(kind=PAID) & ~Q(reason="")),
                name="payment_day_or_reason",
            ),
            models.CheckConstraint(
                condition=~Q(kind=NOTHING) | Q(corrects__isnull=False), name="payment_nothing_corrects"
            ),
        ]


class Collection(models.Model):
    """A month's dues of a cell, added up: people and đồng, and who keeps how much. Folded.

    A month that a cell hasn't begun to record has none, and nobody is in arrears for it.
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, db_index=False, related_name="dues_collections"
    )
    month = models.DateField()
    members = models.PositiveIntegerField()
    paid = models.PositiveIntegerField()
    excused = models.PositiveIntegerField()
    relieved = models.PositiveIntegerField()
    unpaid = models.PositiveIntegerField()
    due = models.BigIntegerField()
    amount = models.BigIntegerField()
    kept_by_cell = models.BigIntegerField()
    kept_by_base = models.BigIntegerField()
    kept_above = models.BigIntegerField()
    passed_on = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["month", "organisation"], name="dues_collection_by_month")]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "month"], name="dues_collection_once"),
            models.CheckConstraint(
                condition=Q(amount=F("kept_by_cell") + F("kept_by_base") + F("kept_above") + F("passed_on")),
                name="dues_collection_split_whole",
            ),
        ]


class Arrear(models.Model):
    """A member for whom a month that their cell records has nothing, though nothing stops it. Folded."""

    person = models.ForeignKey(Person, models.CASCADE, db_index=False, related_name="dues_arrears")
    month = models.DateField()
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, db_index=False, related_name="dues_arrears"
    )
    due = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "month"], name="arrear_by_cell")]
        constraints = [models.UniqueConstraint(fields=["person", "month"], name="arrear_once")]

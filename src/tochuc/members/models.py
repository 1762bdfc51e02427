"""People and the ledger of membership.

``MemberEvent`` is the truth and is only added to. ``Membership``, ``Movement``, ``Holds`` and ``Condition``
are folded from it, one person at a time, and never written by hand.

``db_index=False`` on a foreign key: an index named below begins with it, and a second one would only mislead.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from tochuc.access.models import Account
from tochuc.kernel.days import FOREVER
from tochuc.kernel.known_dates import KnownDate
from tochuc.members.branch_models import BranchDay as BranchDay
from tochuc.members.branch_models import BranchMonth as BranchMonth
from tochuc.members.branch_models import BranchName as BranchName
from tochuc.members.conditions import CONDITION_CHOICES, CONDITIONS
from tochuc.members.kinds import EVENT_CHOICES, STANDING_CHOICES
from tochuc.members.party_day_models import PartyDays as PartyDays
from tochuc.members.record_fields import GENDER_CHOICES, THEORY_CHOICES
from tochuc.members.record_models import ACCEPTED as ACCEPTED
from tochuc.members.record_models import PRECISION_CHOICES as PRECISION_CHOICES
from tochuc.members.record_models import PROPOSAL_CHOICES as PROPOSAL_CHOICES
from tochuc.members.record_models import REFUSED as REFUSED
from tochuc.members.record_models import WAITING as WAITING
from tochuc.members.record_models import WITHDRAWN as WITHDRAWN
from tochuc.members.record_models import Fact as Fact
from tochuc.members.record_models import IdentityNumber as IdentityNumber
from tochuc.members.record_models import Paper as Paper
from tochuc.members.record_models import Proposal as Proposal
from tochuc.org.models import DatedQuerySet, Organisation, Post
from tochuc.org.words import from_its_end, words_of


def new_ref() -> str:
    """The part of a person's address that says nothing about them."""
    return secrets.token_hex(5)


class Person(models.Model):
    """A member, a former one, or one who asked to join. Names are kept whole and in parts for sorting."""

    ref = models.SlugField(max_length=20, unique=True, default=new_ref)
    full_name = models.CharField("họ và tên", max_length=120)
    fold = models.CharField(max_length=120, db_index=True)
    sort_key = models.CharField(max_length=240, db_collation="C")
    gender = models.CharField("giới tính", max_length=8, choices=GENDER_CHOICES)
    birth_on = models.DateField("ngày sinh")
    birth_precision = models.CharField(max_length=8, choices=PRECISION_CHOICES, default="day")
    hometown = models.CharField("quê quán", max_length=200, blank=True)
    residence = models.CharField("nơi cư trú", max_length=200, blank=True)
    ethnicity = models.CharField("dân tộc", max_length=40, blank=True)
    religion = models.CharField("tôn giáo", max_length=40, blank=True)
    occupation = models.CharField("nghề nghiệp", max_length=120, blank=True)
    education = models.CharField("trình độ phổ thông", max_length=40, blank=True)
    qualification = models.CharField("trình độ chuyên môn", max_length=120, blank=True)
    political_theory = models.CharField(
        "lý luận chính trị", max_length=16, choices=THEORY_CHOICES, blank=True
    )
    card_number = models.CharField("số thẻ đảng viên", max_length=20, blank=True)
    # The number of the personal history (số lý lịch): six digits and the letters of the province-level body.
    member_number = models.CharField("số lý lịch", max_length=20, blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    # The identity number that holds now; its row seals it.
    identity = models.ForeignKey(
        "IdentityNumber", models.PROTECT, null=True, db_index=False, related_name="+"
    )
    # Fields of the forms that no list sorts or filters by, as text by their code (``record_fields``).
    details = models.JSONField(default=dict)
    # When the record was opened; None where the first event tells it.
    registered_at = models.DateTimeField(null=True)
    account = models.OneToOneField(Account, models.PROTECT, null=True, related_name="person")
    # Of one entered twice: the record that stays. This one is reached where that one is.
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="merged",
        verbose_name="đã gộp vào hồ sơ",
    )
    # Where the person stands now, or stood last: who may open the file follows from it.
    home = models.ForeignKey(Organisation, models.PROTECT, null=True, db_index=False, related_name="people")
    standing = models.CharField(max_length=16, choices=STANDING_CHOICES, default="outside")
    # What a search finds a person by: the words of the name, and the birth year.
    words = words_of("fold", year="birth_on", front=True)

    class Meta:
        indexes = [
            # A search reads the people of some cells from this alone.
            models.Index(
                fields=["home", "standing", "sort_key"],
                include=["id", "fold", "birth_on", "merged_into"],
                name="person_by_home",
            ),
            GinIndex(fields=["words"], name="person_by_words"),
            # Reading in the order of names touches this alone.
            models.Index(
                fields=["sort_key", "id"],
                include=["fold", "home", "birth_on", "merged_into"],
                name="person_by_name",
            ),
            models.Index(from_its_end("card_number"), name="person_by_card_end"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["card_number"], condition=~Q(card_number=""), name="person_card_once"
            ),
            models.CheckConstraint(
                condition=Q(birth_precision__in=["day", "month", "year"]), name="person_birth_precision_known"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def birth(self) -> KnownDate:
        """The date of birth to the precision it is known."""
        return KnownDate(self.birth_on, self.birth_precision)  # type: ignore[arg-type]


class MemberEventQuerySet(models.QuerySet["MemberEvent"]):
    """What happened to people's membership."""

    def in_force(self) -> MemberEventQuerySet:
        """Without what another corrects, and without those that only take another back."""
        return self.filter(corrected_by=None).exclude(kind="void")


class MemberEvent(models.Model):
    """One thing that happened to a person's membership: when, by which decision, recorded when and by whom."""

    APPEND_ONLY = True

    person = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="events")
    kind = models.CharField(max_length=32, choices=EVENT_CHOICES)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True)
    post = models.ForeignKey(Post, models.PROTECT, null=True)
    decision_number = models.CharField(max_length=60, blank=True)
    decision_on = models.DateField(null=True)
    decision_by = models.CharField(max_length=160, blank=True)
    data = models.JSONField(default=dict)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    reason = models.TextField(blank=True)

    objects = MemberEventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "happened_on", "id"], name="event_by_person"),
            models.Index(fields=["recorded_at"], name="event_by_recorded"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[code for code, _ in EVENT_CHOICES]), name="event_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(decision_on=None) | Q(decision_on__lte=F("happened_on")) | ~Q(kind="admitted"),
                name="event_admitted_after_decision",
            ),
        ]

    def taken_back(self, *, by: int | None, at: datetime, reason: str) -> MemberEvent:
        """The entry, to be written, that only takes this one back; ``by``: an account's id."""
        return MemberEvent(
            person_id=self.person_id,
            kind="void",
            happened_on=self.happened_on,
            recorded_at=at,
            recorded_by_id=by,
            organisation_id=self.organisation_id,
            post_id=self.post_id,
            corrects=self,
            reason=reason,
        )


def _at(day: str, shifted: str = "") -> Func:
    """A point for a person and a day; a stay ends half a day before the next one may begin."""
    return Func("person", day, template=f"point(%(expressions)s - DATE '2000-01-01'{shifted})")


class Membership(models.Model):
    """A person stands at an organisation with a standing, from one day until another. Never two at once."""

    person = models.ForeignKey(Person, models.CASCADE, db_index=False, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False, related_name="memberships")
    standing = models.CharField(max_length=16, choices=STANDING_CHOICES)
    since = models.DateField()
    until = models.DateField(default=FOREVER)

    objects = DatedQuerySet.as_manager()

    class Meta:
        indexes = [
            # Counting heads reads this alone. With the last two as keys PostgreSQL 18 takes a look-up to cost a
            # thousand times what it does, and reads the whole table instead.
            models.Index(
                fields=["organisation", "until"], include=["since", "standing"], name="membership_by_org"
            ),
            models.Index(fields=["person", "since"], name="membership_by_person"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(since__lt=F("until")), name="membership_days_in_order"),
            # A stay drawn as a line: persons across, days upwards. Three times cheaper to hold than two ranges.
            ExclusionConstraint(
                name="membership_stays_apart",
                expressions=[
                    (Func(_at("since"), _at("until", " - 0.5"), function="box"), RangeOperators.OVERLAPS)
                ],
            ),
        ]


class Movement(models.Model):
    """One line of the ledger: on a day, by an event, from an account to another."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="movements")
    event = models.ForeignKey(MemberEvent, models.PROTECT)
    on = models.DateField()
    # The last day at the account one comes from; the tree of that day says whose branch it was.
    from_on = models.DateField()
    reason = models.CharField(max_length=16, blank=True)
    from_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, db_index=False, related_name="moves_out"
    )
    from_standing = models.CharField(max_length=16)
    to_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, db_index=False, related_name="moves_in"
    )
    to_standing = models.CharField(max_length=16)

    class Meta:
        indexes = [
            models.Index(fields=["from_organisation", "on"], name="movement_out"),
            models.Index(fields=["to_organisation", "on"], name="movement_in"),
        ]


class Holds(models.Model):
    """A person holds a post from one day until another."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="holdings")
    post = models.ForeignKey(Post, models.PROTECT, db_index=False, related_name="holders")
    since = models.DateField()
    until = models.DateField(default=FOREVER)

    objects = DatedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["post", "until", "since"], name="holds_by_post")]
        constraints = [models.CheckConstraint(condition=Q(since__lt=F("until")), name="holds_days_in_order")]


class Condition(models.Model):
    """A condition of a member (exemption, suspension…) from one day until another. Never the same twice at once."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="conditions")
    kind = models.CharField(max_length=16, choices=CONDITION_CHOICES)
    since = models.DateField()
    until = models.DateField(default=FOREVER)
    # The event that began it: what was decided stands there.
    event = models.ForeignKey(MemberEvent, models.PROTECT, related_name="conditions")
    # The organisation of our records that it names: the host, or where the papers go.
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="conditions")
    planned_until = models.DateField(null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "until"], name="condition_by_kind"),
            # Of those in force the few whose time runs out.
            models.Index(
                fields=["planned_until"],
                condition=Q(until=FOREVER, planned_until__isnull=False),
                name="condition_running_out",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(since__lt=F("until")), name="condition_days_in_order"),
            models.CheckConstraint(condition=Q(kind__in=list(CONDITIONS)), name="condition_kind_known"),
            # One for each kind: GiST can't compare texts without an extension.
            *(
                ExclusionConstraint(
                    name=f"condition_{code}_never_twice",
                    expressions=[
                        (
                            Func("person", "person", Value("[]"), function="int8range"),
                            RangeOperators.OVERLAPS,
                        ),
                        (Func("since", "until", function="daterange"), RangeOperators.OVERLAPS),
                    ],
                    condition=Q(kind=code),
                )
                for code in CONDITIONS
            ),
        ]

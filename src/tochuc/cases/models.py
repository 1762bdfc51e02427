"""Cases: what was opened, every step taken, its papers; and, folded from these, the steps that are open now."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from tochuc.access.models import Account
from tochuc.access.roles import ROLE_CHOICES
from tochuc.documents.models import StoredFile
from tochuc.members.models import MemberEvent, Person
from tochuc.org.models import Organisation


class Case(models.Model):
    """One run of a procedure for a person or an organisation.

    ``organisation`` is where it lives: the cell of the person, or the organisation it is about. ``to`` is the
    receiving one, where the procedure has any. ``several``: the person may have others of the same procedure
    beside it. ``result`` and ``closed_on`` are folded from the moves.
    ``doubts``: what spoke against opening it and didn't refuse.
    ``opened_for`` is the record it was opened for; ``person`` the one that this was merged into, or the same.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True)
    procedure = models.SlugField(max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False, related_name="cases")
    opened_for = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False, related_name="cases")
    to = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="cases_coming")
    opened_on = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    answers = models.JSONField(default=dict)
    doubts = models.JSONField(default=list)
    closed_file = models.BooleanField(default=False)
    several = models.BooleanField(default=False)
    result = models.CharField(max_length=40, blank=True)
    closed_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "procedure"], name="case_by_person"),
            models.Index(fields=["organisation", "closed_on"], name="case_by_org"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "procedure"],
                condition=Q(closed_on=None, person__isnull=False, several=False),
                name="case_open_once",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, result="") | (Q(closed_on__isnull=False) & ~Q(result="")),
                name="case_closed_with_result",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")), name="case_days_in_order"
            ),
        ]

    @property
    def whom(self) -> str:
        """Whom it is about, by name: the person, else the organisation."""
        return self.person.full_name if self.person else self.organisation.name


class CaseMove(models.Model):
    """A step taken: on which day, with which outcome, vote and answers; recorded when and by whom.

    ``acted_by`` names who acted where somebody else recorded it for them. ``rules`` keeps the rules it was
    checked by, with value and place, and what was doubted. One that ``takes_back`` another only undoes it.
    ``open_since``, ``due_on`` and ``waited_at`` keep since when the step could be taken, until when, and at which
    organisation it lay (none: with the person); lead times are counted from them.
    """

    APPEND_ONLY = True

    case = models.ForeignKey(Case, models.PROTECT, db_index=False, related_name="moves")
    step = models.SlugField(max_length=40)
    outcome = models.SlugField(max_length=40)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    acted_by = models.CharField(max_length=160, blank=True)
    entitled = models.PositiveIntegerField(null=True)
    present = models.PositiveIntegerField(null=True)
    agree = models.PositiveIntegerField(null=True)
    against = models.PositiveIntegerField(null=True)
    abstain = models.PositiveIntegerField(null=True)
    answers = models.JSONField(default=dict)
    rules = models.JSONField(default=list)
    doubts = models.JSONField(default=list)
    event = models.ForeignKey(MemberEvent, models.PROTECT, null=True, related_name="case_moves")
    open_since = models.DateField(null=True)
    due_on = models.DateField(null=True)
    waited_at = models.ForeignKey(Organisation, models.PROTECT, null=True, db_index=False, related_name="+")
    takes_back = models.OneToOneField("self", models.PROTECT, null=True, related_name="taken_back_by")
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="casemove_by_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(present=None) | Q(present__lte=F("entitled")), name="casemove_present_entitled"
            ),
            models.CheckConstraint(
                condition=Q(agree=None) | Q(present__gte=F("agree") + F("against") + F("abstain")),
                name="casemove_votes_present",
            ),
        ]


class CaseMoveEvent(models.Model):
    """A further event that a step recorded, beyond the first, which stands in the move itself."""

    APPEND_ONLY = True

    move = models.ForeignKey(CaseMove, models.PROTECT, related_name="further_events")
    event = models.OneToOneField(MemberEvent, models.PROTECT, related_name="further_moves")


class CasePaper(models.Model):
    """A paper of a step: by our id of its form, with the signed scan, or noted as seen on paper.

    A scan brought later is a row of its own; the latest one counts.
    """

    APPEND_ONLY = True

    move = models.ForeignKey(CaseMove, models.PROTECT, related_name="papers")
    form = models.CharField(max_length=80)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True)
    kept_at = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["move", "form"], condition=Q(file=None), name="casepaper_seen_once"
            )
        ]


class CaseExtension(models.Model):
    """More time for a step, once, as the rule allows; with the ground."""

    APPEND_ONLY = True

    case = models.ForeignKey(Case, models.PROTECT, related_name="extensions")
    step = models.SlugField(max_length=40)
    granted_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    reason = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "step"], name="caseextension_once")]


class OpenStep(models.Model):
    """A step that can be taken now and until when; folded from the moves, never written by hand."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="open_steps")
    step = models.SlugField(max_length=40)
    title = models.CharField(max_length=160)
    optional = models.BooleanField(default=False)
    open_since = models.DateField()
    due_on = models.DateField(null=True, db_index=True)
    shown_from = models.DateField(null=True)
    clock_since = models.DateField(null=True)
    limit_words = models.CharField(max_length=80, blank=True)
    limit_title = models.CharField(max_length=200, blank=True)
    cite = models.CharField(max_length=300, blank=True)
    confirmed = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "step"], name="openstep_once")]


class CaseParty(models.Model):
    """An organisation that acts in some step of a case; folded. It decides who may see a closed file."""

    case = models.ForeignKey(Case, models.CASCADE, db_index=False, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="acts_in")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "organisation"], name="caseparty_once")]


class StepActor(models.Model):
    """Who may take an open step: a role at an organisation; no organisation means the person themself."""

    open_step = models.ForeignKey(OpenStep, models.CASCADE, db_index=False, related_name="actors")
    role = models.CharField(max_length=32, choices=ROLE_CHOICES)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="steps_to_take")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["open_step", "role", "organisation"], nulls_distinct=False, name="stepactor_once"
            )
        ]

"""Accounts, their roles at organisations from one day until another, their tokens, and what was taken in already."""

from __future__ import annotations

import secrets
import uuid
from datetime import date, timedelta
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tochuc.access.roles import ROLE_CHOICES
from tochuc.kernel.days import FOREVER
from tochuc.org.models import DatedQuerySet, Organisation


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by their log-in name; opening one is ``access.actions.open_account``."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username__iexact=username)


class Account(AbstractBaseUser):
    """A person's (or service's) way in. Rights come only from its assignments."""

    username = models.CharField("tên đăng nhập", max_length=60, unique=True)
    full_name = models.CharField("họ và tên", max_length=120)
    is_active = models.BooleanField(default=True)
    opened_at = models.DateTimeField(auto_now_add=True)
    # Until then home shows three things to begin with.
    greeted_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects = AccountManager()
    # A day, and the roles held that day: where a request looked them up along with the account.
    roles_held: tuple[date, tuple[Assignment, ...]] | None = None

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        """The name that pages and the trail show."""
        return self.full_name


class Assignment(models.Model):
    """A role of an account at an organisation. A role is ended and given anew, never edited."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=32, choices=ROLE_CHOICES)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="assignments")
    since = models.DateField()
    until = models.DateField(default=FOREVER)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(since__lt=F("until")), name="assignment_days_in_order"),
            models.UniqueConstraint(
                fields=["account", "role", "organisation"],
                condition=Q(until=FOREVER),
                name="assignment_once_open",
            ),
        ]


class Submission(models.Model):
    """A form that was taken in, by the token it carried, so that sending it twice does it once."""

    token = models.UUIDField(primary_key=True, default=uuid.uuid4)
    account = models.ForeignKey(Account, models.CASCADE)
    path = models.CharField(max_length=300)
    answer = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)


def new_ref() -> str:
    """The part of a token's address."""
    return secrets.token_hex(5)


class AccessToken(models.Model):
    """A program's way in for an account until a moment; of what it shows only the digest is kept.

    ``hint`` is how the secret begins, so that its owner tells it from others.
    """

    ref = models.SlugField(max_length=20, unique=True, default=new_ref)
    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    name = models.CharField("tên mã", max_length=60)
    may_write = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=16)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(made_at__lt=F("expires_at")), name="token_ends_after_it_began"
            ),
            models.UniqueConstraint(
                fields=["account", "name"],
                condition=Q(revoked_at=None),
                name="token_once_by_that_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def last_day(self) -> date:
        """The day at whose end it runs out."""
        return timezone.localdate(self.expires_at - timedelta(microseconds=1))


class KeptAnswer(models.Model):
    """What a program was answered under a key of its own choice, so that asking again does nothing twice.

    ``asked`` is the digest of what was asked. The answer names people: it is kept for a day, no longer.
    """

    account = models.ForeignKey(Account, models.CASCADE)
    key = models.CharField(max_length=200)
    asked = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(blank=True)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="answer_once_by_key")]

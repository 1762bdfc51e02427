"""Whom and what the commands name: an account by its name, an organisation by its code."""

from __future__ import annotations

from django.core.management import CommandError

from tochuc.access.models import Account
from tochuc.audit.record import NOBODY, Actor
from tochuc.org.models import Organisation


def account_named(username: str) -> Account:
    """The account of this name."""
    account = Account.objects.filter(username__iexact=username).first()
    if account is None:
        raise CommandError(f"Không có tài khoản «{username}».")
    return account


def actor_named(username: str | None) -> Actor:
    """Who does it, as the trail names them; nobody where no account is named."""
    if username is None:
        return NOBODY
    account = account_named(username)
    return Actor(account.pk, account.full_name)


def organisation_coded(code: str) -> Organisation:
    """The organisation of this code."""
    organisation = Organisation.objects.filter(code=code).first()
    if organisation is None:
        raise CommandError(f"Không có tổ chức mã «{code}».")
    return organisation

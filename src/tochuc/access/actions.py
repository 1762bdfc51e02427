"""Opening accounts and giving roles."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from tochuc.access.clock import now
from tochuc.access.models import Account, Assignment
from tochuc.access.roles import ROLES
from tochuc.audit.record import Actor, record
from tochuc.kernel.errors import Refused
from tochuc.org.models import Organisation


@transaction.atomic
def open_account(*, username: str, full_name: str, password: str, by: Actor) -> Account:
    """Open an account; it has no right until a role is given."""
    if Account.objects.filter(username__iexact=username).exists():
        raise Refused("username_taken", f"Tên đăng nhập «{username}» đã có người dùng.", "username")
    account = Account(username=username, full_name=full_name)
    account.set_password(password)
    account.save()
    record(by, "account.created", kind="account", key=username)
    return account


def greet(account: Account) -> None:
    """Remember that this person has seen what to begin with."""
    Account.objects.filter(pk=account.pk, greeted_at=None).update(greeted_at=now())


@transaction.atomic
def give_role(
    account: Account, role: str, organisation: Organisation, *, since: date, by: Actor
) -> Assignment:
    """Give an account a role at an organisation from a day on."""
    if role not in ROLES:
        raise Refused("role_unknown", f"Không có vai trò «{role}».", "role")
    given = Assignment.objects.create(account=account, role=role, organisation=organisation, since=since)
    record(
        by,
        "assignment.given",
        stream=organisation.code,
        kind="account",
        key=account.username,
        data={"role": role, "since": str(since)},
    )
    return given


@transaction.atomic
def end_role(assignment: Assignment, *, on: date, by: Actor) -> None:
    """End a role from a day on; the past keeps it."""
    assignment.until = on
    assignment.save(update_fields=["until"])
    record(
        by,
        "assignment.ended",
        stream=assignment.organisation.code,
        kind="account",
        key=assignment.account.username,
        data={"role": assignment.role, "on": str(on)},
    )

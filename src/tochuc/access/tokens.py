"""Tokens (mã truy cập): a program's way in for an account, until a day, for reading or for writing too.

The secret is random, shown once and kept as a digest only: whoever reads the database gets in with nothing.
A token has its account's rights and never more; making tokens, passwords and sessions lie outside its reach.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from tochuc.access.models import AccessToken, Account
from tochuc.audit.record import Actor, record
from tochuc.kernel.errors import Refused

# Begins every secret, so that one left in a file or a message is recognised for what it is.
PREFIX = "tochuc_"
MOST_DAYS = 365
MOST_TOKENS = 20
# How exactly the last use is told: one row written a minute, not one for each question.
_EXACT = timedelta(minutes=1)


@transaction.atomic
def make(
    account: Account, *, name: str, may_write: bool, days: int, at: datetime, by: Actor
) -> tuple[AccessToken, str]:
    """Make a token that lets in until the end of a day; give it and its secret, which nobody is shown again."""
    words = " ".join(name.split())
    if not words:
        raise Refused("no_name", "Cần đặt tên cho mã, ví dụ tên phần mềm sẽ dùng.", "name")
    if not 1 <= days <= MOST_DAYS:
        raise Refused("days", f"Thời hạn từ 1 đến {MOST_DAYS} ngày.", "days")
    # Held, so that of two made at once the second sees the first.
    Account.objects.select_for_update().get(pk=account.pk)
    standing = AccessToken.objects.filter(account=account, revoked_at=None)
    if standing.filter(name=words).exists():
        raise Refused("name_taken", f"Đã có mã tên «{words}»; hãy đặt tên khác hoặc thu hồi mã cũ.", "name")
    if standing.filter(expires_at__gt=at).count() >= MOST_TOKENS:
        raise Refused(
            "too_many", f"Mỗi tài khoản giữ nhiều nhất {MOST_TOKENS} mã; hãy thu hồi mã không dùng."
        )
    secret = PREFIX + secrets.token_urlsafe(32)
    token = AccessToken.objects.create(
        account=account,
        name=words,
        may_write=may_write,
        digest=_digest(secret),
        hint=secret[: len(PREFIX) + 4],
        made_at=at,
        expires_at=_end_of(timezone.localdate(at) + timedelta(days=days)),
    )
    _note(token, "token.made", by, until=token.last_day.isoformat(), may_write=may_write)
    return token, secret


@transaction.atomic
def revoke(token: AccessToken, *, at: datetime, by: Actor) -> None:
    """End a token at once; one that was ended before stays as it is."""
    if AccessToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at):
        _note(token, "token.revoked", by)


@transaction.atomic
def revoke_all(account: Account, *, at: datetime, by: Actor) -> int:
    """End all of an account's tokens, as when its password is changed; give how many."""
    ended = [t for t in of(account) if t.revoked_at is None]
    for token in ended:
        revoke(token, at=at, by=by)
    return len(ended)


def of(account: Account) -> QuerySet[AccessToken]:
    """An account's tokens that weren't revoked, newest first; those that ran out too."""
    return AccessToken.objects.filter(account=account, revoked_at=None).order_by("-made_at", "-pk")


def admitted(secret: str, at: datetime) -> AccessToken | None:
    """The token of a secret, if it still lets in; None for any other word."""
    if not secret.startswith(PREFIX) or len(secret) > 100:
        return None
    standing = AccessToken.objects.filter(
        revoked_at=None, made_at__lte=at, expires_at__gt=at, account__is_active=True
    )
    found = standing.select_related("account").filter(digest=_digest(secret)).first()
    if found is not None:
        _touch(found, at)
    return found


def note_write(token: AccessToken, operation: str, path: str, *, by: Actor) -> None:
    """Leave in the trail that something was written through a token; call in the write's own transaction."""
    # A stream of its own: programs that write at once shouldn't wait for one chain.
    stream = f"token:{token.ref}"
    said = {"name": token.name, "operation": operation, "path": path}
    record(by, "token.wrote", stream=stream, kind="token", key=token.ref, data=said)


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _touch(token: AccessToken, at: datetime) -> None:
    stale = Q(used_at=None) | Q(used_at__lt=at - _EXACT)
    if token.used_at is None or token.used_at < at - _EXACT:
        AccessToken.objects.filter(stale, pk=token.pk).update(used_at=at)


def _note(token: AccessToken, action: str, by: Actor, **data: object) -> None:
    record(by, action, kind="token", key=token.ref, data={"name": token.name, **data})


def _digest(secret: str) -> str:
    # The secret is 256 random bits, so a plain digest can't be guessed back as a password's could.
    return hashlib.sha256(secret.encode()).hexdigest()

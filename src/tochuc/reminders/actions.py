"""Setting where one is reminded: the address of the weekly message, the calendar's secret address."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from tochuc.access.models import Account
from tochuc.audit.record import Actor, record
from tochuc.kernel.errors import Refused
from tochuc.reminders.models import Reminder


@transaction.atomic
def set_address(account: Account, email: str, *, by: Actor) -> None:
    """Send the weekly message to this address from now on; an empty one ends it."""
    given = email.strip()
    if given:
        try:
            validate_email(given)
        except ValidationError:
            raise Refused("email", f"«{given}» không phải địa chỉ thư điện tử.", "email") from None
    wish, _ = Reminder.objects.select_for_update().get_or_create(account=account)
    if wish.email == given:
        return
    wish.email = given
    wish.save(update_fields=["email"])
    record(by, "reminder.address", kind="account", key=account.username, data={"on": bool(given)})


@transaction.atomic
def open_calendar(account: Account, *, at: datetime, by: Actor) -> str:
    """Give the calendar a new secret address; an older one ends. The secret is told once and kept as a digest only."""
    secret = secrets.token_urlsafe(32)
    wish, _ = Reminder.objects.select_for_update().get_or_create(account=account)
    wish.calendar_digest, wish.calendar_since = digest_of(secret), at
    wish.save(update_fields=["calendar_digest", "calendar_since"])
    record(by, "reminder.calendar_opened", kind="account", key=account.username)
    return secret


@transaction.atomic
def close_calendar(account: Account, *, by: Actor) -> None:
    """End the calendar's address at once."""
    ended = Reminder.objects.filter(account=account).exclude(calendar_digest="")
    if ended.update(calendar_digest="", calendar_since=None):
        record(by, "reminder.calendar_closed", kind="account", key=account.username)


def digest_of(secret: str) -> str:
    """What is kept of a secret; it is 256 random bits, so a plain digest can't be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()

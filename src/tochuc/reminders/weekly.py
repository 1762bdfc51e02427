"""The weekly message: once a week to everyone who gave an address and has something due by the end of the month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from tochuc.access.clock import now
from tochuc.access.viewer import Viewer
from tochuc.reminders.models import Reminder, WeeklyMessage
from tochuc.reminders.queries import monday_of, waiting_for
from tochuc.reminders.summary import message, pressing


def send_all(today: date) -> Iterator[tuple[str, int | None]]:
    """Send what is to go out this week. Yields each account with how many duties were told, None where it failed.

    Safe to run again: who got this week's message gets no second one, and who couldn't be reached is tried again.
    """
    wishes = list(waiting_for(monday_of(today)))
    if not wishes:
        return
    connection = get_connection()
    for wish in wishes:
        try:
            count = _send(wish, today, connection)
        except (SMTPException, OSError):
            yield wish.account.username, None
            continue
        if count:
            yield wish.account.username, count


@transaction.atomic
def _send(wish: Reminder, today: date, connection: BaseEmailBackend) -> int:
    heaps = pressing(Viewer(wish.account, today))
    total = sum(heap.count for heap in heaps)
    if not total:
        return 0
    # Written before it is sent: of two runs at once the second waits here and then finds it done.
    _row, is_new = WeeklyMessage.objects.get_or_create(
        account=wish.account,
        week=monday_of(today),
        defaults={"email": wish.email, "sent_at": now(), "duties": total},
    )
    if not is_new:
        return 0
    subject, text = message(heaps, today, settings.TOCHUC_ADDRESS)
    EmailMessage(subject, text, to=[wish.email], connection=connection).send()
    return total

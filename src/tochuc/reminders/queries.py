"""Reading reminders: one's wishes, who gets a weekly message, whose calendar a secret opens."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet

from tochuc.access.models import Account
from tochuc.reminders.actions import digest_of
from tochuc.reminders.models import Reminder, WeeklyMessage


def wishes_of(account: Account) -> Reminder:
    """An account's wishes; where there are none yet, empty ones that aren't kept."""
    return Reminder.objects.filter(account=account).first() or Reminder(account=account)


def latest_message(account: Account) -> WeeklyMessage | None:
    """The last weekly message that went out to an account."""
    return account.weekly_messages.order_by("-week").first()


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def waiting_for(week: date) -> QuerySet[Reminder]:
    """Those whose message of this week hasn't gone out."""
    wishes = Reminder.objects.exclude(email="").filter(account__is_active=True)
    sent = WeeklyMessage.objects.filter(week=week).values("account")
    return wishes.exclude(account__in=sent).select_related("account").order_by("pk")


def calendar_owner(secret: str) -> Account | None:
    """The account whose calendar this secret opens; None for any other word."""
    if not 20 <= len(secret) <= 100:
        return None
    wish = Reminder.objects.select_related("account").filter(calendar_digest=digest_of(secret)).first()
    return wish.account if wish is not None and wish.account.is_active else None

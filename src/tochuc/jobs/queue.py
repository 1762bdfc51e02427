"""Asking for long work, stopping it, and looking at what one asked for."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from tochuc.access.clock import now
from tochuc.access.models import Account
from tochuc.jobs.models import STOPPED, WAITING, Job
from tochuc.kernel.errors import Conflict
from tochuc.org.models import Organisation

WAITS = "Đang chờ đến lượt"


@transaction.atomic
def ask(
    kind: str,
    title: str,
    *,
    organisation: Organisation,
    account: Account,
    asked: dict[str, Any],
    back: str = "",
) -> Job:
    """Put work in the queue. The same work still going on for the same account is not asked for twice.

    ``back`` is the page that asks for it, where what is refused is mended.
    """
    going = Job.objects.filter(account=account, kind=kind, asked=asked, state__in=("waiting", "running"))
    if (earlier := going.first()) is not None:
        return earlier
    return Job.objects.create(
        kind=kind,
        title=title[:200],
        organisation=organisation,
        account=account,
        asked=asked,
        words=WAITS,
        back=back,
        made_at=now(),
    )


@transaction.atomic
def stop(job: Job) -> None:
    """Stop work: at once while it waits, at the next step while it runs."""
    locked = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if not locked.going_on:
        raise Conflict("job.ended", "Công việc này đã kết thúc nên không dừng được nữa.")
    if locked.state == WAITING:
        locked.state, locked.ended_at = STOPPED, now()
    locked.stop_asked = True
    locked.save(update_fields=["state", "ended_at", "stop_asked"])


def of(account: Account) -> QuerySet[Job]:
    """What an account asked for, newest first."""
    return Job.objects.filter(account=account).select_related("organisation").order_by("-made_at", "-pk")


def forget(kind: str, asked: dict[str, Any]) -> None:
    """Throw away what came of this work; that it was done stays."""
    Job.objects.filter(kind=kind, asked=asked).update(answer={}, url="")


def latest(kind: str, asked: dict[str, Any], account: Account) -> Job | None:
    """The last job of an account that was asked for just this."""
    return Job.objects.filter(kind=kind, asked=asked, account=account).order_by("-made_at", "-pk").first()

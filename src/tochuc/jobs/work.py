"""Doing the work of the queue: one job after another, each whole or not at all."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from tochuc.access.clock import now
from tochuc.jobs.models import DONE, FAILED, RUNNING, STOPPED, WAITING, Job
from tochuc.jobs.progress import Stopped, Teller, teller
from tochuc.jobs.queue import WAITS
from tochuc.kernel.errors import DomainError, Refusals

_LOCK = "SELECT pg_try_advisory_lock(hashtextextended('jobs.worker', 7))"
_MOST_ATTEMPTS = 2
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """What came of a job: where it is seen, what the page there needs, and in words what was done and what next."""

    url: str
    data: dict[str, Any] = field(default_factory=dict)
    said: str = ""


class CannotBeDone(Exception):
    """The work can't be done; the message says why, in plain Vietnamese."""


Handler = Callable[[Job, Teller], Answer]
_HANDLERS: dict[str, Handler] = {}
_BY_THEMSELVES: set[str] = set()


def handles(kind: str, *, by_itself: bool = False) -> Callable[[Handler], Handler]:
    """Declare what does the jobs of a kind; it runs in the transaction in which the job ends.

    ``by_itself``: it keeps transactions of its own, as work does that reads much as of one moment.
    """

    def declare(handler: Handler) -> Handler:
        if by_itself:
            _BY_THEMSELVES.add(kind)
        if _HANDLERS.setdefault(kind, handler) is not handler:
            raise ValueError(f"jobs of kind {kind!r} handled twice")
        return handler

    return declare


def become_worker() -> bool:
    """Whether this process is the one that works, for as long as its connection stays open.

    What a worker that died left running goes back to the queue: its transaction left nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
        row = cursor.fetchone()
    if not row or not row[0]:
        return False
    left = Job.objects.filter(state=RUNNING)
    left.filter(attempts__gte=_MOST_ATTEMPTS).update(
        state=FAILED, ended_at=now(), error="Công việc bị ngắt nhiều lần. Chưa ghi gì. Hãy thử lại."
    )
    left.filter(attempts__lt=_MOST_ATTEMPTS).update(state=WAITING, done=0, total=0, words=WAITS)
    return True


def work_once() -> bool:
    """Do the job that has waited longest; False where none waits."""
    job = _taken()
    if job is None:
        return False
    with teller(job.pk) as tell:
        try:
            _do(job, tell)
        except Stopped:
            _end(job, STOPPED, "")
        except (DomainError, CannotBeDone) as refused:
            _end(job, FAILED, _why(refused))
        except Exception:
            number = uuid.uuid4().hex[:8]
            _log.exception("job %s failed, number %s", job.ref, number)
            _end(job, FAILED, f"Có lỗi ngoài dự kiến. Chưa ghi gì. Số lỗi để báo hỗ trợ: {number}.")
    return True


@transaction.atomic
def _taken() -> Job | None:
    job = Job.objects.select_for_update(skip_locked=True).filter(state=WAITING).order_by("made_at").first()
    if job is None:
        return None
    job.state, job.began_at, job.attempts = RUNNING, now(), job.attempts + 1
    job.save(update_fields=["state", "began_at", "attempts"])
    return Job.objects.select_related("account", "organisation").get(pk=job.pk)


def _do(job: Job, tell: Teller) -> None:
    if job.kind not in _HANDLERS:
        raise LookupError(f"no handler for jobs of kind {job.kind!r}")
    if job.kind in _BY_THEMSELVES:
        _finish(job, _HANDLERS[job.kind](job, tell))
        return
    with transaction.atomic():
        # With the work itself: a job is done exactly when what it wrote is there.
        _finish(job, _HANDLERS[job.kind](job, tell))


def _why(refused: Exception) -> str:
    """Why it can't be done, a line for each objection."""
    if isinstance(refused, Refusals):
        return "\n".join(one.message for one in refused.errors)
    return getattr(refused, "message", "") or str(refused)


def _finish(job: Job, answer: Answer) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=DONE, ended_at=now(), url=answer.url, answer=answer.data, said=answer.said, words=""
    )


def _end(job: Job, state: str, error: str) -> None:
    Job.objects.filter(pk=job.pk).update(state=state, ended_at=now(), error=error, words="")

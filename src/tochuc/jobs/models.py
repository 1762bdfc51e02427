"""A piece of long work: who asked for it, how far it is, what came of it."""

from __future__ import annotations

import secrets

from django.db import models

from tochuc.access.models import Account
from tochuc.org.models import Organisation

WAITING, RUNNING, DONE, FAILED, STOPPED = "waiting", "running", "done", "failed", "stopped"
STATES = [
    (WAITING, "Đang chờ"),
    (RUNNING, "Đang chạy"),
    (DONE, "Đã xong"),
    (FAILED, "Không làm được"),
    (STOPPED, "Đã dừng"),
]


def new_ref() -> str:
    """The part of a job's address."""
    return secrets.token_hex(8)


class Job(models.Model):
    """One piece of work. ``asked`` is what its kind needs to do it, ``answer`` what came of it.

    ``words`` says what is being done just now, ``done`` of ``total`` how far it is; ``url`` is where what came
    of it is seen, ``said`` what came of it and what next, ``error`` why nothing did (a line for each reason).
    ``back`` is the page from which it was asked for, where it is mended and asked for again.
    """

    ref = models.SlugField(max_length=20, unique=True, default=new_ref)
    kind = models.CharField(max_length=32)
    title = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="jobs")
    asked = models.JSONField(default=dict)
    state = models.CharField(max_length=16, choices=STATES, default=WAITING)
    words = models.CharField(max_length=120, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    stop_asked = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    answer = models.JSONField(default=dict)
    url = models.TextField(blank=True)
    said = models.TextField(blank=True)
    error = models.TextField(blank=True)
    back = models.TextField(blank=True)
    made_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["made_at"], name="job_waiting", condition=models.Q(state__in=[WAITING, RUNNING])
            ),
            models.Index(fields=["account", "made_at"], name="job_of_account"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[code for code, _ in STATES]), name="job_state_known"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def going_on(self) -> bool:
        """Whether something is still to come of it."""
        return self.state in (WAITING, RUNNING)

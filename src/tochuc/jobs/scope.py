"""How jobs are reached: by whoever asked for them."""

from __future__ import annotations

from django.db.models import Q

from tochuc.access.reach import Reach, register
from tochuc.jobs.models import Job

JOB = Reach(
    kind="job",
    model=Job,
    key="ref",
    read="job.read",
    place=lambda units, _day: Q(organisation__in=units),
    own=lambda account: Q(account=account),
    related=("organisation",),
)


def setup() -> None:
    """Register the kind; called once when the application is ready."""
    register(JOB)

"""All procedures, in the order in which people look for them."""

from __future__ import annotations

from tochuc.cases.registry import register
from tochuc.procedures import (
    admission,
    appeal,
    badge,
    badge_reissue,
    card,
    complaint,
    departure,
    discipline,
    exemption,
    organisation_discipline,
    recognition,
    removal,
    transfer,
)

ALL = (
    admission.RUNNING,
    recognition.RUNNING,
    transfer.RUNNING,
    exemption.RUNNING,
    removal.RUNNING,
    departure.RUNNING,
    discipline.RUNNING,
    appeal.RUNNING_DISCIPLINE,
    appeal.RUNNING_REMOVAL,
    complaint.RUNNING,
    organisation_discipline.RUNNING,
    badge.RUNNING,
    badge_reissue.RUNNING,
    *card.RUNNING,
)


def register_all() -> None:
    """Make every procedure runnable; called once when the application is ready."""
    for running in ALL:
        register(running)

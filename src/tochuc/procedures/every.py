"""All procedures, in the order in which people look for them."""

from __future__ import annotations

from tochuc.cases.registry import register
from tochuc.procedures import (
    abroad,
    admission,
    appeal,
    appointment,
    arrival,
    badge,
    badge_reissue,
    card,
    complaint,
    departure,
    discipline,
    election,
    exemption,
    organisation_appeal,
    organisation_discipline,
    readmission,
    recognition,
    removal,
    temporary_transfer,
    transfer,
)

ALL = (
    admission.RUNNING,
    readmission.RUNNING,
    recognition.RUNNING,
    transfer.RUNNING,
    arrival.RUNNING,
    temporary_transfer.RUNNING,
    abroad.RUNNING,
    exemption.RUNNING,
    removal.RUNNING,
    departure.RUNNING,
    discipline.RUNNING,
    appeal.RUNNING_DISCIPLINE,
    appeal.RUNNING_REMOVAL,
    complaint.RUNNING,
    organisation_discipline.RUNNING,
    organisation_appeal.RUNNING,
    badge.RUNNING,
    badge_reissue.RUNNING,
    *card.RUNNING,
    *appointment.RUNNING,
    *election.RUNNING,
)


def register_all() -> None:
    """Make every procedure runnable; called once when the application is ready."""
    for running in ALL:
        register(running)

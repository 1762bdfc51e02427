"""The due list of whoever works for an organisation of a story, as that person's page would show it that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tochuc.access.models import Account, Assignment
from tochuc.access.roles import CELL_SECRETARY, COMMUNE_SECRETARY, ORGANISATION_OFFICER
from tochuc.access.viewer import Viewer
from tochuc.duties.asking import everything
from tochuc.org.kinds import GRASSROOTS_KINDS, KINDS
from tochuc.org.models import Organisation


@dataclass(frozen=True)
class Row:
    """One row of a due list: what, whom it concerns, until when or since when it waits, and the
    document and article behind it.
    """

    at: str
    what: str
    whom: str
    on: date | None
    waiting_since: date | None
    source: str


def due_rows(place: Organisation, on: date) -> list[Row]:
    """Everything that is due of an organisation's secretary or officer as of the day."""
    viewer = Viewer(_account(place), on)
    return [
        Row(
            place.code,
            duty.what,
            duty.whom,
            None if duty.waits else duty.due_on,
            duty.due_on if duty.waits else None,
            duty.why.source,
        )
        for duty in everything(viewer)
    ]


def _account(place: Organisation) -> Account:
    """Somebody with the usual role there; lives as long as the story."""
    account, made = Account.objects.get_or_create(
        username=f"truyen-{place.code}"[:60], defaults={"full_name": "Người làm việc ở đây"}
    )
    if made:
        Assignment.objects.create(account=account, role=_role(place), organisation=place, since=place.since)
    return account


def _role(place: Organisation) -> str:
    if KINDS[place.kind].holds_members:
        return CELL_SECRETARY
    return COMMUNE_SECRETARY if place.kind in GRASSROOTS_KINDS else ORGANISATION_OFFICER

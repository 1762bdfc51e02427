"""Reading a long list as claims, and accepting many of them, beside the pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from tochuc.access import gate
from tochuc.access.clock import today
from tochuc.access.viewer import Viewer
from tochuc.exchange.imports import upload
from tochuc.exchange.intake.refused import Unreadable
from tochuc.jobs import queue
from tochuc.jobs.progress import Teller
from tochuc.jobs.queue import Job
from tochuc.jobs.work import Answer, CannotBeDone, handles
from tochuc.org.queries import Organisation
from tochuc.reconcile import deciding, reading
from tochuc.web.imports.jobs import is_large
from tochuc.web.organisations.place import page_of
from tochuc.web.reconcile import shown

__all__ = ["LARGE", "accept", "is_large", "read"]
READ, ACCEPT = "reconcile.read", "reconcile.accept"
NEEDS = "member.reconcile"
LARGE = 50
"""Claims from which accepting is done beside the pages: each is written into a record of its own."""


def read(viewer: Viewer, file: Any, organisation: Organisation, origin: str, as_of: date) -> Job:
    """Ask for a list to be read as claims."""
    return queue.ask(
        READ,
        f"Đối chiếu {file.name}",
        organisation=organisation,
        account=viewer.account,
        asked={"file": str(file.pk), "origin": origin, "as_of": as_of.isoformat()},
        back=page_of(organisation, "organisation_reconcile"),
    )


def accept(viewer: Viewer, made: Any, numbers: list[int], ground: str) -> Job:
    """Ask for claims to be taken into the record."""
    return queue.ask(
        ACCEPT,
        f"Chấp nhận {len(numbers)} điểm: {made.origin}",
        organisation=made.organisation,
        account=viewer.account,
        asked={"reconciliation": made.ref, "numbers": sorted(numbers), "ground": ground},
        back=reverse("reconciliation", args=[made.ref]),
    )


@handles(READ)
def _read(job: Job, tell: Teller) -> Answer:
    viewer, file = Viewer(job.account, today()), upload.kept(job.asked["file"])
    if file is None:
        raise CannotBeDone("Tệp của danh sách không còn nữa. Hãy tải lên lại.")
    try:
        made = reading.read(
            file,
            organisation=job.organisation,
            origin=job.asked["origin"],
            as_of=date.fromisoformat(job.asked["as_of"]),
            today=viewer.today,
            by=viewer.actor,
            progress=lambda done, total: tell("Đang đối chiếu dòng", done, total),
        )
    except Unreadable as refusal:
        raise CannotBeDone(refusal.message) from refusal
    return Answer(reverse("reconciliation", args=[made.ref]))


@handles(ACCEPT)
def _accept(job: Job, tell: Teller) -> Answer:
    viewer, ref = Viewer(job.account, today()), job.asked["reconciliation"]
    made = gate.visible(viewer, NEEDS, "reconciliation").filter(ref=ref).first()
    if made is None:
        raise CannotBeDone("Lần đối chiếu này không còn trong phạm vi của đồng chí.")
    done = deciding.accept(
        made,
        job.asked["numbers"],
        ground=job.asked["ground"],
        by=viewer.actor,
        today=viewer.today,
        tell=tell,
    )
    return Answer(
        reverse("reconciliation", args=[ref]), said=f"{shown.decided(done)} {shown.left(done)}".strip()
    )

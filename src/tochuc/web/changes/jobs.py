"""Undoing a large change set beside the pages: seeing what would go back, and doing it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from tochuc.access import gate
from tochuc.access.clock import today
from tochuc.access.viewer import Viewer
from tochuc.changes import actions, queries
from tochuc.jobs import queue
from tochuc.jobs.progress import Teller
from tochuc.jobs.queue import Job
from tochuc.jobs.work import Answer, CannotBeDone, handles
from tochuc.web.changes import shown

LOOK, UNDO = "changeset.look", "changeset.undo"
NEEDS = "changeset.undo"
LARGE = 150
"""Records from which a change set is looked at and undone beside the pages: fewer take no second."""


def is_large(changeset: Any) -> bool:
    """Whether looking through a change set, or undoing it, takes longer than a page may."""
    return queries.changes_of(changeset).count() > LARGE


def look(viewer: Viewer, changeset: Any) -> Job:
    """Ask what undoing would put back."""
    back = reverse("changeset", args=[changeset.ref])
    return _ask(LOOK, f"Xem trước hoàn tác: {changeset.name}", viewer, changeset, _looked(changeset), back)


def looked(viewer: Viewer, changeset: Any) -> Job | None:
    """The last time that was asked; None where it wasn't."""
    return queue.latest(LOOK, _looked(changeset), viewer.account)


def undo(viewer: Viewer, changeset: Any, reason: str) -> Job:
    """Ask for a change set to be undone."""
    asked = _looked(changeset) | {"reason": reason}
    back = reverse("changeset_undo", args=[changeset.ref])
    return _ask(UNDO, f"Hoàn tác: {changeset.name}", viewer, changeset, asked, back)


def _looked(changeset: Any) -> dict[str, Any]:
    return {"changeset": changeset.ref}


def _ask(kind: str, title: str, viewer: Viewer, changeset: Any, asked: dict[str, Any], back: str) -> Job:
    return queue.ask(
        kind,
        title,
        organisation=changeset.organisation,
        account=viewer.account,
        asked=asked,
        back=back,
    )


@handles(LOOK)
def _look(job: Job, tell: Teller) -> Answer:
    viewer, changeset = _fetched(job)
    url = reverse("changeset_undo", args=[changeset.ref])
    return Answer(url, shown.undoing(changeset, by=viewer.actor, tell=tell))


@handles(UNDO)
def _undo(job: Job, tell: Teller) -> Answer:
    viewer, changeset = _fetched(job)
    done = actions.undo(changeset, by=viewer.actor, reason=job.asked["reason"], tell=tell)
    # What was shown of the people isn't needed any more.
    queue.forget(LOOK, _looked(changeset))
    return Answer(reverse("changeset", args=[changeset.ref]), said=shown.undone(done))


def _fetched(job: Job) -> tuple[Viewer, Any]:
    viewer = Viewer(job.account, today())
    seen = gate.visible(viewer, NEEDS, "changeset")
    changeset = seen.select_related("organisation").filter(ref=job.asked["changeset"]).first()
    if changeset is None:
        raise CannotBeDone("Đợt thay đổi này không còn trong phạm vi của đồng chí.")
    return viewer, changeset

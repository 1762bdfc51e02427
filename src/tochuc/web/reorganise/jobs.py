"""Large plans beside the pages: looking at one, carrying it out, undoing it, with progress and a way to stop."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from tochuc.access import gate
from tochuc.access.clock import today
from tochuc.access.viewer import Viewer
from tochuc.jobs import queue
from tochuc.jobs.progress import Teller
from tochuc.jobs.queue import Job
from tochuc.jobs.work import Answer, CannotBeDone, handles
from tochuc.reorganise import actions, drafts, queries
from tochuc.reorganise.bounds import check_within
from tochuc.reorganise.plan import Decision
from tochuc.reorganise.preview import preview
from tochuc.reorganise.undoing import ChangedSince
from tochuc.web.reorganise import shown

LOOK, CARRY_OUT, UNDO = "plan.look", "plan.carry_out", "reorganisation.undo"
NEEDS = "organisation.arrange"
_RESTS = "Chưa hủy được, vì những việc ghi sau đây dựa vào phương án; hãy đính chính từng việc rồi hủy lại:"
_LISTED = 50
LARGE = 150
"""Organisations and people moved from which a plan is worked on beside the pages: less takes no second."""


def is_large(plan: Any) -> bool:
    """Whether looking at a plan, or carrying it out, takes longer than a page may."""
    return bool(plan.said["operations"]) and queries.weight(drafts.plan_of(plan)) > LARGE


def is_large_done(reorganisation: Any) -> bool:
    """Whether undoing a reorganisation takes longer than a page may."""
    return queries.weight_done(reorganisation) > LARGE


def look(viewer: Viewer, plan: Any) -> Job:
    """Ask for a plan to be looked at."""
    title = f"Xem trước: {plan.title}"
    return _ask(LOOK, title, viewer, plan.organisation, _looked(plan), reverse("plan", args=[plan.ref]))


def looked(viewer: Viewer, plan: Any) -> Job | None:
    """The last time a plan was looked at as it stands; None where it wasn't."""
    return queue.latest(LOOK, _looked(plan), viewer.account)


def carry_out(viewer: Viewer, plan: Any, decision: Decision, *, version: int, seen: str) -> Job:
    """Ask for a plan to be carried out as it was shown."""
    asked = {
        "plan": plan.ref,
        "version": version,
        "seen": seen,
        "number": decision.number,
        "on": decision.on.isoformat(),
        "by": decision.by,
    }
    back = reverse("plan_preview", args=[plan.ref])
    return _ask(CARRY_OUT, f"Thực hiện: {plan.title}", viewer, plan.organisation, asked, back)


def undo(viewer: Viewer, reorganisation: Any, reason: str) -> Job:
    """Ask for a reorganisation to be undone."""
    asked = {"reorganisation": reorganisation.ref, "reason": reason}
    back = reverse("reorganisation_undo", args=[reorganisation.ref])
    title = f"Hủy: {reorganisation.title}"
    return _ask(UNDO, title, viewer, reorganisation.organisation, asked, back)


def _looked(plan: Any) -> dict[str, Any]:
    return {"plan": plan.ref, "version": plan.version}


def _ask(kind: str, title: str, viewer: Viewer, organisation: Any, asked: dict[str, Any], back: str) -> Job:
    return queue.ask(kind, title, organisation=organisation, account=viewer.account, asked=asked, back=back)


@handles(LOOK)
def _look(job: Job, tell: Teller) -> Answer:
    viewer, plan = _viewer(job), _plan(job)
    asked = drafts.plan_of(plan)
    check_within(asked, gate.visible(viewer, NEEDS, "organisation"))
    found = preview(asked, by=viewer.actor, today=max(viewer.today, plan.day), tell=tell)
    return Answer(reverse("plan_preview", args=[plan.ref]), shown.preview(found, viewer))


@handles(CARRY_OUT)
def _carry_out(job: Job, tell: Teller) -> Answer:
    viewer, plan, asked = _viewer(job), _plan(job), job.asked
    decision = Decision(number=asked["number"], on=date.fromisoformat(asked["on"]), by=asked["by"])
    made = drafts.carry_out(
        plan,
        decision,
        version=asked["version"],
        mine=gate.visible(viewer, NEEDS, "organisation"),
        today=viewer.today,
        by=viewer.actor,
        seen=asked["seen"],
        tell=tell,
    )
    # What was shown of the people in the plan isn't needed any more.
    queue.forget(LOOK, {"plan": asked["plan"], "version": asked["version"]})
    return Answer(reverse("reorganisation", args=[made.ref]), said=shown.carried_out(made))


@handles(UNDO)
def _undo(job: Job, tell: Teller) -> Answer:
    viewer, ref = _viewer(job), job.asked["reorganisation"]
    made = gate.visible(viewer, NEEDS, "reorganisation").filter(ref=ref).first()
    if made is None:
        raise CannotBeDone("Phương án này không còn trong phạm vi của đồng chí.")
    try:
        actions.undo(made, by=viewer.actor, today=viewer.today, reason=job.asked["reason"], tell=tell)
    except ChangedSince as since:
        raise CannotBeDone("\n".join([_RESTS, *since.entries[:_LISTED]])) from since
    return Answer(reverse("reorganisation", args=[ref]), said=shown.undone(made))


def _viewer(job: Job) -> Viewer:
    return Viewer(job.account, today())


def _plan(job: Job) -> Any:
    plan = gate.visible(_viewer(job), NEEDS, "plan").filter(ref=job.asked["plan"]).first()
    if plan is None:
        raise CannotBeDone("Phương án này đã bỏ, hoặc không còn trong phạm vi của đồng chí.")
    return plan

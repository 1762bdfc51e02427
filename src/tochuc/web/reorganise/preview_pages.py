"""What a plan would do, and carrying it out by a decision; a large one is worked on beside the pages."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.jobs.queue import Job
from tochuc.kernel.errors import DomainError, Refusals
from tochuc.kernel.known_dates import day_vn
from tochuc.reorganise import actions, drafts
from tochuc.reorganise.bounds import check_within
from tochuc.reorganise.plan import Decision, Plan
from tochuc.reorganise.preview import preview
from tochuc.web.door import page
from tochuc.web.reorganise import jobs, shown
from tochuc.web.reorganise.forms import DecisionForm
from tochuc.web.reorganise.pages import plan_head

_NEEDS = jobs.NEEDS


@page("phuong-an/<plan:plan>/xem-truoc/", name="plan_preview", needs=_NEEDS, post=_NEEDS)
def plan_preview(request: HttpRequest, viewer: Viewer, plan: Any) -> HttpResponse:
    """Everything a plan would touch, before and after; then carry it out."""
    if plan.carried_out is not None:
        return redirect("reorganisation", plan.carried_out.ref)
    if "look" in request.POST:
        return _look(request, viewer, plan)
    kept = {
        name: getattr(plan, name) for name in ("decision_number", "decision_on", "decision_by", "version")
    }
    form = DecisionForm(request.POST if request.method == "POST" else None, initial=kept)
    large = jobs.is_large(plan)
    if request.method == "POST" and form.is_valid():
        act = _ask if large else _carry_out
        made = form.attempt(lambda: act(plan, form, request.POST.get("seen", ""), viewer))
        if isinstance(made, Job):
            return redirect("job", made.ref)
        if made is not None:
            messages.success(request, shown.carried_out(made))
            return redirect("reorganisation", made.ref)
    context = _about(viewer, plan) | {"form": form, "early": plan.day > viewer.today}
    if large:
        return _looked_before(request, jobs.looked(viewer, plan), context)
    try:
        # One whose day is still to come is looked at as if it were that day; it is carried out from then on.
        found = preview(_within(plan, viewer), by=viewer.actor, today=max(viewer.today, plan.day))
        context |= shown.preview(found, viewer)
    except DomainError as refusal:
        context |= _refused(refusal)
    return render(request, "reorganise/preview.html", context)


def _look(request: HttpRequest, viewer: Viewer, plan: Any) -> HttpResponse:
    """Ask for a large plan to be looked at, unless it is soon seen that it can't be."""
    try:
        actions.check(_within(plan, viewer))
    except DomainError as refusal:
        return render(request, "reorganise/preview.html", _about(viewer, plan) | _refused(refusal))
    return redirect("job", jobs.look(viewer, plan).ref)


def _about(viewer: Viewer, plan: Any) -> dict[str, Any]:
    return {
        **plan_head(viewer, plan, "Xem trước"),
        "page_title": "Xem trước phương án",
        "day_words": day_vn(plan.day),
    }


def _within(plan: Any, viewer: Viewer) -> Plan:
    """The plan as it stands; refused where it names what isn't the viewer's."""
    asked = drafts.plan_of(plan)
    check_within(asked, gate.visible(viewer, _NEEDS, "organisation"))
    return asked


def _refused(refusal: DomainError) -> dict[str, Any]:
    several = refusal.errors if isinstance(refusal, Refusals) else (refusal,)
    return {"refused": [one.message for one in several]}


def _looked_before(request: HttpRequest, job: Job | None, context: dict[str, Any]) -> HttpResponse:
    """What was found when it was last looked at; else the way to look at it."""
    if job is not None and job.going_on:
        return redirect("job", job.ref)
    if job is not None and job.answer:
        return render(request, "reorganise/preview.html", context | job.answer | {"looked_at": job.ended_at})
    about = context["plan"]
    lead = f"{about.title}, có hiệu lực từ ngày {context['day_words']}. Chưa thay đổi gì trong sổ."
    reasons = job.error.splitlines() if job else []
    return render(request, "jobs/to_look.html", context | {"lead": lead, "reasons": reasons})


def _decision(form: DecisionForm) -> Decision:
    given = form.cleaned_data
    return Decision(number=given["decision_number"], on=given["decision_on"], by=given["decision_by"])


def _ask(plan: Any, form: DecisionForm, seen: str, viewer: Viewer) -> Job:
    version = form.cleaned_data["version"]
    actions.check_days(drafts.plan_of(plan, _decision(form)), viewer.today)
    return jobs.carry_out(viewer, plan, _decision(form), version=version, seen=seen)


def _carry_out(plan: Any, form: DecisionForm, seen: str, viewer: Viewer) -> Any:
    return drafts.carry_out(
        plan,
        _decision(form),
        version=form.cleaned_data["version"],
        mine=gate.visible(viewer, _NEEDS, "organisation"),
        today=viewer.today,
        by=viewer.actor,
        seen=seen,
    )

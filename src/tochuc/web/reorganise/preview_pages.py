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
from tochuc.reorganise import drafts
from tochuc.reorganise.bounds import check_within
from tochuc.reorganise.plan import Decision
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
        return redirect("job", jobs.look(viewer, plan).ref)
    kept = {
        name: getattr(plan, name) for name in ("decision_number", "decision_on", "decision_by", "version")
    }
    form = DecisionForm(request.POST if request.method == "POST" else None, initial=kept)
    large = jobs.is_large(plan)
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("seen", "")
        if large:
            return redirect("job", _ask(plan, form, seen, viewer).ref)
        made = form.attempt(lambda: _carry_out(plan, form, seen, viewer))
        if made is not None:
            messages.success(request, shown.carried_out(made))
            return redirect("reorganisation", made.ref)
    context = {
        **plan_head(viewer, plan, "Xem trước"),
        "page_title": "Xem trước phương án",
        "form": form,
        "day_words": day_vn(plan.day),
        "early": plan.day > viewer.today,
    }
    if large:
        return _looked_before(request, jobs.looked(viewer, plan), context)
    return render(request, "reorganise/preview.html", context | _looked_at(plan, viewer))


def _looked_at(plan: Any, viewer: Viewer) -> dict[str, Any]:
    """What the plan would do, or why it can't be."""
    try:
        asked = drafts.plan_of(plan)
        check_within(asked, gate.visible(viewer, _NEEDS, "organisation"))
        # One whose day is still to come is looked at as if it were that day; it is carried out from then on.
        found = preview(asked, by=viewer.actor, today=max(viewer.today, plan.day))
        return shown.preview(found, viewer)
    except Refusals as several:
        return {"refused": [one.message for one in several.errors]}
    except DomainError as one:
        return {"refused": [one.message]}


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

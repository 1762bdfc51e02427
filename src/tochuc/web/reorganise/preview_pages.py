"""What a plan would do, and carrying it out by a decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.kernel.errors import DomainError, Refusals
from tochuc.kernel.known_dates import day_vn
from tochuc.reorganise import drafts
from tochuc.reorganise.bounds import check_within
from tochuc.reorganise.plan import Decision
from tochuc.reorganise.preview import preview
from tochuc.web.door import page
from tochuc.web.reorganise import shown
from tochuc.web.reorganise.forms import DecisionForm
from tochuc.web.reorganise.pages import plan_head

_NEEDS = "organisation.arrange"


@page("phuong-an/<plan:plan>/xem-truoc/", name="plan_preview", needs=_NEEDS, post=_NEEDS)
def plan_preview(request: HttpRequest, viewer: Viewer, plan: Any) -> HttpResponse:
    """Everything a plan would touch, before and after; then carry it out."""
    if plan.carried_out is not None:
        return redirect("reorganisation", plan.carried_out.ref)
    mine = gate.visible(viewer, _NEEDS, "organisation")
    kept = {
        name: getattr(plan, name) for name in ("decision_number", "decision_on", "decision_by", "version")
    }
    form = DecisionForm(request.POST if request.method == "POST" else None, initial=kept)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(lambda: _carry_out(plan, form, viewer))
        if made is not None:
            messages.success(
                request, f"Đã thực hiện phương án «{made.title}». Còn hủy được cho đến khi khóa phương án."
            )
            return redirect("reorganisation", made.ref)
    context = {
        **plan_head(viewer, plan, "Xem trước"),
        "page_title": "Xem trước phương án",
        "form": form,
        "day_words": day_vn(plan.day),
    }
    try:
        asked = drafts.plan_of(plan)
        check_within(asked, mine)
        context |= shown.preview(preview(asked, by=viewer.actor, today=viewer.today), viewer)
    except Refusals as several:
        context["refused"] = [one.message for one in several.errors]
    except DomainError as one:
        context["refused"] = [one.message]
    return render(request, "reorganise/preview.html", context)


def _carry_out(plan: Any, form: DecisionForm, viewer: Viewer) -> Any:
    given = form.cleaned_data
    decision = Decision(number=given["decision_number"], on=given["decision_on"], by=given["decision_by"])
    return drafts.carry_out(
        plan,
        decision,
        version=given["version"],
        mine=gate.visible(viewer, _NEEDS, "organisation"),
        today=viewer.today,
        by=viewer.actor,
    )

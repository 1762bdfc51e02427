"""What a cell was asked about lists from elsewhere: one person, what each says, which is right."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tochuc.access.viewer import Viewer
from tochuc.org.queries import Organisation
from tochuc.reconcile import deciding, queries
from tochuc.web.door import page
from tochuc.web.organisations.place import page_of, place_of
from tochuc.web.reconcile import shown
from tochuc.web.reconcile.forms import AnswerForm

_HERE = "Trả lời đối chiếu"


@page(
    "to-chuc/<organisation:organisation>/tra-loi-doi-chieu/",
    name="cell_claims",
    needs="member.clean",
    post="member.clean",
)
def cell_claims(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """The first question that waits, and how many more there are."""
    waiting = list(queries.asked([organisation.pk]))
    number = request.POST.get("claim", "") if request.method == "POST" else ""
    claim = next((one for one in waiting if str(one.pk) == number), waiting[0] if waiting else None)
    form = AnswerForm(request.POST if number else None)
    if number and claim is not None and str(claim.pk) == number and form.is_valid():
        given = form.cleaned_data
        done = form.attempt(
            lambda: deciding.answer(claim, given["right"], given["words"], by=viewer.actor) or True
        )
        if done:
            messages.success(request, f"Đã gửi câu trả lời về đồng chí {claim.name}.")
            return redirect("cell_claims", organisation.code)
    context = {
        "page_title": f"{_HERE}: {organisation.name}",
        "breadcrumb": place_of(viewer, organisation).breadcrumb(_HERE),
        "claim": claim,
        "says": shown.says(claim) if claim else "",
        "more": len(waiting) - 1,
        "form": form,
        "back": page_of(organisation, "organisation_desk"),
    }
    return render(request, "reconcile/cell.html", context)

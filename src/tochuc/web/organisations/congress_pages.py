"""Congresses of an organisation: recorded, and taken back where recorded wrongly."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tochuc.access.viewer import Viewer
from tochuc.kernel.known_dates import day_vn
from tochuc.org.congresses import congresses, hold_congress, take_back
from tochuc.org.queries import Organisation
from tochuc.web.door import page
from tochuc.web.fields import Line
from tochuc.web.forms import DayField, Form
from tochuc.web.organisations.place import head, page_of, place_of


class CongressForm(Form):
    """A congress that was held."""

    on = DayField(
        label="Ngày bế mạc đại hội", help_text="Nhiệm kỳ tính từ ngày này. Ngày/tháng/năm, ví dụ 1/4/2023"
    )
    decision = Line(
        label="Quyết định chuẩn y kết quả",
        longest=80,
        required=False,
        help_text="Số, ký hiệu, ví dụ 45-QĐ/ĐU",
    )


class TakeBackForm(Form):
    """Why a congress was recorded wrongly."""

    reason = Line(label="Lý do bỏ ghi nhận")
    event = forms.IntegerField(label="Đại hội", widget=forms.HiddenInput)


@page(
    "to-chuc/<organisation:organisation>/dai-hoi/",
    name="organisation_congress",
    needs="organisation.congress",
    post="organisation.congress",
)
def organisation_congress(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """The congresses recorded so far, and the form to record another."""
    place = place_of(viewer, organisation)
    form = CongressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        held = form.attempt(
            lambda: hold_congress(
                organisation,
                on=on,
                today=viewer.today,
                by=viewer.actor,
                decision=form.cleaned_data["decision"],
            )
        )
        if held is not None:
            messages.success(request, f"Đã ghi đại hội của {organisation.name}, bế mạc ngày {day_vn(on)}.")
            return redirect(page_of(organisation, "organisation_congress"))
    context = {
        **head(place, "", "Đại hội"),
        "page_title": "Đại hội",
        "tabs": [],
        "form": form,
        "held": list(congresses(organisation)),
        "back": page_of(organisation),
    }
    return render(request, "organisations/congress.html", context)


@page(
    "to-chuc/<organisation:organisation>/dai-hoi/bo-ghi/",
    name="organisation_congress_void",
    needs="organisation.congress",
    post="organisation.congress",
)
def organisation_congress_void(
    request: HttpRequest, viewer: Viewer, organisation: Organisation
) -> HttpResponse:
    """Take back one congress; asks why."""
    sent = request.POST if request.method == "POST" else None
    form = TakeBackForm(sent, initial={"event": request.GET.get("lan", "")})
    if sent is not None and form.is_valid():
        done = form.attempt(lambda: _take_back(organisation, form, viewer))
        if done:
            messages.success(request, "Đã bỏ ghi nhận đại hội; mục đã ghi vẫn còn trong nhật ký.")
            return redirect(page_of(organisation, "organisation_congress"))
    back = page_of(organisation, "organisation_congress")
    context = {
        "page_title": "Bỏ ghi nhận đại hội",
        "breadcrumb": place_of(viewer, organisation).breadcrumb(("Đại hội", back), "Bỏ ghi nhận"),
        "form": form,
        "organisation": organisation,
        "back": back,
    }
    return render(request, "organisations/congress_void.html", context, status=422 if form.errors else 200)


def _take_back(organisation: Organisation, form: TakeBackForm, viewer: Viewer) -> bool:
    take_back(organisation, form.cleaned_data["event"], by=viewer.actor, reason=form.cleaned_data["reason"])
    return True

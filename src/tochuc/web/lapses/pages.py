"""A member's meetings and dues of a year with the months that count, and what the cell said about them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.kernel.months import month_vn
from tochuc.lapses import actions, queries
from tochuc.lapses.grounds import GROUNDS, OUTCOME_CHOICES, OUTCOMES
from tochuc.members.actions import note_read
from tochuc.members.queries import Person
from tochuc.web.door import page
from tochuc.web.fields import Words
from tochuc.web.forms import DayField, Form
from tochuc.web.organisations.asked import year_asked
from tochuc.web.organisations.place import person_head

_FIRST_YEAR = 2000


class ConsiderForm(Form):
    """What the cell said about the months of one ground."""

    ground = forms.ChoiceField(label="Nội dung xem xét", choices=[("", "")], widget=forms.RadioSelect)
    on = DayField(label="Ngày chi bộ xem xét")
    outcome = forms.ChoiceField(label="Kết quả", choices=OUTCOME_CHOICES, widget=forms.RadioSelect)
    note = Words(label="Lý do, ý kiến của đảng viên và của chi bộ", rows=3, longest=500)

    def __init__(self, lapses: list[queries.Lapse], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [  # type: ignore[attr-defined]
            (one.ground, f"{GROUNDS[one.ground]}: {', '.join(month_vn(m) for m in one.months)}")
            for one in lapses
        ]


@page(
    "dang-vien/<person:person>/sinh-hoat-dang-phi/",
    name="member_lapses",
    needs="lapse.read",
    post="lapse.record",
)
def member_lapses(request: HttpRequest, viewer: Viewer, person: Person) -> HttpResponse:
    """A year of one member: meetings, months that count, what the cell said; the member sees all of it."""
    note_read(person, by=viewer.actor, part="attendance")
    year = year_asked(request, viewer.today.year, range(_FIRST_YEAR, viewer.today.year + 1))
    lapses = queries.lapse_list(person, year, viewer.today)
    records = gate.may(viewer, "lapse.record", "person", person)
    form = ConsiderForm(
        lapses,
        request.POST if request.method == "POST" else None,
        initial={"on": viewer.today, "ground": lapses[0].ground if lapses else ""},
    )
    own = reverse("member_lapses", args=[person.ref])
    if form.is_bound and form.is_valid():
        cell = person.home
        if cell is None:
            raise Http404
        given = form.cleaned_data
        months = next((one.months for one in lapses if one.ground == given["ground"]), ())
        if form.attempt(
            lambda: actions.consider(
                person, cell, **given, months=months, by=viewer.actor, today=viewer.today
            )
        ):
            messages.success(request, f"Đã ghi kết quả xem xét đối với {person.full_name}.")
            return redirect(f"{own}?nam={year}")
    context = {
        **person_head(viewer, person, f"Sinh hoạt và đảng phí: {person.full_name}", "Sinh hoạt và đảng phí"),
        "year": year,
        "years": [(y, f"{own}?nam={y}", y == year) for y in (viewer.today.year, viewer.today.year - 1)],
        "meetings": [
            {"name": f"{one.on:%d/%m/%Y}", "cells": [one.kind, one.words, one.reason, one.cell]}
            for one in queries.attended(person, year)
        ],
        "no_meeting": f"Năm {year}, chi bộ chưa ghi điểm danh buổi nào có {person.full_name}.",
        "columns": [
            {"label": "Ngày"},
            {"label": "Loại"},
            {"label": "Có mặt", "fact": True},
            {"label": "Lý do"},
            {"label": "Chi bộ"},
        ],
        "lapses": [_shown(person, one) for one in lapses],
        "considered": [
            {
                "on": one.considered_on,
                "title": GROUNDS[one.ground],
                "months": ", ".join(month_vn(m) for m in one.months),
                "outcome": OUTCOMES[one.outcome],
                "note": one.note,
            }
            for one in queries.considered_of(person)
        ],
        "form": form if records and lapses else None,
        "dues_url": reverse("member_dues", args=[person.ref]),
    }
    return render(request, "lapses/member.html", context)


def _shown(person: Person, one: queries.Lapse) -> dict[str, Any]:
    asked = {"ground": one.ground, "months": " ".join(month_vn(month) for month in one.months)}
    begin = reverse("case_begin", args=[person.ref, "removal"])
    return {
        "title": GROUNDS[one.ground],
        "months": ", ".join(month_vn(month) for month in one.months),
        "n": len(one.months),
        "why": one.limit.why if one.limit else "",
        "limit": one.limit.words if one.limit else "",
        "enough": one.enough,
        "waiting": bool(one.waiting),
        "removal_url": f"{begin}?{urlencode(asked)}" if one.enough else "",
    }

"""Party cards of a branch: who waits for one, whose to take in, what runs, what was given over a period."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.cases import many, queries
from tochuc.cases.rights import may_open
from tochuc.lists import card_lists
from tochuc.lists.card_lists import Without
from tochuc.org.queries import Organisation
from tochuc.procedures.card import ISSUE, WITHDRAWAL
from tochuc.web.badges.pages import tell
from tochuc.web.cases.pages import address as case_address
from tochuc.web.door import page
from tochuc.web.forms import DayField, Form
from tochuc.web.organisations.asked import day_asked
from tochuc.web.organisations.place import head, page_of, place_of, record_of


class IssueForm(Form):
    """Asking for cards for those who have none."""

    on = DayField(label="Ngày lập danh sách")

    def __init__(self, without: list[Without], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {one.person.ref: one.person for one in without}
        self.fields["chosen"] = forms.MultipleChoiceField(
            label="Đề nghị phát thẻ cho",
            choices=[
                (
                    ref,
                    f"{person.full_name}, {person.birth_on.year}, {person.home.short_name if person.home else ''}",
                )
                for ref, person in self.people.items()
            ],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Chưa chọn ai; hãy đánh dấu ít nhất một người."},
        )
        self.initial.setdefault("chosen", [one.person.ref for one in without if one.since])


@page(
    "to-chuc/<organisation:organisation>/the-dang-vien/",
    name="card_list",
    needs="card.list",
    post="card.list",
)
def card_list(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """The cards of a branch; sends the names for whom cards are asked."""
    without = card_lists.without_card(organisation, viewer.today)
    may = may_open(viewer, organisation, ISSUE.opened_by)
    form = IssueForm(
        without, request.POST if request.method == "POST" else None, initial={"on": viewer.today}
    )
    if request.method == "POST" and may and form.is_valid():
        done = form.attempt(
            lambda: many.open_many(
                ISSUE.code,
                [(form.people[ref], {}) for ref in form.cleaned_data["chosen"]],
                on=form.cleaned_data["on"],
                by=viewer.actor,
                today=viewer.today,
            )
        )
        if done is not None:
            tell(request, f"Đã lập hồ sơ phát thẻ cho {len(done.cases)} đảng viên.", done)
            return redirect(page_of(organisation, "card_list"))
    first = day_asked(request, "tu", date(viewer.today.year, 1, 1), latest=viewer.today)
    last = day_asked(request, "den", viewer.today, latest=viewer.today)
    cases = gate.visible(viewer, "case.read", "case")
    running = list(card_lists.running(organisation, cases, viewer.today))
    context = {
        **head(place_of(viewer, organisation), "organisation_members", "Thẻ đảng viên"),
        "page_title": f"Thẻ đảng viên: {organisation.short_name}",
        "form": form if without and may else None,
        "without": without,
        "take_in": [
            (one, reverse("case_begin", args=[one.person.ref, WITHDRAWAL.code]))
            for one in card_lists.to_take_in(organisation, viewer.today)
        ],
        "columns": ({"label": "Họ và tên"}, {"label": "Hồ sơ", "fact": True}, {"label": "Đang ở bước"}),
        "rows": [
            {
                "name": one.person.full_name if one.person else "",
                "url": case_address(one),
                "cells": list(queries.in_words(one)),
            }
            for one in running
        ],
        "first": first,
        "last": last,
        "given_columns": (
            {"label": "Họ và tên"},
            {"label": "Số thẻ", "fact": True},
            {"label": "Việc"},
            {"label": "Ngày"},
            {"label": "Quyết định"},
        ),
        "given": [
            {
                "name": one.person.full_name,
                "url": record_of(one.person.ref),
                "cells": [one.number, one.what, one.on, one.decision],
            }
            for one in card_lists.given(organisation, first.day, last.day)
        ],
    }
    return render(request, "badges/cards.html", context)

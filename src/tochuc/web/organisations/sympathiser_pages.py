"""The sympathisers' lists (danh sách cảm tình đảng): who is on them, and putting someone on one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.kernel.known_dates import day_vn
from tochuc.members import actions, queries
from tochuc.members.queries import Person
from tochuc.org.queries import Organisation
from tochuc.web.door import page
from tochuc.web.organisations.forms import SympathiserForm
from tochuc.web.organisations.place import head, is_cell, page_of, place_of, record_of

_PER_PAGE = 50


@page(
    "to-chuc/<organisation:organisation>/cam-tinh-dang/",
    name="organisation_sympathisers",
    needs="member.list",
)
def organisation_sympathisers(
    request: HttpRequest, viewer: Viewer, organisation: Organisation
) -> HttpResponse:
    """Who is on the sympathisers' lists of the branch, and since when."""
    listed = queries.sympathisers_of(organisation, viewer.today)
    shown = Paginator(listed, _PER_PAGE).get_page(request.GET.get("trang"))
    several = not is_cell(organisation)
    may_add = not several and gate.may(viewer, "member.record", "organisation", organisation)
    context = {
        **head(place_of(viewer, organisation), "organisation_sympathisers", "Cảm tình đảng"),
        "columns": [
            {"label": "Họ và tên"},
            {"label": "Trong danh sách từ", "fact": True},
            {"label": "Năm sinh"},
            {"label": "Nghề nghiệp"},
            *([{"label": "Chi bộ"}] if several else []),
        ],
        "rows": [_row(one, several=several) for one in shown.object_list],
        "page": shown,
        "new_url": page_of(organisation, "sympathiser_new") if may_add else "",
    }
    return render(request, "organisations/sympathisers.html", context)


def _row(one: Any, *, several: bool) -> dict[str, Any]:
    person = one.person
    cells = [one.since, str(person.birth_on.year), person.occupation or "Chưa ghi"]
    if several:
        cells.append(one.organisation.name)
    return {"name": person.full_name, "url": record_of(person.ref), "cells": cells}


@page(
    "to-chuc/<organisation:organisation>/cam-tinh-dang/moi/",
    name="sympathiser_new",
    needs="member.record",
    post="member.record",
)
def sympathiser_new(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """Open someone's record and put them on the cell's list, in one go."""
    form = SympathiserForm(request.POST or None, initial={"listed_on": viewer.today})
    alike: list[Person] = []
    if request.method == "POST" and form.is_valid():
        alike = _namesakes(viewer, form)
        if not alike:
            person = form.attempt(lambda: _list(form, organisation, viewer))
            if person is not None:
                messages.success(request, _said(person, organisation, form))
                return redirect(page_of(organisation, "organisation_sympathisers"))
        else:
            form.ask_whether_another()
    context = {
        **head(place_of(viewer, organisation), "organisation_sympathisers", "Thêm người"),
        "page_title": "Đưa vào danh sách cảm tình đảng",
        "form": form,
        "alike": [(person, record_of(person.ref)) for person in alike],
        "back": page_of(organisation, "organisation_sympathisers"),
    }
    return render(request, "organisations/sympathiser_new.html", context)


def _namesakes(viewer: Viewer, form: SympathiserForm) -> list[Person]:
    """Those of the same name and birth that the viewer may see, unless said to be someone else."""
    if form.cleaned_data["other_person"]:
        return []
    people = gate.visible(viewer, "member.search", "person")
    return queries.namesakes(people, form.cleaned_data["full_name"], form.born)


def _list(form: SympathiserForm, cell: Organisation, viewer: Viewer) -> Person:
    person = actions.register(
        full_name=form.cleaned_data["full_name"],
        gender=form.cleaned_data["gender"],
        birth=form.born,
        by=viewer.actor,
        **form.details(),
    )
    actions.list_sympathiser(person, cell=cell, on=form.day, by=viewer.actor, today=viewer.today)
    return person


def _said(person: Person, cell: Organisation, form: SympathiserForm) -> str:
    return (
        f"Đã ghi nhận {person.full_name} vào danh sách cảm tình đảng của {cell.name} "
        f"từ ngày {day_vn(form.day)}. Chi bộ cần phân công đảng viên chính thức giúp đỡ."
    )

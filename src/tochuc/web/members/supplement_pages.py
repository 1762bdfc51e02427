"""The yearly supplements of a cell: whose record changed in the year, and all their sheets in one file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.cases.queries import unopened
from tochuc.members.queries import Person, members_of
from tochuc.members.yearly import how_many
from tochuc.org.queries import Organisation, cells_under
from tochuc.papers.check import SUPPLEMENT
from tochuc.papers.drafting import Paper
from tochuc.web.door import page
from tochuc.web.organisations.asked import year_asked
from tochuc.web.organisations.place import head, is_cell, page_of, place_of
from tochuc.web.papers import handing
from tochuc.web.papers.forms import DraftForm, field_name

_HERE = "Phiếu bổ sung hằng năm"
_YEAR = field_name(0, "own.year")
_FIRST_YEAR = 1930


@page(
    "to-chuc/<organisation:organisation>/phieu-bo-sung/",
    name="organisation_supplements",
    needs="member.clean",
    post="member.clean",
    hands_out=True,
)
def organisation_supplements(
    request: HttpRequest, viewer: Viewer, organisation: Organisation
) -> HttpResponse:
    """Of a cell its members with what changed in the year, and their sheets; of a branch the way to its cells."""
    context = {
        **head(
            place_of(viewer, organisation),
            "organisation_desk",
            ("Làm sạch dữ liệu", page_of(organisation, "organisation_desk")),
            _HERE,
        ),
        "page_title": f"{_HERE}: {organisation.name}",
    }
    if not is_cell(organisation):
        cells = [
            {"label": one.name, "url": page_of(one, "organisation_supplements")}
            for one in cells_under(organisation, viewer.today)
        ]
        return render(request, "members/supplement_cells.html", context | {"cells": cells})
    year = year_asked(request, viewer.today.year, range(_FIRST_YEAR, viewer.today.year + 1))
    people = _people(viewer, organisation)
    form = _form(request, viewer, people, year)
    if form is not None and form.is_bound and form.is_valid():
        year = int(form.cleaned_data.get(_YEAR) or year)
        given = _file(form, viewer, people, year)
        if given is not None:
            return given
    context |= _listed(people, year) | {"form": form, "fields": form.group(0) if form else []}
    return render(request, "members/supplements.html", context, status=422 if form and form.errors else 200)


def _people(viewer: Viewer, cell: Organisation) -> list[Person]:
    """The members of the cell whose record this viewer may read whole."""
    readable = gate.visible(viewer, "member.private", "person").values("pk")
    rows = members_of(cell, viewer.today).filter(person__in=readable).select_related("person__home")
    return [row.person for row in rows]


def _form(request: HttpRequest, viewer: Viewer, people: list[Person], year: int) -> DraftForm | None:
    """What all the sheets have in common is typed once."""
    if not people:
        return None
    form = DraftForm(_papers(viewer, people[:1]), list, request.POST or None)
    form.fields[_YEAR].initial = year
    return form


def _papers(viewer: Viewer, people: list[Person]) -> list[Paper]:
    return [
        paper
        for person in people
        for paper in handing.papers_for(
            [SUPPLEMENT], handing.sheet_for(viewer, unopened(person, viewer.today), viewer.today)
        )
    ]


def _file(form: DraftForm, viewer: Viewer, people: list[Person], year: int) -> HttpResponse | None:
    """The sheets of everybody whose record changed; None where there are none or something is missing."""
    changed = how_many(people, year)
    papers = _papers(viewer, [one for one in people if changed[one.pk]])
    if not papers:
        form.add_error(_YEAR, f"Năm {year} chưa ghi thay đổi nào trong hồ sơ của chi bộ.")
        return None
    return handing.hand_out(
        [(0, paper) for paper in papers], form, "docx", viewer, zip_name=f"Phiếu bổ sung {year}.zip"
    )


def _listed(people: list[Person], year: int) -> dict[str, Any]:
    changed = how_many(people, year)
    return {
        "year": year,
        "before": year - 1,
        "changed": sum(1 for one in people if changed[one.pk]),
        "columns": [{"label": "Đảng viên"}, {"label": f"Thay đổi ghi năm {year}", "fact": True}],
        "rows": [
            {
                "name": one.full_name,
                "url": reverse("member_drafts", args=[one.ref]),
                "under": f"sinh {one.birth}",
                "cells": [f"{changed[one.pk]} thay đổi" if changed[one.pk] else "Không có"],
            }
            for one in sorted(people, key=lambda one: not changed[one.pk])
        ],
    }

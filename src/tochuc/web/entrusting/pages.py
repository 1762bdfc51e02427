"""The year's work of a cell's members: given on one screen, reviewed on another; a member's own; a branch's cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.entrusting import actions, queries
from tochuc.entrusting.actions import Found, Given
from tochuc.kernel.errors import DomainError, NotInForce, Refusals
from tochuc.members.actions import note_read
from tochuc.members.queries import Person
from tochuc.org.queries import Organisation, cells_under
from tochuc.rules.ask import rule
from tochuc.web.door import page
from tochuc.web.fields import Line, storable
from tochuc.web.forms import DayField, Form
from tochuc.web.organisations.asked import year_asked
from tochuc.web.organisations.place import head, is_cell, page_of, person_head, place_of

_FIRST_YEAR = 2000
_PER_PAGE = 100


class GiveForm(Form):
    """When the cell decided, by which resolution, and why something given already is changed."""

    on = DayField(label="Ngày chi bộ phân công")
    number = Line(label="Số nghị quyết", longest=60, required=False)
    reason = Line(label="Lý do sửa nội dung đã phân công", longest=300, required=False)


class ReviewForm(Form):
    """When the cell reviewed."""

    on = DayField(label="Ngày chi bộ đánh giá")


class _Year:
    """One request about a cell's year: what was typed, and what is wrong with it, by address of the person."""

    def __init__(self, request: HttpRequest, viewer: Viewer, cell: Organisation) -> None:
        self.request, self.viewer, self.cell = request, viewer, cell
        self.year = _year_of(request, viewer)
        self.lines = queries.lines(cell, self.year, viewer.today)
        self.reviewing = request.GET.get("xem") == "danh-gia"
        self.errors: dict[str, str] = {}
        sent = request.POST if request.method == "POST" else None
        self.form = (ReviewForm if self.reviewing else GiveForm)(sent, initial={"on": viewer.today})

    def typed(self, name: str, person: Person, default: str) -> str:
        """What was typed of a person, else what stands."""
        value = self.request.POST.get(f"{name}-{person.ref}")
        return default if value is None else " ".join(storable(value).split())

    def given(self) -> list[Given]:
        """The contents as the action takes them."""
        return [
            Given(line.person, self.typed("viec", line.person, line.work.content if line.work else ""))
            for line in self.lines
        ]

    def found(self) -> list[Found]:
        """The results as the action takes them, of those of whom something was said."""
        return [
            Found(line.person, result, self.typed("ghi-chu", line.person, ""))
            for line in self.lines
            if (result := self.typed("muc", line.person, ""))
        ]

    def attempt(self, work: Callable[[], int]) -> int | None:
        """Do the work; each refusal is put where it is mended."""
        try:
            return work()
        except DomainError as wrong:
            for one in wrong.errors if isinstance(wrong, Refusals) else (wrong,):
                if one.field and one.field not in self.form.fields:
                    self.errors[one.field] = one.message
                else:
                    self.form.add_error(one.field, one.message)
        return None

    def rows(self) -> list[dict[str, Any]]:
        """The lines as the template draws them."""
        levels = queries.results(queries.day_of(self.year, self.viewer.today))
        return [self._row(line, levels) for line in self.lines]

    def _row(self, line: queries.Line, levels: list[str]) -> dict[str, Any]:
        person, work, review = line.person, line.work, line.review
        chosen = self.typed("muc", person, review.result if review else "")
        return {
            "ref": person.ref,
            "name": person.full_name,
            "url": reverse("member_entrusted", args=[person.ref]),
            "exempt": line.exempt,
            "missing": line.missing,
            "content": self.typed("viec", person, work.content if work else ""),
            "work": work.content if work else "",
            "levels": [(f"{n}", level, level == chosen) for n, level in enumerate(levels)],
            "note": self.typed("ghi-chu", person, review.note if review else ""),
            "result": review.result if review else "",
            "error": self.errors.get(person.ref, ""),
        }

    @property
    def listed(self) -> list[dict[str, str]]:
        """The errors for the summary on top."""
        name = "muc" if self.reviewing else "viec"
        end = "-0" if self.reviewing else ""
        return [{"id": f"{name}-{ref}{end}", "message": words} for ref, words in self.errors.items()]


@page(
    "to-chuc/<organisation:organisation>/phan-cong/",
    name="organisation_entrusted",
    needs="entrusted.read",
    post="entrusted.record",
)
def organisation_entrusted(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """A cell's year on one screen, to give work or to review it; of a committee its cells in figures."""
    if not is_cell(organisation):
        if request.method == "POST":
            raise PermissionDenied("entrusted.record")
        return _branch(request, viewer, organisation)
    year = _Year(request, viewer, organisation)
    own = page_of(organisation, "organisation_entrusted")
    here = f"{own}?nam={year.year}" + ("&xem=danh-gia" if year.reviewing else "")
    if year.form.is_bound and year.form.is_valid():
        said = {"by": viewer.actor, "today": viewer.today, **year.form.cleaned_data}
        done = year.attempt(
            lambda: (
                actions.review(organisation, year.year, year.found(), **said)
                if year.reviewing
                else actions.entrust(organisation, year.year, year.given(), **said)
            )
        )
        if done is not None:
            what = "Đã ghi kết quả thực hiện của" if year.reviewing else "Đã ghi phân công của"
            messages.success(request, f"{what} {done} đảng viên, năm {year.year}.")
            return redirect(here)
    context = {
        **head(place_of(viewer, organisation), "organisation_entrusted", "Phân công"),
        "year": year.year,
        "years": _years(own, year.year, viewer),
        "reviewing": year.reviewing,
        "form": year.form,
        "line_errors": year.listed,
        "rows": year.rows(),
        "missing": sum(line.missing for line in year.lines),
        "records": gate.may(viewer, "entrusted.record", "organisation", organisation),
        "give_url": f"{own}?nam={year.year}",
        "review_url": f"{own}?nam={year.year}&xem=danh-gia",
        "whys": _whys(viewer),
    }
    return render(request, "entrusting/cell.html", context)


def _whys(viewer: Viewer) -> list[str]:
    found = []
    for rule_id in ("entrusting.decided_by", "entrusting.whom", "entrusting.results"):
        try:
            found.append(rule(rule_id, on=viewer.today).why)
        except NotInForce:
            continue
    return found


def _years(own: str, year: int, viewer: Viewer) -> list[tuple[int, str, bool]]:
    now = viewer.today.year
    return [(one, f"{own}?nam={one}", one == year) for one in (now + 1, now, now - 1)]


def _year_of(request: HttpRequest, viewer: Viewer) -> int:
    return year_asked(request, viewer.today.year, range(_FIRST_YEAR, viewer.today.year + 2))


def _branch(request: HttpRequest, viewer: Viewer, branch: Organisation) -> HttpResponse:
    year = _year_of(request, viewer)
    found = queries.tallies(queries.cells_of(branch, viewer.today), year, viewer.today)
    shown = Paginator(cells_under(branch, viewer.today), _PER_PAGE).get_page(request.GET.get("trang"))
    rows = []
    for cell in shown.object_list:
        tally = found.get(cell.pk, queries.Tally(0, 0, 0))
        url = f"{page_of(cell, 'organisation_entrusted')}?nam={year}"
        rows.append(
            {"name": cell.name, "url": url, "cells": [f"{tally.entrusted}/{tally.members}", tally.reviewed]}
        )
    own = page_of(branch, "organisation_entrusted")
    context = {
        **head(place_of(viewer, branch), "organisation_entrusted", "Phân công"),
        "year": year,
        "years": _years(own, year, viewer),
        "columns": [
            {"label": "Chi bộ"},
            {"label": "Đã phân công", "fact": True, "number": True},
            {"label": "Đã đánh giá", "number": True},
        ],
        "rows": rows,
        "page": shown,
        "sums": (
            sum(one.entrusted for one in found.values()),
            sum(one.members for one in found.values()),
            sum(one.reviewed for one in found.values()),
        ),
    }
    return render(request, "entrusting/branch.html", context)


@page("dang-vien/<person:person>/phan-cong/", name="member_entrusted", needs="member.read")
def member_entrusted(request: HttpRequest, viewer: Viewer, person: Person) -> HttpResponse:
    """A member's work through the years, with what stood before and how it was done; the member sees it."""
    note_read(person, by=viewer.actor, part="entrusted")
    found = queries.of_person(person)
    before = queries.histories_of([work for work, _review in found])
    context = {
        **person_head(viewer, person, f"Công tác được phân công: {person.full_name}", "Phân công"),
        "works": [
            {
                "year": work.year,
                "content": work.content,
                "since": work.since,
                "until": work.until,
                "cell": work.organisation.name,
                "number": work.number,
                "result": review.result if review else "",
                "reviewed_on": review.reviewed_on if review else None,
                "note": review.note if review else "",
                "before": [(old.content, old.given_on) for old in before[work.pk] if old.content],
                "reason": work.reason,
            }
            for work, review in found
        ],
    }
    return render(request, "entrusting/member.html", context)

"""Meetings of a cell: the list, recording one with who was there, looking at one and putting it right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.kernel.errors import DomainError, Refusals
from tochuc.kernel.known_dates import day_vn
from tochuc.meetings import actions, queries
from tochuc.meetings.actions import LONGEST, Said
from tochuc.meetings.kinds import ATTENDANCE_CHOICES, EXCUSED, MEETING_CHOICES, MEETING_KINDS, PRESENT
from tochuc.meetings.queries import Meeting
from tochuc.meetings.roll import roll
from tochuc.members.queries import Person
from tochuc.org.queries import Organisation, cells_under
from tochuc.web.door import page
from tochuc.web.fields import Line, storable
from tochuc.web.forms import DayField, Form
from tochuc.web.organisations.asked import day_asked
from tochuc.web.organisations.place import head, is_cell, page_of, place_of

_PER_PAGE = 40
_CELLS_PER_PAGE = 100


class MeetingForm(Form):
    """Which meeting it was."""

    held_on = DayField(label="Ngày sinh hoạt")
    kind = forms.ChoiceField(label="Loại sinh hoạt", choices=MEETING_CHOICES, widget=forms.RadioSelect)


class WhyForm(Form):
    """Why what was recorded is put right."""

    why = Line(label="Vì sao sửa", longest=LONGEST, required=False, help_text="Cần ghi khi có thay đổi")


class WithdrawForm(Form):
    """Why a meeting is withdrawn."""

    reason = Line(label="Lý do", longest=LONGEST)


@dataclass
class Roll:
    """The lines of a roll: how each was, as recorded or as just typed, and what is wrong, by address of the person."""

    people: list[tuple[Person, str]]
    states: dict[str, str]
    reasons: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    def take(self, request: HttpRequest) -> None:
        """Take what was sent."""
        for person, _ in self.people:
            self.states[person.ref] = request.POST.get(f"tt-{person.ref}", "")
            typed = storable(request.POST.get(f"ly-do-{person.ref}", ""))
            self.reasons[person.ref] = " ".join(typed.split())

    @property
    def said(self) -> list[Said]:
        """As the action takes it."""
        return [Said(p, self.states[p.ref], self.reasons.get(p.ref, "")) for p, _ in self.people]

    def refused(self, wrong: DomainError, form: Form) -> None:
        """Put each refusal where it is mended."""
        for one in wrong.errors if isinstance(wrong, Refusals) else (wrong,):
            if one.field in self.states:
                self.errors[str(one.field)] = one.message
            else:
                form.add_error(one.field if one.field in form.fields else None, one.message)

    @property
    def listed(self) -> list[dict[str, str]]:
        """The errors for the summary on top."""
        return [{"id": f"tt-{ref}-present", "message": words} for ref, words in self.errors.items()]

    def lines(self) -> Iterable[dict[str, Any]]:
        """As the template draws them."""
        for person, note in self.people:
            yield {
                "ref": person.ref,
                "name": person.full_name,
                "note": note,
                "choices": [
                    (code, label, self.states.get(person.ref) == code) for code, label in ATTENDANCE_CHOICES
                ],
                "reason": self.reasons.get(person.ref, ""),
                "error": self.errors.get(person.ref, ""),
            }


@page("to-chuc/<organisation:organisation>/sinh-hoat/", name="organisation_meetings", needs="meeting.read")
def organisation_meetings(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """A cell's meetings, newest first; of a committee how its cells met this year."""
    context = {
        **head(place_of(viewer, organisation), "organisation_meetings", "Sinh hoạt"),
        **(
            _of_cell(request, viewer, organisation)
            if is_cell(organisation)
            else _of_branch(request, viewer, organisation)
        ),
    }
    return render(request, "meetings/meetings.html", context)


def _of_cell(request: HttpRequest, viewer: Viewer, cell: Organisation) -> dict[str, Any]:
    shown = Paginator(queries.of_cell(cell), _PER_PAGE).get_page(request.GET.get("trang"))
    records = gate.may(viewer, "meeting.record", "organisation", cell)
    return {
        "columns": [
            {"label": "Ngày"},
            {"label": "Loại", "fact": True},
            {"label": "Có mặt", "number": True},
            {"label": "Vắng có lý do", "number": True},
            {"label": "Vắng không lý do", "number": True},
        ],
        "rows": [_meeting_row(one) for one in shown.object_list],
        "page": shown,
        "caption": "Các buổi sinh hoạt chi bộ",
        "what": "buổi",
        "new_url": page_of(cell, "meeting_new") if records else "",
    }


def _meeting_row(one: Meeting) -> dict[str, Any]:
    there = queries.counted(one)
    words = MEETING_KINDS[one.kind]
    return {
        "name": day_vn(one.held_on),
        "url": reverse("meeting", args=[one.ref]),
        "cells": [
            f"{words}, đã bỏ ghi" if one.withdrawn_at else words,
            f"{there.present}/{there.expected}",
            there.excused,
            there.absent,
        ],
        "quiet": one.withdrawn_at is not None,
    }


def _of_branch(request: HttpRequest, viewer: Viewer, branch: Organisation) -> dict[str, Any]:
    first = date(viewer.today.year, 1, 1)
    found = queries.of_cells(branch, first, viewer.today, viewer.today)
    shown = Paginator(cells_under(branch, viewer.today), _CELLS_PER_PAGE).get_page(request.GET.get("trang"))
    return {
        "columns": [
            {"label": "Chi bộ"},
            {"label": f"Buổi trong năm {first.year}", "number": True, "fact": True},
            {"label": "Gần nhất"},
            {"label": "Tỷ lệ dự", "number": True},
            {"label": "Vắng không lý do", "number": True},
        ],
        "rows": [_cell_row(cell, found.get(cell.pk)) for cell in shown.object_list],
        "page": shown,
        "caption": "Sinh hoạt của các chi bộ",
        "what": "chi bộ",
    }


def _cell_row(cell: Organisation, year: queries.CellYear | None) -> dict[str, Any]:
    cells: list[Any] = [0, "Chưa ghi", "", ""]
    if year is not None:
        share = year.counted.share
        cells = [year.meetings, year.last, "" if share is None else f"{share}%", year.counted.absent]
    return {"name": cell.name, "url": page_of(cell, "organisation_meetings"), "cells": cells}


@page(
    "to-chuc/<organisation:organisation>/sinh-hoat/moi/",
    name="meeting_new",
    needs="meeting.record",
    post="meeting.record",
)
def meeting_new(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """Record a meeting: the day, the kind, and each member with one tap; all are there until said otherwise."""
    if not is_cell(organisation):
        raise Http404
    asked = day_asked(request, "ngay", viewer.today, latest=viewer.today)
    form = MeetingForm(
        request.POST if request.method == "POST" else None,
        initial={"held_on": asked.day, "kind": MEETING_CHOICES[0][0]},
    )
    valid = form.is_bound and form.is_valid()
    day = form.cleaned_data["held_on"] if valid else asked.day
    places = roll(organisation, min(day, viewer.today))
    lines = Roll(
        [(p.person, "sinh hoạt tạm thời tại đây" if p.guest else "") for p in places if p.expected],
        {p.person.ref: PRESENT for p in places if p.expected},
        {},
    )
    if form.is_bound:
        lines.take(request)
    if valid:
        try:
            held = actions.hold(
                organisation,
                on=day,
                kind=form.cleaned_data["kind"],
                said=lines.said,
                by=viewer.actor,
                today=viewer.today,
            )
        except DomainError as wrong:
            lines.refused(wrong, form)
        else:
            absent = sum(one.state != PRESENT for one in lines.said)
            messages.success(
                request,
                f"Đã ghi buổi sinh hoạt ngày {day_vn(day)}: {len(lines.said) - absent} có mặt, {absent} vắng.",
            )
            return redirect("meeting", held.ref)
    context = {
        **head(place_of(viewer, organisation), "organisation_meetings", "Ghi buổi sinh hoạt"),
        "page_title": "Ghi buổi sinh hoạt chi bộ",
        "form": form,
        "lines": list(lines.lines()),
        "line_errors": lines.listed,
        "not_expected": [(p.person.full_name, p.why_not) for p in places if not p.expected],
        "day": day,
        "back": page_of(organisation, "organisation_meetings"),
    }
    return render(request, "meetings/new.html", context)


@page("sinh-hoat/<meeting:meeting>/", name="meeting", needs="meeting.read", post="meeting.record")
def meeting(request: HttpRequest, viewer: Viewer, meeting: Meeting) -> HttpResponse:
    """A meeting with its roll; whoever records for the cell puts lines right here."""
    records = gate.may(viewer, "meeting.record", "meeting", meeting) and meeting.withdrawn_at is None
    rows = queries.rows_of(meeting)
    lines = Roll(
        [(row.now.person, _earlier(row)) for row in rows],
        {row.now.person.ref: row.now.state for row in rows},
        {row.now.person.ref: row.now.reason for row in rows},
    )
    form = WhyForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        lines.take(request)
    if form.is_bound and form.is_valid():
        try:
            changed = actions.correct(meeting, lines.said, why=form.cleaned_data["why"], by=viewer.actor)
        except DomainError as wrong:
            lines.refused(wrong, form)
        else:
            messages.success(request, f"Đã sửa {changed} dòng điểm danh.")
            return redirect("meeting", meeting.ref)
    cell = meeting.organisation
    title = f"Sinh hoạt {MEETING_KINDS[meeting.kind].lower()} ngày {day_vn(meeting.held_on)}"
    context = {
        "page_title": title,
        "breadcrumb": place_of(viewer, cell).breadcrumb(
            ("Sinh hoạt", page_of(cell, "organisation_meetings")), day_vn(meeting.held_on)
        ),
        "meeting": meeting,
        "cell": cell,
        "form": form,
        "records": records,
        "lines": list(lines.lines()),
        "line_errors": lines.listed,
        "counts": [(label, sum(row.now.state == code for row in rows)) for code, label in ATTENDANCE_CHOICES],
        "withdraw_url": reverse("meeting_withdraw", args=[meeting.ref]) if records else "",
        "excused": EXCUSED,
    }
    return render(request, "meetings/meeting.html", context)


def _earlier(row: queries.Row) -> str:
    labels = dict(ATTENDANCE_CHOICES)
    said = [f"trước khi sửa: {labels[old.state].lower()}" for old in row.before[:1]]
    return "; ".join([*said, *([f"vì {row.now.why}"] if row.now.why else [])])


@page(
    "sinh-hoat/<meeting:meeting>/bo-ghi/",
    name="meeting_withdraw",
    needs="meeting.record",
    post="meeting.record",
)
def meeting_withdraw(request: HttpRequest, viewer: Viewer, meeting: Meeting) -> HttpResponse:
    """Withdraw a meeting that was entered wrongly, with the reason."""
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    back = reverse("meeting", args=[meeting.ref])

    def work() -> bool:
        actions.withdraw(meeting, reason=form.cleaned_data["reason"], by=viewer.actor)
        return True

    if form.is_bound and form.is_valid() and form.attempt(work):
        messages.success(request, f"Đã bỏ ghi buổi sinh hoạt ngày {day_vn(meeting.held_on)}.")
        return redirect(back)
    cell = meeting.organisation
    context = {
        "page_title": f"Bỏ ghi buổi sinh hoạt ngày {day_vn(meeting.held_on)}",
        "breadcrumb": place_of(viewer, cell).breadcrumb(
            ("Sinh hoạt", page_of(cell, "organisation_meetings")), "Bỏ ghi"
        ),
        "form": form,
        "lead": "Buổi này không tính nữa, điểm danh đã ghi vẫn đọc được.",
        "button": "Bỏ ghi buổi này",
        "notes": [],
        "back": back,
    }
    return render(request, "dues/change.html", context)

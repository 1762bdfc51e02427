"""The clean-data desk: what is left to mend in a cell, one person at a time; and the counts of a branch."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.desk import answers, findings, monthly, rollup
from tochuc.desk.checks import EVENTS_PAGE, FIELDS_PAGE, IDENTITY_PAGE, RECORD_PAGE, SEVERITIES
from tochuc.desk.findings import Finding
from tochuc.kernel.known_dates import day_vn
from tochuc.members.actions import note_read
from tochuc.members.queries import Person
from tochuc.members.record_fields import section_of
from tochuc.org.queries import Organisation
from tochuc.web import registry
from tochuc.web.desk.forms import CorrectForm
from tochuc.web.door import page
from tochuc.web.organisations.asked import one_of
from tochuc.web.organisations.place import head, is_cell, page_of, person_head, place_of

_PER_PAGE = 40
_HERE = "Làm sạch dữ liệu"
_STATUS = {"wrong": "late", "missing": "wait", "doubt": "plain"}
_MENDED_ON = {
    EVENTS_PAGE: ("member", "member.correct"),
    IDENTITY_PAGE: ("member_identity_edit", "member.edit"),
    RECORD_PAGE: ("member_record", "member.record"),
}
_FIELD_OF = {"birth_first": "birth", "card": "card_number"}
"""Columns that a check looks at, by the field of the record they hold."""


@page("to-chuc/<organisation:organisation>/lam-sach/", name="organisation_desk", needs="member.clean")
def organisation_desk(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """What is left to mend: of a cell person by person, of a branch counted by the organisations below."""
    context = {
        **head(place_of(viewer, organisation), "organisation_desk", _HERE),
        "page_title": f"{_HERE}: {organisation.name}",
        "links": _links(viewer, organisation),
        "months": [_month(one) for one in monthly.over_time(organisation)],
        "month_columns": [
            {"label": "Ngày đếm"},
            {"label": "Hồ sơ sạch", "fact": True},
            {"label": "Đảng viên", "number": True},
            {"label": "Điểm còn lại", "number": True},
        ],
    }
    if is_cell(organisation):
        return render(request, "desk/cell.html", context | _cell(request, viewer, organisation))
    return render(request, "desk/branch.html", context | _branch(viewer, organisation))


def _links(viewer: Viewer, organisation: Organisation) -> list[dict[str, str]]:
    offered = (
        ("Phiếu bổ sung hằng năm", "organisation_supplements", "member.clean"),
        ("Hồ sơ có thể trùng", "organisation_duplicates", "member.merge"),
        ("Đối chiếu danh sách", "organisation_reconcile", "member.reconcile"),
        ("Nhập danh sách", "import_members", "members.import"),
        ("Đợt thay đổi", "organisation_changes", "changeset.read"),
    )
    actions = [action for _, name, action in offered if name in registry.PAGES]
    rights = gate.rights(viewer, actions, "organisation", organisation)
    return [
        {"label": label, "url": page_of(organisation, name)}
        for label, name, action in offered
        if name in registry.PAGES and action in rights
    ]


def _month(one: monthly.Month) -> dict[str, Any]:
    return {"name": day_vn(one.on), "cells": [one.tally.share, one.tally.members, one.tally.findings]}


def _cell(request: HttpRequest, viewer: Viewer, cell: Organisation) -> dict[str, Any]:
    found = findings.of_cell(cell, viewer.today)
    shown = Paginator(found, _PER_PAGE).get_page(request.GET.get("trang"))
    tally = findings.by_cell([cell.pk], viewer.today).get(cell.pk, findings.Tally())
    return {
        "tally": tally,
        "first": _begin(found),
        "columns": [{"label": "Đảng viên"}, {"label": "Cần làm", "fact": True}],
        "rows": [
            {
                "name": person.full_name,
                "url": reverse("member_desk", args=[person.ref]),
                "under": f"sinh {person.birth}",
                "cells": ["; ".join(one.sentence.rstrip(".") for one in several)],
            }
            for person, several in shown.object_list
        ],
        "page": shown,
    }


def _begin(found: list[tuple[Person, list[Finding]]]) -> dict[str, str] | None:
    if not found:
        return None
    person, several = found[0]
    words = f"Bắt đầu: {person.full_name}, {len(several)} điểm"
    return {"url": reverse("member_desk", args=[person.ref]), "label": words}


def _branch(viewer: Viewer, organisation: Organisation) -> dict[str, Any]:
    counted = rollup.of(organisation, viewer.today)
    return {
        "tally": counted.whole,
        "on": counted.on,
        "now": counted.on == viewer.today,
        "columns": [
            {"label": "Tổ chức"},
            {"label": "Hồ sơ sạch", "fact": True},
            {"label": "Đảng viên", "number": True},
            {"label": "Điểm còn lại", "number": True},
        ],
        "rows": [
            {
                "name": span.name,
                "url": page_of(span.organisation, "organisation_desk"),
                "cells": [tally.share, tally.members, tally.findings],
            }
            for span, tally in counted.parts
        ],
        "check_columns": [
            {"label": "Điểm"},
            {"label": "Loại", "fact": True},
            {"label": "Số lần", "number": True},
        ],
        "checks": [
            {
                "name": check.field,
                "under": check.mend,
                "cells": [{"text": SEVERITIES[check.severity], "status": _STATUS[check.severity]}, n],
            }
            for check, n in counted.checks
        ],
    }


@page("dang-vien/<person:person>/lam-sach/", name="member_desk", needs="member.clean", post="member.clean")
def member_desk(request: HttpRequest, viewer: Viewer, person: Person) -> HttpResponse:
    """One person: what is wrong and the one thing that mends it, or that it is correct as it is."""
    found = findings.of_person(person, viewer.today)
    open_ = [one for one in found if not one.answered]
    code = one_of(request, "dung", [one.check.code for one in open_])
    form = CorrectForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.attempt(lambda: _answer(person, code, viewer, form.cleaned_data["reason"]))
        if said:
            messages.success(request, "Đã ghi nhớ: mục này đúng như đã ghi, không hỏi lại nữa.")
            return redirect("member_desk", person.ref)
    if request.method == "GET":
        note_read(person, by=viewer.actor, part="clean")
    context = {
        **person_head(viewer, person, f"Làm sạch dữ liệu: {person.full_name}", _HERE),
        "open": [_shown(viewer, person, one) for one in open_],
        "answered": [one for one in found if one.answered],
        "asked": next((one for one in open_ if one.check.code == code), None),
        "form": form,
        "next": _next(viewer, person),
        "list": page_of(person.home, "organisation_desk") if person.home else "",
    }
    return render(request, "desk/member.html", context)


def _answer(person: Person, code: str, viewer: Viewer, reason: str) -> bool:
    answers.say_correct(person, code, by=viewer.actor, today=viewer.today, reason=reason)
    return True


def _shown(viewer: Viewer, person: Person, one: Finding) -> dict[str, Any]:
    return {
        "finding": one,
        "severity": SEVERITIES[one.check.severity],
        "status": _STATUS[one.check.severity],
        "mend_url": _mended_on(viewer, person, one),
        "correct_url": f"{reverse('member_desk', args=[person.ref])}?dung={one.check.code}#dung",
    }


def _mended_on(viewer: Viewer, person: Person, one: Finding) -> str:
    """The address of the one page that mends it; empty for who may not."""
    name, action = _MENDED_ON.get(one.check.page, ("member_section_edit", "member.edit"))
    if not gate.may(viewer, action, "person", person):
        return ""
    if one.check.page != FIELDS_PAGE:
        return reverse(name, args=[person.ref])
    column = one.check.seen[0]
    return reverse(name, args=[person.ref, section_of(_FIELD_OF.get(column, column)).slug])


def _next(viewer: Viewer, person: Person) -> dict[str, str] | None:
    """The next of the cell who has something left."""
    if person.home is None:
        return None
    others = [other for other, _ in findings.of_cell(person.home, viewer.today) if other.pk != person.pk]
    if not others:
        return None
    after = [other for other in others if other.sort_key > person.sort_key]
    other = min(after or others, key=lambda one: one.sort_key)
    return {"url": reverse("member_desk", args=[other.ref]), "label": f"Người tiếp theo: {other.full_name}"}

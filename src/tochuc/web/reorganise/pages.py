"""Plans of a branch: the list, beginning one by hand or from a file, and the plan being built."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.kernel.errors import DomainError
from tochuc.kernel.known_dates import day_vn
from tochuc.org.queries import Organisation, names_of
from tochuc.reorganise import drafts, queries, wording
from tochuc.reorganise.bounds import check_within
from tochuc.reorganise.uploads import plan_from
from tochuc.web.door import page
from tochuc.web.organisations.place import page_of, place_of
from tochuc.web.reorganise import jobs
from tochuc.web.reorganise.forms import ADDRESSES, FileForm, HeadForm

HERE = "Sắp xếp tổ chức"
_NEEDS = "organisation.arrange"
_COLUMNS = [
    {"label": "Phương án"},
    {"label": "Tình trạng", "fact": True},
    {"label": "Có hiệu lực từ"},
    {"label": "Quyết định"},
    {"label": "Người làm"},
]


@page("to-chuc/<organisation:organisation>/sap-xep/", name="arrangements", needs=_NEEDS)
def arrangements(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """The plans of a branch: being built, carried out, closed, undone."""
    rows = [_draft_row(one) for one in drafts.plans_of(organisation)]
    rows += [_done_row(one) for one in queries.of_branch(organisation)]
    context = {
        "page_title": HERE,
        "breadcrumb": place_of(viewer, organisation).breadcrumb(HERE),
        "organisation": organisation,
        "columns": _COLUMNS,
        "rows": rows,
        "new_url": page_of(organisation, "plan_new"),
        "file_url": page_of(organisation, "plan_upload"),
        "one_urls": simple_acts(organisation),
        "jobs_url": reverse("jobs"),
    }
    return render(request, "reorganise/arrangements.html", context)


def simple_acts(organisation: Organisation) -> list[tuple[str, str]]:
    """The acts on this one organisation: words and address."""
    asked = (("thanh-lap", "Thành lập tổ chức trực thuộc"), ("doi-ten", "Đổi tên"), ("giai-the", "Giải thể"))
    return [(words, reverse("organisation_change", args=[organisation.code, kind])) for kind, words in asked]


def _draft_row(one: Any) -> dict[str, Any]:
    who = one.changed_by.full_name if one.changed_by else "Hệ thống"
    state = {"text": "Đang soạn", "status": "wait"}
    cells = [state, one.day, one.decision_number or "Chưa có", who]
    return {"name": one.title, "url": reverse("plan", args=[one.ref]), "cells": cells}


def _done_row(one: Any) -> dict[str, Any]:
    who = one.applied_by.full_name if one.applied_by else "Hệ thống"
    state = {"text": one.get_state_display(), "status": "good" if one.state != "undone" else "plain"}
    cells = [state, one.day, one.decision_number, who]
    return {"name": one.title, "url": reverse("reorganisation", args=[one.ref]), "cells": cells}


@page("to-chuc/<organisation:organisation>/sap-xep/moi/", name="plan_new", needs=_NEEDS, post=_NEEDS)
def plan_new(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """Begin a plan."""
    form = HeadForm(request.POST if request.method == "POST" else None, initial={"day": viewer.today})
    if request.method == "POST" and form.is_valid():
        made = form.attempt(lambda: drafts.begin(organisation, form.head(), by=viewer.actor))
        if made is not None:
            return redirect("plan", made.ref)
    context = {
        "page_title": "Lập phương án sắp xếp",
        "breadcrumb": place_of(viewer, organisation).breadcrumb(_list(organisation), "Lập phương án"),
        "form": form,
        "back": page_of(organisation, "arrangements"),
        "go": "Lập phương án",
    }
    return render(request, "reorganise/head.html", context)


def _list(organisation: Organisation) -> tuple[str, str]:
    return HERE, page_of(organisation, "arrangements")


@page("to-chuc/<organisation:organisation>/sap-xep/tai-tep/", name="plan_upload", needs=_NEEDS, post=_NEEDS)
def plan_upload(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """Begin a plan from a file."""
    form = FileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]

        def bring() -> Any:
            plan = plan_from(file.read(), file.name or "")
            check_within(plan, gate.visible(viewer, _NEEDS, "organisation"))
            return drafts.begin_from(plan, organisation, by=viewer.actor)

        made = form.attempt(bring)
        if made is not None:
            messages.success(request, "Đã đọc tệp. Hãy xem lại từng thao tác rồi xem trước.")
            return redirect("plan", made.ref)
    context = {
        "page_title": "Tải tệp phương án",
        "breadcrumb": place_of(viewer, organisation).breadcrumb(_list(organisation), "Tải tệp"),
        "form": form,
        "back": page_of(organisation, "arrangements"),
    }
    return render(request, "reorganise/upload.html", context)


@page("phuong-an/<plan:plan>/", name="plan", needs=_NEEDS)
def plan(request: HttpRequest, viewer: Viewer, plan: Any) -> HttpResponse:
    """A plan as it stands: what it says, its operations, what can be added."""
    if plan.carried_out is not None:
        return redirect("reorganisation", plan.carried_out.ref)
    own = reverse("plan", args=[plan.ref])
    context = {
        **plan_head(viewer, plan),
        "page_title": plan.title,
        "facts": [
            {"label": "Có hiệu lực từ ngày", "value": plan.day},
            {"label": "Quyết định", "value": _decision(plan)},
            *([{"label": "Đọc từ tệp", "value": plan.said["source"]}] if plan.said["source"] else []),
            *([{"label": "Ghi chú", "value": plan.note}] if plan.note else []),
        ],
        "operations": operations_of(plan.said["operations"], own),
        "adds": [(wording.LABELS[op], f"{own}them/{slug}/") for slug, op in ADDRESSES.items()],
        "head_url": f"{own}sua/",
        "preview_url": f"{own}xem-truoc/",
        "large": jobs.is_large(plan),
        "drop_url": f"{own}bo/",
    }
    return render(request, "reorganise/plan.html", context)


def _decision(plan: Any) -> str:
    if not plan.decision_number:
        return "Chưa có số quyết định"
    on = f" ngày {day_vn(plan.decision_on)}" if plan.decision_on else ""
    return f"{plan.decision_number}{on}" + (f", {plan.decision_by}" if plan.decision_by else "")


def plan_head(viewer: Viewer, plan: Any, *here: str) -> dict[str, Any]:
    """What every page of a plan shows above its content."""
    own = reverse("plan", args=[plan.ref])
    steps: list[Any] = [_list(plan.organisation), *([(plan.title, own), *here] if here else [plan.title])]
    return {
        "plan": plan,
        "breadcrumb": place_of(viewer, plan.organisation).breadcrumb(*steps),
        "back": own,
    }


def operations_of(operations: list[dict[str, Any]], own: str = "") -> list[dict[str, Any]]:
    """Operations in sentences, each with the address of its form where they can be changed."""
    names = called(operations)
    return [
        {
            "number": n,
            "label": wording.LABELS[one["op"]],
            "sentence": wording.sentence(one, names),
            "notes": wording.notes(one, names),
            "url": f"{own}muc/{n}/" if own else "",
        }
        for n, one in enumerate(operations, 1)
    ]


def called(operations: list[dict[str, Any]]) -> dict[str, str]:
    """What the organisations that operations name are called, by code."""
    named = {code for one in operations for code in wording.codes(one)}
    return names_of(named) | wording.founded_names(operations)


@page("phuong-an/<plan:plan>/sua/", name="plan_edit", needs=_NEEDS, post=_NEEDS)
def plan_edit(request: HttpRequest, viewer: Viewer, plan: Any) -> HttpResponse:
    """Change what a plan says beside its operations."""
    fields = ("title", "day", "decision_number", "decision_on", "decision_by", "note")
    initial = {name: getattr(plan, name) for name in fields}
    form = HeadForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(
            lambda: drafts.say_head(plan, form.head(), version=version_of(request, plan), by=viewer.actor)
        )
        if done is not None:
            return redirect("plan", plan.ref)
    context = {
        **plan_head(viewer, plan, "Sửa"),
        "page_title": "Sửa phương án",
        "form": form,
        "go": "Lưu",
        "version": plan.version,
    }
    return render(request, "reorganise/head.html", context)


def version_of(request: HttpRequest, plan: Any) -> int:
    """The version of the plan that whoever sends this form had before them; none counts as an old one."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else plan.version - 1


@page("phuong-an/<plan:plan>/bo/", name="plan_drop", needs=_NEEDS, post=_NEEDS)
def plan_drop(request: HttpRequest, viewer: Viewer, plan: Any) -> HttpResponse:
    """Throw a plan away that wasn't carried out."""
    if request.method == "POST":
        try:
            drafts.drop(plan, by=viewer.actor)
        except DomainError as refused:
            messages.warning(request, refused.message)
            return redirect("plan", plan.ref)
        messages.success(request, f"Đã bỏ phương án «{plan.title}». Tổ chức không thay đổi gì.")
        return redirect(page_of(plan.organisation, "arrangements"))
    context = {**plan_head(viewer, plan, "Bỏ phương án"), "page_title": "Bỏ phương án"}
    return render(request, "reorganise/drop.html", context)

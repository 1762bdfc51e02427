"""A reorganisation that was carried out: what it did, undoing it until it is closed, closing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.kernel.known_dates import day_vn
from tochuc.org.queries import codes_among, names_of
from tochuc.reorganise import actions, queries
from tochuc.web.door import page
from tochuc.web.forms import Form
from tochuc.web.organisations.place import page_of, place_of
from tochuc.web.reorganise import jobs, shown
from tochuc.web.reorganise.forms import ReasonForm
from tochuc.web.reorganise.pages import HERE, operations_of

_NEEDS = "organisation.arrange"
_GOES_BACK = (
    ("organisation", "tổ chức"),
    ("people", "người về chi bộ cũ"),
    ("post", "chức vụ"),
    ("role", "vai trò tài khoản"),
    ("assignment", "lượt giao nhiệm vụ"),
)


@page("sap-xep/<reorganisation:reorganisation>/", name="reorganisation", needs=_NEEDS)
def reorganisation(request: HttpRequest, viewer: Viewer, reorganisation: Any) -> HttpResponse:
    """What was done, by which decision, and whether it can still be undone."""
    own = reverse("reorganisation", args=[reorganisation.ref])
    open_still = reorganisation.state == "open"
    context = {
        **_head(viewer, reorganisation),
        "page_title": reorganisation.title,
        "facts": _facts(reorganisation),
        "columns": [{"label": "Tổ chức"}, {"label": "Trước"}, {"label": "Sau", "fact": True}],
        "rows": _changed(viewer, reorganisation),
        "operations": operations_of(queries.said_of(reorganisation)),
        "undo_url": f"{own}huy/" if open_still else "",
        "close_url": f"{own}khoa/" if open_still else "",
    }
    return render(request, "reorganise/reorganisation.html", context)


def _head(viewer: Viewer, one: Any, *here: str) -> dict[str, Any]:
    own = reverse("reorganisation", args=[one.ref])
    steps: list[Any] = [(HERE, page_of(one.organisation, "arrangements"))]
    steps += [(one.title, own), *here] if here else [one.title]
    return {
        "reorganisation": one,
        "breadcrumb": place_of(viewer, one.organisation).breadcrumb(*steps),
        "back": own,
    }


def _facts(one: Any) -> list[dict[str, Any]]:
    decision = f"{one.decision_number} ngày {day_vn(one.decision_on)}, {one.decision_by}"
    facts = [
        {"label": "Tình trạng", "value": one.get_state_display()},
        {"label": "Có hiệu lực từ ngày", "value": one.day},
        {"label": "Quyết định", "value": decision},
        {"label": "Thực hiện", "value": _who(one.applied_by, one.applied_at)},
    ]
    if one.settled_at:
        words = "Hủy" if one.state == "undone" else "Khóa"
        note = f"Lý do: {one.undo_reason}" if one.undo_reason else ""
        facts.append({"label": words, "value": _who(one.settled_by, one.settled_at), "note": note})
    return facts


def _who(account: Any, at: Any) -> str:
    moment = timezone.localtime(at)
    return f"{moment:%H:%M} ngày {day_vn(moment.date())}, {account.full_name if account else 'Hệ thống'}"


def _changed(viewer: Viewer, one: Any) -> list[dict[str, Any]]:
    touched = queries.changed_organisations(one)
    seen = codes_among(
        gate.visible(viewer, "organisation.read", "organisation"), [code for code, *_ in touched]
    )
    above = names_of(said["parent"] for *_, before, after in touched for said in (before, after) if said)
    gone = "Kết thúc hoạt động" if one.state != "undone" else "Kết thúc hoạt động (đã hủy)"
    return [
        {
            "name": name,
            "url": reverse("organisation", args=[code]) if code in seen else "",
            "cells": [_stood(before, above) or "Chưa có", _stood(after, above) or gone],
        }
        for code, name, before, after in touched
    ]


def _stood(said: dict[str, Any] | None, above: dict[str, str]) -> str:
    """What an organisation was called and what it belonged to; nothing where it wasn't there."""
    if said is None:
        return ""
    parent = above.get(said["parent"])
    return f"{said['name']}, trực thuộc {parent}" if parent else str(said["name"])


@page("sap-xep/<reorganisation:reorganisation>/huy/", name="reorganisation_undo", needs=_NEEDS, post=_NEEDS)
def reorganisation_undo(request: HttpRequest, viewer: Viewer, reorganisation: Any) -> HttpResponse:
    """Undo it as a whole; what was recorded since and rests on it is listed instead."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if reorganisation.state == "open" and jobs.is_large_done(reorganisation):
            return redirect("job", jobs.undo(viewer, reorganisation, form.cleaned_data["reason"]).ref)
        done = form.attempt(lambda: _undo(reorganisation, form, viewer))
        if done:
            messages.success(request, shown.undone(reorganisation))
            return redirect("reorganisation", reorganisation.ref)
    context = {
        **_head(viewer, reorganisation, "Hủy"),
        "page_title": "Hủy phương án",
        "form": form,
        "counts": _reach(reorganisation),
    }
    return render(request, "reorganise/undo.html", context)


def _reach(reorganisation: Any) -> list[tuple[int, str]]:
    """How much goes back to what it was, in the words of the preview."""
    reach = queries.reach_of(reorganisation)
    return [(reach[kind], words) for kind, words in _GOES_BACK if reach.get(kind)]


def _undo(reorganisation: Any, form: ReasonForm, viewer: Viewer) -> bool:
    reason = form.cleaned_data["reason"]
    actions.undo(reorganisation, by=viewer.actor, today=viewer.today, reason=reason)
    return True


@page("sap-xep/<reorganisation:reorganisation>/khoa/", name="reorganisation_close", needs=_NEEDS, post=_NEEDS)
def reorganisation_close(request: HttpRequest, viewer: Viewer, reorganisation: Any) -> HttpResponse:
    """Close it: from then on it can't be undone."""
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: _close(reorganisation, viewer))
        if done:
            messages.success(request, f"Đã khóa phương án «{reorganisation.title}».")
            return redirect("reorganisation", reorganisation.ref)
    context = {**_head(viewer, reorganisation, "Khóa"), "page_title": "Khóa phương án", "form": form}
    return render(request, "reorganise/close.html", context)


def _close(reorganisation: Any, viewer: Viewer) -> bool:
    actions.close(reorganisation, by=viewer.actor)
    return True

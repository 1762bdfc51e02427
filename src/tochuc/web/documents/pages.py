"""The document registry: what is cited, what it is, where it is cited; and files handed out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.documents import actions, queries
from tochuc.kernel.known_dates import day_vn
from tochuc.programme import queries as programme
from tochuc.rules.ask import all_sources
from tochuc.web.documents.downloads import download
from tochuc.web.documents.forms import VerifyForm
from tochuc.web.door import page
from tochuc.web.fields import asked
from tochuc.web.shown_again import catch_up, clashed, comparison

_PER_PAGE = 40
_MARK = {"unverified": "wait", "verified": "good", "issued": "plain"}


@page("van-ban/", name="documents", needs="document.read")
def documents(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The registry as a list, with a filter by status and type and a search by number or words."""
    readable = gate.visible(viewer, "document.read", "document")
    status, kind, words = (asked(request, name) for name in ("tt", "loai", "q"))
    rows = queries.chosen(readable, status=status, type_name=kind, words=words)
    shown = Paginator(queries.documents(rows), _PER_PAGE).get_page(request.GET.get("trang"))
    types = [(t, t) for t in queries.types_of(readable)]
    context = {
        "page_title": "Sổ văn bản",
        "columns": [
            {"label": "Số, ký hiệu"},
            {"label": "Tình trạng", "fact": True},
            {"label": "Cơ quan ban hành"},
            {"label": "Ngày ban hành"},
            {"label": "Số lần dẫn", "number": True},
        ],
        "rows": [_row(one) for one in shown.object_list],
        "shown": shown,
        "filtered": bool(status or kind or words),
        "filters": [
            {"kind": "search", "name": "q", "label": "Số, ký hiệu hoặc trích yếu", "value": words},
            {
                "kind": "select",
                "name": "tt",
                "label": "Tình trạng",
                "value": status,
                "choices": [("", "Tất cả"), *queries.STATUSES.items()],
            },
            {
                "kind": "select",
                "name": "loai",
                "label": "Loại văn bản",
                "value": kind,
                "choices": [("", "Tất cả"), *types],
            },
        ],
    }
    return render(request, "documents/documents.html", context)


def _row(one: Any) -> dict[str, Any]:
    return {
        "name": str(one),
        "under": one.title,
        "url": reverse("document", args=[one.ref]),
        "cells": [
            {"text": one.get_status_display(), "status": _MARK[one.status]},
            one.issuer_name or "Chưa rõ",
            one.issued_on or "Chưa rõ",
            one.cited,
        ],
    }


@page("van-ban/<document:document>/", name="document", needs="document.read", post="document.verify")
def document(request: HttpRequest, viewer: Viewer, document: Any) -> HttpResponse:
    """One document: what is known of it, where it is cited; for who may, the form that confirms it."""
    hints = _hints(document)
    form, changes = None, []
    if document.status != "issued" and gate.holds(viewer, "document.verify"):
        form = VerifyForm(
            request.POST or None, initial=_initial(document, hints, request), today=viewer.today
        )
    if form is not None and request.method == "POST" and form.is_valid():
        saved = form.attempt(lambda: actions.verify(document, by=viewer.actor, **form.cleaned_data))
        if saved is not None:
            messages.success(request, f"Đã xác minh {document}.")
            return redirect("document", document.ref)
        if clashed(form):
            changes = _changes(form, document)
            catch_up(form, document.version)
    elif request.method == "POST" and form is None:
        messages.warning(request, "Văn bản do ta ban hành không cần xác minh.")
        return redirect("document", document.ref)
    opened = request.method == "POST" or "sua" in request.GET or "goi-y" in request.GET
    context = {
        "page_title": str(document),
        "breadcrumb": [{"label": "Sổ văn bản", "url": reverse("documents")}, {"label": document.key}],
        "document": document,
        "mark": _MARK[document.status],
        "facts": _facts(document),
        "conclusion": _own_conclusion(viewer, document),
        "citing": _citing(viewer, document),
        "namesakes": queries.namesakes(gate.visible(viewer, "document.read", "document"), document),
        "hints": hints,
        "form": form if opened or document.status == "unverified" else None,
        "may_verify": form is not None,
        "changes": changes,
    }
    return render(request, "documents/document.html", context)


def _facts(document: Any) -> list[dict[str, Any]]:
    facts = [
        {"label": "Loại văn bản", "value": document.type_name},
        {"label": "Số, ký hiệu", "value": document.key},
        {"label": "Trích yếu", "value": document.title},
        {"label": "Cơ quan ban hành", "value": document.issuer_name},
        {"label": "Ngày ban hành", "value": document.issued_on},
    ]
    if document.term:
        facts.append({"label": "Khóa, nhiệm kỳ", "value": document.term})
    return facts


def _hints(document: Any) -> list[dict[str, Any]]:
    """Documents of the rule packs with the same number: hints only, for a number alone identifies nothing."""
    if document.status == "issued":
        return []
    key = document.key.casefold()
    return [
        {
            "id": source.id,
            "title": source.title,
            "issuer": source.issuer,
            "issued": source.issued.vn,
            "day": source.issued.first if source.issued.precision == "day" else None,
            "full": source.full,
            "confirmed": source.confidence == "text",
        }
        for source in all_sources()
        if source.number and source.number.casefold() == key
    ]


def _initial(document: Any, hints: list[dict[str, Any]], request: HttpRequest) -> dict[str, Any]:
    kept = {
        "version": document.version,
        "title": document.title,
        "issuer_name": document.issuer_name,
        "issued_on": document.issued_on,
    }
    wanted = request.GET.get("goi-y")
    hint = next((h for h in hints if h["id"] == wanted), None)
    if hint is None:
        return kept
    return kept | {"title": hint["title"], "issuer_name": hint["issuer"], "issued_on": hint["day"]}


def _changes(form: VerifyForm, document: Any) -> list[dict[str, Any]]:
    typed = form.cleaned_data
    day = day_vn(document.issued_on) if document.issued_on else ""
    return comparison(
        (
            ("Trích yếu", document.title, typed["title"]),
            ("Cơ quan ban hành", document.issuer_name, typed["issuer_name"]),
            ("Ngày ban hành", day, day_vn(typed["issued_on"])),
        )
    )


def _own_conclusion(viewer: Viewer, document: Any) -> Any:
    if document.status != "issued":
        return None
    return programme.issued_as(gate.visible(viewer, "conclusion.read", "conclusion"), document)


def _citing(viewer: Viewer, document: Any) -> list[dict[str, Any]]:
    """Where the document is cited, as far as the viewer sees: texts of conferences, else their conclusions."""
    if gate.holds(viewer, "conference.read"):
        rows = gate.visible(viewer, "conference.read", "conference")
        return [
            {
                "title": conference.title,
                "url": f"{reverse('conference', args=[conference.ref])}#nguon-van-ban-{citation.pk}",
                "day": conference.held_on,
                "surface": citation.surface,
            }
            for conference, citation in programme.conferences_citing(rows, document)
        ]
    seen = gate.visible(viewer, "conclusion.read", "conclusion")
    return [
        {
            "title": f"Thông báo kết luận số {one.document.key}: {one.conference.title}",
            "url": reverse("conclusion", args=[one.document.ref]),
            "day": one.issued_on,
            "surface": "",
        }
        for one in programme.conclusions_citing(seen, document)
    ]


@page("tep/<file:file>/", name="file", needs="file.read")
def file(request: HttpRequest, viewer: Viewer, file: Any) -> HttpResponse:
    """A kept file, handed out as an attachment and noted in the trail."""
    return download(file, viewer)

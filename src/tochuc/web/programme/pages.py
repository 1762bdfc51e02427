"""Conferences: the list with the work they gave, a draft from a text, the record beside its text."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.documents.extract.record import extract
from tochuc.programme import actions, bodies, queries
from tochuc.web.door import page
from tochuc.web.programme import record, work_list
from tochuc.web.programme.forms import ImportForm
from tochuc.web.programme.trail import trail
from tochuc.web.programme.wording import SECTIONS, TASK

_SHOWN_AT_ONCE = 5
_PER_PAGE = 30


@page("hoi-nghi/", name="conferences", needs="assignment.read")
def conferences(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """For who holds conferences: these and the tasks they gave at a glance; for others: what they were given."""
    context: dict[str, Any] = {
        "page_title": "Hội nghị và nhiệm vụ",
        "import_url": reverse("conference_import"),
    }
    if gate.holds(viewer, "conference.read"):
        context |= _held(request, viewer)
        return render(request, "programme/conferences.html", context)
    context |= work_list.own(request, viewer)
    return render(request, "programme/own_tasks.html", context)


def _held(request: HttpRequest, viewer: Viewer) -> dict[str, Any]:
    rows = queries.conferences(gate.visible(viewer, "conference.read", "conference"))
    every = request.GET.get("xem") == "hoi-nghi"
    shown = Paginator(rows, _PER_PAGE if every else _SHOWN_AT_ONCE).get_page(
        request.GET.get("trang") if every else None
    )
    listed = {
        "columns": [
            {"label": "Hội nghị"},
            {"label": "Tình trạng", "fact": True},
            {"label": "Ngày họp"},
            {"label": "Nhiệm vụ", "number": True},
            {"label": "Lượt giao đã xong"},
        ],
        "rows": [_conference_row(c) for c in shown.object_list],
        "shown": shown,
        "every": every,
        "may_edit": gate.holds(viewer, "conference.edit"),
    }
    return listed if every else listed | work_list.given(request, viewer)


def _conference_row(one: Any) -> dict[str, Any]:
    issued = one.status == "issued"
    status = f"Kết luận {one.conclusion.document.key}" if issued else "Đang soạn"
    return {
        "name": one.title,
        "under": one.organisation.short_name,
        "url": reverse("conference", args=[one.ref]),
        "cells": [
            {"text": status, "status": "good" if issued else "wait"},
            one.held_on or "Chưa rõ",
            one.task_count,
            f"{one.done}/{one.given}" if one.given else "Chưa giao",
        ],
    }


@page("hoi-nghi/nhap/", name="conference_import", needs="conference.edit", post="conference.edit")
def conference_import(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Draft a conference's record from a pasted text or a file."""
    organisations = _hosts(viewer)
    form = ImportForm(organisations, request.POST or None, request.FILES or None)
    earlier = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        organisation = form.by_code[given["organisation"]]
        mine = gate.visible(viewer, "conference.read", "conference")
        earlier = queries.drafted_from(mine, organisation, given["source"])
        if earlier is None or given["again"]:
            conference = form.attempt(
                lambda: actions.draft_from_text(
                    extract(given["source"]),
                    given["source"],
                    name=given["name"],
                    organisation=organisation,
                    by=viewer.actor,
                )
            )
            if conference is not None:
                messages.success(request, _drafted_words(conference))
                return redirect("conference", conference.ref)
    context = {
        "page_title": "Nhập hội nghị từ văn bản",
        "breadcrumb": trail(None, "Nhập từ văn bản"),
        "form": form,
        "earlier": earlier,
        "nowhere": not organisations,
        "keep_drafts": earlier is not None,
    }
    return render(request, "programme/import.html", context)


def _hosts(viewer: Viewer) -> list[Any]:
    if viewer.workplace is None:
        return []
    rows = gate.visible(viewer, "conference.edit", "organisation")
    return bodies.hosts(rows, viewer.workplace, viewer.today)


def _drafted_words(conference: Any) -> str:
    unknown = [
        words
        for words, value in (
            ("ngày họp", conference.held_on),
            ("cơ quan tổ chức", conference.host_name),
            ("người chủ trì", conference.chair_name),
        )
        if not value
    ]
    told = "Đã lập hồ sơ hội nghị từ văn bản. Hãy đối chiếu từng mục rồi giao nhiệm vụ."
    return f"{told} Chưa nhận ra {', '.join(unknown)}: cần điền tay." if unknown else told


@page("hoi-nghi/<conference:conference>/", name="conference", needs="conference.read")
def conference(request: HttpRequest, viewer: Viewer, conference: Any) -> HttpResponse:
    """The record of a conference beside the text it was read from; a draft can be edited item by item."""
    conclusion = queries.conclusion_of(conference)
    tasks = queries.tasks_of(conference)
    sections = queries.items_by_kind(conference)
    delegates = list(conference.delegates.all())
    citations = queries.citations_of(conference)
    editable = conclusion is None and gate.holds(viewer, "conference.edit")
    urls = {
        "edit": reverse("conference_edit", args=[conference.ref]),
        "add": reverse("item_add", args=[conference.ref]),
        "assign": reverse("conference_assign", args=[conference.ref]),
        "issue": reverse("conference_issue", args=[conference.ref]),
    }
    by_item = {t.item_id: t for t in tasks}
    context = {
        "page_title": conference.title,
        "breadcrumb": trail(None, conference.title),
        "conference": conference,
        "conclusion": conclusion,
        "editable": editable,
        "urls": urls,
        "steps": record.steps(conference, tasks, urls) if editable else [],
        "head": record.head_rows(conference)[1:],
        "delegates": delegates,
        "documents": record.documents_cited(citations),
        "sections": [
            {
                "kind": kind,
                "title": SECTIONS[kind][0],
                "add": SECTIONS[kind][1],
                "is_tasks": kind == TASK,
                "items": [{"item": i, "task": by_item.get(i.pk)} for i in items],
            }
            for kind, _label, items in sections
            if items or editable
        ],
        "spans": record.spans(conference, delegates, citations, [i for s in sections for i in s[2]]),
    }
    return render(request, "programme/conference.html", context)

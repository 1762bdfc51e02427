"""What an organisation was given to do, and the documents it issued."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.documents.queries import documents
from tochuc.org.queries import Organisation
from tochuc.programme import queries
from tochuc.programme.standing import standing_of
from tochuc.web.door import page
from tochuc.web.organisations.place import head, place_of
from tochuc.web.programme.wording import STANDING_MARK

_PER_PAGE = 40


@page("to-chuc/<organisation:organisation>/nhiem-vu/", name="organisation_tasks", needs="organisation.read")
def organisation_tasks(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """The tasks given to this organisation, those not done first."""
    mine = gate.visible(viewer, "assignment.read", "assignment").filter(organisation=organisation)
    shown = Paginator(queries.assignments_in(mine), _PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        **head(place_of(viewer, organisation), "organisation_tasks", "Nhiệm vụ"),
        "columns": [
            {"label": "Nhiệm vụ"},
            {"label": "Tình hình", "fact": True},
            {"label": "Thời hạn"},
            {"label": "Giao tại"},
        ],
        "rows": [_task(one, viewer) for one in shown.object_list],
        "shown": shown,
        "what": "nhiệm vụ",
        "caption": "Nhiệm vụ được giao",
        "empty": "Chưa có nhiệm vụ nào được giao",
        "why": "Khi một kết luận giao việc cho tổ chức này, nhiệm vụ hiện ở đây.",
    }
    return render(request, "organisations/work.html", context)


def _task(one: Any, viewer: Viewer) -> dict[str, Any]:
    stands = standing_of(one, reported=one.report_count > 0, today=viewer.today)
    conference = one.task.conference
    return {
        "name": capfirst(one.task.text),
        "url": reverse("assignment", args=[one.ref]),
        "quiet": one.status == "done",
        "cells": [
            {"text": stands.words, "status": STANDING_MARK[stands.kind]},
            one.due_on,
            conference.title if conference else "",
        ],
    }


@page(
    "to-chuc/<organisation:organisation>/van-ban/", name="organisation_documents", needs="organisation.read"
)
def organisation_documents(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """The documents that this organisation issued, newest first."""
    issued = gate.visible(viewer, "document.read", "document").filter(organisation=organisation)
    shown = Paginator(documents(issued), _PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        **head(place_of(viewer, organisation), "organisation_documents", "Văn bản"),
        "columns": [
            {"label": "Số, ký hiệu"},
            {"label": "Trích yếu", "fact": True},
            {"label": "Ngày ban hành"},
        ],
        "rows": [
            {
                "name": str(one),
                "url": reverse("document", args=[one.ref]),
                "cells": [one.title, one.issued_on or "Chưa rõ"],
            }
            for one in shown.object_list
        ],
        "shown": shown,
        "what": "văn bản",
        "caption": "Văn bản đã ban hành",
        "empty": "Chưa có văn bản nào của tổ chức này",
        "why": "Kết luận, thông báo do tổ chức này phát hành sẽ ghi ở đây.",
    }
    return render(request, "organisations/work.html", context)

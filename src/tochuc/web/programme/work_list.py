"""Lists of tasks: those given, at a glance, for who gave them; one's own, for who carries them out."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.kernel.words import due_words
from tochuc.programme import queries
from tochuc.programme.standing import standing_of
from tochuc.web.fields import asked
from tochuc.web.programme.wording import STANDING_MARK

_PER_PAGE = 25

GIVEN_FILTERS = (
    ("", "Tất cả"),
    ("qua-han", "Có nơi quá hạn"),
    ("chua-bao-cao", "Có nơi chưa báo cáo"),
    ("chua-xong", "Chưa xong"),
    ("da-xong", "Đã xong cả"),
)
OWN_FILTERS = (
    ("", "Tất cả"),
    ("qua-han", "Quá hạn"),
    ("chua-xong", "Chưa xong"),
    ("da-xong", "Đã xong"),
)


def given(request: HttpRequest, viewer: Viewer) -> dict[str, Any]:
    """The binding tasks that the viewer follows, with how far the organisations are."""
    chosen, words = asked(request, "loc"), asked(request, "q")
    rows = queries.issued_tasks(gate.visible(viewer, "task.read", "task"))
    rows = queries.counted(queries.search_tasks(rows, words), viewer.today)
    rows = queries.at_stage(rows, chosen)
    shown = Paginator(rows, _PER_PAGE).get_page(request.GET.get("trang"))
    return {
        "glances": [
            {
                "glance": queries.glance_of(task),
                "url": reverse("task", args=[task.ref]),
                "until": due_words(task.due_on, viewer.today) if task.due_on else "chưa có thời hạn",
                "late": bool(task.due_on and task.due_on < viewer.today),
            }
            for task in shown.object_list
        ],
        "tasks_page": shown,
        "filters": _filters(GIVEN_FILTERS, chosen, words),
        "filtered": bool(chosen or words),
    }


def own(request: HttpRequest, viewer: Viewer) -> dict[str, Any]:
    """The assignments of the viewer's own organisations, those not done first."""
    chosen, words = asked(request, "loc"), asked(request, "q")
    rows = queries.assignments_in(gate.visible(viewer, "assignment.read", "assignment"))
    rows = queries.at_stage_of_own(queries.search_assignments(rows, words), chosen, viewer.today)
    shown = Paginator(rows, _PER_PAGE).get_page(request.GET.get("trang"))
    return {
        "columns": [
            {"label": "Nhiệm vụ"},
            {"label": "Tình hình", "fact": True},
            {"label": "Thời hạn"},
            {"label": "Tổ chức thực hiện"},
            {"label": "Giao tại"},
        ],
        "rows": [_own_row(one, viewer) for one in shown.object_list],
        "shown": shown,
        "filters": _filters(OWN_FILTERS, chosen, words),
        "filtered": bool(chosen or words),
    }


def _own_row(one: Any, viewer: Viewer) -> dict[str, Any]:
    stands = standing_of(one, reported=one.report_count > 0, today=viewer.today)
    conference = one.task.conference
    pending = one.status != "done" and not stands.late_days
    until = f", {due_words(one.due_on, viewer.today)}" if pending else ""
    return {
        "name": capfirst(one.task.text),
        "url": reverse("assignment", args=[one.ref]),
        "quiet": one.status == "done",
        "cells": [
            {"text": f"{stands.words}{until}", "status": STANDING_MARK[stands.kind]},
            one.due_on,
            one.organisation.short_name,
            conference.title if conference else "",
        ],
    }


def _filters(choices: tuple[tuple[str, str], ...], chosen: str, words: str) -> list[dict[str, Any]]:
    return [
        {"kind": "search", "name": "q", "label": "Tìm trong nhiệm vụ", "value": words},
        {"kind": "select", "name": "loc", "label": "Tình hình", "value": chosen, "choices": choices},
    ]

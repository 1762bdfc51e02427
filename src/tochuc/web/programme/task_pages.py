"""Tasks at work: who is done, late or silent; one organisation's assignment with its reports."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.documents import files
from tochuc.kernel.known_dates import day_vn
from tochuc.kernel.words import due_words
from tochuc.programme import actions, queries
from tochuc.programme.standing import standing_of
from tochuc.web.door import page
from tochuc.web.programme.forms import ReportForm
from tochuc.web.programme.trail import trail
from tochuc.web.programme.wording import REPORT_STATUS, STANDING_MARK

_STATUS = dict(REPORT_STATUS)
_NOTE_SHOWN = 140

_FILTERS = (("", "Tất cả"), ("late", "Quá hạn"), ("silent", "Chưa báo cáo"), ("going", "Đang thực hiện"), ("done", "Đã xong"))  # fmt: skip


@page("nhiem-vu/<task:task>/", name="task", needs="task.read")
def task(request: HttpRequest, viewer: Viewer, task: Any) -> HttpResponse:
    """One task across its organisations: how each stands in words, its last report, days late."""
    every = [_line(one, viewer) for one in queries.assignments_of(task)]
    chosen = request.GET.get("loc", "")
    counts = Counter(kind for line in every for kind in line["kinds"])
    shown = [line for line in every if chosen in {"", *line["kinds"]}]
    context = {
        "page_title": capfirst(task.text),
        "breadcrumb": trail(task.conference, "Nhiệm vụ"),
        "task": task,
        "issued": task.conference is None or task.conference.status != "draft",
        "given": len(every),
        "counts": counts,
        "until": due_words(task.due_on, viewer.today) if task.due_on else "",
        "tabs": [
            {
                "label": label,
                "url": f"?loc={code}" if code else "?",
                "current": code == chosen,
                "count": counts[code] if code else len(every),
            }
            for code, label in _FILTERS
        ],
        "columns": [
            {"label": "Tổ chức thực hiện"},
            {"label": "Tình hình", "fact": True},
            {"label": "Báo cáo gần nhất"},
            {"label": "Ngày báo cáo"},
            {"label": "Số ngày chậm", "number": True},
        ],
        "rows": [line["row"] for line in shown],
        "chosen": chosen,
        "documents": queries.cited_in(task),
        "may_edit": gate.holds(viewer, "task.edit"),
    }
    return render(request, "programme/task.html", context)


def _line(one: Any, viewer: Viewer) -> dict[str, Any]:
    reports = list(one.reports.all())
    stands = standing_of(one, reported=bool(reports), today=viewer.today)
    last = reports[0] if reports else None
    kinds = {stands.kind} | ({"silent"} if not reports else set())
    return {
        "kinds": kinds,
        "row": {
            "name": one.organisation.short_name,
            "url": reverse("assignment", args=[one.ref]) if one.issued else "",
            "cells": [
                {"text": stands.words, "status": STANDING_MARK[stands.kind]},
                _shortened(last.note) if last else "Chưa có",
                last.reported_on if last else "",
                stands.late_days or "",
            ],
        },
    }


def _shortened(note: str) -> str:
    line = " ".join(note.split())
    return line if len(line) <= _NOTE_SHOWN else f"{line[:_NOTE_SHOWN].rsplit(' ', 1)[0]}…"


@page(
    "viec/<assignment:assignment>/",
    name="assignment",
    needs="assignment.read",
    post="assignment.report",
)
def assignment(request: HttpRequest, viewer: Viewer, assignment: Any) -> HttpResponse:
    """What one organisation has to do, by when and why; its reports; for itself, the form to report."""
    reports = list(queries.reports_of(assignment))
    reporting = request.method == "POST" or (
        assignment.status != "done" and gate.may(viewer, "assignment.report", "assignment", assignment)
    )
    form = ReportForm(request.POST or None, request.FILES or None) if reporting else None
    sent = form is not None and request.method == "POST" and form.is_valid()
    if form and sent and form.attempt(lambda: _report(form, assignment, viewer)) is not None:
        messages.success(request, _thanks(form.cleaned_data["status"], assignment, viewer))
        return redirect("assignment", assignment.ref)
    task = assignment.task
    stands = standing_of(assignment, reported=bool(reports), today=viewer.today)
    conclusion = queries.conclusion_of(task.conference) if task.conference else None
    context = {
        "page_title": capfirst(task.text),
        "breadcrumb": trail(None, assignment.organisation.short_name),
        "assignment": assignment,
        "task": task,
        "standing": stands,
        "mark": STANDING_MARK[stands.kind],
        "until": due_words(assignment.due_on, viewer.today),
        "conclusion": conclusion,
        "documents": queries.cited_in(task),
        "reports": [{"report": r, "status": _STATUS.get(r.status, r.get_status_display())} for r in reports],
        "form": form,
        "sees_whole_task": gate.holds(viewer, "task.read"),
    }
    return render(request, "programme/assignment.html", context)


def _report(form: ReportForm, assignment: Any, viewer: Viewer) -> Any:
    given = form.cleaned_data
    kept = None
    if given["file"]:
        kept = files.store(**given["file"], organisation=assignment.organisation, by=viewer.actor)
    return actions.report_progress(
        assignment,
        status=given["status"],
        note=given["note"],
        file=kept,
        by=viewer.actor,
        today=viewer.today,
    )


def _thanks(status: str, assignment: Any, viewer: Viewer) -> str:
    whom = assignment.organisation.short_name
    if status == "done":
        return f"Đã ghi nhận {whom} hoàn thành nhiệm vụ. Không cần làm gì thêm."
    sent = f"Đã gửi báo cáo của {whom}."
    if assignment.due_on < viewer.today:
        return f"{sent} Nhiệm vụ đã quá hạn: xong việc thì báo cáo hoàn thành ngay."
    return f"{sent} Xong việc thì báo cáo hoàn thành, chậm nhất {day_vn(assignment.due_on)}."

"""Work under way: how far it is, stopping it, finding it again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from tochuc.access.viewer import Viewer
from tochuc.jobs import queue
from tochuc.kernel.errors import Conflict
from tochuc.web.door import page

_MOST = 50
_FILES = (".xlsx",)
_TITLE = "Công việc đang chạy"
_STATUS = {"waiting": "wait", "running": "wait", "done": "good", "failed": "late", "stopped": "plain"}


@page("cong-viec/", name="jobs", needs="job.read")
def jobs(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What one asked for, newest first."""
    found = list(queue.of(viewer.account)[:_MOST])
    context = {
        "page_title": _TITLE,
        "breadcrumb": [{"label": "Việc cần làm", "url": reverse("home")}, {"label": _TITLE}],
        "columns": [
            {"label": "Công việc"},
            {"label": "Tình trạng", "fact": True},
            {"label": "Của"},
            {"label": "Lúc"},
        ],
        "rows": [
            {
                "name": one.title,
                "url": one.url if one.url else reverse("job", args=[one.ref]),
                "cells": [
                    {"text": _state(one), "status": _STATUS[one.state]},
                    one.organisation.name,
                    timezone.localdate(one.made_at),
                ],
            }
            for one in found
        ],
    }
    return render(request, "jobs/list.html", context)


@page("cong-viec/<job:job>/", name="job", needs="job.read", post="job.read")
def job(request: HttpRequest, viewer: Viewer, job: Any) -> HttpResponse:
    """How far a piece of work is; when it is done, what came of it."""
    if request.method == "POST":
        try:
            queue.stop(job)
        except Conflict as ended:
            messages.warning(request, ended.message)
        else:
            messages.info(request, "Đã yêu cầu dừng. Những gì đang làm dở không được ghi.")
        return redirect("job", job.ref)
    file = job.url if job.url.endswith(_FILES) else ""
    if job.url and not file and not job.said:
        return redirect(job.url)
    context = {
        "page_title": job.title,
        "breadcrumb": [
            {"label": "Việc cần làm", "url": reverse("home")},
            {"label": _TITLE, "url": reverse("jobs")},
            {"label": job.title},
        ],
        "job": job,
        "state": _state(job),
        "status": _STATUS[job.state],
        "reasons": job.error.splitlines(),
        "file_url": file,
        "result_url": "" if file else job.url,
        "jobs_url": reverse("jobs"),
    }
    answer = render(request, "jobs/one.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _state(job: Any) -> str:
    if job.state == "running" and job.stop_asked:
        return "Đang dừng"
    label: str = job.get_state_display()
    return label

"""Taking everything recorded of a branch away as open files, packed in one .zip."""

from __future__ import annotations

from typing import Any, cast

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.audit.record import Actor
from tochuc.exchange.branch import packing
from tochuc.jobs import queue
from tochuc.jobs.progress import Teller
from tochuc.jobs.queue import Job
from tochuc.jobs.work import Answer, handles
from tochuc.org.queries import Organisation
from tochuc.web.door import page
from tochuc.web.organisations.place import page_of, place_of

EXPORT = "branch.export"
_RECENT = 5


@page(
    "to-chuc/<organisation:organisation>/xuat-du-lieu/",
    name="branch_export",
    needs="branch.export",
    post="branch.export",
)
def branch_export(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """Ask for the export, and fetch those that are ready."""
    if request.method == "POST":
        title = f"Xuất dữ liệu {organisation.name}"
        job = queue.ask(
            EXPORT, title, organisation=organisation, account=viewer.account, asked={"org": organisation.code}
        )
        return redirect("job", job.ref)
    ready = queue.of(viewer.account).filter(kind=EXPORT, organisation=organisation, state="done")[:_RECENT]
    context = {
        "page_title": "Xuất toàn bộ dữ liệu",
        "breadcrumb": place_of(viewer, organisation).breadcrumb("Xuất toàn bộ dữ liệu"),
        "organisation": organisation,
        "ready": [
            {
                "name": f"Bản xuất {organisation.short_name}",
                "url": reverse("branch_zip", args=[one.ref]),
                "cells": [one.ended_at],
            }
            for one in ready
        ],
        "columns": [{"label": "Tệp"}, {"label": "Xuất lúc", "fact": True}],
        "days": packing.DAYS_KEPT,
        "back": page_of(organisation, "organisation"),
    }
    return render(request, "imports/export.html", context)


@page("cong-viec/<job:job>/du-lieu.zip", name="branch_zip", needs="job.read")
def branch_zip(request: HttpRequest, viewer: Viewer, job: Any) -> HttpResponse:
    """The files of an export that is ready, for one who may export the branch still."""
    ready = job.kind == EXPORT and job.state == "done"
    may = ready and gate.may(viewer, EXPORT, "organisation", job.organisation)
    file = packing.packed(job.ref) if may else None
    if file is None:
        return redirect(page_of(job.organisation, "branch_export"))
    answer = FileResponse(file, as_attachment=True, filename=f"{job.organisation.code}.zip")
    answer["Cache-Control"] = "private, no-store"
    # Sent piece by piece: such an answer has no text, but is one to the door.
    return cast(HttpResponse, answer)


@handles(EXPORT, by_itself=True)
def _export(job: Job, tell: Teller) -> Answer:
    packing.pack(
        job.organisation,
        job.ref,
        by=Actor(job.account.pk, job.account.full_name),
        progress=lambda done, total: tell("Đang ghi bảng", done, total),
    )
    return Answer(page_of(job.organisation, "branch_export"))

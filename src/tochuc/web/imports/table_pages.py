"""Bringing in lists of past movements, of organisations, of posts: the file, what it would do, the confirmation."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access.viewer import Viewer
from tochuc.exchange.imports import tables, upload
from tochuc.exchange.imports.readings import corrections_for, seal
from tochuc.exchange.imports.tables import Looked
from tochuc.exchange.intake.refused import Unreadable
from tochuc.exchange.sheets import MEDIA_TYPE
from tochuc.jobs.queue import Job
from tochuc.org.queries import Organisation
from tochuc.web.documents.downloads import attachment
from tochuc.web.door import page
from tochuc.web.imports import table_jobs
from tochuc.web.imports.forms import ConfirmForm, TableForm
from tochuc.web.imports.table_shown import looked
from tochuc.web.imports.table_sorts import MOVES, SORTS, Sort
from tochuc.web.organisations.asked import Asked, address, day_asked
from tochuc.web.organisations.place import page_of, place_of


def _declare(sort: Sort) -> None:
    """The three addresses of a sort of list: choosing the file, looking at it, its workbook with the cells marked."""

    @page(
        f"to-chuc/<organisation:organisation>/nhap-{sort.folder}/",
        name=sort.choose,
        needs=sort.needs,
        post=sort.needs,
    )
    def choose(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
        return _choose(request, viewer, organisation, sort)

    @page(f"nhap-danh-sach/<list:file>/{sort.folder}/", name=sort.check, needs=sort.needs, post=sort.needs)
    def check(request: HttpRequest, viewer: Viewer, file: Any) -> HttpResponse:
        return _check(request, viewer, file, sort)

    @page(f"nhap-danh-sach/<list:file>/{sort.folder}/danh-dau.xlsx", name=sort.marked, needs=sort.needs)
    def marked(request: HttpRequest, viewer: Viewer, file: Any) -> HttpResponse:
        return _marked(request, viewer, file, sort)


for _sort in SORTS.values():
    _declare(_sort)


def _choose(request: HttpRequest, viewer: Viewer, organisation: Organisation, sort: Sort) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = TableForm(viewer.today, sort.dated, *sent)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        kept = form.attempt(
            lambda: upload.bring_table(
                sort.what,
                given["file"].name or "",
                given["file"].read(),
                limit=settings.UPLOAD_LIMIT,
                organisation=organisation,
                today=viewer.today,
                by=viewer.actor,
            )
        )
        as_of = given.get("as_of") or viewer.today
        if kept is not None and table_jobs.is_large(kept):
            return redirect("job", table_jobs.check(viewer, sort, kept, as_of).ref)
        if kept is not None:
            return redirect(reverse(sort.check, args=[kept.pk]) + address(ngay=as_of))
    context = {
        "page_title": sort.title,
        "breadcrumb": place_of(viewer, organisation).breadcrumb(sort.title),
        "organisation": organisation,
        "sort": sort,
        "form": form,
        "back": page_of(organisation, "organisation"),
        "changes_url": page_of(organisation, "organisation_changes"),
    }
    return render(request, "imports/choose_table.html", context)


def _check(request: HttpRequest, viewer: Viewer, file: Any, sort: Sort) -> HttpResponse:
    asked = day_asked(request, "ngay", viewer.today, latest=viewer.today)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: _write(viewer, file, sort, form.cleaned_data))
        if isinstance(done, Job):
            return redirect("job", done.ref)
        if done is not None and done.changeset is None:
            messages.info(request, "Không có gì phải ghi: mọi việc trong danh sách đã có trong sổ.")
            return redirect(page_of(file.organisation, sort.choose))
        if done is not None and done.changeset is not None:
            messages.success(request, f"Đã ghi {done.writes} dòng vào sổ.")
            return redirect("changeset", done.changeset.ref)
    context = _about(viewer, file, sort, asked)
    if table_jobs.is_large(file):
        job = table_jobs.checked(viewer, sort, file, asked.day)
        if job is None or not job.answer:
            return _to_be_checked(request, viewer, file, sort, asked, job)
        context |= job.answer | {"checked_at": job.ended_at}
    else:
        try:
            context |= looked(_looked(viewer, file, sort, asked))
        except Unreadable as refusal:
            return render(request, "imports/check_table.html", context | {"unreadable": refusal.message})
    if not form.is_bound:
        sealed = seal(corrections_for(file.organisation, file))
        form = ConfirmForm(initial={"as_of": asked.day, "sha256": file.sha256, "sealed": sealed})
    return render(request, "imports/check_table.html", context | {"form": form})


def _looked(viewer: Viewer, file: Any, sort: Sort, asked: Asked) -> Looked:
    return tables.take(sort.what, file, as_of=asked.day, today=viewer.today, by=viewer.actor, dry_run=True)


def _write(viewer: Viewer, file: Any, sort: Sort, given: dict[str, Any]) -> Looked | Job:
    upload.check_shown(file, given["sha256"], given["sealed"])
    if table_jobs.is_large(file):
        return table_jobs.write(viewer, sort, file, given["as_of"])
    return tables.take(
        sort.what, file, as_of=given["as_of"], today=viewer.today, by=viewer.actor, dry_run=False
    )


def _to_be_checked(
    request: HttpRequest, viewer: Viewer, file: Any, sort: Sort, asked: Asked, job: Job | None
) -> HttpResponse:
    if request.method == "POST":
        return redirect("job", table_jobs.check(viewer, sort, file, asked.day).ref)
    if job is not None and job.going_on:
        return redirect("job", job.ref)
    context = _about(viewer, file, sort, asked) | {"error": job.error if job else "", "columns_url": ""}
    return render(request, "imports/to_check.html", context)


def _about(viewer: Viewer, file: Any, sort: Sort, asked: Asked) -> dict[str, Any]:
    organisation = file.organisation
    return {
        "page_title": f"Xem trước: {sort.title[5:]}",
        "breadcrumb": place_of(viewer, organisation).breadcrumb(
            (sort.title, page_of(organisation, sort.choose)), "Xem trước"
        ),
        "file": file,
        "organisation": organisation,
        "sort": sort,
        "day": asked.day,
        "day_error": asked.error,
        "back": page_of(organisation, sort.choose),
        "written_columns": [
            {"label": "Người" if sort is MOVES else "Tên"},
            {"label": "Sẽ ghi", "fact": True},
            {"label": "Trong tệp"},
        ],
        "marked_url": reverse(sort.marked, args=[file.pk]) + address(ngay=asked.day),
    }


def _marked(request: HttpRequest, viewer: Viewer, file: Any, sort: Sort) -> HttpResponse:
    asked = day_asked(request, "ngay", viewer.today, latest=viewer.today)
    try:
        body = tables.marked_copy(sort.what, file, as_of=asked.day, today=viewer.today, by=viewer.actor)
    except Unreadable:
        # The page of the file says what is wrong with it.
        return redirect(sort.check, file.pk)
    return attachment("danh-dau.xlsx", body, MEDIA_TYPE)

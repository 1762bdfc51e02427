"""Bringing a list of members in: the file, the dry run, the confirmation, the workbook with its cells marked."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.changes import queries
from tochuc.documents import files
from tochuc.documents.actions import open_file
from tochuc.exchange.imports import upload
from tochuc.exchange.imports.marked import marked
from tochuc.exchange.imports.readings import corrections_for, seal
from tochuc.exchange.imports.review import Review, reviewed
from tochuc.exchange.imports.write import Written
from tochuc.exchange.intake.refused import Unreadable
from tochuc.exchange.sheets import MEDIA_TYPE
from tochuc.jobs.queue import Job
from tochuc.kernel.known_dates import day_vn
from tochuc.org.queries import Organisation
from tochuc.web.documents.downloads import attachment
from tochuc.web.door import page
from tochuc.web.imports import jobs, shown
from tochuc.web.imports.forms import ConfirmForm, ListForm
from tochuc.web.organisations.asked import Asked, address, day_asked
from tochuc.web.organisations.place import page_of, place_of

_RECENT = 10
_HERE = "Nhập danh sách"


@page(
    "to-chuc/<organisation:organisation>/nhap-danh-sach/",
    name="import_members",
    needs="members.import",
    post="members.import",
)
def import_members(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """Choose the file, and see what was imported before."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ListForm(viewer.today, *sent)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        kept = form.attempt(
            lambda: upload.bring(
                given["file"].name or "",
                given["file"].read(),
                limit=settings.UPLOAD_LIMIT,
                organisation=organisation,
                today=viewer.today,
                by=viewer.actor,
            )
        )
        if kept is not None and jobs.is_large(kept):
            return redirect("job", jobs.check(viewer, kept, given["as_of"]).ref)
        if kept is not None:
            return redirect(_check_url(kept, given["as_of"]))
    context = {
        "page_title": "Nhập danh sách đảng viên",
        "breadcrumb": place_of(viewer, organisation).breadcrumb(_members(organisation), _HERE),
        "organisation": organisation,
        "form": form,
        "columns": [
            {"label": "Tệp"},
            {"label": "Kết quả", "fact": True},
            {"label": "Lúc"},
            {"label": "Người nhập"},
        ],
        "earlier": [_earlier(one) for one in queries.of(organisation).filter(kind="import")[:_RECENT]],
        "back": page_of(organisation, "organisation_members"),
        "jobs_url": reverse("jobs"),
        "units_url": page_of(organisation, "import_organisations")
        if gate.may(viewer, "organisation.arrange", "organisation", organisation)
        else "",
        "export_url": page_of(organisation, "branch_export")
        if gate.may(viewer, "branch.export", "organisation", organisation)
        else "",
    }
    return render(request, "imports/choose.html", context)


def _members(organisation: Organisation) -> tuple[str, str]:
    return "Đảng viên", page_of(organisation, "organisation_members")


def _check_url(file: Any, as_of: Any) -> str:
    return reverse("import_check", args=[file.pk]) + address(ngay=as_of)


def _earlier(one: Any) -> dict[str, Any]:
    counted = f"{one.summary.get('create', 0)} tạo mới, {one.summary.get('change', 0)} thay đổi"
    return {
        "name": one.file_name,
        "url": reverse("changeset", args=[one.ref]),
        "cells": [
            f"Đã hoàn tác ({counted})" if one.undone_at else counted,
            timezone.localdate(one.made_at),
            one.made_by.full_name if one.made_by else "Hệ thống",
        ],
    }


@page("nhap-danh-sach/<list:file>/", name="import_check", needs="members.import", post="members.import")
def import_check(request: HttpRequest, viewer: Viewer, file: Any) -> HttpResponse:
    """What the list would do, before anything is written; then write it."""
    asked = day_asked(request, "ngay", viewer.today, latest=viewer.today)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        written = form.attempt(lambda: _write(viewer, file, given["sha256"], given["sealed"], given["as_of"]))
        if isinstance(written, Job):
            return redirect("job", written.ref)
        if written is not None and written.changeset is None:
            messages.info(request, "Không có gì phải ghi: mọi người trong danh sách đã có trong sổ.")
            return redirect(page_of(file.organisation, "import_members"))
        if written is not None:
            done = written.counts
            messages.success(
                request, f"Đã nhập: {done['create']} người tạo mới, {done['change']} người thay đổi."
            )
            return redirect("changeset", written.changeset.ref)  # type: ignore[union-attr]
    if jobs.is_large(file) and ((job := jobs.checked(viewer, file, asked.day)) is None or not job.answer):
        # Looking at a large list is work of its own, asked for with a button or by bringing the list.
        return _to_be_checked(request, viewer, file, asked, job)
    return render(request, "imports/check.html", _checked(viewer, file, asked, form))


def _reviewed(viewer: Viewer, file: Any, as_of: date) -> Review:
    return reviewed(
        files.read(file),
        file.name,
        organisation=file.organisation,
        as_of=as_of,
        today=viewer.today,
        corrections=corrections_for(file.organisation, file),
    )


def _write(viewer: Viewer, file: Any, sha256: str, sealed: str, as_of: date) -> Written | Job:
    upload.check_shown(file, sha256, sealed)
    if jobs.is_large(file):
        return jobs.write(viewer, file, as_of)
    return upload.confirm(file, as_of=as_of, today=viewer.today, by=viewer.actor)


def _to_be_checked(
    request: HttpRequest, viewer: Viewer, file: Any, asked: Asked, job: Job | None
) -> HttpResponse:
    if request.method == "POST":
        return redirect("job", jobs.check(viewer, file, asked.day).ref)
    if job is not None and job.going_on:
        return redirect("job", job.ref)
    context = _about(viewer, file, asked) | {"error": job.error if job else ""}
    return render(request, "imports/to_check.html", context)


def _about(viewer: Viewer, file: Any, asked: Asked) -> dict[str, Any]:
    organisation = file.organisation
    return {
        "page_title": "Xem trước danh sách",
        "breadcrumb": place_of(viewer, organisation).breadcrumb(
            _members(organisation), (_HERE, page_of(organisation, "import_members")), "Xem trước"
        ),
        "file": file,
        "organisation": organisation,
        "day": asked.day,
        "day_error": asked.error,
        "back": page_of(organisation, "import_members"),
        "columns_url": reverse("import_columns", args=[file.pk]) + address(ngay=asked.day),
    }


def _checked(viewer: Viewer, file: Any, asked: Asked, form: ConfirmForm) -> dict[str, Any]:
    context = _about(viewer, file, asked) | {"form": form}
    corrections = corrections_for(file.organisation, file)
    earlier = jobs.checked(viewer, file, asked.day) if jobs.is_large(file) else None
    try:
        seen = earlier.answer if earlier else shown.review(_reviewed(viewer, file, asked.day))
    except Unreadable as refusal:
        return context | {
            "unreadable": refusal.message,
            "may_tell": refusal.code in ("no_header", "no_people"),
        }
    if not form.is_bound:
        context["form"] = ConfirmForm(
            initial={"as_of": asked.day, "sha256": file.sha256, "sealed": seal(corrections)}
        )
    return (
        context
        | seen
        | {
            "checked_at": earlier.ended_at if earlier else None,
            "mapping_columns": [
                {"label": "Cột trong tệp"},
                {"label": "Đọc là", "fact": True},
                {"label": "Ví dụ trong tệp"},
                {"label": "Giá trị đọc được"},
            ],
            "created_columns": [
                {"label": "Họ và tên"},
                {"label": "Ngày sinh"},
                {"label": "Chi bộ", "fact": True},
                {"label": "Tư cách"},
                {"label": "Ngày vào Đảng"},
                {"label": "Số thẻ"},
                {"label": "Trong tệp"},
            ],
            "marked_url": reverse("import_marked", args=[file.pk]) + address(ngay=asked.day),
        }
    )


@page("nhap-danh-sach/<list:file>/danh-dau.xlsx", name="import_marked", needs="members.import")
def import_marked(request: HttpRequest, viewer: Viewer, file: Any) -> HttpResponse:
    """The same workbook, the cells to be mended marked, each with its comment."""
    asked = day_asked(request, "ngay", viewer.today, latest=viewer.today)
    try:
        body = marked(
            open_file(file, by=viewer.actor),
            file.name,
            organisation=file.organisation,
            as_of=asked.day,
            today=viewer.today,
            corrections=corrections_for(file.organisation, file),
        )
    except Unreadable:
        # The page of the file says what is wrong with it.
        return redirect("import_check", file.pk)
    return attachment(f"danh-dau-{day_vn(asked.day).replace('/', '-')}.xlsx", body, MEDIA_TYPE)

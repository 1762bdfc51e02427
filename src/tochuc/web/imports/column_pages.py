"""Correcting how the columns of a list are read; remembered for that kind of list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access.viewer import Viewer
from tochuc.documents import files
from tochuc.exchange.imports import readings
from tochuc.exchange.intake.kinds import seen_sheets
from tochuc.exchange.intake.refused import Unreadable
from tochuc.web.door import page
from tochuc.web.imports import jobs
from tochuc.web.imports.column_forms import ColumnsForm
from tochuc.web.organisations.asked import address, day_asked
from tochuc.web.organisations.place import page_of, place_of


@page("nhap-danh-sach/<list:file>/cot/", name="import_columns", needs="members.import", post="members.import")
def import_columns(request: HttpRequest, viewer: Viewer, file: Any) -> HttpResponse:
    """Each column with its first values and what it is read as; change it, and it is remembered."""
    asked = day_asked(request, "ngay", viewer.today, latest=viewer.today)
    organisation = file.organisation
    corrections = readings.corrections_for(organisation, file)
    try:
        sheets = seen_sheets(files.read(file), corrections)
    except Unreadable:
        # The page of the file says what is wrong with it.
        return redirect("import_check", file.pk)
    form = ColumnsForm(sheets, request.POST if request.method == "POST" else None)
    check_url = reverse("import_check", args=[file.pk]) + address(ngay=asked.day)
    if request.method == "POST" and form.is_valid():
        moved = form.header_rows
        readings.keep_columns(
            sheets, form.columns, organisation=organisation, file_name=file.name, by=viewer.actor
        )
        readings.choose(
            file, only=form.only or corrections.only, header_rows={**corrections.header_rows, **moved}
        )
        if moved:
            messages.info(request, "Đã đọc lại theo dòng tiêu đề mới. Hãy xem các cột dưới đây.")
            return redirect(reverse("import_columns", args=[file.pk]) + address(ngay=asked.day))
        messages.success(request, "Đã ghi nhớ cách hiểu các cột cho loại danh sách này.")
        if jobs.is_large(file):
            return redirect("job", jobs.check(viewer, file, asked.day).ref)
        return redirect(check_url)
    context = {
        "page_title": "Các cột trong tệp",
        "breadcrumb": place_of(viewer, organisation).breadcrumb(
            ("Nhập danh sách", page_of(organisation, "import_members")),
            ("Xem trước", check_url),
            "Các cột trong tệp",
        ),
        "file": file,
        "organisation": organisation,
        "form": form,
        "several": len(sheets) > 1,
        "back": check_url,
    }
    return render(request, "imports/columns.html", context)

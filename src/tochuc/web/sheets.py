"""Handing out a list as a workbook: the one way, so that each download has its head and stays in the trail."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import FileResponse, HttpRequest

from tochuc.access.viewer import Viewer
from tochuc.audit.record import SYSTEM, record
from tochuc.exchange.sheets import MEDIA_TYPE, Sheet, workbook
from tochuc.kernel.known_dates import day_vn
from tochuc.org.queries import Organisation


def download(
    request: HttpRequest,
    viewer: Viewer,
    sheets: Sequence[Sheet],
    *,
    name: str,
    organisation: Organisation | None = None,
) -> FileResponse:
    """The workbook as a file named ``name``; who took which list, how long and how filtered is noted."""
    file, counts = workbook(sheets)
    place = organisation or viewer.workplace
    note_taken(viewer, place, sheets[0].title, name=name, rows=sum(counts), asked=request.GET.urlencode())
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=MEDIA_TYPE)
    answer["Cache-Control"] = "private, no-store"
    return answer


def note_taken(
    viewer: Viewer, place: Organisation | None, title: str, *, name: str, rows: int, asked: str
) -> None:
    """Leave in the trail who took which list, how long and how filtered."""
    record(
        viewer.actor,
        "list.downloaded",
        stream=place.code if place else SYSTEM,
        kind="organisation" if place else "",
        key=place.code if place else "",
        data={"list": title, "file": name, "rows": rows, "asked": asked},
    )


def made_on(viewer: Viewer) -> str:
    """The note that says when and by whom a list was taken."""
    return f"Lập ngày {day_vn(viewer.today)}, người lập: {viewer.account.full_name}."

"""Looking at and writing a long list of movements, organisations or posts beside the pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from tochuc.access.clock import today
from tochuc.access.viewer import Viewer
from tochuc.audit.record import Actor
from tochuc.exchange.imports import tables, upload
from tochuc.exchange.imports.readings import corrections_for, seal
from tochuc.exchange.intake.refused import Unreadable
from tochuc.jobs import queue
from tochuc.jobs.progress import Teller
from tochuc.jobs.queue import Job
from tochuc.jobs.work import Answer, CannotBeDone, handles
from tochuc.web.imports.table_shown import looked
from tochuc.web.imports.table_sorts import SORTS, Sort
from tochuc.web.organisations.asked import address

CHECK, WRITE = "table.check", "table.write"
LARGE = 25_000
"""Bytes from which a list is worked on beside the pages: some three hundred rows, each an act of its own."""


def is_large(file: Any) -> bool:
    """Whether a list takes longer than a page may."""
    return bool(file.size > LARGE)


def check(viewer: Viewer, sort: Sort, file: Any, as_of: date) -> Job:
    """Ask for a list to be looked at."""
    return _ask(CHECK, f"Kiểm tra {file.name}", viewer, sort, file, as_of)


def write(viewer: Viewer, sort: Sort, file: Any, as_of: date) -> Job:
    """Ask for a list to be written."""
    return _ask(WRITE, f"{sort.title}: {file.name}", viewer, sort, file, as_of)


def checked(viewer: Viewer, sort: Sort, file: Any, as_of: date) -> Job | None:
    """The last time this list was looked at as it is read now; None where it wasn't."""
    return queue.latest(CHECK, _asked(sort, file, as_of), viewer.account)


def _ask(kind: str, title: str, viewer: Viewer, sort: Sort, file: Any, as_of: date) -> Job:
    asked = _asked(sort, file, as_of)
    return queue.ask(kind, title, organisation=file.organisation, account=viewer.account, asked=asked)


def _asked(sort: Sort, file: Any, as_of: date) -> dict[str, Any]:
    sealed = seal(corrections_for(file.organisation, file))
    said = {"file": str(file.pk), "sha256": file.sha256, "as_of": as_of.isoformat(), "sealed": sealed}
    return {"what": sort.what, **said}


@handles(CHECK)
def _check(job: Job, tell: Teller) -> Answer:
    sort, file, as_of, found = _taken(job, tell, dry_run=True)
    return Answer(reverse(sort.check, args=[file.pk]) + address(ngay=as_of), looked(found))


@handles(WRITE)
def _write(job: Job, tell: Teller) -> Answer:
    sort, file, _, found = _taken(job, tell, dry_run=False)
    queue.forget(CHECK, job.asked)
    if found.changeset is None:
        return Answer(reverse(sort.choose, args=[file.organisation.code]))
    return Answer(reverse("changeset", args=[found.changeset.ref]))


def _taken(job: Job, tell: Teller, *, dry_run: bool) -> tuple[Sort, Any, date, tables.Looked]:
    file = upload.kept(job.asked["file"])
    if file is None:
        raise CannotBeDone("Tệp của danh sách không còn nữa. Hãy tải lên lại.")
    upload.check_shown(file, job.asked["sha256"], job.asked["sealed"])
    as_of = date.fromisoformat(job.asked["as_of"])
    try:
        found = tables.take(
            job.asked["what"],
            file,
            as_of=as_of,
            today=today(),
            by=Actor(job.account.pk, job.account.full_name),
            dry_run=dry_run,
            progress=lambda done, total: tell(
                "Đang xem từng người" if total else "Đang đọc dòng", done, total
            ),
        )
    except Unreadable as refusal:
        raise CannotBeDone(refusal.message) from refusal
    return SORTS[job.asked["what"]], file, as_of, found

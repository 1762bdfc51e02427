"""Checking and writing a large list beside the pages, with progress."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from tochuc.access.clock import today
from tochuc.access.viewer import Viewer
from tochuc.audit.record import Actor
from tochuc.documents import files
from tochuc.exchange.imports import upload
from tochuc.exchange.imports.readings import corrections_for, seal
from tochuc.exchange.imports.review import reviewed
from tochuc.exchange.intake.dry_run import Progress
from tochuc.exchange.intake.refused import Unreadable
from tochuc.jobs import queue
from tochuc.jobs.progress import Teller
from tochuc.jobs.queue import Job
from tochuc.jobs.work import Answer, CannotBeDone, handles
from tochuc.web.imports import shown
from tochuc.web.organisations.asked import address

CHECK, WRITE = "import.check", "import.write"
LARGE = {".xlsx": 150_000, ".ods": 150_000}
"""Bytes from which a list is checked beside the pages: some two thousand people."""
_LARGE_PLAIN = 300_000


def is_large(file: Any) -> bool:
    """Whether looking through a list takes longer than a page may."""
    ending = "." + file.name.rpartition(".")[2].lower()
    return bool(file.size > LARGE.get(ending, _LARGE_PLAIN))


def check(viewer: Viewer, file: Any, as_of: date) -> Job:
    """Ask for a list to be checked."""
    title = f"Kiểm tra danh sách {file.name}"
    return queue.ask(
        CHECK, title, organisation=file.organisation, account=viewer.account, asked=_asked(file, as_of)
    )


def checked(viewer: Viewer, file: Any, as_of: date) -> Job | None:
    """The last time this list was checked as it is read now; None where it wasn't."""
    return queue.latest(CHECK, _asked(file, as_of), viewer.account)


def write(viewer: Viewer, file: Any, as_of: date) -> Job:
    """Ask for a list to be written."""
    title = f"Nhập danh sách {file.name}"
    return queue.ask(
        WRITE, title, organisation=file.organisation, account=viewer.account, asked=_asked(file, as_of)
    )


def _asked(file: Any, as_of: date) -> dict[str, Any]:
    sealed = seal(corrections_for(file.organisation, file))
    return {"file": str(file.pk), "sha256": file.sha256, "as_of": as_of.isoformat(), "sealed": sealed}


@handles(CHECK)
def _check(job: Job, tell: Teller) -> Answer:
    file, as_of = _file(job), date.fromisoformat(job.asked["as_of"])
    try:
        review = reviewed(
            files.read(file),
            file.name,
            organisation=file.organisation,
            as_of=as_of,
            today=today(),
            corrections=corrections_for(file.organisation, file),
            progress=_progress(tell, "Đang kiểm tra dòng"),
        )
    except Unreadable as refusal:
        raise CannotBeDone(refusal.message) from refusal
    url = reverse("import_check", args=[file.pk]) + address(ngay=as_of)
    return Answer(url, shown.review(review))


@handles(WRITE)
def _write(job: Job, tell: Teller) -> Answer:
    file = _file(job)
    upload.check_shown(file, job.asked["sha256"], job.asked["sealed"])
    try:
        written = upload.confirm(
            file,
            as_of=date.fromisoformat(job.asked["as_of"]),
            today=today(),
            by=Actor(job.account.pk, job.account.full_name),
            progress=_progress(tell, "Đang ghi dòng"),
        )
    except Unreadable as refusal:
        raise CannotBeDone(refusal.message) from refusal
    # What was shown of the people in the list isn't needed any more.
    queue.forget(CHECK, job.asked)
    if written.changeset is None:
        return Answer(reverse("import_members", args=[file.organisation.code]))
    return Answer(reverse("changeset", args=[written.changeset.ref]))


def _file(job: Job) -> Any:
    file = upload.kept(job.asked["file"])
    if file is None:
        raise CannotBeDone("Tệp của danh sách không còn nữa. Hãy tải lên lại.")
    return file


def _progress(tell: Teller, words: str) -> Progress:
    return lambda done, total: tell(words if total else "Đang đọc dòng", done, total)

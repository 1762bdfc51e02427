"""The list of members as a workbook: all of it, by the same filter, columns and order as on screen.

A long one is made as a job, and fetched when it is ready.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.clock import today
from tochuc.access.viewer import Viewer
from tochuc.exchange import kept, sheets
from tochuc.jobs import queue
from tochuc.jobs.progress import Teller
from tochuc.jobs.queue import Job
from tochuc.jobs.work import Answer, CannotBeDone, handles
from tochuc.kernel.known_dates import day_vn
from tochuc.lists import columns
from tochuc.lists.find import Found
from tochuc.org.queries import Organisation, name_on
from tochuc.web.door import page
from tochuc.web.members.list_asked import ListAsked, list_asked, narrowed_by
from tochuc.web.organisations.place import page_of
from tochuc.web.sheets import download, made_on, note_taken

WORKBOOK = "members.workbook"
_NUMBER = sheets.Column("Số TT", 7, "number")
_MOST_AT_ONCE = 3000
"""A longer list isn't made while someone waits for the page."""
_TELLS = 500


@page(
    "to-chuc/<organisation:organisation>/dang-vien.xlsx",
    name="organisation_members_sheet",
    needs="member.list",
)
def organisation_members_sheet(
    request: HttpRequest, viewer: Viewer, organisation: Organisation
) -> HttpResponseBase:
    """The same list as a workbook, all of it."""
    asked = list_asked(request, viewer, organisation)
    found, refused = asked.found()
    if refused:
        raise Http404
    if isinstance(found, QuerySet) and found.count() > _MOST_AT_ONCE:
        return redirect("job", _asked_for(request, viewer, organisation).ref)
    name = _name(organisation, asked)
    return download(request, viewer, [_sheet(asked, found, viewer)], name=name, organisation=organisation)


def _asked_for(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> Job:
    """The job that makes the list; of the same list asked for again today, the one that made it."""
    wanted = {"org": organisation.code, "list": request.GET.urlencode(), "on": viewer.today.isoformat()}
    made = queue.latest(WORKBOOK, wanted, viewer.account)
    if made is not None and made.state == "done" and kept.is_kept(_file(made)):
        return made
    title = f"Danh sách đảng viên {organisation.name}"
    return queue.ask(WORKBOOK, title, organisation=organisation, account=viewer.account, asked=wanted)


def _file(job: Job) -> str:
    return f"{job.ref}.xlsx"


@page("cong-viec/<job:job>/danh-sach.xlsx", name="members_workbook", needs="job.read")
def members_workbook(request: HttpRequest, viewer: Viewer, job: Any) -> HttpResponse:
    """A long list that is ready, for one who may see it still."""
    ready = job.kind == WORKBOOK and job.state == "done"
    may = ready and gate.may(viewer, "member.list", "organisation", job.organisation)
    file = kept.kept(_file(job)) if may else None
    if file is None:
        return redirect(page_of(job.organisation, "organisation_members"))
    answer = FileResponse(
        file, as_attachment=True, filename=job.answer["name"], content_type=sheets.MEDIA_TYPE
    )
    answer["Cache-Control"] = "private, no-store"
    # Sent piece by piece: such an answer has no text, but is one to the door.
    return cast(HttpResponse, answer)


@handles(WORKBOOK)
def _make(job: Job, tell: Teller) -> Answer:
    viewer, organisation = Viewer(job.account, today()), job.organisation
    if not gate.may(viewer, "member.list", "organisation", organisation):
        raise CannotBeDone("Đồng chí không còn quyền xem danh sách này.")
    request = HttpRequest()
    request.GET = QueryDict(job.asked["list"])
    asked = list_asked(request, viewer, organisation)
    found, refused = asked.found()
    if refused:
        raise CannotBeDone(refused)
    sheet = _sheet(asked, found, viewer, tell)
    file, counts = sheets.workbook([sheet])
    name = _name(organisation, asked)
    kept.keep(_file(job), file)
    note_taken(viewer, organisation, sheet.title, name=name, rows=sum(counts), asked=job.asked["list"])
    return Answer(reverse("members_workbook", args=[job.ref]), {"name": name})


def _name(organisation: Organisation, asked: ListAsked) -> str:
    return f"dang-vien-{organisation.code}-{asked.wanted.day.isoformat()}.xlsx"


def _sheet(asked: ListAsked, found: Found, viewer: Viewer, tell: Teller | None = None) -> sheets.Sheet:
    shown = columns.chosen(asked.wanted.columns or columns.USUAL_IN_A_BOOK, several=True)
    return sheets.Sheet(
        "Danh sách đảng viên",
        [_NUMBER, *(sheets.Column(one.label, one.width, one.kind) for one in shown)],
        _told(_rows(found, shown, asked), found, tell) if tell else _rows(found, shown, asked),
        issuer=name_on(asked.wanted.organisation, asked.wanted.day),
        notes=[*_notes(asked), made_on(viewer)],
    )


def _rows(found: Found, shown: list[columns.Column], asked: ListAsked) -> Iterable[list[Any]]:
    for n, line in enumerate(columns.all_lines(found, shown, asked.wanted.day), 1):
        yield [n, *(column.value(line) for column in shown)]


def _told(rows: Iterable[list[Any]], found: Found, tell: Teller) -> Iterator[list[Any]]:
    """The rows, telling now and then how many there are of all."""
    total = found.count() if isinstance(found, QuerySet) else len(found)
    for row in rows:
        if row[0] % _TELLS == 0:
            tell("Đang ghi dòng", row[0], total)
        yield row


def _notes(asked: ListAsked) -> list[str]:
    one = asked.wanted
    words = f"Số liệu đến ngày {day_vn(one.day)}"
    words += f", theo hồ sơ biết đến ngày {day_vn(one.known)}." if one.known else "."
    chosen = "; ".join(shown["words"] for shown in narrowed_by(asked))
    return [words, f"Chỉ gồm: {chosen}."] if chosen else [words]

"""Changing very many people beside the pages: seeing what it comes to, and doing it as it was shown."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.clock import today
from tochuc.access.viewer import Viewer
from tochuc.jobs import queue
from tochuc.jobs.progress import Teller
from tochuc.jobs.queue import Job
from tochuc.jobs.work import Answer, CannotBeDone, handles
from tochuc.lists import bulk
from tochuc.org.queries import Organisation
from tochuc.web.members import bulk_asked, steps
from tochuc.web.members.bulk_forms import FORMS, BulkForm
from tochuc.web.organisations.place import page_of

LOOK, CHANGE = "members.look", "members.change"
LARGE = 50
"""People from which a change is looked at and made beside the pages: each is an act of its own."""
LOOKED = "xem"
"""What an address calls the job whose findings it shows."""


def look(request: HttpRequest, viewer: Viewer, organisation: Organisation, title: str) -> Job:
    """Ask what the change comes to."""
    asked = _asked(request, organisation)
    return queue.ask(
        LOOK,
        f"Xem trước: {title}",
        organisation=organisation,
        account=viewer.account,
        asked=asked,
        back=_page(organisation, asked),
    )


def looked(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> Job | None:
    """The job whose findings the address shows, where it is the viewer's and asked for just this list."""
    ref = request.GET.get(LOOKED, "")
    if not ref:
        return None
    job: Job | None = gate.visible(viewer, "job.read", "job").filter(ref=ref, kind=LOOK).first()
    here = {"org": organisation.code, "list": _query(request)}
    if job is None or not job.answer or {key: job.asked[key] for key in here} != here:
        return None
    return job


def change(request: HttpRequest, viewer: Viewer, organisation: Organisation, title: str) -> Job:
    """Ask for the change as it was shown."""
    asked = _asked(request, organisation) | {"seal": request.POST.get("seal", "")}
    return queue.ask(
        CHANGE,
        title,
        organisation=organisation,
        account=viewer.account,
        asked=asked,
        back=_page(organisation, asked, request.GET.get(LOOKED, "")),
    )


def _asked(request: HttpRequest, organisation: Organisation) -> dict[str, Any]:
    typed = {name: value for name, value in steps.typed(request).items() if name != "seal"}
    return {"org": organisation.code, "list": _query(request), "form": urlencode(sorted(typed.items()))}


def _query(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop(LOOKED, None)
    return query.urlencode()


def _page(organisation: Organisation, asked: dict[str, Any], looked: str = "") -> str:
    query = asked["list"] + (f"&{LOOKED}={looked}" if looked else "")
    return f"{page_of(organisation, 'members_change')}?{query}"


@handles(LOOK)
def _look(job: Job, tell: Teller) -> Answer:
    request, viewer, form = _given(job)
    chosen = bulk_asked.people(request, viewer, job.organisation)
    found = bulk.rehearse(chosen, form.act, job.organisation, by=viewer.actor, today=viewer.today, tell=tell)
    return Answer(_page(job.organisation, job.asked, job.ref), bulk_asked.shown(found))


@handles(CHANGE)
def _change(job: Job, tell: Teller) -> Answer:
    request, viewer, form = _given(job)
    done = bulk.carry_out(
        bulk_asked.people(request, viewer, job.organisation),
        form.act,
        job.organisation,
        seal=job.asked["seal"],
        by=viewer.actor,
        today=viewer.today,
        tell=tell,
    )
    # What was shown of the people isn't needed any more.
    queue.forget(LOOK, {key: job.asked[key] for key in ("org", "list", "form")})
    return Answer(reverse("changeset", args=[done.ref]), said=said(done))


def said(done: Any) -> str:
    """What was done and what next."""
    count = done.summary["people"]
    return f"Đã ghi: {done.title}, {count} người. Có thể hoàn tác cả đợt ở trang của đợt thay đổi."


def _given(job: Job) -> tuple[HttpRequest, Viewer, BulkForm]:
    viewer, request = Viewer(job.account, today()), HttpRequest()
    request.GET, request.POST = QueryDict(job.asked["list"]), QueryDict(job.asked["form"])
    if not gate.may(viewer, "members.change", "organisation", job.organisation):
        raise CannotBeDone("Đồng chí không còn quyền thay đổi danh sách này.")
    _title, _about, made = FORMS[request.GET.get("viec", "")]
    form = made(viewer.today, request.POST)
    if not form.is_valid():
        raise CannotBeDone(" ".join(str(words) for several in form.errors.values() for words in several))
    bulk_asked.check_place(viewer, form)
    return request, viewer, form

"""Change sets: those of a branch, one looked at whole, and undone as one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.changes import actions, made, queries
from tochuc.changes.since import looked_at, standing
from tochuc.jobs.queue import Job
from tochuc.members.queries import readable
from tochuc.org.queries import Organisation
from tochuc.web.changes import jobs, shown
from tochuc.web.door import page
from tochuc.web.imports.forms import UndoForm
from tochuc.web.organisations.place import page_of, place_of

_PER_PAGE = 50
_HERE = "Đợt thay đổi"


@page("to-chuc/<organisation:organisation>/thay-doi/", name="organisation_changes", needs="changeset.read")
def organisation_changes(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """Every change set of a branch, newest first, and the reorganisations that concerned it."""
    everything = queries.within(organisation, viewer.today)
    pages = Paginator(everything, _PER_PAGE).get_page(request.GET.get("trang"))
    plans = list(queries.reorganisations_within(organisation, viewer.today))
    may_open = _may_open(viewer, [plan.pk for plan in plans])
    context = {
        "page_title": f"{_HERE}: {organisation.name}",
        "breadcrumb": place_of(viewer, organisation).breadcrumb(_HERE),
        "columns": [
            {"label": "Đợt thay đổi"},
            {"label": "Kết quả", "fact": True},
            {"label": "Loại"},
            {"label": "Ngày"},
            {"label": "Người thực hiện"},
        ],
        "rows": shown.listed(pages.object_list),
        "page": pages,
        "plan_columns": [
            {"label": "Phương án"},
            {"label": "Tình trạng", "fact": True},
            {"label": "Có hiệu lực"},
            {"label": "Người thực hiện"},
        ],
        "plans": shown.reorganised(plans, may_open),
    }
    return render(request, "changes/changes.html", context)


def _may_open(viewer: Viewer, plans: list[int]) -> set[int]:
    """Those of these reorganisations (by number) whose own page the viewer may open."""
    if not plans:
        return set()
    seen = gate.visible(viewer, "organisation.arrange", "reorganisation")
    return set(seen.filter(pk__in=plans).values_list("pk", flat=True))


@page("thay-doi/<changeset:changeset>/", name="changeset", needs="changeset.read")
def changeset(request: HttpRequest, viewer: Viewer, changeset: Any) -> HttpResponse:
    """What a change set created and changed, person by person, and what has happened to each since."""
    changes = queries.changes_of(changeset).select_related("changeset")
    pages = Paginator(changes, _PER_PAGE).get_page(request.GET.get("trang"))
    rows = list(pages.object_list)
    seen = readable(gate.visible(viewer, "member.read", "person"), (one.person.ref for one in rows))
    events = queries.events_of(rows)
    pending = standing(changeset.changes.all()).exists() or bool(made.standing(changeset))
    may_undo = pending and gate.may(viewer, "changeset.undo", "changeset", changeset)
    context = {
        **_head(viewer, changeset),
        "facts": shown.facts(changeset),
        "columns": [
            {"label": "Họ và tên"},
            {"label": "Đợt này", "fact": True},
            {"label": "Đã ghi"},
            {"label": "Từ đó đến nay"},
        ],
        "rows": [shown.row(one, events.get(one.change.pk, []), seen) for one in looked_at(rows)],
        "page": pages,
        "made": shown.made(changeset),
        "made_columns": [{"label": "Tên"}, {"label": "Đã lập", "fact": True}, {"label": "Nay"}],
        "undo_url": reverse("changeset_undo", args=[changeset.ref]) if may_undo else "",
        "partly": changeset.undone_at is not None and pending,
    }
    return render(request, "changes/changeset.html", context)


def _head(viewer: Viewer, changeset: Any, *here: str) -> dict[str, Any]:
    organisation = changeset.organisation
    own = reverse("changeset", args=[changeset.ref])
    steps: list[Any] = [(_HERE, page_of(organisation, "organisation_changes"))]
    steps += [(changeset.name, own), *here] if here else [changeset.name]
    return {
        "page_title": f"{changeset.get_kind_display()}: {changeset.name}",
        "changeset": changeset,
        "breadcrumb": place_of(viewer, organisation).breadcrumb(*steps),
        "back": own,
    }


@page(
    "thay-doi/<changeset:changeset>/hoan-tac/",
    name="changeset_undo",
    needs="changeset.undo",
    post="changeset.undo",
)
def changeset_undo(request: HttpRequest, viewer: Viewer, changeset: Any) -> HttpResponse:
    """See what undoing would put back and what stands against it; give the reason and undo."""
    if "look" in request.POST:
        return redirect("job", jobs.look(viewer, changeset).ref)
    form = UndoForm(request.POST if request.method == "POST" else None)
    large = jobs.is_large(changeset)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if large:
            return redirect("job", jobs.undo(viewer, changeset, reason).ref)
        undone = form.attempt(lambda: actions.undo(changeset, by=viewer.actor, reason=reason))
        if undone is not None:
            messages.success(request, shown.undone(undone))
            return redirect("changeset", changeset.ref)
    context = {
        **_head(viewer, changeset, "Hoàn tác"),
        "page_title": "Hoàn tác đợt thay đổi",
        "form": form,
    }
    if large:
        return _looked_before(request, jobs.looked(viewer, changeset), context)
    return render(request, "changes/undo.html", context | shown.undoing(changeset, by=viewer.actor))


def _looked_before(request: HttpRequest, job: Job | None, context: dict[str, Any]) -> HttpResponse:
    """What undoing would put back as it was last looked at; else the way to look at it."""
    if job is not None and job.going_on:
        return redirect("job", job.ref)
    if job is not None and job.answer:
        return render(request, "changes/undo.html", context | job.answer | {"looked_at": job.ended_at})
    lead = f"Hoàn tác đợt «{context['changeset'].name}». Chưa hoàn tác gì."
    reasons = job.error.splitlines() if job else []
    return render(request, "jobs/to_look.html", context | {"lead": lead, "reasons": reasons})

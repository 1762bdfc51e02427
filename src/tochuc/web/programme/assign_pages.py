"""Giving tasks to organisations: one task, or all tasks of a conference in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.kernel.known_dates import day_vn
from tochuc.programme import actions, bodies, queries
from tochuc.web.door import page
from tochuc.web.fields import storable
from tochuc.web.programme.forms import ALL, SOME, AssignForm, CommonDueForm
from tochuc.web.programme.trail import trail
from tochuc.web.shown_again import catch_up, clashed, comparison


@dataclass(frozen=True)
class Carriers:
    """Who can be given tasks here: the communes, and others found by their name or chosen before."""

    communes: list[Any]
    others: list[Any]
    query: str
    found: int

    def initial(self, task: Any, given: list[Any]) -> dict[str, Any]:
        """What the form of a task starts with: all communes while it is given to nobody."""
        codes = {o.code for o in given}
        communes = {o.code for o in self.communes}
        everyone = not codes or communes <= codes
        return {
            "version": task.version,
            "text": task.text,
            "due_on": task.due_on,
            "who": ALL if everyone else SOME,
            "organisations": sorted(codes - communes if everyone else codes),
        }


def _carriers(request: HttpRequest, viewer: Viewer, organisation: Any, kept: list[Any]) -> Carriers:
    """The communes of the branch; beside them those chosen before and those that the search words name."""
    rows = gate.visible(viewer, "task.edit", "organisation")
    committee = bodies.committee_of(organisation, viewer.today)
    communes = bodies.communes(rows, committee, viewer.today)
    near = {o.code for o in communes}
    query = storable(request.POST.get("tim", "")).strip()
    sent = [v for k, vs in request.POST.lists() if k.endswith("organisations") for v in vs]
    posted = [storable(code) for code in sent if code not in near]
    others = {o.code: o for o in kept if o.code not in near}
    if posted:
        others |= {o.code: o for o in bodies.by_codes(rows, posted)}
    found = [o for o in bodies.find(rows, query, viewer.today) if o.code not in near] if query else []
    others |= {o.code: o for o in found}
    return Carriers(communes, list(others.values()), query, len(found))


def _searching(request: HttpRequest) -> bool:
    """Whether an organisation is looked for. Return pressed in another field presses the search button too."""
    return "find" in request.POST and bool(request.POST.get("tim", "").strip())


def _typed(request: HttpRequest, prefix: str = "") -> dict[str, Any]:
    """What a form held when a search was made from it, to be shown again unjudged."""
    start = f"{prefix}-" if prefix else ""
    typed: dict[str, Any] = {
        k: request.POST.get(f"{start}{k}", "") for k in ("version", "text", "due_on", "who")
    }
    return typed | {"organisations": request.POST.getlist(f"{start}organisations")}


@page("nhiem-vu/<task:task>/giao/", name="task_assign", needs="task.edit", post="task.edit")
def task_assign(request: HttpRequest, viewer: Viewer, task: Any) -> HttpResponse:
    """Set a task's wording, due date and who carries it out."""
    given = [a.organisation for a in queries.assignments_of(task)]
    carriers = _carriers(request, viewer, task.organisation, given)
    issued = task.conference is None or task.conference.status != "draft"
    searching = _searching(request)
    form = AssignForm(
        carriers.communes,
        carriers.others,
        None if searching else request.POST or None,
        initial=_typed(request) if searching else carriers.initial(task, given),
        fixed_text=issued,
    )
    changes: list[dict[str, Any]] = []
    if form.is_bound and form.is_valid():
        saved = form.attempt(lambda: _assign(form, task, viewer))
        if saved is not None:
            count = len(form.cleaned_data["to"])
            until = day_vn(form.cleaned_data["due_on"])
            messages.success(request, f"Đã giao nhiệm vụ cho {count} tổ chức, hạn {until}.")
            return _after(task, issued)
        if clashed(form):
            changes = _changes(form, task, given)
            catch_up(form, task.version)
    context = {
        "page_title": "Giao nhiệm vụ",
        "breadcrumb": trail(task.conference, "Giao nhiệm vụ"),
        "task": task,
        "form": form,
        "carriers": carriers,
        "changes": changes,
        "issued": issued,
        "back": _after(task, issued).url,
    }
    return render(request, "programme/task_assign.html", context)


def _assign(form: AssignForm, task: Any, viewer: Viewer, due_on: Any = None) -> Any:
    given = form.cleaned_data
    return actions.assign(
        task,
        version=given["version"],
        text=given.get("text") or task.text,
        due_on=given["due_on"] or due_on,
        to=given["to"],
        by=viewer.actor,
        today=viewer.today,
    )


def _changes(form: AssignForm, task: Any, given: list[Any]) -> list[dict[str, Any]]:
    typed = form.cleaned_data
    rows = [
        ("Thời hạn", day_vn(task.due_on) if task.due_on else "", day_vn(typed["due_on"])),
        ("Tổ chức thực hiện", _names(given), _names(typed["to"])),
    ]
    if "text" in typed:
        rows.insert(0, ("Nội dung", task.text, " ".join(typed["text"].split())))
    return comparison(rows)


def _names(organisations: list[Any]) -> str:
    names = sorted(o.short_name for o in organisations)
    return f"{len(names)} tổ chức: {', '.join(names)}" if names else ""


def _after(task: Any, issued: bool) -> Any:
    if issued or task.conference is None:
        return redirect("task", task.ref)
    return redirect("conference", task.conference.ref)


@page(
    "hoi-nghi/<conference:conference>/giao/",
    name="conference_assign",
    needs="conference.edit",
    post="conference.edit",
)
def conference_assign(request: HttpRequest, viewer: Viewer, conference: Any) -> HttpResponse:
    """Give all tasks of a draft to their organisations on one page."""
    tasks = queries.tasks_of(conference)
    if request.method != "POST" and conference.status != "draft":
        messages.warning(request, "Kết luận đã phát hành; sửa hạn và nơi thực hiện ở từng nhiệm vụ.")
        return redirect("conference", conference.ref)
    kept = {a.organisation.code: a.organisation for t in tasks for a in t.assignments.all()}
    carriers = _carriers(request, viewer, conference.organisation, list(kept.values()))
    searching = _searching(request)
    shared = request.POST.get("common", "") if searching else _shared_due(tasks)
    common = CommonDueForm(None if searching else request.POST or None, initial={"common": shared})
    rows = [_row(request, task, carriers) for task in tasks]
    if common.is_bound and _give_all(rows, common, viewer):
        count = len({o.code for row in rows for o in row["form"].cleaned_data["to"]})
        messages.success(
            request,
            f"Đã giao {len(rows)} nhiệm vụ cho {count} tổ chức. Các tổ chức nhìn thấy việc khi kết luận được phát hành.",
        )
        return redirect("conference", conference.ref)
    context = {
        "page_title": "Giao nhiệm vụ của hội nghị",
        "breadcrumb": trail(conference, "Giao nhiệm vụ"),
        "conference": conference,
        "common": common,
        "rows": rows,
        "refused": _refusals(common, rows) if common.is_bound else [],
        "carriers": carriers,
        "back": reverse("conference", args=[conference.ref]),
    }
    return render(request, "programme/conference_assign.html", context)


def _row(request: HttpRequest, task: Any, carriers: Carriers) -> dict[str, Any]:
    given = [a.organisation for a in task.assignments.all()]
    prefix = f"viec-{task.pk}"
    searching = _searching(request)
    form = AssignForm(
        carriers.communes,
        carriers.others,
        None if searching else request.POST or None,
        prefix=prefix,
        initial=_typed(request, prefix) if searching else carriers.initial(task, given),
        fixed_text=True,
        due_needed=False,
    )
    return {
        "task": task,
        "given": given,
        "form": form,
        "changes": [],
        "words": _row_words(form, len(carriers.communes)),
    }


def _row_words(form: AssignForm, communes: int) -> str:
    """A row in one line, so that what is as usual needn't be opened."""
    due, who, chosen = form["due_on"].value(), form["who"].value(), form["organisations"].value() or []
    until = f"Thời hạn riêng {day_vn(due) if isinstance(due, date) else due}" if due else "Thời hạn chung"
    if who == ALL and communes:
        whom = f"cả {communes} xã, thị trấn" + (f" và {len(chosen)} nơi khác" if chosen else "")
    else:
        whom = f"{len(chosen)} tổ chức" if chosen else "chưa chọn tổ chức nào"
    return f"{until}; giao cho {whom}."


def _shared_due(tasks: list[Any]) -> Any:
    days = {t.due_on for t in tasks}
    return days.pop() if len(days) == 1 else None


def _give_all(rows: list[dict[str, Any]], common: CommonDueForm, viewer: Viewer) -> bool:
    """Give every task, or none: whether all were taken. Each refusal stands at its own task."""
    readable = [row["form"].is_valid() for row in rows]
    if not common.is_valid() or not all(readable):
        return False
    due = common.cleaned_data["common"]
    for row in rows:
        form, task = row["form"], row["task"]
        if not (form.cleaned_data["due_on"] or due):
            form.add_error("due_on", "Cần ghi thời hạn, ở đây hoặc ở ô thời hạn chung.")
            continue
        if _unchanged(row, due):
            continue
        form.attempt(lambda form=form, task=task: _assign(form, task, viewer, due))
        if clashed(form):
            row["changes"] = _changes_in_row(row, due)
            catch_up(form, task.version)
    return bool(rows) and not any(row["form"].errors for row in rows)


def _unchanged(row: dict[str, Any], due: Any) -> bool:
    task, given = row["task"], row["form"].cleaned_data
    same_due = (given["due_on"] or due) == task.due_on
    same = {o.code for o in given["to"]} == {o.code for o in row["given"]}
    return same_due and same and given["version"] == task.version


def _changes_in_row(row: dict[str, Any], due: Any) -> list[dict[str, Any]]:
    task, given = row["task"], row["form"].cleaned_data
    typed_due = given["due_on"] or due
    return comparison(
        (
            ("Thời hạn", day_vn(task.due_on) if task.due_on else "", day_vn(typed_due)),
            ("Tổ chức thực hiện", _names(row["given"]), _names(given["to"])),
        )
    )


def _refusals(common: CommonDueForm, rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Every refusal with the number of its task, for the summary on top."""
    found = [{"id": "id_common", "message": str(m)} for m in common.errors.get("common", [])]
    for place, row in enumerate(rows, 1):
        form = row["form"]
        for name, said in form.errors.items():
            target = f"id_{form.add_prefix(name)}" if name in form.fields else f"viec-{place}"
            found += [{"id": target, "message": f"Nhiệm vụ {place}: {m}"} for m in said]
    return found

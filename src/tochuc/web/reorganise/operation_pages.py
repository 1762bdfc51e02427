"""The operations of a plan: added, changed and taken out; and a plan of one operation from an organisation's page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.kernel.errors import DomainError
from tochuc.org.queries import Organisation
from tochuc.reorganise import drafts, wording
from tochuc.reorganise.drafts import Head
from tochuc.reorganise.queries import people_in
from tochuc.web.door import page
from tochuc.web.forms import DayField
from tochuc.web.organisations.place import page_of, place_of
from tochuc.web.reorganise.forms import ADDRESSES, FORMS, OperationForm, SplitForm
from tochuc.web.reorganise.pages import HERE, called, plan_head, version_of
from tochuc.web.reorganise.picking import Offered, PickField, picked

_NEEDS = "organisation.arrange"


@page("phuong-an/<plan:plan>/them/<str:act>/", name="plan_add", needs=_NEEDS, post=_NEEDS)
def plan_add(request: HttpRequest, viewer: Viewer, plan: Any, act: str) -> HttpResponse:
    """Add an operation."""
    op = _op(act)
    return _operation(request, viewer, plan, op, None)


@page("phuong-an/<plan:plan>/muc/<int:number>/", name="plan_operation", needs=_NEEDS, post=_NEEDS)
def plan_operation(request: HttpRequest, viewer: Viewer, plan: Any, number: int) -> HttpResponse:
    """Change an operation, or take it out."""
    operations = plan.said["operations"]
    if not 0 < number <= len(operations):
        raise Http404
    if request.method == "POST" and "take_out" in request.POST:
        return _take_out(request, viewer, plan, number - 1)
    return _operation(request, viewer, plan, operations[number - 1]["op"], number - 1)


def _take_out(request: HttpRequest, viewer: Viewer, plan: Any, place: int) -> HttpResponse:
    try:
        drafts.take_out(plan, place, version=version_of(request, plan), by=viewer.actor)
    except DomainError as refused:
        messages.warning(request, refused.message)
    else:
        messages.success(request, "Đã bỏ thao tác khỏi phương án.")
    return redirect("plan", plan.ref)


def _op(act: str) -> str:
    if act not in ADDRESSES:
        raise Http404
    return ADDRESSES[act]


def _operation(request: HttpRequest, viewer: Viewer, plan: Any, op: str, place: int | None) -> HttpResponse:
    said = plan.said["operations"][place] if place is not None else {}
    others = [one for n, one in enumerate(plan.said["operations"]) if n != place]
    offered = Offered(
        gate.visible(viewer, _NEEDS, "organisation"),
        plan.day,
        tuple((code, name) for code, name in wording.founded_names(others).items()),
        near=plan.organisation,
    )
    form = _form(request, op, offered, _initial(said))
    searching = "find" in request.POST or (isinstance(form, SplitForm) and "ready" not in request.POST)
    if searching:
        form.keep_quiet()
    if request.method == "POST" and not searching and form.is_valid():
        done = form.attempt(
            lambda: drafts.say_operation(
                plan, form.said(), version=version_of(request, plan), by=viewer.actor, place=place
            )
        )
        if done is not None:
            messages.success(request, "Đã ghi thao tác vào phương án.")
            return redirect("plan", plan.ref)
    label = wording.LABELS[op]
    context = {
        **plan_head(viewer, plan, label),
        **shown(form),
        "page_title": label,
        "version": plan.version,
        "may_take_out": place is not None,
        "go": "Ghi vào phương án",
        "errors_form": form if request.method == "POST" and not searching else None,
    }
    return render(request, "reorganise/operation.html", context)


def _initial(said: dict[str, Any]) -> dict[str, Any]:
    """What a form shows of an operation that the plan keeps."""
    initial = dict(said)
    for name in ("of", "follows", "followed_by"):
        if isinstance(initial.get(name), str):
            initial[name] = [initial[name]]
    if said.get("op") == "found":
        initial["new_posts"] = [post["kind"] for post in said.get("posts") or ()]
    if said.get("op") == "split":
        places = [part["to"] for part in said["parts"]] + ([said["rest"]] if said.get("rest") else [])
        initial["to"] = list(dict.fromkeys(places))
    return initial


def _form(request: HttpRequest, op: str, offered: Offered, initial: dict[str, Any]) -> OperationForm:
    data = request.POST if request.method == "POST" else None
    if op != "split":
        return FORMS[op](offered, data, initial=initial)
    cells = data.getlist("of") if data is not None else initial.get("of", [])
    mine = offered.organisations.filter(code__in=cells).values_list("code", flat=True)
    return SplitForm(
        offered, data, initial=initial, people=people_in(list(mine), offered.on) if cells else ()
    )


def shown(form: OperationForm) -> dict[str, Any]:
    """The fields in their order, those that choose organisations drawn with what was found."""
    split = form if isinstance(form, SplitForm) else None
    rows = []
    for bound in form.visible_fields():
        if split and bound.name.startswith(("residence_", "nguoi_")):
            continue
        if split and bound.name == "rest" and not split.places:
            continue
        pick = picked(form, bound.name) if isinstance(bound.field, PickField) else None
        rows.append({"pick": pick, "field": bound})
    return {
        "form": form,
        "rows": rows,
        "lead": form.lead,
        "rules": split.rules if split else (),
        "persons": split.persons if split and split.places else (),
        "ready": not split or bool(split.places),
        "split": split is not None,
    }


@page(
    "to-chuc/<organisation:organisation>/sap-xep/<str:act>/",
    name="organisation_change",
    needs=_NEEDS,
    post=_NEEDS,
)
def organisation_change(
    request: HttpRequest, viewer: Viewer, organisation: Organisation, act: str
) -> HttpResponse:
    """One act on one organisation: a plan of one operation, looked at before it is carried out."""
    op = _op(act)
    if op not in {"found", "rename", "dissolve"}:
        raise Http404
    offered = Offered(gate.visible(viewer, _NEEDS, "organisation"), viewer.today, near=organisation)
    own = [organisation.code]
    initial: dict[str, Any] = {"day": viewer.today, "of": own, "under": own}
    form = FORMS[op](offered, request.POST if request.method == "POST" else None, initial=initial)
    form.fields["day"] = DayField(label="Ngày có hiệu lực")
    form.fields["day"].initial = viewer.today
    searching = "find" in request.POST
    if searching:
        form.keep_quiet()
    if request.method == "POST" and not searching and form.is_valid():
        made = form.attempt(lambda: _one(organisation, form, viewer))
        if made is not None:
            return redirect("plan_preview", made.ref)
    label = wording.LABELS[op]
    context = {
        **shown(form),
        "page_title": label,
        "breadcrumb": place_of(viewer, organisation).breadcrumb(
            (HERE, page_of(organisation, "arrangements")), label
        ),
        "back": page_of(organisation),
        "version": "",
        "go": "Xem trước",
        "errors_form": form if request.method == "POST" and not searching else None,
    }
    return render(request, "reorganise/operation.html", context)


def _one(organisation: Organisation, form: OperationForm, viewer: Viewer) -> Any:
    said = form.said()
    day = said.pop("day")
    title = wording.sentence(said, called([said])).rstrip(".")[:200]
    return drafts.begin(organisation, Head(title, day), by=viewer.actor, operations=[said])

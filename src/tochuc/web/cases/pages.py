"""A case: its steps as a task list, one page for each step, taking a step back, more time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.cases import actions, queries
from tochuc.cases.declare import Step
from tochuc.cases.engine import OPEN, STOPPED, out_of_order, papers_of
from tochuc.cases.named import names_in
from tochuc.cases.registry import of_case
from tochuc.cases.rights import actor_words, acts, may_take
from tochuc.members.choosing import official_members
from tochuc.web.cases.forms import ReasonForm, StepForm
from tochuc.web.cases.saying import said
from tochuc.web.cases.wording import RESULT_WORDS, asked_here, limits, step_rows, trail_rows
from tochuc.web.documents.downloads import download
from tochuc.web.door import Handler, page
from tochuc.web.guide import help_for
from tochuc.web.held import typed
from tochuc.web.organisations.place import person_head, place_of

_READ = {False: ("case.read", "case"), True: ("closed_case.read", "closed_case")}


def address(case: Any, what: str = "", *more: str) -> str:
    """The address of a page of a case; a closed file has addresses of its own."""
    name = ("closed_case" if case.closed_file else "case") + (f"_{what}" if what else "")
    return reverse(name, args=[case.ref, *more])


def both(
    tail: str, what: str = "", *, acts: bool = True, hands_out: bool = False
) -> Callable[[Handler], Handler]:
    """A page of a case, at two addresses: one for the files open to a branch, one for the closed files."""

    def declare(handler: Handler) -> Handler:
        for kind, folder in (("case", "ho-so"), ("closed_case", "ho-so-kin")):
            act = f"{kind}.act" if what and acts else ""
            name = f"{kind}_{what}" if what else kind
            route = f"{folder}/<{kind}:case>/{tail}"
            page(route, name=name, needs=act or f"{kind}.read", post=act, hands_out=hands_out)(handler)
        return handler

    return declare


@both("")
def case(request: HttpRequest, viewer: Viewer, case: Any) -> HttpResponse:
    """Where a case stands: its steps, what is next, by whom, until when, and what was recorded."""
    if case.closed_file:
        actions.note_read(case, by=viewer.actor)
    view = queries.view_of(case, viewer.today)
    moves = list(queries.trail(case))
    taken = [move for move in moves if move.takes_back_id is None and not hasattr(move, "taken_back_by")]
    names = names_in(
        [
            (view.procedure.questions, case.answers),
            *((view.procedure.step(move.step).questions, move.answers) for move in moves),
        ]
    )
    context = {
        **head(viewer, case, view.procedure.title),
        "page_title": _title(view),
        "case": case,
        "view": view,
        "help_url": help_for(view.procedure.code),
        "stopped": view.told.stopped if view.stand.result == STOPPED else None,
        "result": RESULT_WORDS.get(view.stand.result, view.stand.result),
        "said": said(
            view.procedure.questions,
            case.answers,
            names,
            queries.offered_for(case, view.procedure.questions, viewer.today),
        ),
        "steps": step_rows(view, viewer, address),
        "limits": limits(view, viewer.today),
        "events": trail_rows(view, moves, address, names),
        "back_url": _back_url(viewer, view, taken),
        "extendable": _extendable(viewer, view),
        "papers_url": address(case, "all_papers"),
        "reasons": gate.reasons(viewer, *_READ[case.closed_file], case),
    }
    return render(request, "cases/case.html", context)


def head(viewer: Viewer, case: Any, *here: str) -> dict[str, Any]:
    """What every page of a case shows above its content: the case's own title first, then the page below it."""
    below = [(here[0], address(case)), *here[1:]] if len(here) > 1 else here
    person = case.person
    if person is not None and person.home is not None:
        place = place_of(viewer, person.home, person=person)
        if place.record_open:
            return person_head(viewer, person, here[-1], *below, place=place)
    elif person is not None and gate.may(viewer, "member.read", "person", person):
        return person_head(viewer, person, here[-1], *below)
    return {"breadcrumb": place_of(viewer, case.organisation).breadcrumb(*below)}


def _title(view: queries.View) -> str:
    return f"{view.procedure.title}: {view.case.whom}"


def _back_url(viewer: Viewer, view: queries.View, taken: list[Any]) -> str:
    """The way to take the latest step back, for one who may take that step."""
    if not taken or not may_take(viewer, view.case, view.procedure.step(taken[0].step)):
        return ""
    return address(view.case, "take_back")


def _extendable(viewer: Viewer, view: queries.View) -> list[dict[str, str]]:
    return [
        {"title": one.step.title, "url": address(view.case, "extend", one.step.code)}
        for one in view.stand.open
        if one.step.within and one.step.within.longer and one.step.code not in view.told.extended
        if may_take(viewer, view.case, one.step)
    ]


@both("buoc/<str:step>/", "step")
def case_step(request: HttpRequest, viewer: Viewer, case: Any, step: str) -> HttpResponse:
    """One step: what the rule asks, what is known, the few questions left, the papers."""
    view, one = _step_of(viewer, case, step)
    if one.state != OPEN:
        return _not_now(request, viewer, view, one.step)
    declared: Step = one.step
    titles = view.told.facts["forms"]
    papers = {paper.form: titles[paper.form] for paper in papers_of(declared, view.told)}
    form = StepForm(
        declared,
        papers,
        _to_choose_from(case, declared, viewer),
        request.POST or None,
        request.FILES or None,
        initial={
            "on": viewer.today,
            "entitled": _entitled(view, declared),
            "acted_by": _only_actor(viewer, case, declared),
        },
        offered=queries.offered_for(case, declared.questions, viewer.today),
        for_others=not acts(viewer, case, declared),
    )
    if request.method == "POST" and form.is_valid():
        moved = form.attempt(lambda: _take(viewer, case, declared, form))
        if moved is not None:
            messages.success(request, _said(viewer, case, declared, moved))
            return redirect(address(case))
    context = {
        **head(viewer, case, view.procedure.title, declared.title),
        "page_title": declared.title,
        "case": case,
        "step": declared,
        "due": one.due,
        "asked": asked_here(view, declared, viewer.today),
        "procedure": view.procedure,
        "help_url": help_for(view.procedure.code),
        "form": form,
        "papers_url": address(case, "papers", step),
        "back": address(case),
    }
    return render(request, "cases/step.html", context)


def _to_choose_from(case: Any, step: Step, viewer: Viewer) -> list[tuple[str, str]]:
    """The members that a step asks to be named, looked up where it asks for any."""
    if not any(one.kind in {"person", "people"} for one in step.questions):
        return []
    return official_members(case.organisation, viewer.today)


def _step_of(viewer: Viewer, case: Any, step: str) -> tuple[queries.View, Any]:
    """A step of the viewer's own; another's isn't there."""
    if queries.step_of(case, step) is None:
        raise Http404
    view = queries.view_of(case, viewer.today)
    one = view.stand.of(step)
    if not may_take(viewer, case, one.step):
        raise Http404
    return view, one


def _not_now(request: HttpRequest, viewer: Viewer, view: queries.View, step: Step) -> HttpResponse:
    """A step that was taken meanwhile or isn't next yet: why, what to do instead, and what was typed for it."""
    context = {
        **head(viewer, view.case, view.procedure.title, step.title),
        "page_title": step.title,
        "why": [one.message for one in out_of_order(view.stand, step, view.told)],
        "held": typed(request) if request.method == "POST" else [],
        "back": address(view.case),
        "keep_drafts": True,
    }
    return render(request, "cases/not_now.html", context, status=409)


def _only_actor(viewer: Viewer, case: Any, step: Step) -> str:
    """Whose step it is, where it can be of one only: for them it is recorded by others."""
    return actor_words(case, step, viewer) if len(step.by) == 1 else ""


def _entitled(view: queries.View, step: Step) -> Any:
    return view.told.facts.get(step.ballot.base) if step.ballot else None


def _take(viewer: Viewer, case: Any, step: Step, form: StepForm) -> Any:
    def keep(scan: dict[str, Any]) -> Any:
        return actions.keep_scan(case.organisation, scan, by=viewer.actor)

    return actions.take(case, step.code, form.given(keep), by=viewer.actor, today=viewer.today)


def _said(viewer: Viewer, case: Any, step: Step, moved: Any) -> str:
    """What was recorded, of whom, and who is next."""
    case.refresh_from_db()
    view = queries.view_of(case, viewer.today)
    said = f"Đã ghi «{step.title}» của {case.whom}."
    if view.stand.result:
        said += f" Hồ sơ kết thúc: {RESULT_WORDS.get(view.stand.result, view.stand.result)}."
    elif following := [one.step.title for one in view.stand.open if not one.step.optional]:
        said += f" Bước tiếp theo: {'; '.join(following)}."
    return f"{said} Lưu ý: {' '.join(moved.doubts)}" if moved.doubts else said


@both("giay-to/<str:scan>/", "paper", acts=False)
def case_paper(request: HttpRequest, viewer: Viewer, case: Any, scan: str) -> HttpResponse:
    """A scan of a step as an attachment, for whoever may see the case; that it was handed out is noted."""
    found = queries.file_of(case, scan)
    if found is None:
        raise Http404
    return download(found, viewer)


@both("rut-lai/", "take_back")
def case_take_back(request: HttpRequest, viewer: Viewer, case: Any) -> HttpResponse:
    """Taking back the latest step, with the reason."""
    view = queries.view_of(case, viewer.today)
    taken = view.told.moves
    if not taken or not may_take(viewer, case, view.procedure.step(taken[-1].step)):
        raise Http404
    step = view.procedure.step(taken[-1].step)

    def work(reason: str) -> bool:
        actions.take_back(case, reason=reason, by=viewer.actor, today=viewer.today)
        return True

    about = f"Rút lại bước «{step.title}». Việc bước này đã ghi vào sổ đảng viên (nếu có) cũng được hủy."
    return _with_reason(request, viewer, case, "Rút lại bước vừa ghi", about, work)


@both("gia-han/<str:step>/", "extend")
def case_extend(request: HttpRequest, viewer: Viewer, case: Any, step: str) -> HttpResponse:
    """Giving a step the longer time its rule allows, with the ground."""
    _view, one = _step_of(viewer, case, step)
    if one.state != OPEN or not (one.step.within and one.step.within.longer):
        raise Http404

    def work(reason: str) -> bool:
        actions.extend(case, step, on=viewer.today, reason=reason, by=viewer.actor, today=viewer.today)
        return True

    return _with_reason(request, viewer, case, "Gia hạn", f"Gia hạn bước «{one.step.title}».", work)


def _with_reason(
    request: HttpRequest, viewer: Viewer, case: Any, title: str, about: str, work: Any
) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(lambda: work(form.cleaned_data["reason"]))
    ):
        messages.success(request, f"{title}: đã ghi.")
        return redirect(address(case))
    context = {
        **head(viewer, case, of_case(case).procedure.title, title),
        "page_title": title,
        "about": about,
        "form": form,
        "back": address(case),
    }
    return render(request, "cases/reason.html", context)

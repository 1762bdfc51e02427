"""The papers of a step: each drafted from the record and the case, and its signed scan brought later."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tochuc.access.viewer import Viewer
from tochuc.cases import actions, queries
from tochuc.cases.declare import Step
from tochuc.cases.engine import DONE, OPEN
from tochuc.cases.rights import may_take
from tochuc.members.choosing import official_members
from tochuc.rules.forms import form as form_of
from tochuc.web.cases.pages import address, both, head
from tochuc.web.papers import handing
from tochuc.web.papers.forms import DraftForm, ScanForm


@both("giay-to/", "all_papers", acts=False)
def case_all_papers(request: HttpRequest, viewer: Viewer, case: Any) -> HttpResponse:
    """Every paper of the case by step: which is there, its scan, and where it is drafted or its scan brought."""
    if case.closed_file:
        actions.note_read(case, by=viewer.actor)
    view = queries.view_of(case, viewer.today)
    context = {
        **head(viewer, case, view.procedure.title, "Giấy tờ"),
        "page_title": f"Giấy tờ: {case.person or case.organisation}",
        "case": case,
        "steps": [
            _step_papers(viewer, view, one.step)
            for one in view.stand.steps
            if one.state in (OPEN, DONE) and one.step.papers
        ],
        "back": address(case),
    }
    return render(request, "papers/case.html", context)


def _step_papers(viewer: Viewer, view: queries.View, step: Step) -> dict[str, Any]:
    mine = may_take(viewer, view.case, step)
    move = queries.last_move(view.case, step.code)
    return {
        "title": step.title,
        "url": address(view.case, "papers", step.code) if mine else "",
        "rows": [
            {
                "title": stand.title,
                "required": stand.required,
                **_kept(view.case, step, stand, move if mine else None),
            }
            for stand in queries.papers_at(view, step)
        ],
    }


@both("soan/<str:step>/", "papers", hands_out=True)
def case_papers(request: HttpRequest, viewer: Viewer, case: Any, step: str) -> HttpResponse:
    """The papers of a step: what each lacks and where to mend it, what only it needs, and the files."""
    view, declared = _step(viewer, case, step)
    move = queries.last_move(case, step)
    day = move.happened_on if move else viewer.today
    sheet = replace(
        handing.sheet_for(viewer, case, day, view.procedure, declared), entitled=_entitled(view, declared)
    )
    stands = queries.papers_at(view, declared)
    papers = handing.papers_for([one.form for one in stands], sheet)
    form = DraftForm(
        papers,
        lambda: official_members(case.organisation, viewer.today),
        request.POST or None,
        offered=queries.offered_for(case, declared.questions, viewer.today),
    )
    answer = handing.answer(request, papers, form, viewer)
    if isinstance(answer, HttpResponse):
        return answer
    kept = {one.form: one for one in stands}
    context = {
        **head(viewer, case, view.procedure.title, f"Giấy tờ: {declared.title}"),
        "page_title": f"Giấy tờ: {declared.title}",
        "step": declared,
        "case": case,
        "form": form,
        "papers": [
            handing.shown(paper, form, at, address, viewer, _kept(case, declared, kept[paper.form.id], move))
            for at, paper in enumerate(papers)
        ],
        "without": [one.title for one in stands if one.form not in {p.form.id for p in papers}],
        **answer,
        "draft_key": f"giay-to-{step}-{case.ref}",
        "back": address(case),
        "back_label": "Về hồ sơ",
    }
    return render(request, "papers/drafts.html", context, status=422 if form.errors else 200)


def _entitled(view: queries.View, step: Step) -> str:
    known = view.told.facts.get(step.ballot.base) if step.ballot else None
    return str(known) if known else ""


def _step(viewer: Viewer, case: Any, step: str) -> tuple[queries.View, Step]:
    """A step that can be taken now or was taken, for whoever may take it; else it isn't there."""
    declared = queries.step_of(case, step)
    if declared is None or not declared.papers or not may_take(viewer, case, declared):
        raise Http404
    view = queries.view_of(case, viewer.today)
    if view.stand.of(step).state not in (OPEN, DONE):
        raise Http404
    return view, declared


def _kept(case: Any, step: Step, stand: queries.PaperStand, move: Any) -> dict[str, Any]:
    """What there is of the paper already: the scan, or that the paper was seen; where to bring a scan."""
    return {
        "scan_url": address(case, "paper", str(stand.scan.pk)) if stand.scan else "",
        "scan_name": stand.scan.name if stand.scan else "",
        "on_paper": stand.on_paper and stand.scan is None,
        "add_url": address(case, "scan", step.code, stand.form) if move else "",
    }


@both("ban-ky/<str:step>/<str:paper>/", "scan")
def case_scan(request: HttpRequest, viewer: Viewer, case: Any, step: str, paper: str) -> HttpResponse:
    """Bringing the signed scan of a paper to a step that was taken."""
    view, declared = _step(viewer, case, step)
    move = queries.last_move(case, step)
    if move is None or paper not in {one.form for one in declared.papers}:
        raise Http404
    title = form_of(paper, on=move.happened_on).words
    form = ScanForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        scan = form.cleaned_data["scan"]
        if form.attempt(lambda: actions.attach_scan(case, move, paper, scan, by=viewer.actor)) is not None:
            messages.success(request, f"Đã thêm bản quét: {title}.")
            return redirect(address(case))
    context = {
        **head(viewer, case, view.procedure.title, f"Bản quét đã ký: {declared.title}"),
        "page_title": f"Bản quét đã ký: {title}",
        "form": form,
        "back": address(case, "papers", step),
    }
    return render(request, "papers/scan.html", context, status=422 if form.errors else 200)

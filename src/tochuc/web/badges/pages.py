"""The list of an occasion for Party badges: who is due, whose case waits for whom; cases opened and steps taken at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.cases import many, queries
from tochuc.cases.actions import Given, keep_scan
from tochuc.cases.declare import Step
from tochuc.cases.engine import papers_of
from tochuc.cases.looking import look_up_moves, look_up_places
from tochuc.cases.rights import acts, may_open, may_take
from tochuc.kernel.known_dates import day_vn
from tochuc.lists import badge_rounds
from tochuc.lists.badge_rounds import Entry, Round
from tochuc.org.queries import Organisation
from tochuc.procedures.badge import MANNERS, PROCEDURE
from tochuc.web.badges.forms import ListStepForm, OpenForm
from tochuc.web.cases.pages import address as case_address
from tochuc.web.cases.wording import RESULT_WORDS
from tochuc.web.door import page
from tochuc.web.organisations.asked import address, day_asked
from tochuc.web.organisations.place import head, page_of, place_of

_COLUMNS = (
    {"label": "Họ và tên"},
    {"label": "Huy hiệu", "fact": True},
    {"label": "Trường hợp"},
    {"label": "Chi bộ"},
    {"label": "Đang ở bước"},
)


@page(
    "to-chuc/<organisation:organisation>/huy-hieu-dang/",
    name="badge_round",
    needs="badge.round",
    post="badge.round",
)
def badge_round(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """The list of an occasion; sends the names for whom cases are to be opened."""
    occasion = _occasion(request, viewer)
    listed = _round(viewer, organisation, occasion)
    may = may_open(viewer, organisation, PROCEDURE.opened_by)
    form = OpenForm(
        listed.without, request.POST if request.method == "POST" else None, initial={"on": viewer.today}
    )
    if request.method == "POST" and may and form.is_valid():
        done = form.attempt(
            lambda: many.open_many(
                PROCEDURE.code,
                badge_rounds.wanted(form.chosen, occasion),
                on=form.cleaned_data["on"],
                by=viewer.actor,
                today=viewer.today,
            )
        )
        if done is not None:
            tell(request, f"Đã lập hồ sơ đề nghị cho {len(done.cases)} đảng viên.", done)
            return redirect(_here(organisation, occasion))
    context = {
        **_head(viewer, organisation),
        "occasion": occasion,
        "occasions": [(day_vn(day), day_vn(day)) for day in badge_rounds.occasions(viewer.today)],
        "listed": listed,
        "bonus": listed.bonus,
        "form": form if listed.without and may else None,
        "without": listed.without,
        "steps": _steps(viewer, organisation, listed),
        "columns": _COLUMNS,
        "rows": [_row(one) for one in listed.entries],
        "register_url": reverse("member_register", args=[organisation.code, "huy-hieu-dang"])
        + address(den=occasion),
    }
    return render(request, "badges/round.html", context)


def _occasion(request: HttpRequest, viewer: Viewer) -> date:
    """The occasion asked for; else the one to come."""
    known = badge_rounds.occasions(viewer.today)
    if not known:
        raise Http404
    usual = next((day for day in known if day >= viewer.today), known[-1])
    return day_asked(request, "dot", usual, latest=known[-1]).day


def _round(viewer: Viewer, organisation: Organisation, occasion: date) -> Round:
    return badge_rounds.round_of(
        organisation, gate.visible(viewer, "case.read", "case"), occasion, viewer.today
    )


def _here(organisation: Organisation, occasion: date) -> str:
    return page_of(organisation, "badge_round") + address(dot=occasion)


def _head(viewer: Viewer, organisation: Organisation, *here: Any) -> dict[str, Any]:
    steps = here or ("Huy hiệu Đảng",)
    return {
        **head(place_of(viewer, organisation), "organisation_members", *steps),
        "page_title": f"Huy hiệu Đảng: {organisation.short_name}",
    }


def _steps(viewer: Viewer, organisation: Organisation, listed: Round) -> list[dict[str, Any]]:
    """Each step with those who wait for it, and the way to take it for them where the viewer may."""
    found = []
    look_up_places([one.case for one in listed.entries if one.step], viewer.today)
    for step in PROCEDURE.steps:
        waiting = listed.at(step.code)
        if waiting:
            mine = [one for one in waiting if may_take(viewer, one.case, step)]
            url = reverse("badge_round_step", args=[organisation.code, step.code])
            found.append(
                {
                    "title": step.title,
                    "n": len(waiting),
                    "due_on": min((one.due_on for one in waiting if one.due_on), default=None),
                    "names": [one.case.person.full_name for one in waiting if one.case.person],
                    "url": url + address(dot=listed.occasion) if mine else "",
                }
            )
    return found


def _row(entry: Entry) -> dict[str, Any]:
    case = entry.case
    stand = RESULT_WORDS.get(case.result, case.result).capitalize() if case.result else ""
    step = stand or (PROCEDURE.step(entry.step).title if entry.step else "")
    return {
        "name": case.person.full_name if case.person else "",
        "url": case_address(case),
        "cells": [f"{entry.years} năm", MANNERS.get(entry.manner, ""), case.organisation.short_name, step],
    }


@page(
    "to-chuc/<organisation:organisation>/huy-hieu-dang/<slug:badge_step>/",
    name="badge_round_step",
    needs="badge.round",
    post="badge.round",
)
def badge_round_step(
    request: HttpRequest, viewer: Viewer, organisation: Organisation, badge_step: str
) -> HttpResponse:
    """One step for everybody on the list who waits for it, as far as the viewer may take it."""
    declared = next((one for one in PROCEDURE.steps if one.code == badge_step), None)
    if declared is None:
        raise Http404
    occasion = _occasion(request, viewer)
    waiting = _round(viewer, organisation, occasion).at(badge_step)
    look_up_places([one.case for one in waiting], viewer.today)
    mine = [one for one in waiting if may_take(viewer, one.case, declared)]
    if not mine:
        return redirect(_here(organisation, occasion))
    form = ListStepForm(
        declared,
        _papers(declared, mine, viewer),
        mine,
        request.POST or None,
        request.FILES or None,
        initial={"on": viewer.today, "outcome": declared.outcomes[0].code},
        for_others=not acts(viewer, mine[0].case, declared),
    )
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: _take(viewer, organisation, declared, form))
        if done is not None:
            tell(request, f"Đã ghi «{declared.title}» cho {len(done.cases)} đảng viên.", done)
            return redirect(_here(organisation, occasion))
    context = {
        **_head(viewer, organisation, ("Huy hiệu Đảng", _here(organisation, occasion)), declared.title),
        "page_title": declared.title,
        "step": declared,
        "occasion": occasion,
        "form": form,
        "back": _here(organisation, occasion),
    }
    return render(request, "badges/step.html", context)


def _papers(step: Step, entries: list[Entry], viewer: Viewer) -> dict[str, str]:
    """The papers that any of these cases needs at the step, as they are called today."""
    found: dict[str, str] = {}
    look_up_moves([one.case for one in entries])
    for entry in entries:
        told = queries.view_of(entry.case, viewer.today).told
        found |= {paper.form: told.facts["forms"][paper.form] for paper in papers_of(step, told)}
    return found


def _take(viewer: Viewer, organisation: Organisation, step: Step, form: ListStepForm) -> many.Done:
    def keep(scan: dict[str, Any]) -> Any:
        return keep_scan(organisation, scan, by=viewer.actor)

    given = form.given(keep)

    def of(case: Any) -> Given:
        told = queries.view_of(case, given.on).told
        needed = {paper.form for paper in papers_of(step, told)}
        return replace(given, papers={form: paper for form, paper in given.papers.items() if form in needed})

    cases = [one.case for one in form.chosen]
    return many.take_many(cases, step.code, of, by=viewer.actor, today=viewer.today)


def tell(request: HttpRequest, done_words: str, done: many.Done) -> None:
    """What was done, and of whom it was refused with why."""
    if done.cases:
        messages.success(request, done_words)
    for whom, why in done.refused:
        messages.warning(request, f"{whom}: {why}")

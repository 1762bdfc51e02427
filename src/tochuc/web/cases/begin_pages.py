"""The procedures there are, what each asks, and opening a case for a person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.cases import actions, queries
from tochuc.cases.declare import PLACE_WORDS, Procedure, Step
from tochuc.cases.diagram import drawn
from tochuc.cases.registry import procedures
from tochuc.cases.rights import may_open, openable
from tochuc.cases.sound import rules_of
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.members.choosing import official_members
from tochuc.members.queries import Person
from tochuc.procedures.arrival import BASES
from tochuc.procedures.arrival import PROCEDURE as ARRIVAL
from tochuc.procedures.beginning import against as against_beginning
from tochuc.rules.ask import rule
from tochuc.rules.forms import form as form_named
from tochuc.stories.shelf import stories_of
from tochuc.web.cases.forms import BeginForm
from tochuc.web.cases.pages import address
from tochuc.web.cases.wording import RESULT_WORDS
from tochuc.web.door import page
from tochuc.web.guide import help_for
from tochuc.web.members.finder import place_finder
from tochuc.web.members.steps import FIND, step_of, typed
from tochuc.web.organisations.place import person_head

_PER_PAGE = 50
_NOTHING_TO_CHOOSE = "Trong hồ sơ không có quyết định hay kết quả nào mà quy trình này có thể áp dụng."


@page("quy-trinh/", name="procedures", needs="home.read")
def procedures_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """All procedures, and the running cases one may see."""
    running = queries.running_cases(gate.visible(viewer, "case.read", "case"))
    shown = Paginator(running, _PER_PAGE).get_page(request.GET.get("trang"))
    titles = {one.code: one.title for one in procedures(viewer.today)}
    context = {
        "page_title": "Quy trình nghiệp vụ",
        "breadcrumb": [{"label": "Quy trình nghiệp vụ", "url": ""}],
        "procedures": [
            {"title": one.title, "about": one.about, "url": reverse("procedure", args=[one.code])}
            for one in procedures(viewer.today)
        ],
        "columns": [
            {"label": "Của ai"},
            {"label": "Quy trình", "fact": True},
            {"label": "Tổ chức"},
            {"label": "Mở ngày"},
        ],
        "rows": [_running_row(one, titles) for one in shown.object_list],
        "page": shown,
    }
    return render(request, "cases/procedures.html", context)


def _running_row(case: Any, titles: dict[str, str]) -> dict[str, Any]:
    return {
        "name": case.whom,
        "url": address(case),
        "cells": [titles.get(case.procedure, case.procedure), case.organisation.short_name, case.opened_on],
    }


@page("quy-trinh/<str:code>/", name="procedure", needs="home.read")
def procedure_page(request: HttpRequest, viewer: Viewer, code: str) -> HttpResponse:
    """One procedure: its steps, who acts, papers and limits as they are today, and the rules it rests on."""
    found = next((one for one in procedures(viewer.today) if one.code == code), None)
    if found is None:
        raise Http404
    context = {
        "page_title": found.title,
        "breadcrumb": [
            {"label": "Quy trình nghiệp vụ", "url": reverse("procedures")},
            {"label": found.title, "url": ""},
        ],
        "procedure": found,
        "help_url": help_for(found.code),
        "steps": [_step_words(step, viewer) for step in found.steps],
        "drawing": mark_safe(drawn(found)),
        "rules": _rules(found, viewer),
        "begin_url": _begins_at(viewer) if found.code == ARRIVAL.code else "",
        "stories": [
            {"title": story.story, "url": reverse("procedure_story", args=[code, name])}
            for name, story in stories_of(code).items()
        ],
    }
    return render(request, "cases/procedure.html", context)


def _begins_at(viewer: Viewer) -> str:
    """Where one receives the letter of a newcomer at one's own workplace; of others the record's page begins a case."""
    here = viewer.workplace
    if here is None or here.kind not in BASES or not gate.may(viewer, "member.record", "organisation", here):
        return ""
    return reverse("arrival_begin", args=[here.code])


def _step_words(step: Step, viewer: Viewer) -> dict[str, Any]:
    return {
        "title": step.title,
        "about": step.about,
        "by": " hoặc ".join(dict.fromkeys(PLACE_WORDS[actor.place] for actor in step.by)),
        "papers": [form_named(paper.form, on=viewer.today).words for paper in step.papers],
        "limit": _limit(step, viewer),
    }


def _limit(step: Step, viewer: Viewer) -> str:
    if step.within is None or not step.within.rule:
        return ""
    try:
        said = rule(step.within.rule, on=viewer.today)
    except NotInForce:
        return ""
    return f"{said.words} ({said.cite.vn})"


def _rules(procedure: Procedure, viewer: Viewer) -> list[str]:
    said = []
    for rule_id in sorted(rules_of(procedure)):
        try:
            said.append(rule(rule_id, on=viewer.today).why)
        except NotInForce:
            continue
    return said


@page("dang-vien/<person:person>/quy-trinh/", name="person_cases", needs="member.read")
def person_cases(request: HttpRequest, viewer: Viewer, person: Person) -> HttpResponse:
    """A person's cases, and the procedures that can be opened for them."""
    own = [
        one
        for action, kind in (("case.read", "case"), ("closed_case.read", "closed_case"))
        for one in queries.cases_of(person, gate.visible(viewer, action, kind))
    ]
    titles = {one.code: one.title for one in procedures(viewer.today)}
    context = {
        **person_head(viewer, person, f"Quy trình của {person.full_name}", "Quy trình"),
        "cases": [
            {
                "title": titles.get(one.procedure, one.procedure),
                "url": address(one),
                "words": f"kết thúc {day_vn(one.closed_on)}: {RESULT_WORDS.get(one.result, one.result)}"
                if one.closed_on
                else f"mở ngày {day_vn(one.opened_on)}, đang làm",
            }
            for one in own
        ],
        **_offered(viewer, person, [one.procedure for one in own if one.closed_on is None]),
    }
    return render(request, "cases/person.html", context)


def _offered(viewer: Viewer, person: Person, running: list[str]) -> dict[str, list[dict[str, str]]]:
    """The procedures that the viewer can open for the person now; beside them those that can't begin, and why."""
    if person.home is None:
        return {}
    of_people = [one for one in procedures(viewer.today) if not one.of_organisation]
    allowed = openable(viewer, person, person.home, of_people)
    others = [one for one in of_people if one.code in running]
    against = _beside(allowed, others) | against_beginning(person, allowed, viewer.today)
    offered, not_now = [], []
    for one in allowed:
        why = against.get(one.code, "")
        if not why and not queries.can_be_asked(one, person, viewer.today):
            why = _NOTHING_TO_CHOOSE
        if why:
            not_now.append({"title": one.title, "why": why})
        else:
            url = reverse("case_begin", args=[person.ref, one.code])
            offered.append({"title": one.title, "about": one.about, "url": url})
    return {"offered": offered, "not_now": not_now}


def _beside(allowed: list[Procedure], running: list[Procedure]) -> dict[str, str]:
    """Those that can't run beside a case that one sees running."""
    found = {}
    for one in allowed:
        for other in running:
            if one.shuts_out(other) or (one.code == other.code and not one.several):
                found[one.code] = f"Đang có hồ sơ «{other.title}»; chờ hồ sơ đó kết thúc."
    return found


def _after_opening(viewer: Viewer, opened: Any) -> str:
    """The case, or where one records it for another without a part in it, the person's own cases."""
    action = "closed_case" if opened.closed_file else "case"
    if gate.may(viewer, f"{action}.read", action, opened):
        return address(opened)
    return reverse("person_cases", args=[opened.person.ref])


@page(
    "dang-vien/<person:person>/quy-trinh/<str:code>/",
    name="case_begin",
    needs="case.begin",
    post="case.begin",
)
def case_begin(request: HttpRequest, viewer: Viewer, person: Person, code: str) -> HttpResponse:
    """Opening a case: the day and the procedure's own questions; what speaks against it is said here."""
    found = next((one for one in procedures(viewer.today) if one.code == code), None)
    if found is None or found.of_organisation or person.home is None:
        raise Http404
    if not may_open(viewer, person.home, found.opened_by, person):
        raise Http404
    people = official_members(person.home, viewer.today)
    finding = step_of(request) == FIND
    sent = request.POST if request.method == "POST" and not finding else None
    form = BeginForm(
        found.questions,
        people,
        sent,
        initial={"on": viewer.today, **request.GET.dict(), **typed(request)},
        offered=queries.offered_before(found.code, person, found.questions, viewer.today),
    )
    if sent is not None and form.is_valid():
        opened = form.attempt(
            lambda: actions.open_case(
                found.code,
                on=form.cleaned_data["on"],
                by=viewer.actor,
                today=viewer.today,
                person=person,
                to=form.cleaned_data.get("organisation"),
                answers=form.answers,
            )
        )
        if opened is not None:
            doubts = f" Lưu ý: {' '.join(opened.doubts)}" if opened.doubts else ""
            messages.success(request, f"Đã mở hồ sơ «{found.title}» cho {person.full_name}.{doubts}")
            return redirect(_after_opening(viewer, opened))
    context = {
        **person_head(viewer, person, f"{found.title}: {person.full_name}", found.title),
        "procedure": found,
        "help_url": help_for(found.code),
        "askable": queries.can_be_asked(found, person, viewer.today),
        "nothing_to_choose": _NOTHING_TO_CHOOSE,
        "form": form,
        "finder": place_finder(request, form, viewer),
    }
    return render(request, "cases/begin.html", context)

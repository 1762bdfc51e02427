"""Cases about an organisation itself: its posts to fill, its elections; what runs, what was done, what can be opened."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.cases import actions, queries
from tochuc.cases.declare import Procedure
from tochuc.cases.registry import procedures
from tochuc.cases.rights import may_open
from tochuc.kernel.known_dates import day_vn
from tochuc.lists import posts
from tochuc.org.queries import Organisation
from tochuc.procedures.appointment import PROCEDURE as APPOINTMENT
from tochuc.procedures.election import FOR_KIND
from tochuc.web.cases.forms import BeginForm
from tochuc.web.cases.pages import address
from tochuc.web.cases.wording import RESULT_WORDS
from tochuc.web.door import page
from tochuc.web.guide import help_for
from tochuc.web.organisations.asked import address as query
from tochuc.web.organisations.place import head, page_of, place_of, record_of


@page("to-chuc/<organisation:organisation>/kien-toan/", name="organisation_cases", needs="organisation.posts")
def organisation_cases(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """The posts of the organisation with who holds them, the cases about them, and what can be opened."""
    people = gate.visible(viewer, "member.read", "person")
    held = posts.lines(posts.posts_at(organisation, viewer.today, people))
    own = [
        one
        for action, kind in (("case.read", "case"), ("closed_case.read", "closed_case"))
        for one in queries.cases_at(organisation, gate.visible(viewer, action, kind))
    ]
    being_filled = {str(one.answers.get("post")): one for one in own if one.closed_on is None}
    offered = _offered(viewer, organisation)
    titles = {one.code: one.title for one in procedures(viewer.today)}
    posts_named = {line.post: line.title for line in held}
    may_fill = any(one.code == APPOINTMENT.code for one in offered)
    context = {
        **_head(viewer, organisation),
        "vacant": sum(1 for one in held if one.vacant),
        "columns": (
            {"label": "Chức danh"},
            {"label": "Người giữ", "fact": True},
            {"label": "Từ ngày"},
            {"label": "Kiện toàn"},
        ),
        "rows": [_row(organisation, one, being_filled, may_fill=may_fill) for one in held],
        "cases": [_case(one, titles, posts_named) for one in own],
        "offered": [
            {
                "title": one.title,
                "about": one.about,
                "url": reverse("organisation_case_begin", args=[organisation.code, one.code]),
            }
            for one in offered
        ],
        "congress_url": page_of(organisation, "organisation_congress"),
    }
    return render(request, "cases/organisation.html", context)


def _offered(viewer: Viewer, organisation: Organisation) -> list[Procedure]:
    """The procedures about organisations that fit this one and that the viewer may open."""
    fitting = FOR_KIND.get(organisation.kind)
    return [
        one
        for one in procedures(viewer.today)
        if one.of_organisation
        and (one.code not in set(FOR_KIND.values()) or one.code == fitting)
        and may_open(viewer, organisation, one.opened_by)
        and (not one.closed_file or queries.can_be_asked_at(one, organisation, viewer.today))
    ]


def _row(
    organisation: Organisation, one: posts.PostLine, being_filled: dict[str, Any], *, may_fill: bool
) -> dict[str, Any]:
    holder: Any = {"text": "Còn khuyết", "status": "wait"}
    if not one.vacant:
        holder = {"text": one.name, "url": record_of(one.ref) if one.readable else ""}
    doing: Any = ""
    if one.post in being_filled:
        doing = {"text": "Đang kiện toàn", "url": address(being_filled[one.post])}
    elif may_fill:
        begin = reverse("organisation_case_begin", args=[organisation.code, APPOINTMENT.code])
        doing = {"text": "Kiện toàn" if one.vacant else "Thay người", "url": begin + query(post=one.post)}
    return {"name": one.title, "cells": [holder, one.since, doing]}


def _case(one: Any, titles: dict[str, str], named: dict[str, str]) -> dict[str, str]:
    """A case about the organisation: which procedure, of which post where it is about one, and where it stands."""
    ended = (
        f"kết thúc {day_vn(one.closed_on)}: {RESULT_WORDS.get(one.result, one.result)}"
        if one.closed_on
        else ""
    )
    title, post = titles.get(one.procedure, one.procedure), named.get(str(one.answers.get("post")))
    return {
        "title": f"{title}: {post}" if post else title,
        "url": address(one),
        "words": ended or f"mở ngày {day_vn(one.opened_on)}, đang làm",
    }


def _head(viewer: Viewer, organisation: Organisation, *here: Any) -> dict[str, Any]:
    steps = here or ("Kiện toàn, bầu cử",)
    return {
        **head(place_of(viewer, organisation), "organisation", *steps),
        "page_title": f"Kiện toàn, bầu cử: {organisation.short_name}",
    }


@page(
    "to-chuc/<organisation:organisation>/kien-toan/<str:about>/",
    name="organisation_case_begin",
    needs="organisation.posts",
    post="organisation.posts",
)
def organisation_case_begin(
    request: HttpRequest, viewer: Viewer, organisation: Organisation, about: str
) -> HttpResponse:
    """Opening a case about the organisation: the day and the procedure's own questions."""
    found = next((one for one in _offered(viewer, organisation) if one.code == about), None)
    if found is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = BeginForm(
        found.questions,
        [],
        sent,
        initial={"on": viewer.today, **request.GET.dict()},
        offered=queries.offered_at(found.code, organisation, found.questions, viewer.today),
    )
    if sent is not None and form.is_valid():
        opened = form.attempt(
            lambda: actions.open_case(
                found.code,
                on=form.cleaned_data["on"],
                by=viewer.actor,
                today=viewer.today,
                organisation=organisation,
                answers=form.answers,
            )
        )
        if opened is not None:
            messages.success(request, f"Đã mở hồ sơ «{found.title}» của {organisation.name}.")
            return redirect(address(opened))
    back = page_of(organisation, "organisation_cases")
    context = {
        **_head(viewer, organisation, ("Kiện toàn, bầu cử", back), found.title),
        "page_title": f"{found.title}: {organisation.short_name}",
        "procedure": found,
        "help_url": help_for(found.code),
        "askable": queries.can_be_asked_at(found, organisation, viewer.today),
        "form": form,
        "back": back,
        "finder": None,
    }
    return render(request, "cases/begin.html", context)

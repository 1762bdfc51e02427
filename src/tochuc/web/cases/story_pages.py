"""A procedure told as a story: the days, what each did, what was refused and why."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tochuc.access.viewer import Viewer
from tochuc.cases.registry import procedures
from tochuc.kernel.errors import NotInForce
from tochuc.rules.ask import rule
from tochuc.stories import prose
from tochuc.stories.shelf import stories_of
from tochuc.web.door import page


@page("quy-trinh/<str:code>/cau-chuyen/<str:story>/", name="procedure_story", needs="home.read")
def procedure_story(request: HttpRequest, viewer: Viewer, code: str, story: str) -> HttpResponse:
    """One story of a procedure, move by move, and the rules it rests on."""
    found = next((one for one in procedures(viewer.today) if one.code == code), None)
    told = stories_of(code).get(story)
    if found is None or told is None:
        raise Http404
    context = {
        "page_title": told.story,
        "breadcrumb": [
            {"label": "Quy trình nghiệp vụ", "url": reverse("procedures")},
            {"label": found.title, "url": reverse("procedure", args=[code])},
            {"label": "Câu chuyện", "url": ""},
        ],
        "story": told,
        "people": prose.cast_of(told),
        "events": [
            {
                "day": one.on,
                "title": one.what,
                "refused": one.refused,
                "details": one.details,
            }
            for one in prose.lines(told)
        ],
        "rules": _rules(told.rules, told.moves[-1].on),
        "back": reverse("procedure", args=[code]),
    }
    return render(request, "cases/story.html", context)


def _rules(ids: list[str], on: date) -> list[str]:
    said = []
    for rule_id in ids:
        try:
            said.append(rule(rule_id, on=on).why)
        except NotInForce:
            continue
    return said

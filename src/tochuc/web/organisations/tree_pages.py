"""The tree of organisations: the whole of what one may open, and the branch of one organisation; on any day."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.kernel.known_dates import day_vn
from tochuc.org.queries import Organisation
from tochuc.web.door import page
from tochuc.web.fields import asked as words_asked
from tochuc.web.organisations import tree
from tochuc.web.organisations.asked import day_asked
from tochuc.web.organisations.place import head, page_of, place_of


@page("to-chuc/", name="organisations", needs="organisation.read")
def organisations(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The organisations one may open, as a tree, with their members; searchable without tones."""
    context = {"page_title": "Tổ chức", **_drawn(request, viewer, None)}
    return render(request, "organisations/organisations.html", context)


@page("to-chuc/<organisation:organisation>/cay/", name="organisation_tree", needs="organisation.read")
def organisation_tree(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """The branch of one organisation."""
    place = place_of(viewer, organisation)
    may_bring = gate.holds(viewer, "organisation.arrange")
    context = {
        **head(place, "organisation_tree", "Cây tổ chức"),
        **_drawn(request, viewer, organisation),
        "bring_url": page_of(organisation, "import_organisations") if may_bring else "",
    }
    return render(request, "organisations/organisations.html", context)


def _drawn(request: HttpRequest, viewer: Viewer, top: Organisation | None) -> dict[str, Any]:
    day = day_asked(request, "ngay", viewer.today, latest=viewer.today)
    words = words_asked(request, "q")
    opened = tuple(dict.fromkeys(request.GET.getlist("mo")))[: tree.MOST_OPEN]
    asked = tree.Asked(day.day, viewer.today, words, opened, top)
    grown = tree.look(gate.visible(viewer, "organisation.read", "organisation"), asked)
    past = day.day != viewer.today
    hidden = [("q", words)] if words else [("mo", code) for code in opened]
    return {
        "roots": grown.roots,
        "words": words,
        "found": grown.found,
        "of": grown.of,
        "cut": grown.cut,
        "day_error": day.error,
        "day_typed": day_vn(day.day) if past else "",
        "whole_url": f"?ngay={day_vn(day.day)}" if past else "?",
        "asof": {
            "words": f"Cây tổ chức ngày {day_vn(day.day)}" + ("" if past else ", hôm nay"),
            "still": not past,
            "name": "ngay",
            "value": day.day,
            "hidden": hidden,
        },
    }

"""Finding a cell inside a form: by typing with JavaScript, by a button of the same form without."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse

from tochuc.access.viewer import Viewer
from tochuc.org.queries import cell_by_code
from tochuc.web.members.pages import cells_named


def cell_finder(request: HttpRequest, form: forms.Form, viewer: Viewer) -> dict[str, Any]:
    """What the finder part needs: the words typed, the cells found by them, and the one chosen."""
    words = request.POST.get("organisation_q", "").strip()[:100]
    chosen = str(form["organisation"].value() or "")
    found, more = cells_named(words, viewer)
    if chosen and not any(one["value"] == chosen for one in found):
        span = cell_by_code(chosen, viewer.today)
        if span is not None:
            above = span.parent.name if span.parent else ""
            found = [{"value": chosen, "label": span.name, "hint": above}, *found]
    for one in found:
        one["checked"] = one["value"] == chosen
    return {"url": reverse("cells_suggest"), "query": words, "found": found, "more": more}

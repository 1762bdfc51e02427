"""Finding a cell or another organisation inside a form: by typing with JavaScript, by a button of the same form without."""

from __future__ import annotations

from typing import Any, Protocol

from django.http import HttpRequest
from django.urls import reverse

from tochuc.access.viewer import Viewer
from tochuc.web.fields import storable
from tochuc.web.members.forms import chosen
from tochuc.web.members.pages import SUGGESTIONS, places_named

_LONGEST = 100


class FindingForm(Protocol):
    """A form that may have a field ``organisation``; ``finds`` says what may be chosen in it."""

    fields: dict[str, Any]

    @property
    def finds(self) -> str: ...

    def __getitem__(self, name: str) -> Any: ...


def place_finder(request: HttpRequest, form: FindingForm, viewer: Viewer) -> dict[str, Any] | None:
    """What the finder part needs: the words typed, the places found by them, and the one chosen; None where nothing is to be found."""
    if "organisation" not in form.fields:
        return None
    words = storable(request.POST.get("organisation_q", "")).strip()
    code = str(form["organisation"].value() or "")
    found, more = places_named(words[:_LONGEST], viewer, form.finds)
    if code and not any(one["value"] == code for one in found):
        span = chosen(form.finds, code, viewer.today)
        if span is not None:
            above = span.parent.name if span.parent else ""
            found = [{"value": code, "label": span.name, "hint": above}, *found]
    for one in found:
        one["checked"] = one["value"] == code
    return {"url": reverse(SUGGESTIONS[form.finds]), "query": words, "found": found, "more": more}

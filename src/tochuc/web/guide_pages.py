"""The pages of the user guide, one for each of its topics."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tochuc.access.viewer import Viewer
from tochuc.web import guide
from tochuc.web.door import page


@page("huong-dan/<str:topic>/", name="guide", needs="account.self")
def guide_page(request: HttpRequest, viewer: Viewer, topic: str) -> HttpResponse:
    """One topic of the guide, with its picture."""
    found = guide.topic(topic)
    if found is None:
        raise Http404
    context = {
        "page_title": found.title,
        "breadcrumb": [{"label": "Hướng dẫn", "url": reverse("help")}, {"label": found.title}],
        "html": found.html,
    }
    return render(request, "guide.html", context)

"""Where a page of the programme stands: the trail from the list of conferences down to it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse


def trail(conference: Any, here: str) -> list[dict[str, str]]:
    """The breadcrumb of a page; ``conference`` None where it belongs to none that the reader may open."""
    steps = [{"label": "Hội nghị và nhiệm vụ", "url": reverse("conferences")}]
    if conference is not None:
        steps.append({"label": conference.title, "url": reverse("conference", args=[conference.ref])})
    return [*steps, {"label": here}]

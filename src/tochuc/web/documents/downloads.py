"""Handing out kept files: never shown in the page, never guessed at by the browser, always in the trail."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from tochuc.access.viewer import Viewer
from tochuc.documents import actions


def download(file: Any, viewer: Viewer) -> HttpResponse:
    """The file as an attachment under its own name."""
    raw = actions.open_file(file, by=viewer.actor)
    answer = HttpResponse(raw, content_type=file.content_type)
    answer["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer

"""Handing out kept files: never shown in the page, never guessed at by the browser, always in the trail."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from tochuc.access.viewer import Viewer
from tochuc.documents import actions


def download(file: Any, viewer: Viewer) -> HttpResponse:
    """The file as an attachment under its own name."""
    return attachment(file.name, actions.open_file(file, by=viewer.actor), file.content_type)


def attachment(name: str, raw: bytes, content_type: str) -> HttpResponse:
    """Bytes to be kept under a name, and nowhere on the way."""
    answer = HttpResponse(raw, content_type=content_type)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer

"""What every request carries, a number for the log and the trail; and how much it may carry."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tochuc.config.failures import too_large


class RequestMiddleware:
    """Give each request an id, shown on error pages and kept in the audit trail.

    A body larger than any of our forms is refused unread: reading it would fill the disk before a form, or
    even the check of its token, could say no.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = str(uuid.uuid4())  # type: ignore[attr-defined]
        response = too_large(request) if _weighs_too_much(request) else self.get_response(request)
        response["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        response["Cache-Control"] = response.get("Cache-Control", "no-store")
        return response


def _weighs_too_much(request: HttpRequest) -> bool:
    told = request.META.get("CONTENT_LENGTH") or "0"
    # Twice the largest file: one a little too large still gets the form's own message beside its field.
    most = 2 * settings.UPLOAD_LIMIT + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return not told.isascii() or not told.isdigit() or int(told) > most

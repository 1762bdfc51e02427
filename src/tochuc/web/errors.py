"""Pages for what goes wrong, in plain words; an unexpected failure shows the number that support can find."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from tochuc.web import held

logger = logging.getLogger("tochuc.web")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that can't be read."""
    return render(request, "errors/400.html", {"request_id": _number(request)}, status=400)


def too_large(request: HttpRequest) -> HttpResponse:
    """A request larger than any form of ours; nothing of it was read."""
    return render(request, "errors/400.html", {"request_id": _number(request)}, status=413)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """In scope, but not one's to do."""
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Isn't there, or isn't yours: the same answer."""
    return render(request, "errors/404.html", status=404)


def too_many(request: HttpRequest) -> HttpResponse:
    """Tried too often; what a log-in page carries for the time after it, it goes on carrying."""
    if request.path != reverse("account_login"):
        return render(request, "errors/429.html", {"path": request.path}, status=429)
    context = {
        "throttled": True,
        "held": request.POST.get("held", ""),
        "redirect_field_name": "next",
        "redirect_field_value": request.POST.get("next", ""),
    }
    return render(request, "login.html", context, status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke: the number, and what was typed so that it can be copied."""
    logger.error("request %s failed", _number(request))
    context = {"request_id": _number(request), "fields": held.typed(request)}
    # Without the request: what broke may be what the frame around a page needs.
    return HttpResponse(render_to_string("errors/500.html", context), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from an old page: what was typed is shown, to be sent again."""
    context = {"fields": held.typed(request), "path": request.path}
    return render(request, "errors/csrf.html", context, status=403)


def _number(request: HttpRequest) -> str:
    return str(getattr(request, "request_id", ""))[:8]

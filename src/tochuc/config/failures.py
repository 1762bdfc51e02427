"""Failures outside any page or operation: programs hear them in JSON, people see them on a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from tochuc.api import problems, registry
from tochuc.web import errors


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such address."""
    if request.path.startswith(f"/{registry.PREFIX}"):
        return problems.told(problems.NO_SUCH_ADDRESS, 404)
    return errors.not_found(request, exception)

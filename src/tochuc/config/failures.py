"""Failures outside any page or operation: programs hear them in JSON, people see them on a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from tochuc.api import problems, registry
from tochuc.web import errors


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such address."""
    if _of_a_program(request):
        return problems.told(problems.NO_SUCH_ADDRESS, 404)
    return errors.not_found(request, exception)


def too_large(request: HttpRequest) -> HttpResponse:
    """A request larger than anything that is taken in; nothing of it was read."""
    if _of_a_program(request):
        return problems.told(problems.TOO_LARGE, 413)
    return errors.too_large(request)


def _of_a_program(request: HttpRequest) -> bool:
    return request.path.startswith(f"/{registry.PREFIX}")

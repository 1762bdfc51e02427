"""Forms that couldn't be taken in: what was typed is held in the page itself, and shown to be sent or copied."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

Fields = list[tuple[str, str]]

_SALT = "held"
_HELD_SECONDS = 24 * 3600
_NEVER_HELD = {"csrfmiddlewaretoken", "login", "held", "next"}
_MARKS = {"once", "version"}


def ask_to_log_in(request: HttpRequest) -> HttpResponse:
    """Send to the log-in page; a form on its way is held in the page itself until one is in again."""
    if request.method != "POST":
        asked = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('account_login')}?{asked}")
    context = {
        "held": hold(request),
        "fields": typed(request),
        "had_files": bool(request.FILES),
    }
    return render(request, "errors/expired.html", context, status=401)


def hold(request: HttpRequest) -> str:
    """The form on its way, signed, to be carried by the log-in page; without what is secret."""
    return signing.dumps(
        {"path": request.get_full_path(), "fields": _fields(request)}, salt=_SALT, compress=True
    )


def release(held: str) -> tuple[str, Fields] | None:
    """The path and fields that were held; None for nothing, for what isn't ours and after a day."""
    if not held:
        return None
    try:
        kept = signing.loads(held, salt=_SALT, max_age=_HELD_SECONDS)
    except signing.BadSignature:
        return None
    if not url_has_allowed_host_and_scheme(kept["path"], allowed_hosts=None):
        return None
    return kept["path"], [(k, v) for k, v in kept["fields"]]


def typed(request: HttpRequest) -> Fields:
    """What a person typed into the form on its way, or into the one that it holds."""
    earlier = release(request.POST.get("held", ""))
    return shown(earlier[1] if earlier else _fields(request))


def shown(fields: Fields) -> Fields:
    """The fields that a person typed, without the form's own marks."""
    return [(k, v) for k, v in fields if v.strip() and k not in _MARKS]


def _fields(request: HttpRequest) -> Fields:
    return [(k, v) for k, vs in request.POST.lists() if k not in _NEVER_HELD and "pass" not in k for v in vs]

"""The door: the only way for a page to have an address.

A handler gets the viewer and the objects of its address, already fetched through the gate; it never sees an
id, nor a row that the viewer may not have.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from tochuc.access import factors, submissions
from tochuc.access.clock import today
from tochuc.access.policy import PUBLIC
from tochuc.access.routes import Objects, check_actions, hand_in, objects_of, written
from tochuc.access.viewer import Viewer
from tochuc.kernel.remembering import reading
from tochuc.web import held, registry

Handler = Callable[..., HttpResponseBase]
Work = Callable[[], HttpResponseBase]


def page(
    route: str,
    *,
    name: str,
    needs: str,
    post: str = "",
    keeps_count: bool = False,
    hands_out: bool = False,
) -> Callable[[Handler], Handler]:
    """Declare a page. ``needs`` is the action to see it, ``post`` the one to send its form (none: no form).

    ``<kind:name>`` in the route names a registered kind: the row is fetched for the page's action when it
    is the last in the route, for the kind's own read action before that. A form that ``keeps_count`` of
    failed attempts isn't undone when it fails, or its count would be; it holds its own transaction. One that ``hands_out`` a file answers
    with it and writes nothing but the note in the trail that it did, which stays.
    """
    check_actions(name, needs, post)
    objects = objects_of(route)
    django_route = written(route, "<str:{name}>")

    def declare(handler: Handler) -> Handler:
        @wraps(handler)
        def view(request: HttpRequest, **keys: Any) -> HttpResponseBase:
            take_in = _do if keeps_count or hands_out else _take_in
            return _answer(request, handler, needs, post, objects, keys, take_in)

        registry.add(registry.Page(name, django_route, needs, post, objects, view))
        return view

    return declare


def public(route: str, *, name: str) -> Callable[[Handler], Handler]:
    """Declare an address that answers without a log-in; it must be on the policy's short list."""
    if name not in PUBLIC:
        raise LookupError(f"{name!r} is not on the list of public addresses")

    def declare(handler: Handler) -> Handler:
        registry.add(registry.Page(name, route, "", "", (), handler))
        return handler

    return declare


def viewer_of(request: HttpRequest) -> Viewer:
    """Who looks, made once for each request."""
    kept: Viewer | None = getattr(request, "viewer", None)
    if kept is None:
        kept = Viewer(
            account=request.user,  # type: ignore[arg-type]
            today=today(),
            request_id=getattr(request, "request_id", ""),
            workplace_code=request.session.get("workplace", ""),
        )
        request.viewer = kept  # type: ignore[attr-defined]
    return kept


def _answer(
    request: HttpRequest,
    handler: Handler,
    needs: str,
    post: str,
    objects: Objects,
    keys: dict[str, Any],
    take_in: Callable[[HttpRequest, Viewer, Work], HttpResponseBase],
) -> HttpResponseBase:
    if not request.user.is_authenticated:
        return held.ask_to_log_in(request)
    sending = request.method == "POST"
    if request.method not in {"GET", "HEAD", "POST"} or (sending and not post):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"] if post else ["GET", "HEAD"])
    if any("\x00" in value for _, values in request.GET.lists() for value in values):
        raise BadRequest("a zero byte in the query")
    viewer = viewer_of(request)
    action = post if sending else needs
    if action != "account.self" and factors.owed(viewer):
        return redirect("factor")

    def work() -> HttpResponseBase:
        return handler(request, viewer, **hand_in(viewer, action, objects, keys))

    if sending:
        _drop_zero_bytes(request)
    # A form sent twice is known by its token before its object is fetched, which may be out of reach by then.
    if sending:
        return take_in(request, viewer, work)
    with reading():
        return work()


def _drop_zero_bytes(request: HttpRequest) -> None:
    """Take out of a form what no keyboard types and no database stores, wherever in it it stands."""
    if any("\x00" in value for _, values in request.POST.lists() for value in values):
        sent = request.POST.copy()
        for name, values in request.POST.lists():
            sent.setlist(name, [value.replace("\x00", "") for value in values])
        request.POST = sent  # type: ignore[assignment]


def _do(request: HttpRequest, viewer: Viewer, work: Work) -> HttpResponseBase:
    return work()


def _take_in(request: HttpRequest, viewer: Viewer, work: Work) -> HttpResponseBase:
    """Do a form's work whole or not at all, and once: an answer that isn't a redirect wrote nothing."""
    token = _token(request)
    with transaction.atomic():
        if token:
            earlier = submissions.claim(token, viewer.account, request.path)
            if earlier is not None:
                return redirect(earlier.answer or request.path)
        answer = work()
        if isinstance(answer, HttpResponseRedirect):
            if token:
                submissions.settle(token, viewer.account, request.path, answer.url)
        else:
            transaction.set_rollback(True)
    return answer


def _token(request: HttpRequest) -> str:
    try:
        return str(uuid.UUID(request.POST.get("once", "")))
    except ValueError:
        return ""

"""The API's door: the only way for an operation to have an address.

A handler gets the viewer and the objects of its address, already fetched through the gate; its other
parameters are read from the query or the body by their types. It gives back what its schema says.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_type_hints

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from tochuc.access import factors, tokens
from tochuc.access.clock import today
from tochuc.access.routes import Objects, check_actions, hand_in, objects_of, written
from tochuc.access.viewer import Viewer
from tochuc.api import once
from tochuc.api.answer import answer
from tochuc.api.entry import Session, Token
from tochuc.api.problems import FactorOwed, Problem, ReadOnly, explain_failures
from tochuc.api.reading import Composed
from tochuc.kernel.errors import BadInput

Handler = Callable[..., Any]

_LONGEST_NAME = 40  # of a parameter, as it is told

_REFUSALS = (401, 403, 404, 422, 429)
# What is sent may, besides, not be JSON at all, or too large.
_SENT_REFUSALS = (400, *_REFUSALS, 413)
# And what is written may clash with what is there, or with what it was when the sender read it.
_WRITE_REFUSALS = (*_SENT_REFUSALS, 409, 412)


@dataclass(frozen=True)
class Endpoint:
    """An operation: its method, route and name, the action it needs, the kinds of object it hands in."""

    name: str
    method: str
    route: str
    needs: str
    objects: Objects
    writes: bool
    described: bool = True

    @property
    def refusals(self) -> tuple[int, ...]:
        """The codes with which it may say no."""
        if self.method == "GET":
            return _REFUSALS
        return _WRITE_REFUSALS if self.writes else _SENT_REFUSALS


api = NinjaAPI(
    title="Tochuc",
    version="1",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    auth=[Token(), Session()],
    parser=Composed(),
)
explain_failures(api)

ENDPOINTS: dict[str, Endpoint] = {}


def endpoint(
    method: str,
    route: str,
    *,
    name: str,
    needs: str,
    status: int = 200,
    writes: bool | None = None,
    described: bool = True,
) -> Callable[[Handler], Handler]:
    """Declare an operation; the same words as a page's. Its return type is the schema of its answer.

    ``<kind:name>`` in the route names a registered kind: the row is fetched for the operation's action when
    it is the last in the route, for the kind's own read action before that. What a write does is done whole
    or not at all, and once for each ``Idempotency-Key``; what isn't a GET writes, unless it is said not to. An
    operation that isn't ``described`` stays out of the OpenAPI document.
    """
    check_actions(name, needs)
    if name in ENDPOINTS:
        raise ValueError(f"two operations named {name!r}")
    changing = method != "GET" if writes is None else writes
    one = Endpoint(name, method, route, needs, objects_of(route), changing, described)

    def declare(handler: Handler) -> Handler:
        hints = get_type_hints(handler, include_extras=True)
        ENDPOINTS[name] = one
        api.api_operation(
            [method],
            "/" + address(route),
            response={status: hints["return"], **dict.fromkeys(one.refusals, Problem)},
            url_name=name,
            operation_id=name,
            tags=[handler.__module__.rpartition(".")[2]],
            summary=(handler.__doc__ or "").partition("\n")[0].rstrip("."),
            include_in_schema=described,
            openapi_extra={"x-action": needs},
        )(_operation(one, handler, hints, status))
        return handler

    return declare


def address(route: str) -> str:
    """A route as ninja and the OpenAPI document's reader write it: ``{name}``, ``{int:name}``."""
    return re.sub(r"<(\w+:\w+)>", r"{\1}", written(route, "{{{name}}}"))


def _operation(one: Endpoint, handler: Handler, hints: dict[str, Any], status: int) -> Handler:
    names = [name for _kind, name in one.objects]
    # What isn't asked for is refused: a slip in the name of a day would be answered with today.
    asked = set(hints) - {"viewer", "return", *names} if one.method == "GET" else set()

    def operation(request: HttpRequest, **given: Any) -> HttpResponse:
        key = given.pop(once.PARAMETER, None)
        keys = {name: given.pop(name) for name in names}
        viewer = Viewer(
            account=request.user,  # type: ignore[arg-type]
            today=today(),
            request_id=getattr(request, "request_id", ""),
        )

        if not hasattr(request, "token") and factors.owed(viewer):
            raise FactorOwed
        for strange in sorted(set(request.GET) - asked):
            raise BadInput("unreadable", "API không có tham số nào tên như vậy.", strange[:_LONGEST_NAME])

        def work() -> HttpResponse:
            handed = hand_in(viewer, one.needs, one.objects, keys)
            return answer(request, handler(viewer, **handed, **given), status)

        with transaction.atomic():
            return _write(request, viewer, one, work, key) if one.writes else work()

    operation.__name__ = handler.__name__
    operation.__doc__ = handler.__doc__
    operation.__module__ = handler.__module__
    operation.__signature__ = _signature(one, handler, hints, names)  # type: ignore[attr-defined]
    return operation


def _write(
    request: HttpRequest, viewer: Viewer, one: Endpoint, work: Callable[[], HttpResponse], key: str | None
) -> HttpResponse:
    """Do a write if its token may, once for its key, and leave in the trail through which token it came."""
    token = getattr(request, "token", None)
    if token is not None and not token.may_write:
        raise ReadOnly

    def noted() -> HttpResponse:
        done = work()
        if token is not None:
            tokens.note_write(token, one.name, request.path, by=viewer.actor)
        return done

    return once.done(request, viewer, key, noted) if key else noted()


def _signature(one: Endpoint, handler: Handler, hints: dict[str, Any], names: list[str]) -> inspect.Signature:
    """What ninja reads: the request, each object's key as a part of the path, the handler's own questions."""
    keyword = inspect.Parameter.KEYWORD_ONLY
    keys = [inspect.Parameter(name, keyword, annotation=str) for name in names]
    asked = [
        parameter.replace(kind=keyword, annotation=hints[parameter.name])
        for parameter in inspect.signature(handler).parameters.values()
        if parameter.name not in {"viewer", *names}
    ]
    request = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    own = [once.ASKED] if one.writes else []
    return inspect.Signature([request, *keys, *asked, *own])

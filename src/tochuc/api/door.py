"""The API's door: the only way for an operation to have an address.

A handler gets the viewer and the objects of its address, already fetched through the gate; its other
parameters are read from the query or the body by their types. It gives back what its schema says.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_type_hints

from django.db import transaction
from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.responses import Status
from ninja.security import SessionAuth

from tochuc.access.clock import today
from tochuc.access.routes import Objects, check_actions, hand_in, objects_of, written
from tochuc.access.viewer import Viewer
from tochuc.api.problems import Problem, explain_failures

Handler = Callable[..., Any]

# What is written may, besides, not be JSON at all, or clash with what is there.
_REFUSALS = (401, 403, 404, 422)
_WRITE_REFUSALS = (400, *_REFUSALS, 409)


class Session(SessionAuth):
    """The session that the pages use; a write has to carry its CSRF token as well."""

    def __call__(self, request: HttpRequest) -> Any:
        if not request.user.is_authenticated:
            return None
        return super().__call__(request)


@dataclass(frozen=True)
class Endpoint:
    """An operation: its method, route and name, the action it needs, the kinds of object it hands in."""

    name: str
    method: str
    route: str
    needs: str
    objects: Objects
    described: bool = True


api = NinjaAPI(
    title="Tochuc",
    version="1",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    auth=Session(),
)
explain_failures(api)

ENDPOINTS: dict[str, Endpoint] = {}


def endpoint(
    method: str, route: str, *, name: str, needs: str, status: int = 200, described: bool = True
) -> Callable[[Handler], Handler]:
    """Declare an operation; the same words as a page's. Its return type is the schema of its answer.

    ``<kind:name>`` in the route names a registered kind: the row is fetched for the operation's action when
    it is the last in the route, for the kind's own read action before that. What a write does is done whole
    or not at all. An operation that isn't ``described`` stays out of the OpenAPI document.
    """
    check_actions(name, needs)
    if name in ENDPOINTS:
        raise ValueError(f"two operations named {name!r}")
    one = Endpoint(name, method, route, needs, objects_of(route), described)

    def declare(handler: Handler) -> Handler:
        hints = get_type_hints(handler, include_extras=True)
        refusals = _REFUSALS if method == "GET" else _WRITE_REFUSALS
        ENDPOINTS[name] = one
        api.api_operation(
            [method],
            "/" + written(route, "{{{name}}}"),
            response={status: hints["return"], **dict.fromkeys(refusals, Problem)},
            url_name=name,
            operation_id=name,
            tags=[handler.__module__.rpartition(".")[2]],
            summary=(handler.__doc__ or "").partition("\n")[0].rstrip("."),
            include_in_schema=described,
        )(_operation(one, handler, hints, status))
        return handler

    return declare


def _operation(one: Endpoint, handler: Handler, hints: dict[str, Any], status: int) -> Handler:
    names = [name for _kind, name in one.objects]

    def operation(request: HttpRequest, **given: Any) -> Status[Any]:
        viewer = Viewer(
            account=request.user,  # type: ignore[arg-type]
            today=today(),
            request_id=getattr(request, "request_id", ""),
        )
        handed = hand_in(viewer, one.needs, one.objects, {name: given.pop(name) for name in names})
        with transaction.atomic():
            return Status(status, handler(viewer, **handed, **given))

    operation.__name__ = handler.__name__
    operation.__doc__ = handler.__doc__
    operation.__module__ = handler.__module__
    operation.__signature__ = _signature(handler, hints, names)  # type: ignore[attr-defined]
    return operation


def _signature(handler: Handler, hints: dict[str, Any], names: list[str]) -> inspect.Signature:
    """What ninja reads: the request, each object's key as a part of the path, the handler's own questions."""
    keyword = inspect.Parameter.KEYWORD_ONLY
    keys = [inspect.Parameter(name, keyword, annotation=str) for name in names]
    asked = [
        parameter.replace(kind=keyword, annotation=hints[parameter.name])
        for parameter in inspect.signature(handler).parameters.values()
        if parameter.name not in {"viewer", *names}
    ]
    request = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return inspect.Signature([request, *keys, *asked])

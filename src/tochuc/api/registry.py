"""All operations of the API and their addresses, which only the door gives; and the document that describes them."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from tochuc.access.viewer import Viewer
from tochuc.api import problems
from tochuc.api.door import ENDPOINTS, Endpoint, api, endpoint

PREFIX = "api/v1/"

# Each module declares its operations on import; an operation of a module that isn't listed has no address.
MODULES = (
    "tochuc.api.organisations",
    "tochuc.api.ledger",
    "tochuc.api.members",
    "tochuc.api.recording",
    "tochuc.api.sympathisers",
    "tochuc.api.changesets",
    "tochuc.api.imports",
    "tochuc.api.reorganisations",
    "tochuc.api.cases",
    "tochuc.api.record",
    "tochuc.api.dues",
    "tochuc.api.member_dues",
    "tochuc.api.meetings",
    "tochuc.api.entrusting",
    "tochuc.api.programme",
    "tochuc.api.duties",
)


@endpoint("GET", "openapi.json", name="openapi", needs="account.self", described=False)
def openapi(viewer: Viewer) -> dict[str, Any]:
    """The OpenAPI document of all operations, for those who are logged in."""
    return document()


def document() -> dict[str, Any]:
    """The OpenAPI document."""
    load()
    return dict(api.get_openapi_schema(path_prefix=f"/{PREFIX}"))


def written_out() -> str:
    """The OpenAPI document as it is kept beside the source, for reading and comparing."""
    return json.dumps(document(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def load() -> dict[str, Endpoint]:
    """Import every module of operations and give all operations by name."""
    for module in MODULES:
        importlib.import_module(module)
    return ENDPOINTS


def urlpatterns() -> list[URLPattern | URLResolver]:
    """Django's patterns for every operation, and no others: ninja's own root page is left out."""
    load()
    patterns, app, namespace = api.urls
    declared = [p for p in patterns if isinstance(p, URLPattern) and p.name in ENDPOINTS]
    speaking = [URLPattern(one.pattern, _speaking(one.callback), name=one.name) for one in declared]
    return [path(PREFIX, include((speaking, app), namespace=namespace))]


def _speaking(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that tells in words, like any refusal, which methods its address has."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **keys: Any) -> HttpResponse:
        made = view(request, *args, **keys)
        if made.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return made
        told = problems.told(problems.no_such_method(made["Allow"]), made.status_code)
        told["Allow"] = made["Allow"]
        return told

    return answer

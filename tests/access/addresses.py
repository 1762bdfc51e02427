"""All addresses as Django resolves them, each with what the doors say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from tochuc.access.policy import POLICY, PUBLIC
from tochuc.access.reach import kinds
from tochuc.api import registry as api
from tochuc.web import registry as web

Patterns = Sequence[URLPattern | URLResolver]

_PARAMETER = re.compile(r"<(?:[a-z]+:)?([a-z_]+)>")


@dataclass(frozen=True)
class Address:
    """A route with the action of each method it answers (empty: none needed), and its objects by kind."""

    name: str
    route: str
    actions: dict[str, str]
    objects: tuple[tuple[str, str], ...]
    public: bool = False

    @property
    def parameters(self) -> list[str]:
        """The names of all parts of the route that vary."""
        return _PARAMETER.findall(self.route)

    @property
    def is_api(self) -> bool:
        """Whether it answers in JSON to programs."""
        return self.name.startswith("api:")

    def at(self, keys: dict[str, str]) -> str:
        """The path with these keys in place of its parameters."""
        return "/" + _PARAMETER.sub(lambda m: str(keys[m[1]]), self.route)


def resolved(
    patterns: Patterns | None = None, prefix: str = "", space: str = ""
) -> Iterator[tuple[str, str, object]]:
    """Name, route and view of every pattern, as Django's resolver has them."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from resolved(pattern.url_patterns, route, inner)
        else:
            yield f"{space}{pattern.name or ''}", route, pattern.callback


def addresses() -> list[Address]:
    """Every address by name, in the order of the resolver."""
    return [_declared(name, route) for name, route, _view in resolved()]


def _declared(name: str, route: str) -> Address:
    if name.startswith("api:"):
        one = api.ENDPOINTS[name.removeprefix("api:")]
        return Address(name, route, {one.method: one.needs}, one.objects)
    page = web.PAGES[name]
    actions = {"GET": page.needs} | ({"POST": page.post} if page.post else {})
    return Address(name, route, actions, page.objects, public=name in PUBLIC)


def faults(patterns: Patterns | None = None) -> list[str]:
    """Each address that no door declared as it stands, or whose rule, or reach, is missing."""
    return [fault for name, route, view in resolved(patterns) for fault in _faults_of(name, route, view)]


def _faults_of(name: str, route: str, view: object) -> Iterator[str]:
    where = f"{route!r} ({name or 'no name'})"
    if name.startswith("api:"):
        endpoint = api.ENDPOINTS.get(name.removeprefix("api:"))
        asked = (api.PREFIX + endpoint.route) if endpoint else ""
        if endpoint is None or re.sub(r"<\w+:", "<", asked) != re.sub(r"<\w+:", "<", route):
            yield f"{where} is not declared by the API's door"
            return
        needed, objects = [endpoint.needs], endpoint.objects
    else:
        page = web.PAGES.get(name)
        if page is None or page.view is not view or page.route != route:
            yield f"{where} is not declared by the door"
            return
        needed, objects = [page.needs, *([page.post] if page.post else [])], page.objects
    if name not in PUBLIC:
        yield from (
            f"{where} needs {action!r}, unknown to the policy" for action in needed if action not in POLICY
        )
    yield from (
        f"{where} hands in {kind!r}, which has no reach" for kind, _ in objects if kind not in kinds()
    )

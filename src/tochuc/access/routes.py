"""Routes that name the kinds of object they hand in; the doors of pages and of the API read them alike."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import PermissionDenied

from tochuc.access import gate
from tochuc.access.policy import POLICY
from tochuc.access.reach import reach_of
from tochuc.access.viewer import Viewer

_OBJECT = re.compile(r"<(?P<kind>[a-z_]+):(?P<name>[a-z_]+)>")
_CONVERTERS = {"str", "int", "slug", "uuid"}

Objects = tuple[tuple[str, str], ...]


def objects_of(route: str) -> Objects:
    """The (kind, name) of each object that a route names as ``<kind:name>``, in its order."""
    return tuple((k, n) for k, n in _OBJECT.findall(route) if k not in _CONVERTERS)


def written(route: str, one: str) -> str:
    """The route with each object written as ``one``, a pattern with ``{name}``; converters stay."""
    return _OBJECT.sub(lambda m: m[0] if m["kind"] in _CONVERTERS else one.format(name=m["name"]), route)


def check_actions(address: str, *actions: str) -> None:
    """Refuse an address that needs an action which the policy doesn't have; empty ones are left out."""
    for action in filter(None, actions):
        if action not in POLICY:
            raise LookupError(f"{address!r} needs unknown action {action!r}")


def hand_in(viewer: Viewer, action: str, objects: Objects, keys: dict[str, Any]) -> dict[str, Any]:
    """The address's keys with each object fetched: the last for the action, those before it for reading.

    Raises ``Http404`` outside the viewer's branch, ``PermissionDenied`` inside without the right.
    """
    if not objects and not gate.holds(viewer, action):
        raise PermissionDenied(action)
    handed = dict(keys)
    for place, (kind, name) in enumerate(objects, 1):
        asked = action if place == len(objects) else reach_of(kind).read
        handed[name] = gate.fetch(viewer, asked, kind, keys[name])
    return handed

"""Short ways to write a plan for the cast."""

from __future__ import annotations

from datetime import date
from typing import Any

from cast import TODAY, Cast
from tochuc.reorganise import actions
from tochuc.reorganise.models import Reorganisation
from tochuc.reorganise.plan import Plan

DAY = date(2023, 3, 1)
"""The day of the new order in most tests; the cast lives on 20/04/2023."""


def plan(*operations: dict[str, Any], day: date = DAY, **more: Any) -> Plan:
    """A plan of these operations, each ``{"op": …}``, decided some days before its day."""
    said = {
        "title": "Sắp xếp thử",
        "decision": {"number": "12-QĐ/HU", "on": date(2023, 2, 20), "by": "Ban Thường vụ Huyện ủy"},
        "day": day,
        "operations": operations,
    }
    return Plan.model_validate(said | more)


def apply(cast: Cast, *operations: dict[str, Any], **more: Any) -> Reorganisation:
    """Carry a plan out today, by the officer."""
    return actions.apply(plan(*operations, **more), by=cast.actor(), today=TODAY)


def found(code: str, kind: str, under: str | None, **more: Any) -> dict[str, Any]:
    """Set up an organisation named by its code."""
    name = f"Tổ chức {code}"
    return {
        "op": "found",
        "code": code,
        "name": name,
        "short_name": code,
        "kind": kind,
        "under": under,
    } | more


def move(of: str | list[str], to: str, **more: Any) -> dict[str, Any]:
    """Put organisations under another superior."""
    return {"op": "move", "of": of, "to": to} | more


def merge(of: str | list[str], into: str, **more: Any) -> dict[str, Any]:
    """Let organisations go into one."""
    return {"op": "merge", "of": of, "into": into} | more


def split(of: str | list[str], *parts: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Divide cells."""
    return {"op": "split", "of": of, "parts": parts} | more


def dissolve(of: str | list[str], **more: Any) -> dict[str, Any]:
    """End organisations."""
    return {"op": "dissolve", "of": of} | more

"""A reorganisation of a story as a plan: the same operations as in a plan file, decided on the day of the move."""

from __future__ import annotations

from typing import Any

from tochuc.stories.declare import Happens

OPERATIONS = ("found", "rename", "move", "convert", "merge", "split", "dissolve")


def plan_said(move: Happens) -> dict[str, Any]:
    """The plan as its file would say it."""
    operations = [
        {"op": kind, **said, "line": at}
        for at, one in enumerate(move.reorganise)
        for kind, said in one.items()
    ]
    return {
        "title": "Sắp xếp tổ chức",
        "decision": {"number": "01-QĐ", "on": move.on, "by": "Cấp ủy có thẩm quyền"},
        "day": move.on,
        "operations": operations,
    }

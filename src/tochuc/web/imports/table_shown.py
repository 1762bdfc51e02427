"""A list of movements, organisations or posts as its page shows it: counts, and rows in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tochuc.exchange.imports.review import MOST_SHOWN
from tochuc.exchange.imports.tables import Line, Looked
from tochuc.exchange.imports.telling import ACTIONS

_NAMELESS = "Không có tên"
_LISTS = {"create": "#se-ghi", "change": "#se-ghi", "refuse": "#tu-choi"}


def looked(found: Looked) -> dict[str, Any]:
    """All that the page of a list shows, as plain values: kept where the list was looked at beside the pages."""
    refused = [one for one in found.lines if one.action == "refuse"]
    doubted = [one for one in found.lines if one.action != "refuse" and one.said]
    written = [one for one in found.lines if one.action in ("create", "change")]
    return {
        "writes": found.writes,
        "counts": [
            *(
                {"label": words.capitalize(), "count": found.counts[action], "url": _LISTS.get(action, "")}
                for action, words in ACTIONS.items()
            ),
            {"label": "Cần xem lại", "count": len(doubted), "url": "#can-xem"},
        ],
        "refused_count": len(refused),
        "doubted_count": len(doubted),
        "written_count": len(written),
        "refused": _told(refused),
        "doubted": _told(doubted),
        "written": [
            {"name": one.name or _NAMELESS, "cells": [one.does, one.where]} for one in written[:MOST_SHOWN]
        ],
        "refused_cut": _cut(len(refused)),
        "doubted_cut": _cut(len(doubted)),
        "written_cut": _cut(len(written)),
    }


def _told(lines: Iterable[Line]) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name or _NAMELESS,
            "where": one.where,
            "told": [{"column": s.column, "value": s.value, "message": s.message} for s in one.said],
        }
        for one in list(lines)[:MOST_SHOWN]
    ]


def _cut(total: int) -> str:
    return f"Hiện {MOST_SHOWN} dòng đầu; cả tệp có trong bảng đã đánh dấu." if total > MOST_SHOWN else ""

"""An import as its pages show it: rows of tables, in words."""

from __future__ import annotations

from typing import Any

from tochuc.changes.since import label, shown
from tochuc.exchange.imports.plan import CHANGE, CREATE, KEPT_AS_SAID, REFUSE, Planned
from tochuc.exchange.imports.review import MOST_SHOWN, Column, Review, Sheet
from tochuc.exchange.imports.telling import ACTIONS
from tochuc.web.imports import wording

_NAMELESS = "Không có tên"
_LISTS = {CREATE: "#tao-moi", CHANGE: "#thay-doi", REFUSE: "#tu-choi"}
_ISO_PARTS = {"birth", "admitted_on", "official_on", "joined_cell_on"}


def counts(review: Review) -> list[dict[str, Any]]:
    """How many rows of each sort, in a fixed order, each leading to its list."""
    found = [
        {"label": words.capitalize(), "count": review.counts[action], "url": _LISTS.get(action, "")}
        for action, words in ACTIONS.items()
    ]
    return [*found, {"label": "Cần xem lại", "count": review.asked, "url": "#can-xem"}]


def review(found: Review) -> dict[str, Any]:
    """All that the page of a list shows, as plain values: kept where the list was checked beside the pages."""
    return {
        "writes": found.writes,
        "counts": counts(found),
        "refused_count": found.counts[REFUSE],
        "changed_count": found.counts[CHANGE],
        "created_count": found.counts[CREATE],
        "doubted_count": found.asked,
        "sheets": [
            {"head": one.head, "columns": mapping(one), "skipped": len(one.head["skipped"])}
            for one in found.sheets
        ],
        "created": created(found.created),
        "changed": changed(found.changed),
        "refused": refused(found.refused),
        "doubted": doubted(found.doubted),
        "refused_cut": cut(found.counts[REFUSE]),
        "doubted_cut": cut(found.asked),
        "changed_cut": cut(found.counts[CHANGE]),
        "created_cut": cut(found.counts[CREATE]),
    }


def mapping(sheet: Sheet) -> list[dict[str, Any]]:
    """Each column of a sheet: where it stands, what it is read as, a value as it stands and as it is read."""
    return [_column(one) for one in sheet.columns]


def _column(one: Column) -> dict[str, Any]:
    used: dict[str, Any] = {"text": wording.FIELDS.get(one.field, ""), "status": "good"}
    if not one.field:
        used = {"text": "Không dùng", "status": "plain"}
    elif one.field in KEPT_AS_SAID:
        used = {"text": f"{used['text']}. {wording.KEPT_BESIDE}", "status": "wait"}
    name = f"Cột {one.letter}: {one.heading}" if one.heading else f"Cột {one.letter}"
    return {"name": name, "cells": [used, one.sample, value(one.field, one.read)]}


def value(field: str, text: str) -> str:
    """A value of the dry run as a person reads it."""
    if field in _ISO_PARTS:
        return "/".join(reversed(text.split("-")))
    return wording.VALUES.get(text, text)


def refused(rows: list[Planned]) -> list[dict[str, Any]]:
    """The rows that won't be written, each with everything that stands against it."""
    return [_row(one, [(f["column"], f["value"], f["message"]) for f in one.findings]) for one in rows]


def doubted(rows: list[Planned]) -> list[dict[str, Any]]:
    """The rows that are written and ask for a look."""
    return [_row(one, [(f["column"], f["value"], f["message"]) for f in one.asks]) for one in rows]


def _row(one: Planned, told: list[tuple[str, str, str]]) -> dict[str, Any]:
    return {
        "name": one.row["fields"].get("full_name", _NAMELESS),
        "where": place(one),
        "told": [{"column": column, "value": text, "message": message} for column, text, message in told],
    }


def changed(rows: list[Planned]) -> list[dict[str, Any]]:
    """The people whose record would change, field by field."""
    return [
        {
            "name": one.row["fields"].get("full_name", _NAMELESS),
            "where": place(one),
            "changes": fields(one.changes),
        }
        for one in rows
        if one.action == CHANGE
    ]


def created(rows: list[Planned]) -> list[dict[str, Any]]:
    """The people who would enter the record."""
    return [
        {
            "name": one.row["fields"]["full_name"],
            "cells": [
                value("birth", one.row["fields"]["birth"]),
                one.cell.name if one.cell else "",
                "Dự bị" if one.standing == "probationary" else "Chính thức",
                value("admitted_on", one.row["fields"].get("admitted_on", "")),
                one.row["fields"].get("card_number", ""),
                place(one),
            ],
        }
        for one in rows
    ]


def place(one: Planned) -> str:
    """Where a row stands in the file."""
    sheet = f", bảng {one.row['sheet']}" if one.row["sheet"] else ""
    return f"Dòng {one.row['row']}{sheet}"


def fields(changes: dict[str, tuple[str, str]]) -> list[dict[str, str]]:
    """Changes of fields as the part that compares shows them."""
    return [
        {"label": label(field), "before": shown(field, before), "after": shown(field, after)}
        for field, (before, after) in changes.items()
    ]


def cut(total: int) -> str:
    """What is said where a list shows only its beginning."""
    return f"Hiện {MOST_SHOWN} dòng đầu; cả tệp có trong bảng đã đánh dấu." if total > MOST_SHOWN else ""

"""The list of members of an organisation on a day: filtered, in chosen columns, in any order; on screen and paper."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.kernel.known_dates import KnownDate, day_vn
from tochuc.lists import columns, reading, saved, wanted
from tochuc.lists.both_ends import BothEnds
from tochuc.lists.columns import Column, Line
from tochuc.members import queries
from tochuc.org.queries import Organisation, name_on
from tochuc.web.door import page
from tochuc.web.members import list_asked
from tochuc.web.members.list_asked import ListAsked
from tochuc.web.organisations.place import asof, head, page_of, place_of, record_of

_MOST_ON_PAPER = 2000
_WIDE = 7
"""More columns than these scroll inside their own box."""


@page("to-chuc/<organisation:organisation>/dang-vien/", name="organisation_members", needs="member.list")
def organisation_members(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """Who belongs to the organisation on a day."""
    asked = list_asked.list_asked(request, viewer, organisation)
    one = asked.wanted
    if "" in request.GET.values() and not (asked.day.error or asked.known.error):
        # The form sends every field; the address to keep or send on has only what is asked.
        return redirect(f"{request.path}?{one.query()}" if one.query() else request.path)
    found, refused = asked.found()
    on_paper = request.GET.get("in") == "1"
    rows: Any = BothEnds(found) if isinstance(found, QuerySet) else found
    shown = Paginator(rows, _MOST_ON_PAPER if on_paper else one.size).get_page(request.GET.get("trang"))
    lines = columns.lines(shown.object_list, asked.columns, one.day)
    if one.sensitive and lines:
        reading.note(one, viewer, shown.paginator.count)
    readable = queries.readable(
        gate.visible(viewer, "member.read", "person"), (line.person.ref for line in lines)
    )
    query = one.query()
    may_change = gate.may(viewer, "members.change", "organisation", organisation)
    context = {
        **head(place_of(viewer, organisation), "organisation_members", "Đảng viên"),
        "asof": _asof(asked, viewer),
        "day_error": asked.day.error,
        "errors": asked.errors,
        "refused": refused,
        "columns": _heads(asked),
        "rows": [_row(line, asked.columns, readable) for line in lines],
        "wide": len(asked.columns) > _WIDE,
        "page": shown,
        "on_paper": on_paper,
        **_form(asked),
        "named": name_on(organisation, one.day) if asked.day.given else "",
        "links": _links(organisation, query, may_change=may_change),
        **_choosing(one, viewer, may_change=may_change and not on_paper),
        "saved": saved.offered(organisation, viewer),
        "here": f"{request.path}?{query}" if query else request.path,
        "print_url": f"?{one.query(**{'in': '1'})}" if shown.paginator.count > one.size else "",
        "back_url": f"?{query}",
    }
    return render(request, "members/organisation_members.html", context)


def _asof(asked: ListAsked, viewer: Viewer) -> dict[str, Any]:
    """The line that says of which day the list is, as known when, with a way to change both."""
    one = asked.wanted
    shown = asof(asked.day, viewer.today)
    if one.known:
        shown["words"] += f", theo hồ sơ biết đến ngày {day_vn(one.known)}"
        shown["still"] = False
    pairs = parse_qsl(one.query(ngay="", biet=""))
    return shown | {"known_name": "biet", "known_value": asked.known.typed, "hidden": pairs}


def _form(asked: ListAsked) -> dict[str, Any]:
    """The form that filters, and what it filters by now."""
    one = asked.wanted
    return {
        "main_fields": list_asked.main_fields(asked),
        "more_fields": list_asked.more_fields(asked),
        "more_open": bool(one.errors),
        "more_count": len(one.typed),
        "column_choices": list_asked.column_choices(asked),
        "sizes": [(str(size), f"{size} người") for size in wanted.SIZES],
        "size": one.size,
        "kept": list_asked.kept_pairs(asked),
        "narrowed_by": list_asked.narrowed_by(asked),
        "clear_url": f"?{one.without_conditions()}" if one.narrow or one.typed else "",
    }


def _choosing(one: wanted.Wanted, viewer: Viewer, *, may_change: bool) -> dict[str, Any]:
    """What the form of those chosen carries along: the list they were chosen in. Only today's can be changed."""
    if not may_change or one.day != viewer.today or one.known is not None:
        return {"change_pairs": None, "select": ""}
    return {"change_pairs": parse_qsl(one.query()), "select": "chon"}


def _links(organisation: Organisation, query: str, *, may_change: bool) -> dict[str, str]:
    """The addresses beside the list; whoever may change many may bring a list in."""
    asked = f"?{query}" if query else ""
    return {
        "sheet": page_of(organisation, "organisation_members_sheet") + asked,
        "save": page_of(organisation, "saved_lists") + asked,
        "registers": page_of(organisation, "member_registers"),
        "bring": page_of(organisation, "import_members") if may_change else "",
        "change": page_of(organisation, "members_change"),
    }


def _heads(asked: ListAsked) -> list[dict[str, Any]]:
    shown = []
    fact = "chi-bo" if any(one.slug == "chi-bo" for one in asked.columns) else ""
    for column in asked.columns:
        headed: dict[str, Any] = {
            "label": column.label,
            "number": column.kind == "number",
            "fact": column.slug == fact,
        }
        if column.slug in wanted.ORDERS:
            headed |= _sorting(asked.wanted, column.slug)
        shown.append(headed)
    return shown


def _sorting(one: wanted.Wanted, order: str) -> dict[str, Any]:
    current = one.order == order
    turned = wanted.DOWN if current and not one.down else ""
    url = one.query(xep=order if order != columns.NAME else "", chieu=turned)
    found: dict[str, Any] = {"sort_url": f"?{url}"}
    if current:
        found["sorted"] = "descending" if one.down else "ascending"
    return found


def _row(line: Line, shown: list[Column], readable: frozenset[str]) -> dict[str, Any]:
    ref = line.person.ref
    return {
        "name": line.person.full_name,
        "key": ref,
        "url": record_of(ref) if ref in readable else "",
        "cells": [_cell(column.value(line)) for column in shown[1:]],
    }


def _cell(value: Any) -> Any:
    return value.vn if isinstance(value, KnownDate) else value

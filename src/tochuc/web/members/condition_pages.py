"""Who of an organisation is on the way, meets elsewhere, is suspended, abroad or exempt on a day."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.kernel.days import FOREVER
from tochuc.members import meanwhile, queries
from tochuc.members.conditions import ABROAD, EXEMPT, IN_TRANSFER, SUSPENDED, TEMPORARY
from tochuc.org.queries import Organisation
from tochuc.procedures.arrival import BASES
from tochuc.web.door import page
from tochuc.web.members.standings import SHORT
from tochuc.web.members.transfer_pages import may_accept
from tochuc.web.organisations.asked import address, day_asked, one_of
from tochuc.web.organisations.place import asof, head, page_of, place_of, record_of

_PER_PAGE = 50
_VIEWS = {
    "dang-den": (meanwhile.COMING, "Đang chuyển đến"),
    "dang-di": (IN_TRANSFER, "Đang chuyển đi"),
    "tam-thoi-tai-day": (meanwhile.GUESTS, "Sinh hoạt tạm thời tại đây"),
    "tam-thoi-noi-khac": (TEMPORARY, "Sinh hoạt tạm thời nơi khác"),
    "dinh-chi": (SUSPENDED, "Bị đình chỉ sinh hoạt"),
    "nuoc-ngoai": (ABROAD, "Ở nước ngoài"),
    "mien": (EXEMPT, "Miễn công tác và sinh hoạt"),
}
_COUNTED_ELSEWHERE = {meanwhile.COMING, meanwhile.GUESTS}


@page("to-chuc/<organisation:organisation>/tinh-trang/", name="organisation_conditions", needs="ledger.read")
def organisation_conditions(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """The conditions of an organisation's members on a day, and who is expected from elsewhere."""
    asked = day_asked(request, "ngay", viewer.today, latest=viewer.today)
    tally = meanwhile.tally(organisation, asked.day)
    first = next((slug for slug, (view, _) in _VIEWS.items() if tally[view]), "dang-den")
    slug = one_of(request, "xem", _VIEWS, first)
    view, label = _VIEWS[slug]
    shown = Paginator(meanwhile.listed(organisation, asked.day, view), _PER_PAGE).get_page(
        request.GET.get("trang")
    )
    own = page_of(organisation, "organisation_conditions")
    day = asked.day if asked.given else ""
    context = {
        **head(place_of(viewer, organisation), "organisation_conditions", "Tình trạng"),
        "asof": asof(asked, viewer.today, [("xem", request.GET.get("xem", ""))]),
        "errors": [{"id": "id_ngay", "message": asked.error}] if asked.error else [],
        "views": [
            {"label": name, "url": own + address(xem=code, ngay=day), "n": tally[of], "here": code == slug}
            for code, (of, name) in _VIEWS.items()
        ],
        "label": label,
        "counted_elsewhere": view in _COUNTED_ELSEWHERE,
        "columns": [
            {"label": "Họ và tên"},
            {"label": "Từ ngày", "fact": True},
            {"label": "Đến ngày"},
            {"label": "Nơi đến" if view != meanwhile.COMING else "Nơi đi"},
            {"label": "Tư cách"},
            {"label": "Giấy tờ"},
        ],
        "rows": _rows(viewer, list(shown.object_list), view),
        "page": shown,
        "receive_url": _receive_url(viewer, organisation) if view == meanwhile.COMING else "",
    }
    return render(request, "ledger/conditions.html", context)


def _receive_url(viewer: Viewer, organisation: Organisation) -> str:
    """Where the letter of somebody from outside our records is received."""
    if organisation.kind in BASES and gate.may(viewer, "member.record", "organisation", organisation):
        return page_of(organisation, "arrival_begin")
    return ""


def _rows(viewer: Viewer, listed: list[Any], view: str) -> list[dict[str, Any]]:
    """Each with the way to the record, or for one on the way here to accepting them."""
    readable = queries.readable(
        gate.visible(viewer, "member.read", "person"), (one.person.ref for one in listed)
    )
    answerable = may_accept(viewer, [one.event_id for one in listed]) if view == meanwhile.COMING else ()
    return [
        {
            "name": one.person.full_name,
            "under": one.person.birth.vn,
            "url": _url(one, readable, answerable),
            "cells": [
                one.since,
                _end(one),
                _elsewhere(one, view),
                SHORT[one.person.standing],
                one.event.decision_number,
            ],
        }
        for one in listed
    ]


def _url(one: Any, readable: Any, answerable: Any) -> str:
    if one.event_id in answerable:
        return reverse("transfer_accept", args=[one.event_id])
    return record_of(one.person.ref) if one.person.ref in readable else ""


def _end(one: Any) -> Any:
    return one.until if one.until != FOREVER else one.planned_until or ""


def _elsewhere(one: Any, view: str) -> str:
    if view in _COUNTED_ELSEWHERE:
        return one.person.home.name if one.person.home else ""
    return one.organisation.name if one.organisation else str(one.event.data.get("destination", ""))

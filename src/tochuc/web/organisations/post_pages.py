"""The posts of a branch: who holds each, which are vacant; on screen and as a workbook."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.exchange.sheets import Column, Sheet
from tochuc.kernel.known_dates import day_vn
from tochuc.lists import posts
from tochuc.lists.posts import LEADING, VACANT, PostLine
from tochuc.org.kinds import POST_KINDS
from tochuc.org.queries import Organisation, name_on
from tochuc.web.door import page
from tochuc.web.fields import asked as word_asked
from tochuc.web.organisations.asked import address, day_asked, one_of
from tochuc.web.organisations.place import asof, head, page_of, place_of, record_of
from tochuc.web.sheets import download, made_on

_PER_PAGE = 100
_WHICH = (("", "Tất cả"), (LEADING, "Đứng đầu"), (VACANT, "Còn khuyết"))
_COLUMNS = (
    {"label": "Chức vụ"},
    {"label": "Người giữ", "fact": True},
    {"label": "Tổ chức"},
    {"label": "Từ ngày"},
    {"label": "Năm sinh"},
)
_SHEET = (
    Column("Số TT", 7, "number"),
    Column("Tổ chức", 40),
    Column("Chức vụ", 34),
    Column("Loại chức vụ", 24),
    Column("Người giữ", 28),
    Column("Năm sinh", 10),
    Column("Từ ngày", 12, "date"),
)


@page("to-chuc/<organisation:organisation>/chuc-vu/", name="organisation_posts", needs="member.list")
def organisation_posts(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """Every post at the organisation and below it on a day, with its holder."""
    day = day_asked(request, "ngay", viewer.today, latest=viewer.today)
    which, words = one_of(request, "loai", dict(_WHICH)), word_asked(request, "q")
    people = gate.visible(viewer, "member.read", "person")
    found = posts.posts_in(organisation, day.day, people, which=which, words=words)
    shown = Paginator(found, _PER_PAGE).get_page(request.GET.get("trang"))
    query = address(ngay=day.day if day.given else None, loai=which, q=words)
    context = {
        **head(place_of(viewer, organisation), "organisation", "Chức vụ"),
        "page_title": f"Chức vụ: {organisation.name}",
        "asof": asof(day, viewer.today, [("loai", which), ("q", words)]),
        "errors": [{"id": "id_ngay", "message": day.error}] if day.error else [],
        "columns": _COLUMNS,
        "rows": [_row(one) for one in posts.lines(shown.object_list)],
        "page": shown,
        "vacancies": posts.vacancies(organisation, day.day, people),
        "vacant_url": address(ngay=day.day if day.given else None, loai=VACANT),
        "filters": [
            {"kind": "search", "name": "q", "label": "Tên, chức vụ hoặc tổ chức", "value": words},
            {"kind": "select", "name": "loai", "label": "Chức vụ", "value": which, "choices": _WHICH},
        ],
        "kept": [("ngay", day_vn(day.day))] if day.given else [],
        "narrowed": bool(which or words),
        "sheet_url": page_of(organisation, "organisation_posts_sheet") + query,
        "bring_url": page_of(organisation, "import_posts") if gate.holds(viewer, "members.import") else "",
    }
    return render(request, "organisations/posts.html", context)


def _row(one: PostLine) -> dict[str, Any]:
    holder: Any = {"text": "Còn khuyết", "status": "wait"}
    if not one.vacant:
        holder = {"text": one.name, "url": record_of(one.ref) if one.readable else ""}
    return {"name": one.title, "cells": [holder, one.organisation, one.since, str(one.born or "")]}


@page(
    "to-chuc/<organisation:organisation>/chuc-vu.xlsx", name="organisation_posts_sheet", needs="member.list"
)
def organisation_posts_sheet(
    request: HttpRequest, viewer: Viewer, organisation: Organisation
) -> HttpResponseBase:
    """The same posts as a workbook."""
    day = day_asked(request, "ngay", viewer.today, latest=viewer.today)
    which = one_of(request, "loai", dict(_WHICH))
    people = gate.visible(viewer, "member.read", "person")
    found = posts.posts_in(organisation, day.day, people, which=which, words=word_asked(request, "q"))
    notes = [f"Số liệu đến ngày {day_vn(day.day)}.", made_on(viewer)]
    if which:
        notes.insert(1, f"Chỉ gồm chức vụ: {dict(_WHICH)[which].lower()}.")
    sheet = Sheet(
        "Danh sách chức vụ",
        _SHEET,
        (_sheet_row(n, one) for n, one in enumerate(posts.lines(found.iterator(chunk_size=2000)), 1)),
        issuer=name_on(organisation, day.day),
        notes=notes,
        name="Chức vụ",
    )
    name = f"chuc-vu-{organisation.code}-{day.day.isoformat()}.xlsx"
    return download(request, viewer, [sheet], name=name, organisation=organisation)


def _sheet_row(n: int, one: PostLine) -> list[Any]:
    kind = POST_KINDS.get(one.kind, "")
    return [n, one.organisation, one.title, kind, one.name or "Còn khuyết", str(one.born or ""), one.since]

"""The list of members of an organisation on a day, on screen and as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.exchange.sheets import Column, Sheet
from tochuc.kernel.known_dates import day_vn
from tochuc.members import listing, queries
from tochuc.members.kinds import PROBATIONARY, STANDINGS
from tochuc.org.queries import Organisation, cells_under, name_on
from tochuc.web.door import page
from tochuc.web.members.standings import IN_PARTY_CHOICES, OF_SLUG, SHORT, in_sentence
from tochuc.web.organisations.asked import Asked, address, day_asked, one_of
from tochuc.web.organisations.place import asof, head, is_cell, page_of, place_of, record_of
from tochuc.web.sheets import download, made_on

_PER_PAGE = 50
_CHUNK = 2000
_ORDERS = (
    (listing.BY_NAME, "Họ và tên"),
    (listing.BY_BIRTH, "Ngày sinh"),
    (listing.BY_CELL, "Chi bộ"),
    (listing.BY_STANDING, "Chính thức từ"),
)
_DOWN = "giam"


@dataclass(frozen=True)
class Filter:
    """What the address asks of the list: the day, standing, cell, words, order."""

    day: Asked
    standing: str
    cell: str
    words: str
    order: str
    down: bool

    @property
    def narrow(self) -> bool:
        """Whether the list is only a part of the branch."""
        return bool(self.standing or self.cell or self.words)

    def query(self, **other: Any) -> str:
        """An address of the same list, with something changed."""
        asked = {
            "ngay": self.day.day if self.day.given else "",
            "la": self.standing,
            "chi-bo": self.cell,
            "q": self.words,
            "xep": self.order if self.order != listing.BY_NAME else "",
            "chieu": _DOWN if self.down else "",
        }
        return address(**(asked | other)) if any((asked | other).values()) else "?"


def _asked(request: HttpRequest, viewer: Viewer, cells: Iterable[Organisation]) -> Filter:
    return Filter(
        day_asked(request, "ngay", viewer.today, latest=viewer.today),
        one_of(request, "la", dict(IN_PARTY_CHOICES)),
        one_of(request, "chi-bo", (cell.code for cell in cells)),
        request.GET.get("q", "").strip()[:100],
        one_of(request, "xep", dict(_ORDERS), listing.BY_NAME),
        request.GET.get("chieu") == _DOWN,
    )


def _chosen(organisation: Organisation, wanted: Filter) -> QuerySet[Any]:
    found = queries.members_of(organisation, wanted.day.day, standing=OF_SLUG.get(wanted.standing, ""))
    if wanted.cell:
        found = found.filter(organisation__code=wanted.cell)
    return listing.ordered(listing.named(found, wanted.words), wanted.order, down=wanted.down)


@page("to-chuc/<organisation:organisation>/dang-vien/", name="organisation_members", needs="member.list")
def organisation_members(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """Who belongs to the organisation on a day."""
    several = not is_cell(organisation)
    cells = list(cells_under(organisation, viewer.today)) if several else []
    wanted = _asked(request, viewer, cells)
    shown = Paginator(_chosen(organisation, wanted), _PER_PAGE).get_page(request.GET.get("trang"))
    members = list(shown.object_list)
    readable = queries.readable(
        gate.visible(viewer, "member.read", "person"), (m.person.ref for m in members)
    )
    beside = listing.beside((m.person_id for m in members), wanted.day.day)
    context = {
        **head(place_of(viewer, organisation), "organisation_members", "Đảng viên"),
        "asof": asof(wanted.day.day, viewer.today, always=True),
        "day_error": wanted.day.error,
        "columns": _columns(wanted, several=several),
        "rows": [_row(m, readable, beside, several=several) for m in members],
        "page": shown,
        "filters": _filters(wanted, cells),
        "kept": [(k, v) for k, v in (("ngay", day_vn(wanted.day.day) if wanted.day.given else ""),) if v],
        "narrowed": wanted.narrow,
        "clear_url": wanted.query(**{"la": "", "chi-bo": "", "q": ""}) if wanted.narrow else "",
        "sheet_url": page_of(organisation, "organisation_members_sheet") + wanted.query(),
        "named": name_on(organisation, wanted.day.day) if wanted.day.given else "",
        "import_url": page_of(organisation, "import_members")
        if gate.may(viewer, "members.import", "organisation", organisation)
        else "",
    }
    return render(request, "members/organisation_members.html", context)


def _filters(wanted: Filter, cells: list[Organisation]) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = [
        {"kind": "text", "name": "q", "label": "Tên", "value": wanted.words},
        {
            "kind": "select",
            "name": "la",
            "label": "Tư cách",
            "value": wanted.standing,
            "choices": IN_PARTY_CHOICES,
        },
    ]
    if len(cells) > 1:
        choices = [("", "Tất cả"), *((cell.code, cell.name) for cell in cells)]
        one = {
            "kind": "select",
            "name": "chi-bo",
            "label": "Chi bộ",
            "value": wanted.cell,
            "choices": choices,
        }
        shown.append(one)
    return shown


def _columns(wanted: Filter, *, several: bool) -> list[dict[str, Any]]:
    orders = [order for order in _ORDERS if several or order[0] != listing.BY_CELL]
    columns = [{"label": label, **_sorting(wanted, order)} for order, label in orders]
    columns[2]["fact"] = True
    columns.insert(len(columns) - 1, {"label": "Ngày vào Đảng"})
    return [*columns, {"label": "Chức vụ"}]


def _sorting(wanted: Filter, order: str) -> dict[str, Any]:
    current = wanted.order == order
    turned = _DOWN if current and not wanted.down else ""
    found: dict[str, Any] = {
        "sort_url": wanted.query(xep=order if order != listing.BY_NAME else "", chieu=turned)
    }
    if current:
        found["sorted"] = "descending" if wanted.down else "ascending"
    return found


def _row(
    member: Any, readable: frozenset[str], beside: dict[int, listing.Beside], *, several: bool
) -> dict[str, Any]:
    person, more = member.person, beside[member.person_id]
    cells: list[Any] = [str(person.birth)]
    if several:
        cells.append(member.organisation.short_name)
    official = "Đang dự bị" if member.standing == PROBATIONARY else more.official
    cells += [more.ceremony, official, ", ".join(more.posts)]
    url = record_of(person.ref) if person.ref in readable else ""
    return {"name": person.full_name, "url": url, "cells": cells}


_SHEET = (
    Column("Số TT", 7, "number"),
    Column("Họ và tên", 28),
    Column("Ngày sinh", 12, "date"),
    Column("Giới tính", 9),
    Column("Tư cách", 12),
    Column("Chi bộ", 34),
    Column("Ngày vào Đảng", 14, "date"),
    Column("Ngày chính thức", 14, "date"),
    Column("Số thẻ đảng viên", 16),
    Column("Chức vụ", 28),
)


@page(
    "to-chuc/<organisation:organisation>/dang-vien.xlsx",
    name="organisation_members_sheet",
    needs="member.list",
)
def organisation_members_sheet(
    request: HttpRequest, viewer: Viewer, organisation: Organisation
) -> HttpResponseBase:
    """The same list as a spreadsheet, all of it, by the same filter and order."""
    cells = list(cells_under(organisation, viewer.today))
    wanted = _asked(request, viewer, cells)
    day = day_vn(wanted.day.day)
    named = name_on(organisation, wanted.day.day)
    notes = [f"Số liệu đến ngày {day}.", made_on(viewer)]
    if wanted.standing:
        notes.append(f"Chỉ gồm: {in_sentence(STANDINGS[OF_SLUG[wanted.standing]])}.")
    sheet = Sheet(
        "Danh sách đảng viên",
        _SHEET,
        _sheet_rows(_chosen(organisation, wanted), wanted.day.day),
        issuer=named,
        notes=notes,
    )
    name = f"dang-vien-{organisation.code}-{wanted.day.day.isoformat()}.xlsx"
    return download(request, viewer, [sheet], name=name, organisation=organisation)


def _sheet_rows(members: QuerySet[Any], day: date) -> Iterable[list[Any]]:
    found = iter(members.iterator(chunk_size=_CHUNK))
    n = 0
    while some := list(islice(found, _CHUNK)):
        beside = listing.beside((m.person_id for m in some), day)
        for member in some:
            n += 1
            yield [n, *_sheet_row(member, beside[member.person_id])]


def _sheet_row(member: Any, more: listing.Beside) -> list[Any]:
    person = member.person
    return [
        person.full_name,
        person.birth,
        person.get_gender_display(),
        SHORT[member.standing],
        member.organisation.name,
        more.ceremony,
        more.official,
        person.card_number,
        ", ".join(more.posts),
    ]

"""Finding people: the list that one searches, suggestions for finders, and one's own record."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.members import identity, listing, queries, search
from tochuc.members.kinds import ANY_ORGANISATION, CELL, IN_PARTY, OWN_CELL
from tochuc.members.queries import Person
from tochuc.org.queries import Organisation, children, find_cells, find_receivers
from tochuc.web.door import page
from tochuc.web.members.standings import ALL_CHOICES, OF_SLUG, SHORT
from tochuc.web.organisations.asked import one_of
from tochuc.web.organisations.place import record_of

_PER_PAGE = 50
_SUGGESTED = 8
_COLUMNS = (
    {"label": "Họ và tên"},
    {"label": "Chi bộ", "fact": True},
    {"label": "Ngày sinh"},
    {"label": "Tư cách"},
    {"label": "Số thẻ"},
)


@page("dang-vien/", name="members", needs="member.list")
def members(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Search over everyone the viewer may see; without a word, the members of their workplace."""
    viewer = viewer.reader()
    words = request.GET.get("q", "").strip()[:100]
    standing = one_of(request, "la", OF_SLUG)
    below = _below(viewer)
    place = next((o for o in below if o.code == request.GET.get("to-chuc")), None)
    found = _found(viewer, words, OF_SLUG.get(standing, ""), place)
    shown = Paginator(found.select_related("home"), _PER_PAGE).get_page(request.GET.get("trang"))
    narrowed = bool(words or standing or place)
    context = {
        "page_title": "Đảng viên",
        "lead": _lead(
            viewer, narrowed, shown.paginator.count, named_only=bool(words) and not (standing or place)
        ),
        "columns": _COLUMNS,
        "rows": [_row(person) for person in shown.object_list],
        "page": shown,
        "words": words,
        "narrowed": narrowed,
        "filters": _filters(words, standing, place, below),
        "what": "người" if words or standing else "đảng viên",
    }
    return render(request, "members/members.html", context)


def _lead(viewer: Viewer, narrowed: bool, found: int, *, named_only: bool) -> str:
    """Whose list it is; of a common name, that it isn't the whole one."""
    if named_only and found >= search.MOST:
        return (
            f"Mới hiện {search.MOST} người đầu theo thứ tự tên; "
            "hãy gõ thêm tên, năm sinh hoặc chi bộ để thu hẹp."
        )
    return "" if narrowed or viewer.workplace is None else f"Đảng viên của {viewer.workplace.name}."


def _below(viewer: Viewer) -> list[Organisation]:
    """The organisations directly below the workplace, for the filter."""
    if viewer.workplace is None:
        return []
    visible = gate.visible(viewer, "member.search", "organisation")
    spans = children(viewer.workplace, viewer.today).filter(organisation__in=visible)
    return [span.organisation for span in spans if span.kind != "board"]


def _found(viewer: Viewer, words: str, standing: str, place: Organisation | None) -> QuerySet[Person]:
    if identity.readable(words) and gate.holds(viewer, "member.identity"):
        return identity.with_number(gate.visible(viewer, "member.identity", "person"), words).order_by("pk")
    people = gate.visible(viewer, "member.search", "person")
    standings = [standing] if standing else None
    where = place or (viewer.workplace if not words else None)
    if words:
        people = (
            search.find(people, words) if place or standing else search.first(search.scope_of(viewer), words)
        )
        if where is None:
            return people.filter(standing=standing) if standing else people
    if where is None:
        return people.none()
    if words and standings is None:
        return listing.members_now(people, where, viewer.today, list(SHORT))
    return listing.members_now(people, where, viewer.today, standings or list(IN_PARTY))


def _row(person: Person) -> dict[str, Any]:
    home = person.home.name if person.home else ""
    cells = [home, str(person.birth), SHORT[person.standing], person.card_number]
    quiet = person.standing == "outside"
    return {"name": person.full_name, "url": record_of(person.ref), "cells": cells, "quiet": quiet}


def _filters(
    words: str, standing: str, place: Organisation | None, below: list[Organisation]
) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = [
        {
            "kind": "search",
            "name": "q",
            "label": "Tên, năm sinh, số thẻ; sau dấu phẩy là chi bộ",
            "value": words,
        },
        {"kind": "select", "name": "la", "label": "Tư cách", "value": standing, "choices": ALL_CHOICES},
    ]
    if len(below) > 1:
        choices = [("", "Tất cả"), *((one.code, one.short_name) for one in below)]
        code = place.code if place else ""
        shown.append(
            {"kind": "select", "name": "to-chuc", "label": "Tổ chức", "value": code, "choices": choices}
        )
    return shown


@page("dang-vien/goi-y/", name="members_suggest", needs="member.search")
def members_suggest(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A few people whose name has these words: a fragment for a finder, else JSON."""
    words = request.GET.get("q", "").strip()[:100]
    people = search.first(search.scope_of(viewer), words).select_related("home")
    found = list(people[: _SUGGESTED + 1])
    results = [
        {
            "value": person.ref,
            "label": person.full_name,
            "hint": f"sinh {person.birth_on.year}, {person.home.name if person.home else 'chưa có chi bộ'}",
        }
        for person in found[:_SUGGESTED]
    ]
    return suggested(request, words, results, more=len(found) > _SUGGESTED)


@page("goi-y/chi-bo/", name="cells_suggest", needs="member.record")
def cells_suggest(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A few cells by name, anywhere in our records: names only, for naming where a member meets for a time."""
    return _places_suggested(request, viewer, CELL)


@page("goi-y/chi-bo-cua-toi/", name="own_cells_suggest", needs="member.record")
def own_cells_suggest(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A few of the cells whose ledger the viewer keeps, for moving a member into one."""
    return _places_suggested(request, viewer, OWN_CELL)


@page("goi-y/to-chuc-dang/", name="receivers_suggest", needs="member.record")
def receivers_suggest(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A few cells and committees by name, anywhere in our records, for naming where a member's papers go."""
    return _places_suggested(request, viewer, ANY_ORGANISATION)


def _places_suggested(request: HttpRequest, viewer: Viewer, finds: str) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:100]
    results, more = places_named(words, viewer, finds)
    return suggested(request, words, results, more=more)


SUGGESTIONS = {
    CELL: "cells_suggest",
    OWN_CELL: "own_cells_suggest",
    ANY_ORGANISATION: "receivers_suggest",
}
"""The page that suggests places for each thing a finder looks for."""


def places_named(words: str, viewer: Viewer, finds: str) -> tuple[list[dict[str, Any]], bool]:
    """Cells, those of one's own, or any that may receive members, for a finder; and whether there are more."""
    if not words:
        return [], False
    named = (find_receivers if finds == ANY_ORGANISATION else find_cells)(words, viewer.today)
    if finds == OWN_CELL:
        named = named.filter(organisation__in=gate.visible(viewer, "member.record", "organisation"))
    spans = list(named[: _SUGGESTED + 1])
    results = [
        {
            "value": span.organisation.code,
            "label": span.name,
            "hint": span.parent.name if span.parent else "",
        }
        for span in spans[:_SUGGESTED]
    ]
    return results, len(spans) > _SUGGESTED


def suggested(request: HttpRequest, words: str, results: list[dict[str, Any]], *, more: bool) -> HttpResponse:
    """What a finder gets: the part that shows the list where it names its field, else JSON."""
    if not request.GET.get("name"):
        return JsonResponse({"results": results, "more": more})
    asked = {key: request.GET.get(key, "")[:60] for key in ("name", "id")}
    context = {"results": results, "more": more, "query": words, **asked}
    return render(request, "parts/finder_results.html", context)


@page("ho-so-cua-toi/", name="my_record", needs="account.self")
def my_record(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """One's own record, or a plain word that the account has none."""
    person = queries.own_record(viewer.account.pk)
    if person is None:
        return render(request, "members/no_record.html", {"page_title": "Hồ sơ của tôi"})
    return redirect(record_of(person.ref))

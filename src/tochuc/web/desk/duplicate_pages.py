"""People entered twice: the list of a branch, and two records side by side, to merge or to keep apart."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.desk import duplicates, ledgers, merging
from tochuc.desk.duplicates import Person
from tochuc.kernel.errors import DomainError
from tochuc.members.actions import note_read
from tochuc.members.record_fields import TABLES
from tochuc.org.queries import Organisation
from tochuc.web.desk.forms import MergeForm, TwoForm
from tochuc.web.door import page
from tochuc.web.members.record_card import title as happened
from tochuc.web.members.whole_timeline import row_words
from tochuc.web.organisations.place import page_of, person_head, place_of, record_of

_PER_PAGE = 40
_HERE = "Hồ sơ có thể trùng"
_STATUS = {3: "late", 2: "wait", 1: "plain"}
_FATES = {
    ledgers.DOUBLE: "Hồ sơ giữ lại đã có mục này",
    ledgers.JOINS: "Được ghi sang hồ sơ giữ lại",
    ledgers.DROPPED: "Không ghi sang, vì hồ sơ giữ lại đã có việc này theo cách khác",
    ledgers.AGAINST: "Mâu thuẫn",
}


@page(
    "to-chuc/<organisation:organisation>/ho-so-trung/", name="organisation_duplicates", needs="member.merge"
)
def organisation_duplicates(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """Records of a branch that look alike, the likeliest first, each pair with its reasons."""
    refused, found = "", []
    try:
        found = duplicates.in_branch(organisation, viewer.today)
    except DomainError as too_many:
        refused = too_many.message
    shown = Paginator(found, _PER_PAGE).get_page(request.GET.get("trang"))
    people = duplicates.people_of(shown.object_list)
    settled = list(duplicates.found_two(organisation, viewer.today)[:_PER_PAGE])
    context = {
        "page_title": f"{_HERE}: {organisation.name}",
        "breadcrumb": place_of(viewer, organisation).breadcrumb(_HERE),
        "refused": refused,
        "columns": [{"label": "Hai hồ sơ"}, {"label": "Vì sao", "fact": True}, {"label": "Chi bộ"}],
        "rows": [_row(pair, people[pair.low], people[pair.high]) for pair in shown.object_list],
        "page": shown,
        "settled_columns": [
            {"label": "Hai người"},
            {"label": "Vì sao", "fact": True},
            {"label": "Người xác định"},
        ],
        "settled": [_settled(one) for one in settled],
    }
    return render(request, "desk/duplicates.html", context)


def _row(pair: Any, low: Person, high: Person) -> dict[str, Any]:
    words = "; ".join(reason.words for reason in pair.reasons)
    return {
        "name": f"{low.full_name} và {high.full_name}",
        "url": reverse("duplicate", args=[low.ref, high.ref]),
        "under": f"sinh {low.birth} và {high.birth}",
        "cells": [{"text": words, "status": _STATUS[pair.weight]}, f"{_cell(low)}; {_cell(high)}"],
    }


def _cell(person: Person) -> str:
    return person.home.short_name if person.home else "chưa có chi bộ"


def _settled(one: Any) -> dict[str, Any]:
    return {
        "name": f"{one.low.full_name} và {one.high.full_name}",
        "url": reverse("duplicate", args=[one.low.ref, one.high.ref]),
        "cells": [one.reason, one.said_by.full_name if one.said_by else "Hệ thống"],
    }


@page(
    "dang-vien/<person:person>/trung/<slug:other>/",
    name="duplicate",
    needs="member.merge",
    post="member.merge",
)
def duplicate(request: HttpRequest, viewer: Viewer, person: Person, other: str) -> HttpResponse:
    """Two records side by side with their differences; merge them, or say that they are two people."""
    goes = gate.fetch(viewer, "member.merge", "person", other)
    if goes.pk == person.pk or person.merged_into_id or goes.merged_into_id:
        raise Http404
    for one in (person, goes):
        note_read(one, by=viewer.actor, part="duplicate")
    does = request.POST.get("does", "") if request.method == "POST" else ""
    choices = merging.choices(person, goes)
    merge = MergeForm(choices, request.POST if does == "merge" else None)
    two = TwoForm(request.POST if does == "two" else None)
    back = _list_of(viewer, person)
    if does == "merge" and merge.is_valid():
        done = merge.attempt(
            lambda: merging.merge(
                person,
                goes,
                take=merge.taken,
                by=viewer.actor,
                today=viewer.today,
                reason=merge.cleaned_data["reason"],
            )
        )
        if done is not None:
            messages.success(request, f"Đã gộp hai hồ sơ thành hồ sơ của đồng chí {person.full_name}.")
            return redirect("changeset", done.ref)
    if does == "reopen":
        duplicates.forget_two(person, goes, by=viewer.actor)
        messages.success(request, "Đã mở lại: hai hồ sơ này lại nằm trong danh sách cần xem.")
        return redirect("duplicate", person.ref, goes.ref)
    if does == "two" and two.is_valid():
        said = two.attempt(
            lambda: (
                duplicates.say_two(person, goes, by=viewer.actor, reason=two.cleaned_data["why_two"]) or True
            )
        )
        if said:
            messages.success(request, "Đã ghi nhớ: đây là hai người, không hỏi lại nữa.")
            return redirect(back)
    return render(
        request, "desk/duplicate.html", _beside(viewer, person, goes, choices, merge, two) | {"list": back}
    )


def _beside(
    viewer: Viewer, stays: Person, goes: Person, choices: list[Any], merge: MergeForm, two: TwoForm
) -> dict[str, Any]:
    entries = merging.entries(stays, goes)
    against = merging.obstacles(stays, goes, entries)
    after = None
    if not against:
        try:
            taken = {one.field for one in choices if one.proposed}
            after = merging.rehearse(stays, goes, take=taken, by=viewer.actor, today=viewer.today)
        except DomainError as refusal:
            against = [refusal.message]
    pair = duplicates.between(stays, goes, viewer.today)
    return {
        **person_head(
            viewer, stays, f"{stays.full_name}: hai hồ sơ có thể là một người", "So sánh hai hồ sơ"
        ),
        "goes": goes,
        "pair": pair,
        "people": [_told(stays, "Hồ sơ giữ lại"), _told(goes, "Hồ sơ gộp đi")],
        "swap_url": reverse("duplicate", args=[goes.ref, stays.ref]),
        "changes": [_side(one) for one in choices if one.stays or one.goes],
        "entries": [_fate(one) for one in entries],
        "entry_columns": [
            {"label": "Mục của hồ sơ gộp đi"},
            {"label": "Khi gộp", "fact": True},
            {"label": "Ngày"},
        ],
        "against": against,
        "after": after,
        "settled": duplicates.said_two(stays, goes),
        "rows": [_carried(one) for one in merging.rows(stays, goes)],
        "row_columns": [{"label": "Dòng của hồ sơ gộp đi"}, {"label": "Bảng", "fact": True}],
        "papers": [one.title for one in merging.papers(goes)],
        "before": merging.Stand(stays.get_standing_display(), stays.home.name if stays.home else ""),
        "merge": merge,
        "two": two,
    }


def _told(person: Person, side: str) -> dict[str, Any]:
    return {
        "side": side,
        "name": person.full_name,
        "url": record_of(person.ref),
        "birth": person.birth.vn,
        "standing": person.get_standing_display(),
        "cell": person.home.name if person.home else "Chưa có chi bộ",
    }


def _side(one: Any) -> dict[str, Any]:
    return {"label": one.label, "stays": one.stays, "goes": one.goes, "same": one.same}


def _fate(one: Any) -> dict[str, Any]:
    status = {"against": "late", "joins": "good"}.get(one.fate, "plain")
    words = f"{_FATES[one.fate]}: {one.why}" if one.fate == ledgers.AGAINST else _FATES[one.fate]
    return {"name": happened(one.event), "cells": [{"text": words, "status": status}, one.event.happened_on]}


def _carried(fact: Any) -> dict[str, Any]:
    """A row that comes over; of a private table only that there is one."""
    table = TABLES[fact.field]
    words = "Thông tin riêng" if table.private else row_words(table, fact.value)
    return {"name": words, "cells": [table.label]}


def _list_of(viewer: Viewer, person: Person) -> str:
    """The list the viewer came from: of their own workplace."""
    place = viewer.workplace or person.home
    return page_of(place, "organisation_duplicates") if place else record_of(person.ref)

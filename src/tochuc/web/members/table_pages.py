"""Rows of the tables of a record (work, training, awards, family…), and the history of each field and table."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.kernel.known_dates import KnownDate
from tochuc.kernel.words import in_sentence
from tochuc.members import queries
from tochuc.members.actions import note_read
from tochuc.members.keeping import keep_row, strike_row
from tochuc.members.queries import Fact, Person
from tochuc.members.record_fields import FIELDS, TABLES, Field, Table, section_of
from tochuc.web.door import page
from tochuc.web.members.record_forms import RowForm, StrikeForm
from tochuc.web.members.section_pages import check_private, section_url
from tochuc.web.members.whole_timeline import recorded, row_words
from tochuc.web.organisations.place import person_head

_STRIKE = "bo"


@page(
    "dang-vien/<person:person>/bang/<str:table>/",
    name="member_row_add",
    needs="member.edit",
    post="member.edit",
)
def member_row_add(request: HttpRequest, viewer: Viewer, person: Person, table: str) -> HttpResponse:
    """Add a row to a table of the record."""
    return _row(request, viewer, person, _table(viewer, person, table), None)


@page(
    "dang-vien/<person:person>/bang/<str:table>/<int:row>/",
    name="member_row_edit",
    needs="member.edit",
    post="member.edit",
)
def member_row_edit(
    request: HttpRequest, viewer: Viewer, person: Person, table: str, row: int
) -> HttpResponse:
    """Write a row anew, or strike it out with the reason; what stood there stays readable."""
    declared = _table(viewer, person, table)
    fact = queries.row_of(person, table, row)
    if fact is None:
        raise Http404
    return _row(request, viewer, person, declared, fact)


def _table(viewer: Viewer, person: Person, code: str) -> Table:
    table = TABLES.get(code)
    if table is None:
        raise Http404
    check_private(viewer, person, private=table.private)
    if table.decided and not gate.may(viewer, "member.record_exit", "person", person):
        raise PermissionDenied("member.record_exit")
    return table


def _row(
    request: HttpRequest, viewer: Viewer, person: Person, table: Table, fact: Fact | None
) -> HttpResponse:
    striking = request.POST.get("step") == _STRIKE and fact is not None
    sent = request.POST if request.method == "POST" else None
    form = RowForm(table, (fact.value or {}) if fact else {}, None if striking else sent)
    strike = StrikeForm(sent if striking else None, prefix=_STRIKE)
    back = section_url(person, section_of(table.code))
    done: Fact | None = None
    if striking and fact is not None and strike.is_valid():
        reason = strike.cleaned_data["ground"]
        done = strike.attempt(lambda: strike_row(fact, by=viewer.actor, reason=reason))
    elif not striking and form.is_bound and form.is_valid():
        done = form.attempt(
            lambda: keep_row(
                person,
                table.code,
                form.row(table.columns),
                by=viewer.actor,
                today=viewer.today,
                ground=form.cleaned_data["ground"],
                replaces=fact,
            )
        )
    if done is not None:
        what = "Đã bỏ" if striking else "Đã ghi"
        messages.success(request, f"{what} một {table.row} trong hồ sơ của {person.full_name}.")
        return redirect(back)
    title = f"{'Sửa' if fact else 'Thêm'} {table.row}"
    context = {
        **person_head(viewer, person, f"{title}: {person.full_name}", (table.label, back), title),
        "table": table,
        "form": form,
        "strike": strike if fact else None,
        "cancel": back,
    }
    wrong = bool(form.errors or strike.errors)
    return render(request, "members/row_edit.html", context, status=422 if wrong else 200)


@page("dang-vien/<person:person>/lich-su/<str:field>/", name="member_history", needs="member.read")
def member_history(request: HttpRequest, viewer: Viewer, person: Person, field: str) -> HttpResponse:
    """Everything a field or table was ever said to be, on what ground, recorded when and by whom."""
    declared: Field | Table | None = FIELDS.get(field) or TABLES.get(field)
    if declared is None:
        raise Http404
    check_private(viewer, person, private=declared.private)
    note_read(person, by=viewer.actor, part=f"history:{field}")
    section = section_of(field)
    back = section_url(person, section)
    context = {
        **person_head(
            viewer,
            person,
            f"Lịch sử: {declared.label}",
            (section.title, back),
            f"Lịch sử {in_sentence(declared.label)}",
        ),
        "cancel": back,
        "columns": [
            {"label": "Nội dung"},
            {"label": "Từ ngày", "fact": True},
            {"label": "Căn cứ"},
            {"label": "Đã ghi"},
            {"label": "Tình trạng"},
        ],
        "rows": _history(declared, queries.facts_of(person, field)),
    }
    return render(request, "members/history.html", context)


def _history(declared: Field | Table, facts: list[Fact]) -> list[dict[str, Any]]:
    replaced = {fact.corrects_id: fact for fact in facts if fact.corrects_id}
    return [
        {
            "name": _said(declared, fact) or "Bỏ trống",
            "cells": [
                KnownDate(fact.since, fact.since_precision).vn if fact.since else "",  # type: ignore[arg-type]
                fact.ground,
                recorded(fact),
                _state(replaced.get(fact.pk)),
            ],
            "quiet": fact.pk in replaced,
        }
        for fact in reversed(facts)
        if fact.value is not None
    ]


def _said(declared: Field | Table, fact: Fact) -> str:
    if isinstance(declared, Table):
        return row_words(declared, fact.value or {})
    return declared.shown(str(fact.value))


def _state(later: Fact | None) -> str:
    if later is None:
        return "Có hiệu lực"
    day = timezone.localtime(later.recorded_at)
    what = "Đã bỏ" if later.value is None else "Đã ghi lại"
    return f"{what} ngày {day:%d/%m/%Y}: {later.ground}".rstrip(": ")

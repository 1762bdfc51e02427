"""How long procedures take in a branch: by step and by place, with the cases behind each figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.cases import lead_times
from tochuc.cases.declare import PLACE_WORDS, Procedure, Step
from tochuc.cases.lead_times import LeadTime, Span
from tochuc.cases.registry import procedures
from tochuc.exchange.sheets import Column, Sheet
from tochuc.kernel.known_dates import day_vn
from tochuc.org.queries import Organisation
from tochuc.web.cases.pages import address
from tochuc.web.door import page
from tochuc.web.organisations.asked import Asked, day_asked
from tochuc.web.organisations.asked import address as query
from tochuc.web.organisations.place import head, page_of, place_of
from tochuc.web.sheets import download, made_on

_PER_PAGE = 40
_HERE = "Thời gian giải quyết"
_COLUMNS = (
    {"label": "Bước"},
    {"label": "Đã làm", "number": True, "fact": True},
    {"label": "Một nửa xong trong", "number": True},
    {"label": "Phần lớn trong khoảng", "number": True},
    {"label": "Lâu nhất", "number": True},
    {"label": "Quá hạn", "number": True, "fact": True},
    {"label": "Đang chờ", "number": True, "fact": True},
)


_SHEET_COLUMNS = (
    Column("Quy trình", 34),
    Column("Bước", 44),
    Column("Chờ ở đâu", 28),
    Column("Số lần làm", 12, "number"),
    Column("Một nửa xong trong (ngày)", 12),
    Column("Phần lớn từ (ngày)", 12),
    Column("Phần lớn đến (ngày)", 12),
    Column("Lâu nhất (ngày)", 12, "number"),
    Column("Có hạn", 12, "number"),
    Column("Quá hạn", 12, "number"),
)


@dataclass(frozen=True)
class _Days:
    first: Asked
    last: Asked

    @property
    def span(self) -> Span:
        return Span(self.first.day, self.last.day)

    @property
    def query(self) -> str:
        return query(tu=self.first.day, den=self.last.day)

    @property
    def errors(self) -> list[dict[str, str]]:
        found = [
            {"id": f"id_{name}", "message": asked.error}
            for name, asked in (("tu", self.first), ("den", self.last))
            if asked.error
        ]
        if not found and self.first.day > self.last.day:
            found.append({"id": "id_tu", "message": "Ngày bắt đầu phải trước ngày kết thúc."})
        return found

    @property
    def words(self) -> str:
        return f"từ ngày {day_vn(self.first.day)} đến ngày {day_vn(self.last.day)}"


def _days(request: HttpRequest, viewer: Viewer) -> _Days:
    today = viewer.today
    first = day_asked(request, "tu", date(today.year - 1, today.month, 1), latest=today)
    return _Days(first, day_asked(request, "den", today, latest=today))


@page(
    "to-chuc/<organisation:organisation>/thoi-gian-giai-quyet/",
    name="organisation_lead_times",
    needs="member.list",
)
def organisation_lead_times(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """Each procedure of the branch: how long its steps waited, and what waits today."""
    days = _days(request, viewer)
    context = {
        **head(place_of(viewer, organisation), "", _HERE),
        "page_title": f"{_HERE}: {organisation.short_name}",
        "days": days,
        "tables": _tables(viewer, organisation, days),
        "columns": _COLUMNS,
        "sheet_url": page_of(organisation, "lead_times_sheet") + days.query,
    }
    return render(request, "cases/lead_times.html", context)


def _tables(viewer: Viewer, organisation: Organisation, days: _Days) -> list[dict[str, Any]]:
    cases = lead_times.below(gate.visible(viewer, "case.read", "case"), organisation, viewer.today)
    taken = {one.key: one for one in lead_times.of_steps(cases, days.span, "case__procedure", "step")}
    whole = {one.key[0]: one for one in lead_times.of_cases(cases, days.span)}
    waits = {one.key: one for one in lead_times.waiting(cases, viewer.today)}
    tables = []
    for procedure in procedures(viewer.today):
        rows = [
            _row(organisation, procedure, step, taken.get(key), waits.get(key), days)
            for step in procedure.steps
            if (key := (procedure.code, step.code)) in taken or key in waits
        ]
        if rows:
            tables.append(
                {"title": procedure.title, "rows": rows, "whole": _whole(whole.get(procedure.code))}
            )
    return tables


def _row(
    organisation: Organisation,
    procedure: Procedure,
    step: Step,
    one: LeadTime | None,
    waits: lead_times.Waiting | None,
    days: _Days,
) -> dict[str, Any]:
    who = " hoặc ".join(dict.fromkeys(PLACE_WORDS[actor.place] for actor in step.by))
    url = reverse("lead_time_step", args=[organisation.code, procedure.code, step.code]) + days.query
    return {
        "name": step.title,
        "under": f"chờ {who}",
        "url": url if one else "",
        "cells": [*_cells(one), _waiting_words(waits)],
    }


def _cells(one: LeadTime | None) -> list[str]:
    if one is None:
        return ["0", "", "", "", ""]
    return [
        str(one.count),
        _in_days(one.median),
        _range(one),
        _in_days(one.longest),
        f"{one.late}/{one.limited}" if one.limited else "không có hạn",
    ]


def _waiting_words(waits: lead_times.Waiting | None) -> str:
    if waits is None:
        return "0"
    late = f", {waits.late} quá hạn" if waits.late else ""
    return f"{waits.count}, lâu nhất {waits.longest} ngày{late}"


def _whole(one: LeadTime | None) -> str:
    if one is None:
        return ""
    return (
        f"{one.count} hồ sơ đã kết thúc: một nửa xong trong {_in_days(one.median)}, "
        f"phần lớn trong {_range(one)}, lâu nhất {_in_days(one.longest)}."
    )


def _range(one: LeadTime) -> str:
    lower, upper = _number(one.lower), _in_days(one.upper)
    return upper if lower == _number(one.upper) else f"{lower}–{upper}"


def _number(days: float) -> str:
    return f"{days:.1f}".removesuffix(".0").replace(".", ",")


def _in_days(days: float) -> str:
    return f"{_number(days)} ngày"


def _step_asked(viewer: Viewer, code: str, step: str) -> tuple[Procedure, Step]:
    procedure = next((one for one in procedures(viewer.today) if one.code == code), None)
    declared = next((one for one in procedure.steps if one.code == step), None) if procedure else None
    if procedure is None or declared is None or procedure.closed_file:
        raise Http404
    return procedure, declared


@page(
    "to-chuc/<organisation:organisation>/thoi-gian-giai-quyet/<str:code>/<str:step>/",
    name="lead_time_step",
    needs="member.list",
)
def lead_time_step(
    request: HttpRequest, viewer: Viewer, organisation: Organisation, code: str, step: str
) -> HttpResponse:
    """One step: how long it waited at each organisation, and every case behind the figures."""
    procedure, declared = _step_asked(viewer, code, step)
    days = _days(request, viewer)
    cases = lead_times.below(gate.visible(viewer, "case.read", "case"), organisation, viewer.today)
    cases = cases.filter(procedure=code)
    moves = lead_times.behind(cases, days.span, step=step)
    by_place = lead_times.of_steps(cases, days.span, "waited_at__short_name", step=step)
    shown = Paginator(moves, _PER_PAGE).get_page(request.GET.get("trang"))
    up = page_of(organisation, "organisation_lead_times") + days.query
    context = {
        **head(place_of(viewer, organisation), "", (_HERE, up), declared.title),
        "page_title": f"{declared.title} ({procedure.title})",
        "days": days,
        "back": up,
        "place_columns": [{"label": "Chờ ở đâu"}, *_COLUMNS[1:-1]],
        "places": [{"name": one.key[0] or "Đương sự", "cells": _cells(one)} for one in by_place],
        "columns": [
            {"label": "Của ai"},
            {"label": "Chờ", "number": True, "fact": True},
            {"label": "Từ ngày"},
            {"label": "Làm ngày"},
            {"label": "Hạn"},
            {"label": "Giấy tờ", "number": True},
        ],
        "rows": [_move_row(move) for move in shown.object_list],
        "shown": shown,
    }
    return render(request, "cases/lead_time_step.html", context)


def _move_row(move: Any) -> dict[str, Any]:
    case = move.case
    return {
        "name": case.whom,
        "under": case.organisation.short_name,
        "url": address(case),
        "cells": [
            f"{(move.happened_on - move.open_since).days} ngày",
            move.open_since,
            move.happened_on,
            move.due_on or "không có hạn",
            str(len(move.papers.all())),
        ],
    }


@page(
    "to-chuc/<organisation:organisation>/thoi-gian-giai-quyet.xlsx",
    name="lead_times_sheet",
    needs="member.list",
)
def lead_times_sheet(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> Any:
    """The same figures as a workbook."""
    days = _days(request, viewer)
    cases = lead_times.below(gate.visible(viewer, "case.read", "case"), organisation, viewer.today)
    by_place = lead_times.of_steps(cases, days.span, "case__procedure", "step", "waited_at__name")
    sheet = Sheet(
        title="Thời gian giải quyết các bước của quy trình",
        columns=_SHEET_COLUMNS,
        rows=list(_sheet_rows(viewer, by_place)),
        issuer=organisation.name,
        notes=[f"Các bước đã làm {days.words}.", made_on(viewer)],
    )
    return download(
        request,
        viewer,
        [sheet],
        name=f"thoi-gian-giai-quyet-{organisation.code}.xlsx",
        organisation=organisation,
    )


def _sheet_rows(viewer: Viewer, found: list[LeadTime]) -> Any:
    known = {one.code: one for one in procedures(viewer.today)}
    for one in found:
        code, step, place = one.key
        procedure = known.get(code)
        titles = {s.code: s.title for s in procedure.steps} if procedure else {}
        yield [
            procedure.title if procedure else code,
            titles.get(step, step),
            place or "Đương sự",
            one.count,
            _number(one.median),
            _number(one.lower),
            _number(one.upper),
            one.longest,
            one.limited,
            one.late,
        ]

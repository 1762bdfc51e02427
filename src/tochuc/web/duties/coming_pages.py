"""What will be due in the coming six months, for planning: by month and kind, each number opens its rows."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from tochuc.access.viewer import Viewer
from tochuc.duties.asking import Gathered, everything, gather
from tochuc.duties.duty import OVERDUE as LATE
from tochuc.duties.duty import WAITING, labels
from tochuc.duties.foresight import OVERDUE, Forecast, foresee, horizon
from tochuc.exchange.sheets import Column, Sheet
from tochuc.kernel.known_dates import day_vn
from tochuc.web.door import page
from tochuc.web.duties.asked import GROUP_WORDS, Chosen, chosen
from tochuc.web.duties.rows import rows_of
from tochuc.web.sheets import download, made_on

_PER_PAGE = 100
_COLUMNS = (
    Column("Số TT", 7, "number"),
    Column("Tháng", 10),
    Column("Thời hạn", 12, "date"),
    Column("Tình hình", 24),
    Column("Việc", 44),
    Column("Về", 34),
    Column("Loại việc", 26),
    Column("Vì sao", 50),
)


@page("viec-can-lam/sap-toi/", name="duties_coming", needs="home.read")
def duties_coming(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The coming months by kind; below them the rows of the month that is chosen."""
    choice = chosen(request, viewer)
    coming = gather(viewer, horizon(viewer.today))
    forecast = foresee(viewer, _all_months(choice).asked, coming=coming)
    context: dict[str, Any] = {
        "page_title": "Việc sẽ đến hạn trong sáu tháng tới",
        "breadcrumb": [
            {"label": "Việc cần làm", "url": reverse("home")},
            {"label": "Sáu tháng tới", "url": ""},
        ],
        "choice": choice,
        "said": choice.words_said(),
        "columns": _columns(forecast, choice),
        "rows": _rows(forecast, choice),
        "until": day_vn(horizon(viewer.today)),
        "today_vn": day_vn(viewer.today),
        "anything": bool(forecast.counts),
        "query": choice.query(),
        "month_words": _month_vn(choice.month),
    }
    if choice.month:
        context |= _month(request, viewer, choice, coming)
    return render(request, "duties/coming.html", context)


@page("viec-can-lam/sap-toi.xlsx", name="duties_coming_sheet", needs="home.read")
def duties_coming_sheet(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """The same as a workbook: the table of months, and every row."""
    choice = chosen(request, viewer)
    until = horizon(viewer.today)
    coming = gather(viewer, until)
    forecast = foresee(viewer, _all_months(choice).asked, coming=coming)
    names = labels()
    table = Sheet(
        "Việc sẽ đến hạn theo tháng",
        (
            Column("Loại việc", 40),
            Column("Đã quá hạn", 11, "number"),
            *(Column(_month_vn(one), 11, "number") for one in forecast.months),
            Column("Đang chờ", 11, "number"),
            Column("Tất cả", 9, "number"),
        ),
        (
            [
                names.get(kind, kind),
                forecast.counts[kind, OVERDUE],
                *(forecast.counts[kind, one] for one in forecast.months),
                forecast.counts[kind, WAITING],
                forecast.of_kind(kind),
            ]
            for kind in forecast.kinds
        ),
        issuer=viewer.workplace.name if viewer.workplace else "",
        notes=[
            *choice.words_said(),
            f"Tính đến ngày {day_vn(until)} theo hồ sơ ngày {day_vn(viewer.today)}.",
            made_on(viewer),
        ],
        name="Theo tháng",
    )
    found = (
        duty
        for duty in everything(viewer, choice.asked, gathered=coming)
        if duty.waits or duty.due_on <= until
    )
    rows = (
        [
            n,
            "" if duty.waits else f"{duty.due_on:%m/%Y}",
            None if duty.waits else duty.due_on,
            duty.words(viewer.today),
            duty.what,
            duty.whom,
            names.get(duty.kind, ""),
            duty.why.sentence,
        ]
        for n, duty in enumerate(found, 1)
    )
    lines = Sheet(
        "Từng việc sẽ đến hạn", _COLUMNS, rows, issuer=table.issuer, notes=table.notes, name="Từng việc"
    )
    return download(request, viewer, [table, lines], name=f"viec-sap-toi-{viewer.today.isoformat()}.xlsx")


def _all_months(choice: Chosen) -> Chosen:
    """The same choice for every month, in whatever group of today's list it stands."""
    return Chosen(
        kind=choice.kind,
        words=choice.words,
        branch=choice.branch,
        person=choice.person,
        elsewhere=choice.elsewhere,
    )


def _columns(forecast: Forecast, choice: Chosen) -> list[dict[str, str]]:
    return [
        {"label": "Đã quá hạn"},
        *({"label": _month_vn(one)} for one in forecast.months),
        {"label": "Đang chờ"},
        {"label": "Tất cả"},
    ]


def _rows(forecast: Forecast, choice: Chosen) -> list[dict[str, Any]]:
    """A line for each kind, and one of all."""
    names = labels()
    rows = [
        {
            "label": names.get(kind, kind),
            "cells": [
                _today(forecast.counts[kind, OVERDUE], choice, kind, LATE),
                *(_cell(forecast.counts[kind, one], choice, one, kind) for one in forecast.months),
                _today(forecast.counts[kind, WAITING], choice, kind, WAITING),
                forecast.of_kind(kind),
            ],
        }
        for kind in forecast.kinds
    ]
    total = {
        "label": "Tất cả",
        "total": True,
        "cells": [
            _today(forecast.of_month(OVERDUE), choice, choice.kind, LATE),
            *(_cell(forecast.of_month(one), choice, one, choice.kind) for one in forecast.months),
            _today(forecast.of_month(WAITING), choice, choice.kind, WAITING),
            sum(forecast.counts.values()),
        ],
    }
    return [total, *rows]


def _cell(n: int, choice: Chosen, month: str, kind: str) -> Any:
    url = f"{choice.url('duties_coming', month=month, kind=kind)}#{_ROWS}"
    return {"value": n, "url": url} if n else n


def _today(n: int, choice: Chosen, kind: str, group: str) -> Any:
    """A number of today's list: what is overdue, or waits."""
    return {"value": n, "url": choice.url("home", group=GROUP_WORDS[group], kind=kind, month="")} if n else n


_ROWS = "tung-viec"


def _month(request: HttpRequest, viewer: Viewer, choice: Chosen, coming: Gathered) -> dict[str, Any]:
    """The rows of a month: from today where it is this one."""
    asked, until = choice.asked, horizon(viewer.today)
    first = max(asked.first, viewer.today) if asked.first else viewer.today
    typed = request.GET.get("trang", "")
    number = int(typed) if typed.isdecimal() and len(typed) < 9 else 1
    within = choice.within(first, min(asked.last or until, until))
    found = coming.look(within, size=_PER_PAGE, skip=(max(number, 1) - 1) * _PER_PAGE)
    return {
        "duties": rows_of(found.duties(), viewer.today),
        "page": Paginator(range(found.total), _PER_PAGE).get_page(number),
        "total": found.total,
        "rows_id": _ROWS,
    }


def _month_vn(month: str) -> str:
    """A month as it is said: ``tháng 5/2023``."""
    return f"{int(month[5:])}/{month[:4]}" if month else ""

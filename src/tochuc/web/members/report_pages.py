"""Reports: the statements there are for one's workplaces, and the last years side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.members import branches, ledger
from tochuc.members.statement_form import SHIFT, rows
from tochuc.org.queries import Organisation
from tochuc.web.door import page
from tochuc.web.organisations.asked import address
from tochuc.web.organisations.place import has_members, page_of

_YEARS = 4


@page("bao-cao/", name="reports", needs="report.read")
def reports(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The yearly statements of one's workplaces, with admissions and departures of the last four years."""
    years = range(viewer.today.year, viewer.today.year - _YEARS, -1)
    readable = set(
        gate.visible(viewer, "ledger.read", "organisation")
        .filter(pk__in=[o.pk for o in viewer.workplaces])
        .values_list("pk", flat=True)
    )
    places = [o for o in viewer.workplaces if o.pk in readable and has_members(o)]
    own = next((o for o in places if o == viewer.workplace), places[0] if places else None)
    context: dict[str, Any] = {
        "page_title": "Báo cáo",
        "own": own,
        "others": [(o, page_of(o, "organisation_statement")) for o in places if o != own],
    }
    if own is not None:
        context |= _by_year(own, years, viewer)
    return render(request, "ledger/reports.html", context)


def _by_year(own: Organisation, years: range, viewer: Viewer) -> dict[str, Any]:
    found = branches.years(own, years, viewer.today)
    columns = [{"label": str(year) if year != viewer.today.year else f"{year}, đến nay"} for year in years]
    by_code = {year: {(r.part, r.code): r for r in rows(found[year])} for year in years}
    # Rows that every edition of the form in these years has, in the latest one's order.
    shown = [r for r in rows(found[years[0]]) if r.part != SHIFT]
    return {
        "columns": columns,
        "rows": [
            {
                "label": row.label,
                "total": row.total,
                "level": 0 if row.total else 1,
                "cells": [_cell(by_code[y].get((row.part, row.code)), found[y], own) for y in years],
            }
            for row in shown
        ],
        "statements": [(year, _statement_url(own, found[year])) for year in years],
    }


def _cell(row: Any, statement: ledger.Statement, own: Organisation) -> Any:
    if row is None or not row.count.total:
        return 0
    asked = address(dong=row.code, phan=row.part, tu=statement.first, den=statement.last)
    return {"value": row.count.total, "url": page_of(own, "organisation_movements") + asked}


def _statement_url(own: Organisation, statement: ledger.Statement) -> str:
    return page_of(own, "organisation_statement") + address(tu=statement.first, den=statement.last)

"""The statement and the people behind a figure as workbooks."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from tochuc.access.viewer import Viewer
from tochuc.exchange.sheets import Column, Sheet
from tochuc.members.statement_form import FOOT, HEAD
from tochuc.org.queries import Organisation, name_on
from tochuc.web.door import page
from tochuc.web.members import ledger_pages as ledger
from tochuc.web.members.standings import SHORT
from tochuc.web.sheets import download, made_on

_OWN = (
    Column("Chỉ tiêu", 44),
    Column("Tổng số", 12, "number"),
    Column("Chính thức", 12, "number"),
    Column("Dự bị", 12, "number"),
)
_BELOW = (
    Column("Tổ chức", 44),
    Column("Đầu kỳ", 12, "number"),
    Column("Tăng", 12, "number"),
    Column("Giảm", 12, "number"),
    Column("Cuối kỳ", 12, "number"),
)
_MOVED = (
    Column("Số TT", 7, "number"),
    Column("Họ và tên", 28),
    Column("Ngày sinh", 12),
    Column("Ngày", 12, "date"),
    Column("Tư cách", 12),
    Column("Từ", 32),
    Column("Đến", 32),
    Column("Quyết định số", 18),
)
_STOOD = (
    Column("Số TT", 7, "number"),
    Column("Họ và tên", 28),
    Column("Ngày sinh", 12, "date"),
    Column("Tư cách", 12),
    Column("Chi bộ ngày đó", 40),
)
_UNCONFIRMED = "* Dòng chưa đối chiếu với nguyên văn biểu thống kê."


@page("to-chuc/<organisation:organisation>/bien-dong.xlsx", name="statement_sheet", needs="ledger.read")
def statement_sheet(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponseBase:
    """The statement of the same period, and beside it those directly below on a sheet of their own."""
    asked = ledger.period_asked(request, viewer)
    shown = ledger.statement_shown(organisation, asked, viewer)
    issuer = name_on(organisation, asked.last.day)
    notes = [f"{asked.words}.", made_on(viewer)]
    sheets = [
        Sheet(
            "Thống kê tăng, giảm đảng viên",
            _OWN,
            [_figures(row) for row in shown["rows"]],
            issuer=issuer,
            notes=[*notes, _UNCONFIRMED],
            name="Tăng, giảm",
            still=1,
            strong=frozenset(n for n, row in enumerate(shown["rows"]) if row["total"]),
        )
    ]
    if shown["below"]:
        sheets.append(
            Sheet(
                "Tăng, giảm đảng viên của các tổ chức trực thuộc",
                _BELOW,
                [[row["label"], *row["cells"]] for row in shown["below"]],
                issuer=issuer,
                notes=notes,
                name="Tổ chức trực thuộc",
                still=1,
            )
        )
    name = f"bien-dong-{organisation.code}-{asked.first.day.isoformat()}-{asked.last.day.isoformat()}.xlsx"
    return download(request, viewer, sheets, name=name, organisation=organisation)


def _figures(row: dict[str, Any]) -> list[Any]:
    return [row["label"], *(c["value"] if isinstance(c, dict) else c for c in row["cells"])]


@page(
    "to-chuc/<organisation:organisation>/bien-dong/chi-tiet.xlsx",
    name="movements_sheet",
    needs="ledger.read",
)
def movements_sheet(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponseBase:
    """The people behind one figure of the statement, all of them."""
    asked = ledger.period_asked(request, viewer)
    row, standing = ledger.figure_asked(request, organisation, asked)
    words = f"{row.label}, {SHORT[standing].lower()}" if standing else row.label
    if row.part in {HEAD, FOOT}:
        members = ledger.stood_behind(organisation, asked, row, standing)
        each = members.iterator(chunk_size=2000) if isinstance(members, QuerySet) else members
        columns: tuple[Column, ...] = _STOOD
        note = f"{ledger.stood_words(asked, row)}."
        rows: Any = (
            [n, m.person.full_name, m.person.birth, SHORT[m.standing], m.organisation.name]
            for n, m in enumerate(each, 1)
        )
    else:
        columns = _MOVED
        note = f"{asked.words}."
        chosen = ledger.behind(organisation, asked, row, standing)
        rows = (
            [
                n,
                line.person_name,
                line.birth,
                line.on,
                SHORT[line.standing],
                *ledger.ends(line),
                line.decision,
            ]
            for n, line in enumerate(chosen, 1)
        )
    sheet = Sheet(
        f"Danh sách: {words}",
        columns,
        rows,
        issuer=name_on(organisation, asked.last.day),
        notes=[note, made_on(viewer)],
    )
    name = f"bien-dong-chi-tiet-{organisation.code}-{asked.last.day.isoformat()}.xlsx"
    return download(request, viewer, [sheet], name=name, organisation=organisation)

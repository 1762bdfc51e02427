"""The statement of dues as a workbook."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from tochuc.access.viewer import Viewer
from tochuc.exchange.sheets import Column, Sheet
from tochuc.org.queries import Organisation
from tochuc.web.door import page
from tochuc.web.dues.pages import COLUMNS, sums_shown
from tochuc.web.dues.periods import period_asked
from tochuc.web.sheets import download, made_on

_UNCONFIRMED = "Các cột giữ lại và nộp tiếp chỉ là tạm tính: tỷ lệ chưa đọc được trong nguyên văn quy định."


@page("to-chuc/<organisation:organisation>/dang-phi.xlsx", name="dues_sums_sheet", needs="dues.read")
def dues_sums_sheet(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponseBase:
    """The sums of the same months, and those directly below on a sheet of their own."""
    period = period_asked(request, viewer.today)
    shown = sums_shown(viewer, organisation, period)
    issuer = organisation.name
    notes = [f"{period.words}.", made_on(viewer), _UNCONFIRMED]
    figures = [Column(str(one["label"]), 14, "number") for one in COLUMNS]
    parts = (("Tháng", "Theo tháng", shown["by_month"]), ("Tổ chức", "Tổ chức trực thuộc", shown["below"]))
    sheets = [
        Sheet(
            "Tổng hợp thu, nộp đảng phí",
            (Column(first, 36), *figures),
            [[row["label"], *row["cells"]] for row in rows],
            issuer=issuer,
            notes=notes,
            name=name,
            still=1,
            strong=frozenset({len(rows) - 1}),
        )
        for first, name, rows in parts
        if rows
    ]
    name = f"dang-phi-{organisation.code}-{period.first:%Y-%m}-{period.last:%Y-%m}.xlsx"
    return download(request, viewer, sheets, name=name, organisation=organisation)

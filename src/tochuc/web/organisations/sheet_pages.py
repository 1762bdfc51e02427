"""The tree of organisations as a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.exchange.sheets import Column, Sheet
from tochuc.kernel.known_dates import day_vn
from tochuc.members import ledger
from tochuc.org.kinds import CELL_KINDS, kind_words
from tochuc.org.queries import OrganisationSpan, forest
from tochuc.web.door import page
from tochuc.web.sheets import download, made_on

_SHEET = (
    Column("Số TT", 7, "number"),
    Column("Tổ chức", 52),
    Column("Mã", 26),
    Column("Loại hình", 24),
    Column("Loại chi bộ", 14),
    Column("Trực thuộc", 40),
    Column("Từ ngày", 12, "date"),
    Column("Đảng viên", 11, "number"),
    Column("Chính thức", 11, "number"),
    Column("Dự bị", 9, "number"),
)
_INDENT = "    "


@page("to-chuc.xlsx", name="organisations_sheet", needs="organisation.read")
def organisations_sheet(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """The organisations one may open, each under its superior, with members today."""
    spans = list(forest(gate.visible(viewer, "organisation.read", "organisation"), viewer.today))
    counts = ledger.headcounts([span.organisation for span in spans], viewer.today)
    names = {span.organisation_id: span.name for span in spans}
    rows = (
        [n, *_row(span, level, names.get(span.parent_id or 0, ""), counts)]
        for n, (span, level) in enumerate(_in_tree(spans), 1)
    )
    sheet = Sheet(
        "Danh sách tổ chức đảng",
        _SHEET,
        rows,
        issuer=viewer.workplace.name if viewer.workplace else "",
        notes=[f"Số liệu đến ngày {day_vn(viewer.today)}.", made_on(viewer)],
        name="Tổ chức",
    )
    return download(request, viewer, [sheet], name=f"to-chuc-{viewer.today.isoformat()}.xlsx")


def _in_tree(spans: list[OrganisationSpan]) -> Iterator[tuple[OrganisationSpan, int]]:
    """Each organisation followed by those below it, with its level."""
    known = {span.organisation_id for span in spans}
    below: dict[int | None, list[OrganisationSpan]] = {}
    for span in spans:
        below.setdefault(span.parent_id if span.parent_id in known else None, []).append(span)
    pending = [(span, 0) for span in reversed(below.get(None, []))]
    while pending:
        span, level = pending.pop()
        yield span, level
        pending += [(one, level + 1) for one in reversed(below.get(span.organisation_id, []))]


def _row(span: OrganisationSpan, level: int, above: str, counts: dict[int, ledger.Count]) -> list[Any]:
    count = counts.get(span.organisation_id, ledger.Count())
    figures = [None] * 3 if span.kind == "board" else [count.total, count.official, count.probationary]
    return [
        _INDENT * level + span.name,
        span.organisation.code,
        kind_words(span.kind, span.name),
        CELL_KINDS.get(span.cell_kind, ""),
        above,
        span.organisation.since,
        *figures,
    ]

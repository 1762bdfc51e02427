"""The list of members as a workbook: all of it, by the same filter, columns and order as on screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from tochuc.access.viewer import Viewer
from tochuc.exchange import sheets
from tochuc.kernel.known_dates import day_vn
from tochuc.lists import columns
from tochuc.lists.find import Found
from tochuc.org.queries import Organisation, name_on
from tochuc.web.door import page
from tochuc.web.members.list_asked import ListAsked, list_asked, narrowed_by
from tochuc.web.sheets import download, made_on

_NUMBER = sheets.Column("Số TT", 7, "number")


@page(
    "to-chuc/<organisation:organisation>/dang-vien.xlsx",
    name="organisation_members_sheet",
    needs="member.list",
)
def organisation_members_sheet(
    request: HttpRequest, viewer: Viewer, organisation: Organisation
) -> HttpResponseBase:
    """The same list as a workbook, all of it."""
    asked = list_asked(request, viewer, organisation)
    found, refused = asked.found()
    if refused:
        raise Http404
    shown = columns.chosen(asked.wanted.columns or columns.USUAL_IN_A_BOOK, several=True)
    sheet = sheets.Sheet(
        "Danh sách đảng viên",
        [_NUMBER, *(sheets.Column(one.label, one.width, one.kind) for one in shown)],
        _rows(found, shown, asked),
        issuer=name_on(organisation, asked.wanted.day),
        notes=[*_notes(asked), made_on(viewer)],
    )
    name = f"dang-vien-{organisation.code}-{asked.wanted.day.isoformat()}.xlsx"
    return download(request, viewer, [sheet], name=name, organisation=organisation)


def _rows(found: Found, shown: list[columns.Column], asked: ListAsked) -> Iterable[list[Any]]:
    for n, line in enumerate(columns.all_lines(found, shown, asked.wanted.day), 1):
        yield [n, *(column.value(line) for column in shown)]


def _notes(asked: ListAsked) -> list[str]:
    one = asked.wanted
    words = f"Số liệu đến ngày {day_vn(one.day)}"
    words += f", theo hồ sơ biết đến ngày {day_vn(one.known)}." if one.known else "."
    chosen = "; ".join(shown["words"] for shown in narrowed_by(asked))
    return [words, f"Chỉ gồm: {chosen}."] if chosen else [words]

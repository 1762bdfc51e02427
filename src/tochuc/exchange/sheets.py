"""Writing lists as spreadsheets (.xlsx): typed cells, set widths, a head that stays in sight."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Literal

import xlsxwriter

Kind = Literal["text", "date", "number"]
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Column:
    """A column: its heading, width in characters, and what its cells are."""

    title: str
    width: int
    kind: Kind = "text"


def list_sheet(
    columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, title: str, notes: Sequence[str] = ()
) -> bytes:
    """A workbook with one list: title and notes above, a frozen heading with filters, typed cells.

    A cell is a text, a day, a whole number or None. Texts are written as texts, so none is taken for a formula.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"})
    book.set_properties({"title": title})
    styles = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "note": book.add_format({"font_color": "#635B54"}),
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1}),
        "date": book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
        "number": book.add_format({"num_format": "#,##0"}),
    }
    sheet = book.add_worksheet("Danh sách")
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
    sheet.write_string(0, 0, title, styles["title"])
    for row, note in enumerate(notes, 1):
        sheet.write_string(row, 0, note, styles["note"])
    head = len(notes) + 2
    for place, column in enumerate(columns):
        sheet.write_string(head, place, column.title, styles["head"])
    last = head
    for last, cells in enumerate(rows, head + 1):
        for place, (column, value) in enumerate(zip(columns, cells, strict=True)):
            _write(sheet, last, place, value, styles.get(column.kind))
    sheet.freeze_panes(head + 1, 1)
    sheet.autofilter(head, 0, max(last, head), len(columns) - 1)
    _for_paper(sheet, head)
    book.close()
    return out.getvalue()


def _write(sheet: Any, row: int, place: int, value: Any, style: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write_datetime(row, place, datetime.combine(value, time.min), style)
    elif isinstance(value, int):
        sheet.write_number(row, place, value, style)
    else:
        sheet.write_string(row, place, str(value))


def _for_paper(sheet: Any, head: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.set_footer("&RTrang &P/&N")

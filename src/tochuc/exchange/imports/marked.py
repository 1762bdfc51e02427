"""The same workbook with the cells marked that were refused or ask for a look, each with what is to be said of it."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

import xlsxwriter

from tochuc.exchange.imports.plan import Planned, planned
from tochuc.exchange.intake.cells import Cell, column_index, shown
from tochuc.exchange.intake.corrections import NONE, Corrections
from tochuc.exchange.intake.workbook import opened
from tochuc.org.models import Organisation

_NAME = "Danh sách"
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_WIDTH = 16
_AUTHOR = "Tochuc"
_PLAIN, _ERROR, _DOUBT = "plain", "error", "doubt"
_FILLS: dict[str, dict[str, Any]] = {
    _PLAIN: {},
    _ERROR: {"bg_color": "#F4C7C3", "border": 1},
    _DOUBT: {"bg_color": "#FCE8B2", "border": 1},
}
_FIRST_YEAR = 1900
"""Excel knows no day before."""
_INEXACT_FROM = 1e15
"""From here on Excel loses digits; what is no number at all, as a damaged file may hold, isn't below it either."""

Place = tuple[str | None, int]
Marks = dict[Place, dict[int, list[tuple[bool, str]]]]


def marked(
    raw: bytes,
    name: str,
    *,
    organisation: Organisation,
    as_of: date,
    today: date,
    corrections: Corrections = NONE,
) -> bytes:
    """A copy of the visible sheets' values as .xlsx: red where a row is refused, amber where it asks for a look.

    Each marked cell has the message as its comment. Raises ``Unreadable`` for a file that isn't a list.
    """
    found = planned(raw, name, organisation=organisation, as_of=as_of, today=today, corrections=corrections)
    return copied(raw, _marks(one for one in found if isinstance(one, Planned)), corrections)


def copied(raw: bytes, marks: Marks, corrections: Corrections = NONE) -> bytes:
    """The copy itself: ``marks`` say, by sheet and row and column, what is told and whether it refuses."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    styles = {
        (mark, dated): book.add_format(fill | ({"num_format": "dd/mm/yyyy"} if dated else {}))
        for mark, fill in _FILLS.items()
        for dated in (False, True)
    }
    taken: set[str] = set()
    with opened(raw) as sheets:
        for sheet in sheets:
            if not corrections.reads(sheet.name, hidden=sheet.hidden):
                continue
            page = book.add_worksheet(_sheet_name(sheet.name, taken))
            page.set_column(0, 25, _WIDTH)
            for number, cells in sheet.rows:
                _write_row(page, number, cells, marks.get((sheet.name, number), {}), styles)
    book.close()
    return out.getvalue()


def _marks(rows: Iterable[Planned]) -> Marks:
    """By row and column, whether it refuses, and the message."""
    found: Marks = {}
    for one in rows:
        told = [(True, finding) for finding in one.findings]
        told += [(False, finding) for finding in one.asks]
        if told:
            cells = found.setdefault((one.row["sheet"], one.row["row"]), defaultdict(list))
            for refuses, finding in told:
                cells[column_index(finding["column"])].append((refuses, finding["message"]))
    return found


def _sheet_name(name: str | None, taken: set[str]) -> str:
    clean = _cut(_FORBIDDEN.sub(" ", name or _NAME), _LONGEST_NAME) or _NAME
    found, number = clean, 1
    while found.casefold() in taken:
        number += 1
        tail = f" ({number})"
        found = _cut(clean, _LONGEST_NAME - len(tail)) + tail
    taken.add(found.casefold())
    return found


def _cut(name: str, most: int) -> str:
    return name.strip(" '")[:most].rstrip(" '")


def _write_row(
    page: Any,
    number: int,
    cells: list[Cell],
    marks: dict[int, list[tuple[bool, str]]],
    styles: dict[tuple[str, bool], Any],
) -> None:
    for column in range(max([len(cells), *(place + 1 for place in marks)])):
        told = marks.get(column, [])
        mark = _ERROR if any(refuses for refuses, _ in told) else _DOUBT if told else _PLAIN
        cell = cells[column] if column < len(cells) else None
        dated = isinstance(cell, date) and cell.year >= _FIRST_YEAR
        if cell is None and not told:
            continue
        _write(page, number - 1, column, cell, styles[mark, dated])
        if told:
            words = "\n".join(dict.fromkeys(message for _, message in told))
            page.write_comment(number - 1, column, words, {"author": _AUTHOR, "x_scale": 2, "y_scale": 1.5})


def _write(page: Any, row: int, column: int, cell: Cell, style: Any) -> None:
    if isinstance(cell, date) and cell.year >= _FIRST_YEAR:
        page.write_datetime(row, column, datetime.combine(cell, time.min), style)
    elif isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) < _INEXACT_FROM:
        page.write_number(row, column, cell, style)
    elif cell is not None:
        page.write_string(row, column, shown(cell), style)
    else:
        page.write_blank(row, column, None, style)

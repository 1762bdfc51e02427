"""Writing lists and statements as workbooks (.xlsx): typed cells, set widths, a head that stays in sight, ready for A4.

Rows are written as they come and kept in no list, so a province's members take no more memory than a cell's.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import IO, Any, Literal

import xlsxwriter

from tochuc.kernel.known_dates import KnownDate

Kind = Literal["text", "date", "number", "sum"]
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST_DAY = date(1900, 3, 1)
"""Excel knows no day before 1900, and takes 1900 for a leap year."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_IN_MEMORY = 2**20
_LINE = "#A79F97"
_QUIET = "#635B54"
_LINE_HEIGHT = 15
_BOLD = 1.15
"""How much wider bold letters are, about."""
_A4 = 9
_WIDE = 100
_FITS_UPRIGHT = 95
"""Columns of so many characters together fit on an upright page."""


@dataclass(frozen=True)
class Column:
    """A column: its heading, width in characters, and what its cells are. ``sum`` is a number in bold."""

    title: str
    width: int
    kind: Kind = "text"


@dataclass(frozen=True)
class Sheet:
    """One list: who gives it out, its title and notes, columns and rows.

    A cell is a text, a day, a date known less exactly, a whole number or None. ``numbered`` writes the columns'
    numbers under the heading, as the official forms have them; ``still`` columns stay in sight on the left;
    ``strong`` are the numbers of rows (from 0) that are sums.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    issuer: str = ""
    notes: Sequence[str] = ()
    name: str = "Danh sách"
    numbered: bool = False
    still: int = 2
    strong: frozenset[int] = field(default_factory=frozenset)


def workbook(sheets: Sequence[Sheet]) -> tuple[IO[bytes], list[int]]:
    """A workbook of these sheets as an open file at its beginning, and how many rows each has.

    Texts are written as texts, so none is taken for a formula or a link.
    """
    out: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (handed on open)
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"})
    book.set_properties({"title": sheets[0].title, "company": sheets[0].issuer})
    styles = _styles(book)
    taken: set[str] = set()
    counts = [_write(book.add_worksheet(sheet_name(one.name, taken)), one, styles) for one in sheets]
    book.close()
    out.seek(0)
    return out, counts


def sheet_name(words: str, taken: set[str]) -> str:
    """A name that Excel takes for a sheet and that no other sheet of the book has; ``taken`` remembers it."""
    name = " ".join(_FORBIDDEN.sub(" ", words).split()).strip("'")[:_LONGEST_NAME].strip() or "Danh sách"
    number, found = 2, name
    while found.casefold() in taken:
        suffix = f" ({number})"
        found, number = name[: _LONGEST_NAME - len(suffix)] + suffix, number + 1
    taken.add(found.casefold())
    return found


def _styles(book: Any) -> dict[str, Any]:
    cell = {"valign": "top", "border": 1, "border_color": _LINE}
    head = cell | {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center"}
    return {
        "issuer": book.add_format({"bold": True}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "note": book.add_format({"font_color": _QUIET}),
        "head": book.add_format(head | {"bg_color": "#EFEBE6"}),
        "numbers": book.add_format(head | {"bold": False, "italic": True, "font_color": _QUIET}),
        "text": book.add_format(cell | {"text_wrap": True}),
        "date": book.add_format(cell | {"num_format": "dd/mm/yyyy", "align": "left"}),
        "number": book.add_format(cell | {"num_format": "#,##0"}),
        "sum": book.add_format(cell | {"num_format": "#,##0", "bold": True}),
        "strong": book.add_format(cell | {"text_wrap": True, "bold": True}),
    }


def _write(page: Any, one: Sheet, styles: Mapping[str, Any]) -> int:
    for place, column in enumerate(one.columns):
        page.set_column(place, place, column.width)
    lines = [(one.issuer, "issuer")] * bool(one.issuer) + [(one.title, "title")]
    lines += [(note, "note") for note in one.notes]
    for row, (words, style) in enumerate(lines):
        page.write_string(row, 0, words, styles[style])
    head = len(lines) + 1
    _height(page, head, one.columns, [column.title for column in one.columns], _BOLD)
    for place, column in enumerate(one.columns):
        page.write_string(head, place, column.title, styles["head"])
    last = head
    if one.numbered:
        last += 1
        for place in range(len(one.columns)):
            page.write_number(last, place, place + 1, styles["numbers"])
    first = last + 1
    for last, cells in enumerate(one.rows, first):
        strong = last - first in one.strong
        _height(page, last, one.columns, cells)
        for place, (column, value) in enumerate(zip(one.columns, cells, strict=True)):
            _cell(page, last, place, value, column.kind, styles, strong=strong)
    page.freeze_panes(first, min(one.still, len(one.columns) - 1))
    if last >= first and not one.numbered:
        page.autofilter(head, 0, last, len(one.columns) - 1)
    _for_paper(page, one, head, first - 1)
    return last - first + 1


def _height(page: Any, row: int, columns: Sequence[Column], cells: Sequence[Any], wider: float = 1.0) -> None:
    """Make the row as high as its longest text needs: not every program does that when it opens the book."""
    most = max(
        (
            _lines(value, column.width / wider)
            for column, value in zip(columns, cells, strict=True)
            if isinstance(value, str)
        ),
        default=1,
    )
    if most > 1:
        page.set_row(row, _LINE_HEIGHT * most)


def _lines(words: str, width: float) -> int:
    """On how many lines a text stands in a column of so many characters; a word isn't divided."""
    total = 0
    for part in words.split("\n"):
        total, used = total + 1, 0
        for word in part.split():
            if used and used + 1 + len(word) > width:
                total, used = total + 1, len(word)
            else:
                used += len(word) + (1 if used else 0)
    return total


def _cell(
    page: Any, row: int, place: int, value: Any, kind: str, styles: Mapping[str, Any], *, strong: bool
) -> None:
    if isinstance(value, KnownDate):
        value = value.first if value.precision == "day" and value.first >= FIRST_DAY else value.vn
    if isinstance(value, date) and value >= FIRST_DAY:
        page.write_datetime(row, place, datetime.combine(value, time.min), styles["date"])
    elif isinstance(value, int):
        page.write_number(row, place, value, styles["sum" if strong or kind == "sum" else "number"])
    elif value is None or value == "":
        page.write_blank(row, place, None, styles["text"])
    else:
        words = KnownDate(value).vn if isinstance(value, date) else str(value)
        page.write_string(row, place, words, styles["strong" if strong else "text"])


def _for_paper(page: Any, one: Sheet, head: int, head_end: int) -> None:
    if sum(column.width for column in one.columns) > _FITS_UPRIGHT:
        page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    page.fit_to_pages(1, 0)
    page.repeat_rows(head, head_end)
    footer = (f"{one.issuer}. {one.title}" if one.issuer else one.title)[:_WIDE].replace("&", "&&")
    page.set_footer(f"&L&8{footer}&R&8Trang &P/&N")

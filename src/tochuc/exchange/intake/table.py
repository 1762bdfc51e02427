"""Reading a plain table whose headings are known by name: lists of organisations, of posts and their holders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tochuc.exchange.intake.cells import Cell, Row, column_letter
from tochuc.exchange.intake.refused import Unreadable
from tochuc.exchange.intake.texts import text_of
from tochuc.exchange.intake.workbook import opened
from tochuc.kernel.names import fold

_HEADER_WITHIN = 30
Headings = Mapping[str, Sequence[str]]
"""By field, the headings it may stand under."""


@dataclass(frozen=True)
class TableRow:
    """One row: where it stands, its cells by field (those that say nothing are left out), the letter of each field's column."""

    sheet: str | None
    number: int
    cells: Mapping[str, Cell]
    letters: Mapping[str, str]

    def text(self, field: str) -> str:
        """A cell as text; "" where it says nothing."""
        return text_of(self.cells.get(field))


def table_rows(source: Path | bytes, headings: Headings, needed: Sequence[str]) -> Iterator[TableRow]:
    """The rows of the visible sheets that have a header with the ``needed`` fields; ``Unreadable`` where none has."""
    found = False
    with opened(source) as sheets:
        for sheet in sheets:
            columns: dict[int, str] = {}
            for place, row in enumerate(() if sheet.hidden else sheet.rows):
                if columns:
                    yield from _row(sheet.name, row, columns)
                elif place < _HEADER_WITHIN:
                    known = _columns(row, headings)
                    columns = known if set(needed) <= set(known.values()) else {}
                    found = found or bool(columns)
    if not found:
        called = " và ".join(f"“{headings[field][0]}”" for field in needed)
        raise Unreadable("no_table", columns=called)


def _columns(row: Row, headings: Headings) -> dict[int, str]:
    by_words = {fold(words): field for field, several in headings.items() for words in several}
    found: dict[int, str] = {}
    for column, cell in enumerate(row[1]):
        field = by_words.get(fold(" ".join(cell.split())).strip(" .:*")) if isinstance(cell, str) else None
        if field and field not in found.values():
            found[column] = field
    return found


def _row(sheet: str | None, row: Row, columns: Mapping[int, str]) -> Iterator[TableRow]:
    number, cells = row
    said = {
        field: cells[column]
        for column, field in columns.items()
        if column < len(cells) and text_of(cells[column])
    }
    if said:
        letters = {field: column_letter(column) for column, field in columns.items()}
        yield TableRow(sheet, number, said, letters)

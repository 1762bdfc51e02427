"""What a person needs to see of a file to correct how it is read: each sheet's columns with their first values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tochuc.exchange.intake.cells import Cell, Merge, Row, column_letter, shown
from tochuc.exchange.intake.corrections import NONE, Corrections, fingerprint
from tochuc.exchange.intake.layout import Header
from tochuc.exchange.intake.legacy import old_letters
from tochuc.exchange.intake.window import Window
from tochuc.exchange.intake.workbook import opened

_SAMPLES = 3
_SAMPLED_ROWS = 40
_TOP_ROWS = 20
_LONGEST = 60


@dataclass(frozen=True)
class SeenColumn:
    """One column: heading, first values, what its heading says it is, and what it is read as."""

    letter: str
    heading: str
    samples: tuple[str, ...]
    proposed: str
    field: str


@dataclass(frozen=True)
class SeenSheet:
    """One sheet: whether it is read, the header's row (None: none found), its kind, its columns and first rows."""

    name: str | None
    hidden: bool
    read: bool
    header_row: int | None
    fingerprint: str
    columns: tuple[SeenColumn, ...]
    top: tuple[tuple[int, str], ...]
    widest: int
    """Most cells filled in one of the rows."""


def seen_sheets(source: Path | bytes, corrections: Corrections = NONE) -> list[SeenSheet]:
    """The sheets of a file as they are read with these corrections; ``Unreadable`` where it is no spreadsheet."""
    found = []
    with opened(source) as sheets:
        for sheet in sheets:
            window = Window(sheet.rows)
            if letters := old_letters(window.ahead()):
                window.view = letters.in_heading
            rows = window.ahead()
            if rows:
                found.append(_seen(sheet.name, sheet.hidden, rows, sheet.merges, corrections))
    return found


def _seen(
    name: str | None, hidden: bool, rows: Sequence[Row], merges: Sequence[Merge], corrections: Corrections
) -> SeenSheet:
    header = corrections.header(name, rows, merges)
    if header is None and (name or "") in corrections.header_rows:
        # The row that was said, its columns still to be told.
        header = corrections.uncorrected(name, rows, merges)
    plain = corrections.uncorrected(name, rows, merges) if header else None
    return SeenSheet(
        name,
        hidden,
        header is not None and corrections.reads(name, hidden=hidden),
        header.first_row if header else None,
        fingerprint(header) if header else "",
        _columns(header, plain or header, rows) if header else (),
        tuple((number, _line(cells)) for number, cells in rows[:_TOP_ROWS]),
        max(sum(cell is not None for cell in cells) for _, cells in rows),
    )


def _columns(header: Header, plain: Header, rows: Sequence[Row]) -> tuple[SeenColumn, ...]:
    read = {letter: name for layout in header.layouts for letter, name in layout.columns.items()}
    proposed = {letter: name for layout in plain.layouts for letter, name in layout.columns.items()}
    numbered = {layout.order for layout in header.layouts}
    below = [cells for number, cells in rows if number > header.last_row][:_SAMPLED_ROWS]
    headings = dict(header.headings)
    widest = max((len(cells) for cells in below), default=0)
    columns = []
    for index in sorted({*headings, *range(widest)} - numbered):
        letter = column_letter(index)
        values = [text for cells in below if index < len(cells) and (text := _one_line(shown(cells[index])))]
        if index in headings or values:
            samples = tuple(dict.fromkeys(map(_cut, values)))[:_SAMPLES]
            heading = " ".join(headings.get(index, "").split())
            columns.append(
                SeenColumn(letter, heading, samples, proposed.get(letter, ""), read.get(letter, ""))
            )
    return tuple(columns)


def _line(cells: Sequence[Cell]) -> str:
    return _cut(" | ".join(text for cell in cells if (text := _one_line(shown(cell)))))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

"""The dry run: what an import of a members' spreadsheet would do, writing nothing.

The file is read once. Each sheet's people wait in a spool while its head is counted and its columns are
compared (one month-first date puts a whole column in doubt); then heads and rows are given in order.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from tochuc.exchange.intake.beside import Beside, said_beside
from tochuc.exchange.intake.cellnames import sheet_cell
from tochuc.exchange.intake.cells import Cell, Row, column_letter
from tochuc.exchange.intake.checks import Judge, Known, Seen, as_iso
from tochuc.exchange.intake.corrections import NONE, Corrections
from tochuc.exchange.intake.dates import read_date
from tochuc.exchange.intake.fields import IN_ORDER, Reader, Said
from tochuc.exchange.intake.layout import NAME, Header, Layout, Source, at
from tochuc.exchange.intake.legacy import old_letters
from tochuc.exchange.intake.names import name_and_birth
from tochuc.exchange.intake.refused import Unreadable
from tochuc.exchange.intake.rows import ListRows, PersonRow
from tochuc.exchange.intake.sheet import Sheet
from tochuc.exchange.intake.spool import Spool
from tochuc.exchange.intake.texts import text_of
from tochuc.exchange.intake.window import Window
from tochuc.exchange.intake.workbook import opened

_TOLD = 1000
_AT_ONCE = 500

Action = Literal["create", "change", "same"]
Progress = Callable[[int, int], None]
"""Told, now and then, how many rows have come, of how many people; of none while the file is being read."""
Coming = Callable[[Iterable[Mapping[str, Any]]], None]
"""Told what the next rows say, some hundreds at a time, before ``Known`` is asked of them."""
Match = Callable[[Mapping[str, Any]], Action]
"""What a readable row would do to the record."""


@dataclass
class _Reading:
    """A sheet that holds people, read and waiting to be told."""

    sheet: Sheet
    header: Header
    layouts: list[Layout]
    spool: Spool
    month_first: set[int] = field(default_factory=set)
    skipped: dict[str, str] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    people: int = 0
    last_row: int = 0
    beside: dict[int, str] = field(default_factory=dict)


def dry_run(
    source: Path | bytes,
    name: str,
    *,
    today: date,
    known: Known | None = None,
    match: Match | None = None,
    corrections: Corrections = NONE,
    progress: Progress | None = None,
    beside: Beside | None = None,
    coming: Coming | None = None,
) -> Iterator[dict[str, Any]]:
    """For each sheet with people its head, then a dict for each person, as the contract of the dry run shows.

    `name`: the file's name. `known`: whether someone like that is in the record already; `coming`: told before of which rows it will be asked. `match`: what a row
    without errors would do; creates where it isn't given. `corrections`: what a person said of the file.
    `beside`: columns of the list's own, whose cells each row then gives as `beside`; such a list may name a person in
    several rows. Raises Unreadable before anything is given.
    """
    readings, passed_over = _read(source, corrections, progress, beside)
    seen = Seen()
    total, given = sum(reading.people for reading in readings), 0
    for place, reading in enumerate(readings):
        if beside is not None:
            seen = Seen(often=True)
        yield _head(reading, Path(name).name, passed_over if place == 0 else {})
        for one in _people(reading, seen, today, known, coming, match or _creates):
            given += 1
            if progress and given % _TOLD == 0:
                progress(given, total)
            yield one


def _creates(_: Mapping[str, Any]) -> Action:
    return "create"


def _read(
    source: Path | bytes, corrections: Corrections, progress: Progress | None, beside: Beside | None
) -> tuple[list[_Reading], dict[str, str]]:
    readings: list[_Reading] = []
    passed_over: dict[str, str] = {}
    headers = filled = False
    with opened(source) as sheets:
        for sheet in sheets:
            if not corrections.reads(sheet.name, hidden=sheet.hidden):
                passed_over[_sheet_key(sheet)] = "hidden sheet" if sheet.hidden else "sheet not chosen"
                continue
            window = Window(_composed(sheet.rows))
            filled = bool(window.ahead(1)) or filled
            reading = _people_of(sheet, window, corrections, progress, beside)
            if reading is None:
                passed_over[_sheet_key(sheet)] = (
                    "summary sheet" if window.last_row or window.ahead(1) else "empty sheet"
                )
            elif not reading.people:
                headers = True
                passed_over[_sheet_key(sheet)] = "no people"
            else:
                readings.append(reading)
    if not readings:
        raise Unreadable("no_people" if headers else "no_header" if filled else "empty")
    return readings, passed_over


def _sheet_key(sheet: Sheet) -> str:
    name = sheet.name or ""
    return f"sheet {name}" if name.isdigit() else name


def _composed(rows: Iterator[Row]) -> Iterator[Row]:
    """Rows whose letters are composed."""
    for number, cells in rows:
        yield number, [_nfc(cell) if isinstance(cell, str) else cell for cell in cells]


def _nfc(text: str) -> Cell:
    return (text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)) or None


def _people_of(
    sheet: Sheet, window: Window, corrections: Corrections, progress: Progress | None, beside: Beside | None
) -> _Reading | None:
    letters = old_letters(window.ahead())
    window.view = letters.in_heading if letters else None
    header = corrections.header(sheet.name, window.ahead(), sheet.merges)
    if header is None:
        return None
    titles: list[tuple[int, str]] = []
    while (coming := window.ahead(1)) and coming[0][0] <= header.last_row:
        number, cells = next(window)
        if number < header.first_row:
            titles.extend((column, cell) for column, cell in enumerate(cells) if isinstance(cell, str))
    window.view = letters.in_body if letters else None
    own: dict[int, str] = {}
    if beside is not None:
        own, header = beside.columns(header), beside.set_apart(header)
    rows = ListRows(header, sheet.merges, titles, lambda further: _corrected(further, corrections, beside))
    reading = _Reading(sheet, header, rows.layouts, Spool(), last_row=header.last_row, beside=own)
    own_cell = sheet_cell(sheet.name)
    for row in rows.walk(window):
        if isinstance(row, PersonRow):
            reading.people += 1
            reading.spool.add((row.number, row.cells, row.layout, row.cell or own_cell))
            _note_columns(row, reading)
            if progress and reading.people % _TOLD == 0:
                progress(row.number, 0)
        else:
            reading.skipped[str(row.number)] = row.reason
    reading.last_row = max(window.last_row, header.last_row)
    return reading


def _corrected(further: Header, corrections: Corrections, beside: Beside | None) -> Header | None:
    """A header further down as a person corrected it, the list's own columns left alone."""
    found = corrections.corrected(further)
    return beside.set_apart(found) if found and beside else found


def _note_columns(row: PersonRow, reading: _Reading) -> None:
    layout = reading.layouts[row.layout]
    for column in layout.dates:
        cell = at(row.cells, column)
        if isinstance(cell, str) and column not in reading.month_first:
            written = read_date(name_and_birth(cell)[1] if column in layout.names else cell)
            if written and written.month_first:
                reading.month_first.add(column)
    if len(reading.used) < len(layout.columns):
        reading.used.update(column for column, cell in enumerate(row.cells) if cell is not None)


def _head(reading: _Reading, name: str, passed_over: dict[str, str]) -> dict[str, Any]:
    columns: dict[str, str] = {}
    ignored: set[int] = set()
    for layout in reading.header.layouts:
        columns.update(_columns(layout, reading.used))
        ignored.update(layout.ignored)
    columns |= {column_letter(column): name for column, name in reading.beside.items()}
    return {
        "file": name,
        "sheet": reading.sheet.name,
        "header_row": reading.header.first_row,
        "columns": columns,
        "ignored_columns": [column_letter(index) for index in sorted(ignored)],
        "rows_read": reading.last_row - reading.header.last_row,
        "people": reading.people,
        "skipped": {**reading.skipped, **passed_over},
    }


def _columns(layout: Layout, used: set[int]) -> dict[str, str]:
    """Fields by letter; the second of two columns under one merged heading only where something stands in it."""
    idle = {
        column_letter(s.column)
        for s in layout.sources[NAME][1:]
        if s.part == "piece" and s.column not in used
    }
    return {letter: field_name for letter, field_name in layout.columns.items() if letter not in idle}


def _people(
    reading: _Reading,
    seen: Seen,
    today: date,
    known: Known | None,
    coming: Coming | None,
    match: Match,
) -> Iterator[dict[str, Any]]:
    sheet = reading.sheet
    readers = [
        Reader(one, typed=sheet.name is not None, since_1904=sheet.since_1904) for one in reading.layouts
    ]
    judges = [
        Judge(one, sheet.name, frozenset(reading.month_first), seen, today, known) for one in reading.layouts
    ]
    for number, cells, place, cell, said in _said(reading, readers, coming):
        judged = judges[place].judge(number, said)
        values: dict[str, Any] = {**said.fields, **as_iso(judged.dates)}
        own = reading.layouts[place].sources.get("cell", ())
        if place_name := _cell(own, cells) or cell:
            values["cell"] = place_name
        fields = {field_name: values[field_name] for field_name in IN_ORDER if field_name in values}
        yield {
            "sheet": sheet.name,
            "row": number,
            "action": "refuse" if judged.errors else match(fields),
            "fields": fields,
            "errors": judged.errors,
            "doubts": judged.doubts,
            **({"beside": said_beside(reading.beside, cells)} if reading.beside else {}),
        }


def _said(
    reading: _Reading, readers: list[Reader], coming: Coming | None
) -> Iterator[tuple[int, list[Cell], int, str | None, Said]]:
    """The rows that wait, each with what it says; of some at a time is told that they come."""
    records = reading.spool.records()
    while some := list(islice(records, _AT_ONCE)):
        said = [readers[place].read(cells) for _, cells, place, _ in some]
        if coming is not None:
            coming(one.fields for one in said)
        for record, one in zip(some, said, strict=True):
            yield *record, one


def _cell(sources: tuple[Source, ...], cells: list[Cell]) -> str:
    text = text_of(at(cells, sources[0].column)) if sources else ""
    return f"Chi bộ{text[2:]}" if text[:3] in ("CB ", "Cb ") else text

"""A list looked at whole before it is written: its columns with samples, the counts, the rows that ask for a look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tochuc.exchange.imports.plan import CHANGE, CREATE, REFUSE, Planned, planned
from tochuc.exchange.intake.cells import Row, column_index, column_letter, shown
from tochuc.exchange.intake.corrections import NONE, Corrections
from tochuc.exchange.intake.dry_run import Progress
from tochuc.exchange.intake.workbook import opened
from tochuc.org.models import Organisation

MOST_SHOWN = 200
"""Rows of each sort that are kept to be shown; the counts are of all."""
_HEADING_ROWS = 2
_SAMPLED_ROWS = 30
_SAMPLE = 60


@dataclass(frozen=True)
class Column:
    """A column of the file: its heading and a value as they stand there, what it is read as, and that value read.

    ``field`` is empty where the column isn't used.
    """

    letter: str
    heading: str
    sample: str
    field: str = ""
    read: str = ""


@dataclass
class Sheet:
    """One sheet with people: its head as the dry run gives it, and its columns from left to right."""

    head: dict[str, Any]
    columns: list[Column] = field(default_factory=list)


@dataclass
class Review:
    """What a list would do. The lists of rows are cut at ``MOST_SHOWN``; ``counts`` and ``asked`` are whole."""

    sheets: list[Sheet] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    created: list[Planned] = field(default_factory=list)
    changed: list[Planned] = field(default_factory=list)
    refused: list[Planned] = field(default_factory=list)
    doubted: list[Planned] = field(default_factory=list)
    asked: int = 0

    @property
    def writes(self) -> int:
        """How many rows would write something."""
        return self.counts[CREATE] + self.counts[CHANGE]


def reviewed(
    raw: bytes,
    name: str,
    *,
    organisation: Organisation,
    as_of: date,
    today: date,
    corrections: Corrections = NONE,
    progress: Progress | None = None,
) -> Review:
    """Look at a list whole, writing nothing; ``Unreadable`` where it is none."""
    review = Review()
    firsts: list[list[Planned]] = []
    found = planned(
        raw,
        name,
        organisation=organisation,
        as_of=as_of,
        today=today,
        corrections=corrections,
        progress=progress,
    )
    for one in found:
        if not isinstance(one, Planned):
            review.sheets.append(Sheet(one))
            firsts.append([])
            continue
        if len(firsts[-1]) < _SAMPLED_ROWS:
            firsts[-1].append(one)
        _sort(review, one)
    rows = _rows_of(raw, review.sheets, firsts)
    for sheet, people in zip(review.sheets, firsts, strict=True):
        sheet.columns = list(_columns(sheet.head, people, rows.get(sheet.head["sheet"], {})))
    return review


def _sort(review: Review, one: Planned) -> None:
    review.counts[one.action] += 1
    lists = {CREATE: review.created, CHANGE: review.changed, REFUSE: review.refused}
    if one.action in lists:
        _keep(lists[one.action], one)
    if one.action != REFUSE and one.asks:
        review.asked += 1
        _keep(review.doubted, one)


def _keep(rows: list[Planned], one: Planned) -> None:
    if len(rows) < MOST_SHOWN:
        rows.append(one)


def _rows_of(
    raw: bytes, sheets: list[Sheet], firsts: list[list[Planned]]
) -> dict[str | None, dict[int, list[str]]]:
    """By sheet, the rows of the heading and the first people, as texts."""
    wanted = {
        sheet.head["sheet"]: (sheet.head["header_row"], max((one.row["row"] for one in people), default=0))
        for sheet, people in zip(sheets, firsts, strict=True)
    }
    found: dict[str | None, dict[int, list[str]]] = {}
    with opened(raw) as opened_sheets:
        for sheet in opened_sheets:
            if sheet.name in wanted:
                found[sheet.name] = dict(_between(sheet.rows, *wanted[sheet.name]))
    return found


def _between(rows: Iterator[Row], first: int, last: int) -> Iterator[tuple[int, list[str]]]:
    for number, cells in rows:
        if number > last:
            return
        if number >= first:
            yield number, [" ".join(shown(cell).split()) for cell in cells]


def _columns(head: dict[str, Any], people: list[Planned], rows: dict[int, list[str]]) -> Iterator[Column]:
    first = people[0].row["row"] if people else head["header_row"] + 1
    headings = [rows[n] for n in sorted(rows) if n < first][:_HEADING_ROWS]
    used = head["columns"] | dict.fromkeys(head["ignored_columns"], "")
    for letter in sorted(used, key=column_index):
        place, name = column_index(letter), used[letter]
        heading = " / ".join(text for row in headings if (text := _at(row, place)))
        sampled = next((one for one in people if _at(rows.get(one.row["row"], []), place)), None)
        sample = _at(rows[sampled.row["row"]], place) if sampled else ""
        read = sampled.row["fields"].get(name) if sampled and name else None
        yield Column(column_letter(place), heading, _cut(sample), name, "" if read is None else str(read))


def _at(cells: list[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _cut(text: str) -> str:
    return text if len(text) <= _SAMPLE else f"{text[: _SAMPLE - 1]}…"

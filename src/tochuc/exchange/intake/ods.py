"""Workbooks in OpenDocument (.ods), read row by row from the one stream that holds all sheets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from tochuc.exchange.intake.cells import MOST_COLUMNS, Cell, Fault, Merge, Row, as_shown, number
from tochuc.exchange.intake.refused import Unreadable
from tochuc.exchange.intake.sheet import Sheet
from tochuc.exchange.intake.zipped import Package, XmlEvents, local

_ENCRYPTED = re.compile(rb"encryption-data")
_MOST_REPEATED = 1_000  # a run of equal filled rows longer than that is formatting
_CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_NUMBERS = re.compile(r"\d+")
_ERRORS = re.compile(r"#[A-ZÀ-Ỹ/0!?]+|Err:\d+", re.IGNORECASE)


@dataclass(slots=True)
class _SheetStart:
    name: str
    hidden: bool
    merges: list[Merge]


@dataclass(slots=True)
class _OpenCell:
    """A cell being read: its attributes, how often it stands side by side, its lines of text."""

    attributes: dict[str, str]
    times: int
    lines: list[str]


def sheets_of(package: Package) -> Iterator[Sheet]:
    """The sheets in order; the rows of one must be read before the next is asked for."""
    if _MANIFEST in package and next(package.scan(_MANIFEST, _ENCRYPTED, 1), None):
        raise Unreadable("encrypted")
    reading = _Reading()
    happened = reading.events(package)
    following: list[_SheetStart] = [
        event for event in [next(happened, None)] if isinstance(event, _SheetStart)
    ]

    def rows() -> Iterator[Row]:
        for event in happened:
            if isinstance(event, _SheetStart):
                following.append(event)
                return
            yield event

    while following:
        found = following.pop()
        stream = rows()
        yield Sheet(found.name, found.hidden, stream, found.merges)
        for _ in stream:
            pass


class _Reading:
    def __init__(self) -> None:
        self._merges: list[Merge] = []
        self._happened: list[_SheetStart | Row] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._row = 0
        self._row_times = 1
        self._cells: list[Cell] = []
        self._column = 0
        self._cell: _OpenCell | None = None
        self._text: list[str] = []
        self._depth_of_note = 0
        self._in_tables = 0
        self._names: dict[str, str] = {}

    def events(self, package: Package) -> Iterator[_SheetStart | Row]:
        """Sheet starts and their rows, in the order of the file."""
        parsing = XmlEvents(self._start, self._end)
        parsing.parser.CharacterDataHandler = self._text.append
        try:
            for _ in parsing.feed(package.chunks(_CONTENT)):
                ready, self._happened = self._happened, []
                yield from ready
        except ValueError as error:
            raise Unreadable("damaged") from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = self._names.get(name) or self._names.setdefault(name, local(name))
        if self._depth_of_note:
            self._depth_of_note += 1
        elif tag == "table-cell" or tag == "covered-table-cell":
            self._open_cell(attributes)
        elif tag == "p":
            self._text.clear()
        elif tag == "table-row":
            self._row_times = _times(attributes, "rows-repeated")
            self._cells, self._column = [], 0
        elif tag in ("s", "tab", "line-break"):
            self._text.append(" " if tag != "line-break" else "\n")
        elif tag == "annotation":
            self._depth_of_note = 1
        elif tag == "table":
            self._in_tables += 1
            if self._in_tables == 1:
                self._open_table(attributes)
        elif tag == "style":
            self._style = _attribute(attributes, "name")
        elif tag == "table-properties" and _attribute(attributes, "display") == "false":
            self._hidden_styles.add(self._style)

    def _end(self, name: str) -> None:
        tag = self._names[name]
        if self._depth_of_note:
            self._depth_of_note -= 1
        elif tag == "table-cell" or tag == "covered-table-cell":
            self._close_cell()
        elif tag == "p":
            if self._cell is not None:
                self._cell.lines.append("".join(self._text))
        elif tag == "table-row":
            self._close_row()
        elif tag == "table":
            self._in_tables -= 1

    def _open_table(self, attributes: dict[str, str]) -> None:
        self._row = 0
        hidden = _attribute(attributes, "style-name") in self._hidden_styles
        self._merges = []
        self._happened.append(_SheetStart(_attribute(attributes, "name"), hidden, self._merges))

    def _open_cell(self, attributes: dict[str, str]) -> None:
        self._cell = _OpenCell(attributes, _times(attributes, "columns-repeated"), [])
        down, across = _times(attributes, "rows-spanned"), _times(attributes, "columns-spanned")
        if down > 1 or across > 1:
            top, left = self._row + 1, self._column
            self._merges.append(Merge(top, left, top + down - 1, left + across - 1))

    def _close_cell(self) -> None:
        if self._cell is None:
            return
        cell, self._cell = self._cell, None
        value = _value(cell)
        if value is not None and value != "" and self._column < MOST_COLUMNS:
            self._cells.extend([None] * (self._column - len(self._cells)))
            self._cells.extend([value] * min(cell.times, MOST_COLUMNS - self._column))
        self._column += cell.times

    def _close_row(self) -> None:
        if self._cells and self._in_tables == 1:
            for step in range(1, min(self._row_times, _MOST_REPEATED) + 1):
                self._happened.append((self._row + step, self._cells))
        self._row += self._row_times


def _attribute(attributes: dict[str, str], name: str) -> str:
    return next((value for key, value in attributes.items() if local(key) == name), "")


def _times(attributes: dict[str, str], name: str) -> int:
    return max(int(_attribute(attributes, f"number-{name}") or 1), 1)


def _value(cell: _OpenCell) -> Cell:
    kind = _attribute(cell.attributes, "value-type")
    text = "\n".join(cell.lines)
    if kind == "float" or kind == "currency" or kind == "percentage":
        if _ERRORS.fullmatch(text.strip()):
            return Fault(text.strip())
        return _as_displayed(number(_attribute(cell.attributes, "value")), text)
    if kind == "date":
        day = datetime.fromisoformat(_attribute(cell.attributes, "date-value").removesuffix("Z")).date()
        return as_shown(day, _precision(day, text))
    if kind == "boolean":
        return _attribute(cell.attributes, "boolean-value") == "true"
    if kind == "time":
        return None
    if not text:
        text = _attribute(cell.attributes, "string-value")
    return Fault(text) if _ERRORS.fullmatch(text) else text


def _as_displayed(value: int | float, text: str) -> Cell:
    """A number written with leading zeros or signs between its digits is the text that is seen."""
    digits = "".join(_NUMBERS.findall(text))
    if isinstance(value, int) and value >= 0 and digits != str(value) and digits.lstrip("0") == str(value):
        return text.strip()
    return value


def _precision(day: date, text: str) -> str:
    """How much of a date its display shows."""
    shown = [int(part) for part in _NUMBERS.findall(text)]
    year = {day.year, day.year % 100}
    if len(shown) == 1 and shown[0] in year:
        return "month" if re.search(r"[^\W\d_]{2,}", text) else "year"
    if len(shown) == 2 and shown[1] in year and shown[0] == day.month and day.day == 1:
        return "month"
    if shown == [day.day, day.month]:
        return "day_month"
    return "day"

"""Workbooks in Office Open XML (.xlsx, .xlsm), read row by row.

Own reader, because what a cell shows lies in its number format (a date shown as `mm/yyyy` says a month), which
python-calamine doesn't tell, and because a sheet of any length must be read in little memory.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from tochuc.exchange.intake.cells import MOST_COLUMNS, Cell, Fault, Merge, Row, column_index, number
from tochuc.exchange.intake.numberformat import PLAIN, Format, format_of, through
from tochuc.exchange.intake.refused import Unreadable
from tochuc.exchange.intake.sheet import Sheet
from tochuc.exchange.intake.strings import SharedStrings, shared_strings, unescaped
from tochuc.exchange.intake.zipped import Package, XmlEvents, local

_MERGE = re.compile(rb'mergeCell\s[^>]{0,120}?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_MOST_MERGES = 100_000
_DEFAULT_PART = "xl/workbook.xml"
_DIGITS = "0123456789"


@dataclass
class _Plan:
    """What the workbook part says: sheets as (name, hidden, relation), and where its days count from."""

    sheets: list[tuple[str, bool, str]] = field(default_factory=list)
    since_1904: bool = False


def sheets_of(package: Package) -> Iterator[Sheet]:
    """The sheets in order; each one's rows can be read at any time."""
    part = _workbook_part(package)
    plan = _plan(package, part)
    targets = _relations(package, part)
    base = posixpath.dirname(part)
    strings = shared_strings(package, _joined(base, targets.get("sharedStrings", "sharedStrings.xml")))
    formats = _formats(package, _joined(base, targets.get("styles", "styles.xml")))
    read = set[str]()
    for name, hidden, relation in plan.sheets:
        target = targets.get(relation)
        if target is None or "sheets/" not in target.lower() or "chartsheets/" in target.lower():
            continue
        where = _joined(base, target)
        if where not in package or where in read:
            raise Unreadable("damaged")
        read.add(where)
        rows = _SheetRows(strings, formats, plan.since_1904)
        yield Sheet(
            name,
            hidden,
            rows.read(package.chunks(where)),
            _merges(package, where) if not hidden else [],
            plan.since_1904,
        )


def _joined(base: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(base, target))


def _workbook_part(package: Package) -> str:
    if _DEFAULT_PART in package:
        return _DEFAULT_PART
    for kind, target in _relations(package, "").items():
        if kind == "officeDocument":
            return target.lstrip("/")
    raise Unreadable("not_a_spreadsheet")


def _relations(package: Package, part: str) -> dict[str, str]:
    """Targets by relation id, and by the last word of the relation's type."""
    where = posixpath.join(posixpath.dirname(part), "_rels", posixpath.basename(part) + ".rels")
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "Relationship" and "Target" in attributes:
            found.setdefault(attributes.get("Type", "").rpartition("/")[2], attributes["Target"])
            found[attributes.get("Id", "")] = attributes["Target"]

    if where in package:
        for _ in XmlEvents(start, lambda _: None).feed(package.chunks(where)):
            pass
    return found


def _plan(package: Package, part: str) -> _Plan:
    plan = _Plan()

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag == "sheet":
            relation = next(
                (value for key, value in attributes.items() if local(key) == "id" and ":" in key), ""
            )
            hidden = attributes.get("state", "visible") != "visible"
            plan.sheets.append((attributes.get("name", ""), hidden, relation))
        elif tag == "workbookPr":
            plan.since_1904 = attributes.get("date1904") in ("1", "true")

    for _ in XmlEvents(start, lambda _: None).feed(package.chunks(part)):
        pass
    return plan


def _formats(package: Package, part: str) -> list[Format]:
    """The format of each cell style."""
    codes: dict[int, str] = {}
    used: list[int] = []
    inside = [False]

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag == "numFmt":
            codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            inside[0] = True
        elif tag == "xf" and inside[0]:
            used.append(int(attributes.get("numFmtId", "0")))

    def end(name: str) -> None:
        if local(name) == "cellXfs":
            inside[0] = False

    if part in package:
        try:
            for _ in XmlEvents(start, end).feed(package.chunks(part)):
                pass
        except ValueError as error:
            raise Unreadable("damaged") from error
    return [format_of(number_, codes.get(number_)) for number_ in used]


def _merges(package: Package, part: str) -> list[Merge]:
    # They stand behind the rows in the file, and are needed before them.
    return [
        Merge(int(top), column_index(left.decode()), int(bottom), column_index(right.decode()))
        for left, top, right, bottom in (match.groups() for match in package.scan(part, _MERGE, _MOST_MERGES))
    ]


class _SheetRows:
    """The rows of one sheet, gathered from its XML events."""

    def __init__(self, strings: SharedStrings, formats: list[Format], since_1904: bool) -> None:
        self._strings = strings
        self._formats = formats
        self._since_1904 = since_1904
        self._columns: dict[str, int] = {}
        self._ready: list[Row] = []

    def read(self, chunks: Iterator[bytes]) -> Iterator[Row]:
        """Rows that hold something."""
        names: dict[str, str] = {}
        pieces: list[str] = []
        row_number, column = 0, -1
        cells: list[Cell] = []
        kind, style = "n", 0
        gathering = phonetic = False

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal row_number, column, cells, kind, style, gathering, phonetic
            tag = names.get(name) or names.setdefault(name, local(name))
            if tag == "c":
                reference = attributes.get("r")
                column = self._column(reference) if reference else column + 1
                kind = attributes.get("t", "n")
                style = int(attributes.get("s") or 0)
                pieces.clear()
            elif tag == "v" or tag == "t":
                gathering = not phonetic
            elif tag == "row":
                row_number = int(attributes.get("r") or row_number + 1)
                column, cells = -1, []
            elif tag == "rPh":
                phonetic = True

        def end(name: str) -> None:
            nonlocal gathering, phonetic
            tag = names[name]
            if tag == "v" or tag == "t":
                gathering = False
            elif tag == "c":
                if pieces and column < MOST_COLUMNS:
                    value = self._value(kind, style, "".join(pieces))
                    if value is not None and value != "":
                        if len(cells) < column:
                            cells.extend([None] * (column - len(cells)))
                        if len(cells) == column:
                            cells.append(value)
                        else:
                            cells[column] = value
            elif tag == "row":
                if cells:
                    self._ready.append((row_number, cells))
            elif tag == "rPh":
                phonetic = False

        def text(data: str) -> None:
            if gathering:
                pieces.append(data)

        events = XmlEvents(start, end)
        events.parser.CharacterDataHandler = text
        try:
            for _ in events.feed(chunks):
                ready, self._ready = self._ready, []
                yield from ready
        except ValueError as error:
            raise Unreadable("damaged") from error

    def _column(self, reference: str) -> int:
        letters = reference.rstrip(_DIGITS)
        index = self._columns.get(letters)
        if index is None:
            if not (letters.isascii() and letters.isalpha() and letters.isupper() and len(letters) <= 3):
                raise Unreadable("damaged")
            index = self._columns[letters] = column_index(letters)
        return index

    def _value(self, kind: str, style: int, text: str) -> Cell:
        if kind == "s":
            return self._strings.text(int(text))
        if kind in ("str", "inlineStr"):
            return unescaped(text)
        if kind == "b":
            return text.strip() == "1"
        if kind == "e":
            return Fault(text)
        if kind == "d":
            return _iso_day(text)
        form = self._formats[style] if 0 <= style < len(self._formats) else PLAIN
        value = number(text)
        return value if form is PLAIN else through(form, value, since_1904=self._since_1904)


def _iso_day(text: str) -> date | str:
    try:
        return datetime.fromisoformat(text.strip().removesuffix("Z")).date()
    except ValueError:
        return text

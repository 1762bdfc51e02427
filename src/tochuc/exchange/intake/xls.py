"""Workbooks of Excel 97–2003 (.xls, BIFF 8) and of Excel 5 and 95, read row by row.

Own reader for the same reason as for .xlsx: python-calamine tells no number formats, so a date shown as a
month would become its first day, and it loses the text that a formula found.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from tochuc.exchange.intake.biffstrings import byte_text, shared, wide_text
from tochuc.exchange.intake.cells import MOST_COLUMNS, Cell, Fault, Merge, Row
from tochuc.exchange.intake.numberformat import PLAIN, Format, format_of, through
from tochuc.exchange.intake.refused import Unreadable
from tochuc.exchange.intake.sheet import Sheet
from tochuc.exchange.intake.strings import SharedStrings

_BOF, _EOF, _FILEPASS, _CODEPAGE, _DATEMODE = 0x809, 0x0A, 0x2F, 0x42, 0x22
_BOUNDSHEET, _FORMAT, _FORMAT_5, _XF, _SST, _CONTINUE = 0x85, 0x41E, 0x1E, 0xE0, 0xFC, 0x3C
_LABELSST, _LABEL, _RSTRING, _NUMBER, _RK, _MULRK = 0xFD, 0x204, 0xD6, 0x203, 0x27E, 0xBD
_FORMULA, _STRING, _BOOLERR, _MERGED = 0x06, 0x207, 0x205, 0xE5
_CELLS = frozenset((_LABELSST, _LABEL, _RSTRING, _NUMBER, _RK, _MULRK, _FORMULA, _BOOLERR))
_BIFF_8 = 0x600
_WORKSHEET = 0
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_MOST_MERGES = 100_000

Record = tuple[int, bytes]


@dataclass
class _Book:
    """What the records before the sheets say. `sheets`: name, hidden, where its records start."""

    wide: bool = True
    codec: str = "cp1252"
    since_1904: bool = False
    strings: SharedStrings = field(default_factory=SharedStrings)
    formats: list[Format] = field(default_factory=list)
    sheets: list[tuple[str, bool, int]] = field(default_factory=list)

    def text(self, data: bytes, at: int, *, length_bytes: int = 2) -> str:
        """A text inside a record."""
        if self.wide:
            return wide_text(data, at, length_bytes)
        return byte_text(data, at, length_bytes, self.codec)


def sheets_of(stream: bytes) -> Iterator[Sheet]:
    """The worksheets of a workbook stream. Raises Unreadable `encrypted` or `damaged`."""
    try:
        book = _book(stream)
        merges = [_merges(stream, start) for _, _, start in book.sheets]
    except (struct.error, IndexError, ValueError) as error:
        raise Unreadable("damaged") from error
    for (name, hidden, start), merged in zip(book.sheets, merges, strict=True):
        yield Sheet(name, hidden, _guarded(_rows(book, stream, start)), merged, book.since_1904)


def _guarded(rows: Iterator[Row]) -> Iterator[Row]:
    try:
        yield from rows
    except (struct.error, IndexError, ValueError, OverflowError) as error:
        raise Unreadable("damaged") from error


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """The records from a place on, to the end of what begins there."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        depth += (kind & 0xFF) == 0x09 and kind in (_BOF, 0x409, 0x209, 0x09)
        depth -= kind == _EOF
        if depth <= 1:
            # Deeper ones belong to charts inside the sheet.
            yield kind, stream[at + 4 : at + 4 + size]
        if depth <= 0:
            return
        at += 4 + size


def _book(stream: bytes) -> _Book:
    book = _Book()
    codes: dict[int, str] = {}
    used: list[int] = []
    texts: list[bytes] = []
    for kind, data in _records(stream, 0):
        if texts and kind == _CONTINUE:
            texts.append(data)
            continue
        if texts:
            shared(texts, book.strings)
            texts = []
        if kind == _BOF:
            book.wide = struct.unpack_from("<H", data)[0] == _BIFF_8
        elif kind == _FILEPASS:
            raise Unreadable("encrypted")
        elif kind == _CODEPAGE:
            book.codec = _codec(struct.unpack("<H", data[:2])[0])
        elif kind == _DATEMODE:
            book.since_1904 = data[:1] == b"\1"
        elif kind in (_FORMAT, _FORMAT_5):
            number = struct.unpack_from("<H", data)[0]
            codes[number] = book.text(data, 2, length_bytes=2 if book.wide else 1)
        elif kind == _XF:
            used.append(struct.unpack_from("<H", data, 2)[0])
        elif kind == _SST:
            texts = [data]
        elif kind == _BOUNDSHEET and data[5] == _WORKSHEET:
            start = struct.unpack_from("<I", data)[0]
            book.sheets.append((book.text(data, 6, length_bytes=1), data[4] & 3 != 0, start))
    book.formats = [format_of(number, codes.get(number)) for number in used]
    return book


def _codec(page: int) -> str:
    codec = f"cp{page}"
    try:
        "".encode(codec)
    except LookupError:
        return "cp1252"
    return codec


def _merges(stream: bytes, start: int) -> list[Merge]:
    found: list[Merge] = []
    for kind, data in _records(stream, start):
        if kind == _MERGED:
            count = min(struct.unpack_from("<H", data)[0], (len(data) - 2) // 8)
            for place in range(count):
                top, bottom, left, right = struct.unpack_from("<4H", data, 2 + 8 * place)
                found.append(Merge(top + 1, left, bottom + 1, right))
            if len(found) > _MOST_MERGES:
                break
    return found


def _rows(book: _Book, stream: bytes, start: int) -> Iterator[Row]:
    """Rows that hold something; a row's cells stand together in the file."""
    row = -1
    cells: list[Cell] = []
    awaited: tuple[int, int] | None = None
    for kind, data in _records(stream, start):
        if kind == _STRING and awaited:
            _put(cells, awaited[1], book.text(data, 0))
            awaited = None
        if kind not in _CELLS:
            continue
        here = struct.unpack_from("<H", data)[0]
        if here != row:
            if any(cell is not None for cell in cells):
                yield row + 1, cells
            row, cells = here, []
        for column, value in _values(book, kind, data):
            _put(cells, column, value)
        awaited = None
        if kind == _FORMULA and data[12:14] == b"\xff\xff" and data[6] == 0:
            awaited = (here, struct.unpack_from("<H", data, 2)[0])
    if any(cell is not None for cell in cells):
        yield row + 1, cells


def _put(cells: list[Cell], column: int, value: Cell) -> None:
    if value is None or value == "" or column >= MOST_COLUMNS:
        return
    cells.extend([None] * (column + 1 - len(cells)))
    cells[column] = value


def _values(book: _Book, kind: int, data: bytes) -> Iterator[tuple[int, Cell]]:
    column, style = struct.unpack_from("<HH", data, 2)
    if kind == _LABELSST:
        yield column, book.strings.text(struct.unpack_from("<I", data, 6)[0])
    elif kind in (_LABEL, _RSTRING):
        yield column, book.text(data, 6)
    elif kind == _NUMBER:
        yield column, _number(book, style, struct.unpack_from("<d", data, 6)[0])
    elif kind == _RK:
        yield column, _number(book, style, _packed(struct.unpack_from("<I", data, 6)[0]))
    elif kind == _MULRK:
        for place in range((len(data) - 6) // 6):
            style, packed = struct.unpack_from("<HI", data, 4 + 6 * place)
            yield column + place, _number(book, style, _packed(packed))
    elif kind == _BOOLERR:
        value, failed = data[6], data[7]
        yield column, Fault(_ERRORS.get(value, "#N/A")) if failed else bool(value)
    elif data[12:14] == b"\xff\xff":
        yield column, _found(data)
    else:
        yield column, _number(book, style, struct.unpack_from("<d", data, 6)[0])


def _found(formula: bytes) -> Cell:
    """What a formula found that isn't a number; a text follows in a record of its own."""
    if formula[6] == 1:
        return bool(formula[8])
    return Fault(_ERRORS.get(formula[8], "#N/A")) if formula[6] == 2 else None


def _packed(value: int) -> float:
    """A number in four bytes: a whole one of thirty bits or the upper half of a double, perhaps a hundredfold."""
    if value & 2:
        number = float((value >> 2) - (1 << 30 if value & 0x80000000 else 0))
    else:
        number = struct.unpack("<d", struct.pack("<II", 0, value & 0xFFFFFFFC))[0]
    return number / 100 if value & 1 else number


def _number(book: _Book, style: int, value: float) -> Cell:
    whole = int(value) if value.is_integer() and abs(value) < 1e15 else value
    form = book.formats[style] if style < len(book.formats) else PLAIN
    return whole if form is PLAIN else through(form, whole, since_1904=book.since_1904)

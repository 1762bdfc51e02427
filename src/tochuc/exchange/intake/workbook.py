"""Opening a file of any spreadsheet format as sheets of rows of cells.

Row numbers and columns are those the spreadsheet program shows. Hidden rows and columns are read like the
others: a filter hides people, it doesn't strike them off.
"""

import io
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO

import python_calamine as calamine

from tochuc.exchange.intake import delimited, ods, xls, xlsx
from tochuc.exchange.intake.cells import MOST_COLUMNS, Cell, Merge, Row, as_shown
from tochuc.exchange.intake.compound import SIGNATURE, CompoundFile
from tochuc.exchange.intake.refused import Unreadable
from tochuc.exchange.intake.sheet import Sheet
from tochuc.exchange.intake.zipped import Package

LARGEST = 100_000_000
"""Bytes of the largest file that is read."""

_LARGEST_BINARY = 200_000_000
_ZIP = b"PK\x03\x04"
_WORKBOOK_STREAMS = ("Workbook", "Book", "WORKBOOK", "BOOK")
_OTHERS = (
    b"%PDF",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"PK\x05\x06",
)
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table")


@contextmanager
def opened(source: Path | bytes) -> Iterator[Iterator[Sheet]]:
    """The sheets of a workbook, each to be read before the next.

    Raises Unreadable: `no_file`, `empty`, `too_large`, `not_a_spreadsheet`, `encrypted`, `damaged`; the last
    two also while rows are read.
    """
    with closing(_file(source)) as file:
        yield _sheets(file)


def _file(source: Path | bytes) -> IO[bytes]:
    if isinstance(source, bytes):
        if len(source) > LARGEST:
            raise Unreadable("too_large")
        return io.BytesIO(source)
    try:
        if source.stat().st_size > LARGEST:
            raise Unreadable("too_large")
        return source.open("rb")
    except (OSError, ValueError) as error:
        raise Unreadable("no_file", name=source.name) from error


def _sheets(file: IO[bytes]) -> Iterator[Sheet]:
    head = file.read(512)
    file.seek(0)
    if not head.strip():
        raise Unreadable("empty")
    if head.startswith(_ZIP):
        return _zipped(file)
    if head.startswith(SIGNATURE):
        return _compound(file)
    if head.startswith(_OTHERS) or head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        raise Unreadable("not_a_spreadsheet")
    return iter((delimited.sheet_of(file),))


def _zipped(file: IO[bytes]) -> Iterator[Sheet]:
    package = Package(file)
    names = list(package.names())
    if any(name.endswith("workbook.bin") for name in names):
        # Read by a library that unpacks it whole.
        if package.unpacked > _LARGEST_BINARY:
            raise Unreadable("too_large")
        return _binary(file)
    if any(name.startswith("xl/") for name in names):
        return xlsx.sheets_of(package)
    if "content.xml" in package and _is_ods(package):
        return ods.sheets_of(package)
    raise Unreadable("not_a_spreadsheet")


def _is_ods(package: Package) -> bool:
    if "mimetype" not in package:
        return True
    return b"opendocument.spreadsheet" in next(package.chunks("mimetype"), b"")[:200]


def _compound(file: IO[bytes]) -> Iterator[Sheet]:
    """Workbooks of Excel up to 2003, and the wrapping of those with a password."""
    book = CompoundFile(file.read())
    if "EncryptedPackage" in book:
        raise Unreadable("encrypted")
    name = next((name for name in _WORKBOOK_STREAMS if name in book), None)
    if name is None:
        raise Unreadable("not_a_spreadsheet")
    return xls.sheets_of(book.stream(name))


def _binary(file: IO[bytes]) -> Iterator[Sheet]:
    """Zipped binary workbooks (.xlsb)."""
    file.seek(0)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(file.read()))
    except calamine.PasswordError as error:
        raise Unreadable("encrypted") from error
    except Exception as error:
        raise Unreadable("damaged") from error
    return _calamine_sheets(book)


def _calamine_sheets(book: calamine.CalamineWorkbook) -> Iterator[Sheet]:
    for index, about in enumerate(book.sheets_metadata):
        if about.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        hidden = about.visible != calamine.SheetVisibleEnum.Visible
        try:
            sheet = book.get_sheet_by_index(index)
        except Exception as error:
            raise Unreadable("damaged") from error
        merges = [
            Merge(top + 1, left, bottom + 1, right)
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
        ]
        yield Sheet(about.name, hidden, _calamine_rows(sheet), merges)


def _calamine_rows(sheet: calamine.CalamineSheet) -> Iterator[Row]:
    for number, values in enumerate(sheet.iter_rows(), 1):
        cells = [_cell(value) for value in values[:MOST_COLUMNS]]
        if any(cell is not None for cell in cells):
            yield number, cells


def _cell(value: str | float | date | time | timedelta) -> Cell:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return as_shown(value, "day")
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    return value or None if isinstance(value, str) else value if isinstance(value, bool | int) else None

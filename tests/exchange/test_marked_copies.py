"""The copy of a list that is given back with its cells marked, whatever its sheets are called and its cells hold."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest

from exchange.intake.books import grid, ods, xlsx
from tochuc.exchange.imports.marked import copied
from tochuc.exchange.intake.refused import Unreadable
from tochuc.exchange.intake.workbook import opened


def _sheets(raw: bytes) -> list[tuple[str | None, list[object]]]:
    with opened(raw) as sheets:
        return [(sheet.name, [cell for _, cells in sheet.rows for cell in cells]) for sheet in sheets]


def test_sheets_whose_long_names_begin_alike_each_get_a_name_of_their_own():
    names = [f"Danh sách đảng viên chi bộ thôn {number}" for number in range(1, 13)]
    found = [name for name, _ in _sheets(copied(ods(*(grid(name, "x") for name in names)), {}))]
    assert len(set(found)) == len(names)
    assert found[0] == "Danh sách đảng viên chi bộ thôn"


@pytest.mark.parametrize("number", ["1" + "0" * 400, "9007199254740993"])
def test_a_number_that_excel_would_not_keep_stays_as_it_is_written(number: str):
    raw = io.BytesIO(xlsx(grid("ds", "n:12345")))
    again = io.BytesIO()
    with ZipFile(raw) as book, ZipFile(again, "w") as changed:
        for name in book.namelist():
            changed.writestr(name, book.read(name).replace(b"<v>12345</v>", f"<v>{number}</v>".encode()))
    ((_, cells),) = _sheets(copied(again.getvalue(), {}))
    assert cells == [number]


def test_a_workbook_that_names_one_part_as_many_sheets_is_damaged():
    raw = io.BytesIO(xlsx(grid("A", "x"), grid("B", "y")))
    again = io.BytesIO()
    with ZipFile(raw) as book, ZipFile(again, "w") as changed:
        for name in book.namelist():
            changed.writestr(
                name, book.read(name).replace(b"worksheets/sheet2.xml", b"worksheets/sheet1.xml")
            )
    with pytest.raises(Unreadable):
        _sheets(again.getvalue())

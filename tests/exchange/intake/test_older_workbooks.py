"""Workbooks of Excel before 2007: what their cells show, whatever records they are kept in."""

import struct
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.intake.clerk import assert_read, head, person, read
from tochuc.exchange.intake import xls
from tochuc.exchange.intake.cells import Fault
from tochuc.exchange.intake.compound import SIGNATURE, CompoundFile
from tochuc.exchange.intake.refused import Unreadable

LIST = Path(__file__).parent / "files" / "chi-bo-thon.xls"
"""Made with LibreOffice: two-line merged heads, formats that show a month or a year, a hidden sheet, a table of
texts longer than one record."""


def test_list_of_a_village_cell() -> None:
    notes = dict.fromkeys((str(row) for row in range(20, 170)), "note row")
    cell = "Chi bộ thôn Cổ Tháp"
    assert_read(
        LIST.read_bytes(),
        head(cell, 4,
             "B full_name, C full_name, D birth, E admitted_on, F official_on, G national_id, H note",
             people=3, rows_read=164,
             skipped={"6": "group row", "9": "group row", "12": "total row", **notes, "Danh sách cũ": "hidden sheet"}),
        person(7, "Nguyễn Văn Bảy", birth="1960-04", admitted_on="1985-02-03", official_on="1986-02-03",
               national_id="048060001234", exempt=True, cell=cell, note="Miễn công tác, sinh hoạt"),
        person(8, "Lê Thị Tám", birth="1962", admitted_on="1990-05-19", official_on="1991",
               national_id="049062001235", cell=cell),
        person(10, "Trần Quốc Chín", birth="1999", admitted_on="2024-09-02", cell=cell, note="Sinh viên"),
        name="chi-bo-thon.xls",
    )  # fmt: skip


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def stream(*cells: bytes, book: bytes = b"", version: int = 0x600) -> bytes:
    """A workbook stream with one sheet of such records."""
    begin = record(0x809, struct.pack("<HHHH", version, 5, 0, 1997) + bytes(8))
    name = b"\x02\x00DS" if version == 0x600 else b"\x02DS"
    sheet_record = 4 + 6 + len(name)
    start = len(begin) + len(book) + sheet_record + 4
    pointer = record(0x85, struct.pack("<IBB", start, 0, 0) + name)
    return begin + book + pointer + record(0x0A, b"") + begin + b"".join(cells) + record(0x0A, b"")


def rows_of(raw: bytes) -> list[tuple[int, list[object]]]:
    (sheet,) = xls.sheets_of(raw)
    return list(sheet.rows)


def formula(row: int, column: int, result: bytes) -> bytes:
    return record(0x06, struct.pack("<HHH", row, column, 0) + result + bytes(8))


def test_what_formulas_found_is_read() -> None:
    found = rows_of(
        stream(
            formula(0, 0, b"\0\0\0\0\0\0\xff\xff"),
            record(0x207, struct.pack("<HB", 6, 1) + "Lê Lợi".encode("utf-16-le")),
            formula(0, 1, struct.pack("<d", 1975.0)),
            formula(0, 2, b"\x01\0\x01\0\0\0\xff\xff"),
            formula(0, 3, b"\x02\0\x2a\0\0\0\xff\xff"),
            formula(1, 0, b"\x03\0\0\0\0\0\xff\xff"),
        )
    )
    assert found == [(1, ["Lê Lợi", 1975, True, Fault("#N/A")])]


def test_numbers_packed_in_four_bytes() -> None:
    packed = [(1975 << 2) | 2, (49012 << 2) | 3, struct.unpack("<I", struct.pack("<d", 1.5)[4:])[0] & ~3]
    cells = b"".join(struct.pack("<HI", 0, one) for one in packed)
    found = rows_of(stream(record(0xBD, struct.pack("<HH", 4, 1) + cells + struct.pack("<H", 3))))
    assert found == [(5, [None, 1975, 490.12, 1.5])]


def test_a_date_is_as_exact_as_its_format_shows_in_the_calendar_of_1904() -> None:
    book = (
        record(0x22, b"\1\0")
        + record(0x41E, struct.pack("<HHB", 164, 7, 0) + b"mm/yyyy")
        + record(0xE0, struct.pack("<HH", 0, 14) + bytes(16))
        + record(0xE0, struct.pack("<HH", 0, 164) + bytes(16))
    )
    serial = (date(1975, 4, 1) - date(1904, 1, 1)).days
    cells = [record(0x203, struct.pack("<HHHd", 0, column, column, serial)) for column in (0, 1)]
    ((_, (day, month)),) = rows_of(stream(*cells, book=book))
    assert day == date(1975, 4, 1)
    assert month.iso == "1975-04"


def test_texts_of_excel_5_are_in_their_code_page() -> None:
    book = record(0x42, struct.pack("<H", 1258))
    label = record(0x204, struct.pack("<HHHH", 0, 0, 0, 6) + "Hoàng ".encode("cp1258"))
    assert rows_of(stream(label, book=book, version=0x500)) == [(1, ["Hoàng "])]


def test_a_text_may_be_cut_between_two_records() -> None:
    first = struct.pack("<II", 2, 2) + struct.pack("<HB", 6, 1) + "Lê".encode("utf-16-le")
    second = b"\1" + " Lợi".encode("utf-16-le") + struct.pack("<HB", 2, 0) + b"An"
    book = record(0xFC, first) + record(0x3C, second)
    cells = [record(0xFD, struct.pack("<HHHI", 0, column, 0, column)) for column in (0, 1)]
    assert rows_of(stream(*cells, book=book)) == [(1, ["Lê Lợi", "An"])]


def test_a_protected_workbook_is_refused() -> None:
    with pytest.raises(Unreadable) as refusal:
        rows_of(stream(book=record(0x2F, bytes(6))))
    assert refusal.value.code == "encrypted"


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.data())
def test_any_change_to_the_file_is_read_or_refused(data: st.DataObject) -> None:
    raw = bytearray(LIST.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + 4] = data.draw(st.binary(min_size=1, max_size=4))
    cut = data.draw(st.one_of(st.none(), st.integers(0, len(raw))))
    try:
        found: object = read(bytes(raw[:cut]), "ds.xls")
    except Unreadable as refusal:
        found = refusal.message
    assert found


def test_a_table_named_again_and_again_takes_no_more_memory_than_its_file_needs() -> None:
    size, sectors = 512, 400
    header = bytearray(SIGNATURE.ljust(size, b"\0"))
    struct.pack_into("<HH", header, 30, 9, 6)
    struct.pack_into("<I4xIIIII", header, 48, 0, 4096, 0, 0, 0, 0)
    raw = bytes(header) + bytes(size * sectors)
    tracemalloc.start()
    CompoundFile(raw)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * len(raw)

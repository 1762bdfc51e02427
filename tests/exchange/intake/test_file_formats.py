"""The same list in every format and in every lettering reads the same; what isn't a list is said plainly."""

import io
import json
import struct
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange.intake.books import In, Page, ods, text, xlsx
from exchange.intake.clerk import TODAY, assert_read, head, person, read
from tochuc.documents.extract.grammar import table
from tochuc.exchange.intake.command import main, print_dry_run
from tochuc.exchange.intake.compound import SIGNATURE
from tochuc.exchange.intake.refused import Unreadable

FIXTURES = Path(__file__).parent / "files"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def village(birth: object = "02/04/1975") -> Page:
    """A list with a title, group rows, two people and a total."""
    return (
        Page("DS")
        .row(1, "CHI BỘ THÔN TRÀ ĐÔNG")
        .row(3, "STT", "Họ và tên", "Ngày sinh", "Quê quán", "Ngày vào Đảng", "Ghi chú")
        .row(4, "Đảng viên chính thức")
        .row(5, 1, "Nguyễn Thị Ánh Hồng", birth, "Duy Sơn, Duy Xuyên", "19/05/2001", "Miễn sinh hoạt")
        .row(6, 2, "Đỗ Phước Lộc", "1960", "Điện Bàn", "3/2/1985", None)
        .row(8, "Tổng cộng: 2 đồng chí")
    )


def expected(sheet: str | None) -> list[dict[str, object]]:
    """What a clerk enters from it."""
    cell = "CHI BỘ THÔN TRÀ ĐÔNG"
    return [
        head(sheet, 3, "B full_name, C birth, D hometown, E admitted_on, F note", people=2, rows_read=5,
             skipped={"4": "group row", "8": "total row"}),
        person(5, "Nguyễn Thị Ánh Hồng", birth="1975-04-02", hometown="Duy Sơn, Duy Xuyên",
               admitted_on="2001-05-19", exempt=True, cell=cell, note="Miễn sinh hoạt"),
        person(6, "Đỗ Phước Lộc", birth="1960", hometown="Điện Bàn", admitted_on="1985-02-03", cell=cell),
    ]  # fmt: skip


def windows(text: str) -> bytes:
    """Windows-1258: tone marks follow their letters."""
    letters = []
    for letter in text:
        marks = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in marks if mark in TONES)
        letters.append(unicodedata.normalize("NFC", "".join(m for m in marks if m not in TONES)) + tone)
    return "".join(letters).encode("cp1258")


def tcvn3(text: str) -> bytes:
    """The ABC fonts; capitals with tones have no place there and are written small."""
    codes = {letter: int(code, 16) for code, letter in table("tcvn3")}
    return bytes(codes.get(c) or codes.get(c.lower()) or ord(c) for c in text)


def vni(text: str) -> str:
    """The VNI fonts, as the Western letters they are kept as."""
    written: dict[str, str] = {}
    for old, letter in table("vni"):
        written.setdefault(letter, old)
        written.setdefault(letter.upper(), old.upper())
    return "".join(written.get(letter, letter) for letter in text)


@pytest.mark.parametrize("separator", list(";,\t"))
@pytest.mark.parametrize(
    "encoded",
    [str.encode, lambda t: b"\xef\xbb\xbf" + t.encode(), lambda t: t.encode("utf-16"),
     lambda t: t.encode("utf-16-be"), lambda t: unicodedata.normalize("NFD", t).encode(), windows],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16-be without mark", "decomposed", "windows-1258"],
)  # fmt: skip
def test_text_files_in_every_lettering_and_with_every_separator(encoded, separator: str) -> None:
    assert_read(encoded(text(village(), separator)), *expected(None), name="ds.csv")


@pytest.mark.parametrize("encoded", [tcvn3, lambda t: vni(t).encode("cp1252")], ids=["TCVN3", "VNI"])
def test_text_files_in_letters_of_before_unicode(encoded) -> None:
    found = read(encoded(text(village())), "ds.csv")
    names = [(one["fields"]["full_name"], one["fields"]["hometown"]) for one in found[1:]]
    assert names == [("Nguyễn Thị Ánh Hồng", "Duy Sơn, Duy Xuyên"), ("Đỗ Phước Lộc", "Điện Bàn")]
    assert found[1]["fields"]["exempt"] is True
    assert found[1]["fields"]["cell"].lower() == "chi bộ thôn trà đông"


@pytest.mark.parametrize("old", [lambda t: tcvn3(t).decode("latin-1"), vni], ids=["TCVN3", "VNI"])
def test_names_in_an_old_font_under_headings_in_unicode(old) -> None:
    page = Page().row(1, "TT", "Họ và tên", "Quê quán", "Ghi chú")
    people = [
        ("Vũ Lan", "Cẩm Lệ"),
        ("Nguyễn Thị Hường", "Duy Sơn"),
        ("Trần Đức Ổn", "Điện Bàn"),
        ("Võ An", "Huế"),
    ]
    for number, (name, home) in enumerate(people, 2):
        page.row(number, number - 1, old(name), old(home), "Quê ở xã")
    found = read(xlsx(page))
    assert [(one["fields"]["full_name"], one["fields"]["hometown"]) for one in found[1:]] == people
    assert {one["fields"]["note"] for one in found[1:]} == {"Quê ở xã"}


def test_office_open_xml() -> None:
    assert_read(xlsx(village(date(1975, 4, 2))), *expected("DS"))


def test_opendocument() -> None:
    hidden = Page("Nháp", hidden=True).row(1, "STT", "Họ và tên", "Năm sinh").row(2, 1, "Lê Văn Nháp", 1970)
    found = expected("DS")
    found[0]["skipped"] = {**found[0]["skipped"], "Nháp": "hidden sheet"}  # type: ignore[dict-item]
    assert_read(ods(hidden, village(date(1975, 4, 2))), *found, name="ds.ods")


def test_opendocument_shows_how_exactly_a_date_is_known() -> None:
    page = (
        Page("DS")
        .merge("A1:A2", "B1:B2", "C1:D1")
        .row(1, "TT", "Họ và tên", "Năm sinh", None, "Ngày vào Đảng")
        .row(2, "Nam", "Nữ", at="C")
        .row(3, 1, "Lê Văn Tám", 1950, None, In(date(1975, 4, 1), "%m/%Y"))
        .row(4, 2, "Lê Thị Bảy", None, In(date(1960, 1, 1), "%Y"), date(1985, 1, 1))
    )
    assert_read(
        ods(page),
        head("DS", 1, "B full_name, C birth, D birth, E admitted_on", people=2, rows_read=2),
        person(3, "Lê Văn Tám", birth="1950", gender="male", admitted_on="1975-04"),
        person(4, "Lê Thị Bảy", birth="1960", gender="female", admitted_on="1985-01-01"),
    )


def test_fields_with_quotes_breaks_and_a_named_separator() -> None:
    raw = 'sep=|\r\nSTT|Họ và tên|Quê quán|Ngày sinh\r\n1|"Lê ""Văn"" Ba"|"Duy Sơn\r\nDuy Xuyên"|1/2/1970\r\n\r\n2|Bùi Tư||1971\r\n'
    found = read(raw.encode(), "ds.csv")
    assert [one.get("row") for one in found] == [None, 2, 4]
    assert found[1]["fields"]["hometown"] == "Duy Sơn Duy Xuyên"


def test_row_numbers_of_a_text_file_count_records_and_its_sheet_is_null() -> None:
    found = read(text(village()).encode(), "ds.csv")
    assert found[0]["sheet"] is None
    assert found[1]["sheet"] is None
    assert found[1]["row"] == 5


def _protected() -> bytes:
    """The compound file that a program wraps a workbook with a password in."""
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", SIGNATURE, 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0
    )
    table = struct.pack("<128I", 0xFFFFFFFD, end, *[free] * 126)
    entries = b""
    for name, kind in (("Root Entry", 5), ("EncryptedPackage", 2), ("EncryptionInfo", 2)):
        letters = name.encode("utf-16-le")
        entries += struct.pack("<64sHB49xII4x", letters, len(letters) + 2, kind, end, 0)
    return head + struct.pack("<109I", 0, *[free] * 108) + table + entries.ljust(512, b"\0")


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b" " * 60_000_000)
    return out.getvalue()


def _document() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b" \r\n\r\n", "empty"),
        (xlsx(Page().row(1, "")), "empty"),
        (b"%PDF-1.7 ...", "not_a_spreadsheet"),
        (bytes(range(256)) * 8, "not_a_spreadsheet"),
        (_document(), "not_a_spreadsheet"),
        (_protected(), "encrypted"),
        (xlsx(village())[:2000], "damaged"),
        (_bomb(), "too_large"),
        ("Kính gửi: Đảng ủy xã; chi bộ xin báo cáo.\nTrân trọng.".encode(), "no_header"),
        (xlsx(Page().row(1, "STT", "Tên chi bộ", "Tổng số").row(2, 1, "Chi bộ 1", 25)), "no_header"),
        (xlsx(Page().row(1, "STT", "Họ và tên", "Ngày sinh")), "no_people"),
        (xlsx(Page().row(1, "STT", "Họ và tên", "Ngày sinh").row(3, "Tổng cộng: 0")), "no_people"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_in_one_plain_line(raw: bytes, code: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(raw)
    assert refusal.value.code == code
    path = tmp_path / "ds.xlsx"
    path.write_bytes(raw)
    out, err = io.StringIO(), io.StringIO()
    assert print_dry_run(path, today=TODAY, out=out, err=err) == 2
    assert out.getvalue() == ""
    assert err.getvalue().count("\n") == 1


def test_a_file_that_is_not_there_is_said_too(tmp_path: Path) -> None:
    err = io.StringIO()
    assert print_dry_run(tmp_path / "không có.xlsx", today=TODAY, out=io.StringIO(), err=err) == 2
    assert "không có.xlsx" in err.getvalue()


SEEDS = [xlsx(village()), ods(village()), text(village()).encode(), windows(text(village()))]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(st.data())
def test_any_bytes_are_read_or_refused(data: st.DataObject) -> None:
    raw = bytearray(data.draw(st.sampled_from([*SEEDS, b""])))
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(raw)))
        size = data.draw(st.integers(0, 30))
        raw[at : at + size] = data.draw(st.binary(max_size=40))
    assert read_or_refused(bytes(raw))


def read_or_refused(raw: bytes) -> object:
    """What was read, or why not; any other failure is one of the reader's."""
    try:
        return read(raw)
    except Unreadable as refusal:
        return refusal.message


def test_the_command_prints_one_object_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "ds chi bộ.xlsx"
    path.write_bytes(xlsx(village()))
    asked = ["members", str(path), "--org", "dx-duy-son", "--dry-run", "--format", "json"]
    assert main(asked, known=lambda _name, birth, _card: birth == "1960") == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line.get("file") for line in lines] == ["ds chi bộ.xlsx", None, None]
    assert lines[1] == {
        "sheet": "DS",
        "row": 5,
        "action": "create",
        "fields": {
            "full_name": "Nguyễn Thị Ánh Hồng",
            "birth": "1975-04-02",
            "hometown": "Duy Sơn, Duy Xuyên",
            "admitted_on": "2001-05-19",
            "exempt": True,
            "cell": "CHI BỘ THÔN TRÀ ĐÔNG",
            "note": "Miễn sinh hoạt",
        },
        "errors": [],
        "doubts": [],
    }
    assert [doubt["code"] for doubt in lines[2]["doubts"]] == ["known_person"]

"""Reading the text of uploaded files: what is taken in, and how everything else is refused."""

import unicodedata
from contextlib import suppress

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.office import (
    JPG,
    MACRO_MAIN,
    PDF,
    PNG,
    compound,
    locked,
    package,
    saved,
    word_file,
    zipped,
)
from tochuc.documents.reading.package import MAX_ENTRIES, MAX_PART, MAX_UNPACKED
from tochuc.documents.reading.refused import UploadRefused
from tochuc.documents.reading.upload import read_upload
from tochuc.documents.reading.word import MAX_LINES
from tochuc.kernel.errors import BadInput

LIMIT = 5 * 1024 * 1024


def read(name: str, raw: bytes) -> str:
    return read_upload(name, raw, limit=LIMIT)


def refusal(name: str, raw: bytes, limit: int = LIMIT) -> UploadRefused:
    with pytest.raises(UploadRefused) as caught:
        read_upload(name, raw, limit=limit)
    return caught.value


def test_a_text_file_is_read_as_it_stands() -> None:
    assert (
        read("tin.txt", "Hội nghị triển khai\r\nchương trình".encode()) == "Hội nghị triển khai\nchương trình"
    )


def test_separated_accents_are_joined() -> None:
    split = unicodedata.normalize("NFD", "Huyện ủy Duy Xuyên")
    assert read("tin.txt", split.encode()) == "Huyện ủy Duy Xuyên"
    assert read("tin.docx", word_file(split)) == "Huyện ủy Duy Xuyên"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258"])
def test_text_in_the_encodings_of_vietnamese_windows_is_read(encoding: str) -> None:
    text = "Hội nghị của Đảng bộ huyện năm 2023. Các đồng chí trong tổ chức đảng thực hiện nhiệm vụ. "
    raw = _windows_1258(text) if encoding == "cp1258" else text.encode(encoding)
    assert read("tin.txt", raw).strip() == text.strip()


def _windows_1258(text: str) -> bytes:
    """Windows-1258 has the tones as letters of their own, and circumflex, breve and horn with their vowel."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    told = b""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
        told += (base + "".join(c for c in parts if c in tones)).encode("cp1258")
    return told


def test_word_paragraphs_and_tables_come_in_the_order_they_are_read() -> None:
    word = docx.Document()
    word.add_paragraph("Trước bảng")
    texts = (("Nhiệm vụ", "Đơn vị", "Hạn"), ("Sơ kết", "Đảng ủy", "30/06"))
    for row, line in zip(word.add_table(rows=2, cols=3).rows, texts, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    word.add_paragraph("Sau bảng")
    word.sections[0].header.paragraphs[0].text = "Đầu trang"
    word.sections[0].footer.paragraphs[0].text = "Chân trang"
    assert read("a.docx", saved(word)) == (
        "Trước bảng\nNhiệm vụ\tĐơn vị\tHạn\nSơ kết\tĐảng ủy\t30/06\nSau bảng"
    )


def test_a_letterhead_of_several_lines_is_read_line_by_line() -> None:
    word = docx.Document()
    left, right = word.add_table(rows=1, cols=2).rows[0].cells
    left.text = "HUYỆN ỦY"
    left.add_paragraph("BAN TỔ CHỨC")
    right.text = "ĐẢNG CỘNG SẢN VIỆT NAM"
    assert read("a.docx", saved(word)).splitlines()[:3] == [
        "HUYỆN ỦY",
        "BAN TỔ CHỨC",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
    ]


def test_a_table_inside_a_cell_is_read() -> None:
    word = docx.Document()
    cell = word.add_table(rows=1, cols=1).cell(0, 0)
    cell.add_table(rows=1, cols=2).cell(0, 1).text = "trong"
    assert "trong" in read("a.docx", saved(word))


def test_deleted_text_and_field_codes_are_not_read() -> None:
    body = (
        "<w:p><w:r><w:t>giữ</w:t></w:r><w:del><w:r><w:t>bỏ</w:t><w:delText>bỏ</w:delText></w:r></w:del>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:ins><w:r><w:t> lại</w:t></w:r></w:ins></w:p>"
    )
    assert read("a.docx", package(body)) == "giữ lại"


def test_tabs_and_breaks_are_kept_but_tab_stops_are_not_text() -> None:
    body = (
        '<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr>'
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>"
    )
    assert read("a.docx", package(body)) == "a\tb\nc"


def test_strict_word_files_are_read() -> None:
    strict = (
        '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main">'
        "<w:body><w:p><w:r><w:t>Chặt chẽ</w:t></w:r></w:p></w:body></w:document>"
    )
    assert read("a.docx", package(document=strict.encode())) == "Chặt chẽ"


def test_the_content_decides_and_not_the_name() -> None:
    assert read("thông báo.doc", word_file("Nội dung")) == "Nội dung"


@pytest.mark.parametrize(
    ("name", "raw", "code", "says"),
    [
        ("a.txt", b"", "upload.empty", "rỗng"),
        ("a.txt", b" \r\n\t ", "upload.no_text", "không có chữ"),
        ("a.docx", word_file(), "upload.no_text", "không có chữ"),
        ("a.txt", PDF, "upload.wrong_type", "PDF"),
        ("a.txt", PNG, "upload.wrong_type", "ảnh"),
        ("a.txt", JPG, "upload.wrong_type", "ảnh"),
        ("a.docx", b"ch\xc6\xb0a ph\xe1\xba\xa3i Word", "upload.damaged", "không phải tệp Word"),
        ("a.docx", word_file("x")[:200], "upload.damaged", "hỏng"),
        ("a.docx", locked(word_file("x")), "upload.encrypted", "mật khẩu"),
        ("a.docx", compound("EncryptedPackage"), "upload.encrypted", "mật khẩu"),
        ("a.doc", compound("WordDocument"), "upload.old_format", ".doc"),
        ("a.docm", package(main=MACRO_MAIN), "upload.macro", "macro"),
        ("a.docx", package(extra={"word/vbaProject.bin": b"x"}), "upload.macro", "macro"),
        ("a.rtf", b"{\\rtf1 abc}", "upload.old_format", "RTF"),
        ("a.csv", b"a,b", "upload.wrong_type", ".csv"),
        ("khongduoi", b"abc", "upload.wrong_type", "không có đuôi"),
        ("a.txt", b"<!DOCTYPE html><html></html>", "upload.web_page", "trang web"),
        ("a.txt", b"MZ\x90\x00\x03\x00", "upload.program", "chương trình"),
        ("a.zip", zipped({"a.txt": b"x"}), "upload.archive", "nén"),
        ("a.txt", bytes(range(256)) * 4, "upload.not_text", "không phải văn bản"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_the_reason_and_a_way_out(
    name: str, raw: bytes, code: str, says: str
) -> None:
    refused = refusal(name, raw)
    assert isinstance(refused, BadInput)
    assert (refused.code, refused.field) == (code, "file")
    assert says in refused.message
    assert refused.message.endswith(".")
    assert "hãy" in refused.message.lower()


def test_a_file_over_the_limit_is_refused_with_both_sizes() -> None:
    refused = refusal("a.txt", b"a" * 2048, limit=1536)
    assert refused.code == "upload.too_large"
    assert "2 KB" in refused.message
    assert "1,5 KB" in refused.message


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    filler = b"\x00" * (MAX_UNPACKED // 8 + 1)
    bomb = package(extra={f"word/media/{n}.bin": filler for n in range(8)})
    assert len(bomb) < 2 * 1024 * 1024
    assert refusal("a.docx", bomb).code == "upload.bomb"


@pytest.mark.parametrize(
    "body", ["<w:p/>" * (MAX_LINES + 1), f"<w:p><w:r><w:t>{'a' * MAX_PART}</w:t></w:r></w:p>"]
)
def test_a_document_that_unfolds_too_far_is_refused(body: str) -> None:
    bomb = package(body)
    assert len(bomb) < LIMIT
    assert refusal("a.docx", bomb).code == "upload.bomb"


def test_a_zip_with_countless_entries_is_refused() -> None:
    crowd = package(extra={f"x{n}": b"" for n in range(MAX_ENTRIES)})
    assert refusal("a.docx", crowd).code == "upload.bomb"


@pytest.mark.parametrize(
    "prologue",
    [
        '<!DOCTYPE d [<!ENTITY a "' + "x" * 50 + '"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE d SYSTEM "http://127.0.0.1/d.dtd">',
    ],
)
def test_no_entity_is_ever_declared_or_fetched(prologue: str) -> None:
    raw = package("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", prologue=prologue)
    assert refusal("a.docx", raw).code == "upload.damaged"


def test_nothing_that_a_database_cannot_store_is_read() -> None:
    text = read("a.txt", b"\xef\xbb\xbfA\x01B\x02" + "ghi chép dài ".encode() * 20)
    assert text.startswith("A B ghi chép")


def test_deep_nesting_is_no_danger() -> None:
    depth = 50_000
    raw = package("<w:p>" * depth + "<w:r><w:t>đáy</w:t></w:r>" + "</w:p>" * depth)
    assert "đáy" in read("a.docx", raw)


HOSTILE = st.one_of(
    st.binary(max_size=2000),
    st.text(max_size=400).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from([PDF, PNG, JPG, b"PK\x03\x04", b"MZ", compound("")]).flatmap(
        lambda start: st.binary(max_size=300).map(lambda rest: start + rest)
    ),
)
GOOD = word_file("Một", "Hai")
NAMES = st.one_of(st.sampled_from(["a.txt", "a.docx", "a.doc", "a.pdf", "", ".txt"]), st.text(max_size=20))


@given(NAMES, HOSTILE)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_any_bytes_give_a_text_or_a_refusal(name: str, raw: bytes) -> None:
    _reads_or_refuses(name, raw)


@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=8))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_a_word_file_with_any_bytes_changed_gives_a_text_or_a_refusal(at: int, change: bytes) -> None:
    _reads_or_refuses("a.docx", GOOD[:at] + change + GOOD[at + len(change) :])


@given(st.text(alphabet="<>/&;=\"' wprtbody:x", max_size=200))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_a_document_of_any_xml_gives_a_text_or_a_refusal(body: str) -> None:
    _reads_or_refuses("a.docx", package(body))


def _reads_or_refuses(name: str, raw: bytes) -> None:
    with suppress(UploadRefused):
        text = read(name, raw)
        assert text.strip()
        assert "\x00" not in text
        assert text == unicodedata.normalize("NFC", text)

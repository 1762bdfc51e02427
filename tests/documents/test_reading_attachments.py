"""Files attached to reports: known by their content, agreeing with their name, kept under a safe name."""

import unicodedata
from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.office import (
    JPG,
    MACRO_MAIN,
    PDF,
    PNG,
    compound,
    package,
    word_file,
    zipped,
)
from tochuc.documents.reading.attachment import AttachmentKind, check_attachment
from tochuc.documents.reading.names import MAX_NAME, safe_name
from tochuc.documents.reading.refused import UploadRefused
from tochuc.documents.reading.sniff import sniff

LIMIT = 1024 * 1024


def workbook() -> bytes:
    kept = BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        book.add_worksheet().write(0, 0, "Chi bộ")
    return kept.getvalue()


def refusal(name: str, raw: bytes) -> UploadRefused:
    with pytest.raises(UploadRefused) as caught:
        check_attachment(name, raw, LIMIT)
    return caught.value


@pytest.mark.parametrize(
    ("name", "raw", "content_type", "extension"),
    [
        ("Báo cáo.PDF", PDF, "application/pdf", ".pdf"),
        (
            "Báo cáo.docx",
            word_file("x"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ".docx",
        ),
        (
            "Biểu.xlsx",
            workbook(),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ".xlsx",
        ),
        ("ảnh.png", PNG, "image/png", ".png"),
        ("ảnh.JPEG", JPG, "image/jpeg", ".jpg"),
        ("ghi chú.txt", "Đã họp".encode(), "text/plain", ".txt"),
        ("ghi chú.txt", "Đã họp".encode("utf-16"), "text/plain", ".txt"),
    ],
)
def test_the_kinds_that_are_kept(name: str, raw: bytes, content_type: str, extension: str) -> None:
    assert check_attachment(name, raw, LIMIT) == AttachmentKind(content_type, extension)


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("a.pdf", b"", "upload.empty"),
        ("a.pdf", PDF + b"x" * LIMIT, "upload.too_large"),
        ("a.pdf", JPG, "upload.mismatch"),
        ("a.png", PDF, "upload.mismatch"),
        ("a.txt", word_file("x"), "upload.mismatch"),
        ("a.bat", b"del /q *", "upload.mismatch"),
        ("a.pdf.exe", PDF, "upload.mismatch"),
        ("pdf", PDF, "upload.mismatch"),
        ("a.exe", b"MZ\x90\x00" + b"\x00" * 60, "upload.program"),
        ("a.txt", b"\x7fELF\x02\x01", "upload.program"),
        ("a.txt", b"#!/bin/sh\nrm x\n", "upload.program"),
        ("a.txt", b"<html><script>alert(1)</script>", "upload.web_page"),
        ("a.txt", b"  \n<SCRIPT>alert(1)</SCRIPT>", "upload.web_page"),
        ("a.txt", b"\xef\xbb\xbf<!doctype html>", "upload.web_page"),
        ("a.txt", "<html>".encode("utf-16"), "upload.web_page"),
        ("a.svg", b'<?xml version="1.0"?><svg onload="x()"/>', "upload.web_page"),
        ("a.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "upload.web_page"),
        ("a.docm", package(main=MACRO_MAIN), "upload.macro"),
        ("a.docx", package(extra={"word/vbaProject.bin": b"x"}), "upload.macro"),
        ("a.xlsx", package(extra={"xl/macrosheets/sheet1.xml": b"<x/>"}), "upload.macro"),
        ("a.doc", compound("_VBA_PROJECT") + compound("WordDocument"), "upload.macro"),
        ("a.xls", compound("Workbook"), "upload.old_format"),
        ("a.xlsx", compound("EncryptedPackage"), "upload.encrypted"),
        ("a.zip", zipped({"a.pdf": PDF}), "upload.archive"),
        ("a.docx", zipped({"a.exe": b"MZ"}), "upload.archive"),
        ("a.gif", b"GIF89a", "upload.wrong_type"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "upload.wrong_type"),
        ("a.xlsx", workbook()[:300], "upload.damaged"),
    ],
)
def test_the_kinds_that_are_refused(name: str, raw: bytes, code: str) -> None:
    refused = refusal(name, raw)
    assert (refused.code, refused.field) == (code, "file")
    assert refused.message.endswith(".")


def test_a_wrong_ending_says_which_would_be_right() -> None:
    assert "thành .jpg" in refusal("ảnh.png", JPG).message


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Báo cáo quý I.docx", "Báo cáo quý I.docx"),
        (unicodedata.normalize("NFD", "Đảng ủy xã.pdf"), "Đảng ủy xã.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Tài liệu\\kết luận.docx", "kết luận.docx"),
        ("a\x00b\x1f.txt", "ab.txt"),
        ("ảnh\u202egpj.exe", "ảnhgpj.exe"),
        ("a\u200bb\u2066c.pdf", "abc.pdf"),
        ("  kế   hoạch\n.pdf ", "kế hoạch.pdf"),
        ('a<b>"c":d?.txt', "a-b--c--d-.txt"),
        ("CON.txt", "_CON.txt"),
        ("nul", "_nul"),
        ("", "tệp"),
        ("...", "tệp"),
        ("/", "tệp"),
    ],
)
def test_a_safe_name_keeps_the_letters_and_drops_the_tricks(name: str, kept: str) -> None:
    assert safe_name(name) == kept


def test_a_long_name_is_cut_before_its_ending() -> None:
    kept = safe_name("ủ" * 500 + ".docx")
    assert kept.endswith("ủ.docx")
    assert len(kept) <= MAX_NAME
    assert len(kept.encode()) <= 240


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_any_name_becomes_a_safe_one_and_stays_it(name: str) -> None:
    kept = safe_name(name)
    assert 0 < len(kept) <= MAX_NAME
    assert not set(kept) & set('/\\<>:"|?*\x00\n\r')
    assert kept == unicodedata.normalize("NFC", kept)
    assert not {unicodedata.category(c) for c in kept} & {"Cc", "Cf", "Cs", "Cn"}
    assert kept == kept.strip(" .")
    assert safe_name(kept) == kept


STARTS = [b"", PDF, PNG, JPG, b"PK\x03\x04", b"PK\x05\x06", b"MZ", compound("Workbook"), b"\xff\xfe", b"<"]


@given(st.text(max_size=20), st.sampled_from(STARTS), st.binary(max_size=500))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_any_bytes_give_a_kind_or_a_refusal(name: str, start: bytes, rest: bytes) -> None:
    for ending in ("", ".pdf", ".docx", ".txt"):
        try:
            kept = check_attachment(name + ending, start + rest, LIMIT)
        except UploadRefused:
            continue
        assert kept.extension in (".pdf", ".docx", ".xlsx", ".png", ".jpg", ".txt")
        assert sniff(start + rest).value == kept.extension[1:]

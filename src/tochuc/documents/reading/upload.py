"""Reading the text of a file that somebody brings to be drafted from."""

import re
import unicodedata

from tochuc.documents.extract.decode import Unreadable, text_of
from tochuc.documents.reading.attachment import ending_of
from tochuc.documents.reading.package import opened
from tochuc.documents.reading.refused import HOW_TO_TEXT, UploadRefused, check_size
from tochuc.documents.reading.sniff import Kind, sniff
from tochuc.documents.reading.word import word_text

_WHY_NOT = {
    Kind.PDF: ("upload.wrong_type", "Tệp là PDF, chưa đọc được chữ trong đó."),
    Kind.XLSX: ("upload.wrong_type", "Tệp là bảng tính Excel, không phải văn bản."),
    Kind.PNG: ("upload.wrong_type", "Tệp là ảnh, không đọc được chữ trong đó."),
    Kind.JPG: ("upload.wrong_type", "Tệp là ảnh, không đọc được chữ trong đó."),
    Kind.OTHER_IMAGE: ("upload.wrong_type", "Tệp là ảnh, không đọc được chữ trong đó."),
    Kind.MACRO: ("upload.macro", "Tệp có chứa macro nên không được mở."),
    Kind.ENCRYPTED_OFFICE: ("upload.encrypted", "Tệp đang đặt mật khẩu nên không đọc được; hãy gỡ mật khẩu."),
    Kind.OLD_WORD: (
        "upload.old_format",
        "Tệp ở định dạng Word cũ (.doc); hãy mở bằng Word và lưu thành .docx.",
    ),
    Kind.OLD_EXCEL: ("upload.wrong_type", "Tệp là bảng tính Excel cũ, không phải văn bản."),
    Kind.OLD_OFFICE: ("upload.old_format", "Tệp ở định dạng Office cũ."),
    Kind.RICH_TEXT: ("upload.old_format", "Tệp ở định dạng RTF."),
    Kind.ARCHIVE: ("upload.archive", "Tệp là tệp nén hoặc loại tài liệu khác, không phải văn bản Word."),
    Kind.WEB_PAGE: ("upload.web_page", "Tệp là trang web, không phải văn bản."),
    Kind.PROGRAM: ("upload.program", "Tệp là chương trình, không phải văn bản."),
}
_UNREADABLE = {"too_large": "upload.too_large", "binary": "upload.not_text"}
_NOT_TEXT = ("upload.not_text", "Tệp không phải văn bản hoặc đã bị hỏng.")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNSTORABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\ufeff]")


def read_upload(name: str, raw: bytes, *, limit: int) -> str:
    """The text of a .txt or .docx file of at most `limit` bytes, in NFC with plain line ends.

    Raises UploadRefused, and nothing else, with a message for the person who brought the file.
    """
    check_size(raw, limit)
    kind = sniff(raw)
    if kind is Kind.DOCX:
        with opened(raw) as archive:
            return _told(word_text(archive))
    ending = ending_of(name)
    # Text in two bytes a letter and without a mark looks binary until it is decoded.
    if kind in (Kind.TXT, Kind.BINARY) and ending == ".txt":
        return _told(_decoded(raw))
    raise UploadRefused(*_why_not(kind, ending))


def _why_not(kind: Kind, ending: str) -> tuple[str, str]:
    if ending == ".docx" and kind in (Kind.TXT, Kind.BINARY):
        return (
            "upload.damaged",
            f"Tệp mang đuôi .docx nhưng không phải tệp Word, hoặc đã bị hỏng. {HOW_TO_TEXT}",
        )
    if kind is Kind.TXT:
        shown = f"Tệp đuôi {ending} không được nhận." if ending else "Tệp không có đuôi nên không rõ loại."
        return "upload.wrong_type", f"{shown} {HOW_TO_TEXT}"
    code, message = _WHY_NOT.get(kind, _NOT_TEXT)
    return code, f"{message} {HOW_TO_TEXT}"


def _decoded(raw: bytes) -> str:
    try:
        return text_of(raw)
    except Unreadable as error:
        if error.code == "empty":
            raise _no_text() from error
        raise UploadRefused(_UNREADABLE[error.code], error.message_vi) from error


def _told(text: str) -> str:
    """The text as it is kept: what a person can read, in a form that the database can store."""
    plain = unicodedata.normalize("NFC", _UNSTORABLE.sub("", _LINE_ENDS.sub("\n", text)))
    if not plain.strip():
        raise _no_text()
    return plain


def _no_text() -> UploadRefused:
    return UploadRefused(
        "upload.no_text",
        f"Trong tệp không có chữ nào đọc được (có thể chỉ có ảnh chụp văn bản). {HOW_TO_TEXT}",
    )

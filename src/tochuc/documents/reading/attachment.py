"""Checking a file that somebody attaches to a report."""

from dataclasses import dataclass

from tochuc.documents.reading.refused import HOW_TO_ATTACHMENT, UploadRefused, check_size
from tochuc.documents.reading.sniff import Kind, sniff


@dataclass(frozen=True, slots=True)
class AttachmentKind:
    """What a kept file is: the type to send it with and the ending of its name, both from its content."""

    content_type: str
    extension: str


_OFFICE = "application/vnd.openxmlformats-officedocument."
_KEPT = {
    Kind.PDF: AttachmentKind("application/pdf", ".pdf"),
    Kind.DOCX: AttachmentKind(f"{_OFFICE}wordprocessingml.document", ".docx"),
    Kind.XLSX: AttachmentKind(f"{_OFFICE}spreadsheetml.sheet", ".xlsx"),
    Kind.PNG: AttachmentKind("image/png", ".png"),
    Kind.JPG: AttachmentKind("image/jpeg", ".jpg"),
    Kind.TXT: AttachmentKind("text/plain", ".txt"),
}
_OTHER_ENDINGS = {".jpeg": ".jpg", ".jpe": ".jpg"}
_WHY_NOT = {
    Kind.MACRO: (
        "upload.macro",
        "Tệp có chứa macro nên không được nhận. Hãy lưu lại thành .docx hoặc .xlsx.",
    ),
    Kind.ENCRYPTED_OFFICE: (
        "upload.encrypted",
        "Tệp đang đặt mật khẩu nên không mở được. Hãy gỡ mật khẩu rồi tải lên lại.",
    ),
    Kind.OLD_WORD: (
        "upload.old_format",
        "Tệp ở định dạng Word cũ (.doc). Hãy mở bằng Word, lưu lại thành .docx rồi tải lên.",
    ),
    Kind.OLD_EXCEL: (
        "upload.old_format",
        "Tệp ở định dạng Excel cũ (.xls). Hãy mở bằng Excel, lưu lại thành .xlsx rồi tải lên.",
    ),
    Kind.PROGRAM: (
        "upload.program",
        f"Tệp là chương trình chạy được nên không được nhận. {HOW_TO_ATTACHMENT}",
    ),
    Kind.WEB_PAGE: (
        "upload.web_page",
        f"Tệp là trang web hoặc ảnh vẽ bằng mã (HTML, SVG, XML) nên không được nhận. {HOW_TO_ATTACHMENT}",
    ),
    Kind.ARCHIVE: (
        "upload.archive",
        f"Tệp nén không được nhận. Hãy giải nén và tải lên từng tệp bên trong. {HOW_TO_ATTACHMENT}",
    ),
    Kind.OTHER_IMAGE: (
        "upload.wrong_type",
        "Loại ảnh này không được nhận. Hãy lưu ảnh thành .jpg hoặc .png.",
    ),
}


def check_attachment(name: str, raw: bytes, limit: int) -> AttachmentKind:
    """What the attached file is, by its content; its name has to agree.

    Raises UploadRefused for an empty file, one of more than `limit` bytes, any type that isn't kept, and a name
    that pretends to another type.
    """
    check_size(raw, limit)
    kind = sniff(raw)
    if kind not in _KEPT:
        raise UploadRefused(
            *_WHY_NOT.get(kind, ("upload.wrong_type", f"Không nhận ra loại tệp này. {HOW_TO_ATTACHMENT}"))
        )
    kept = _KEPT[kind]
    ending = ending_of(name)
    if _OTHER_ENDINGS.get(ending, ending) != kept.extension:
        shown = f"mang đuôi {ending}" if ending else "không có đuôi"
        raise UploadRefused(
            "upload.mismatch",
            f"Tên tệp {shown} nhưng nội dung là {kept.extension}. "
            f"Hãy đổi đuôi tệp thành {kept.extension} hoặc chọn đúng tệp.",
        )
    return kept


def ending_of(name: str) -> str:
    """The ending of a file name in small letters with its dot, `.docx`; empty when there is none."""
    stem, dot, ending = name.strip().rpartition(".")
    return f".{ending.strip().lower()}" if dot and stem and ending.strip() else ""

"""What a file is, judged by its bytes and never by its name."""

import codecs
import re
from enum import StrEnum

from tochuc.documents.reading.package import Package, kind_of, opened


class Kind(StrEnum):
    """What the bytes of a file are. The first six may be kept; the others are named to be refused."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PNG = "png"
    JPG = "jpg"
    TXT = "txt"
    EMPTY = "empty"
    MACRO = "macro"
    ENCRYPTED_OFFICE = "encrypted_office"
    OLD_WORD = "old_word"
    OLD_EXCEL = "old_excel"
    OLD_OFFICE = "old_office"
    RICH_TEXT = "rich_text"
    ARCHIVE = "archive"
    WEB_PAGE = "web_page"
    PROGRAM = "program"
    OTHER_IMAGE = "other_image"
    BINARY = "binary"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("EncryptedPackage", Kind.ENCRYPTED_OFFICE),
    ("_VBA_PROJECT", Kind.MACRO),
    ("WordDocument", Kind.OLD_WORD),
    ("Workbook", Kind.OLD_EXCEL),
)
_STARTS = (
    (b"%PDF-", Kind.PDF),
    (b"{\\rtf", Kind.RICH_TEXT),
    (b"\x7fELF", Kind.PROGRAM),
    (b"\xfe\xed\xfa", Kind.PROGRAM),
    (b"\xcf\xfa\xed\xfe", Kind.PROGRAM),
    (b"\xce\xfa\xed\xfe", Kind.PROGRAM),
    (b"\xca\xfe\xba\xbe", Kind.PROGRAM),
    (b"#!", Kind.PROGRAM),
    (b"Rar!\x1a\x07", Kind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Kind.ARCHIVE),
    (b"\x1f\x8b\x08", Kind.ARCHIVE),
    (b"BZh", Kind.ARCHIVE),
    (b"\xfd7zXZ\x00", Kind.ARCHIVE),
    (b"PK\x05\x06", Kind.ARCHIVE),
    (b"PK\x07\x08", Kind.ARCHIVE),
    (b"GIF8", Kind.OTHER_IMAGE),
    (b"II*\x00", Kind.OTHER_IMAGE),
    (b"MM\x00*", Kind.OTHER_IMAGE),
)
_PNG = re.compile(rb"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", re.DOTALL)
_JPG = re.compile(rb"\xff\xd8\xff[\xc0-\xfe]")
_RIFF_OR_HEIF = re.compile(rb"RIFF....WEBP|....ftyp(?:hei|hev|mif|avif)", re.DOTALL)
_BITMAP = re.compile(rb"BM....\x00\x00\x00\x00", re.DOTALL)
_WIDE_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WEB = re.compile(
    r"^(?:<\?xml|<!doctype|<!--)|<\s*/?\s*(?:html|head|body|script|iframe|object|embed|svg|link|meta|style)\b",
    re.IGNORECASE,
)
_LOOKED_AT = 64 * 1024
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))
_MOST_CONTROLS = 0.02


def sniff(raw: bytes) -> Kind:
    """What the bytes are. Raises UploadRefused for an Office package that is damaged, locked or oversized."""
    if not raw:
        return Kind.EMPTY
    if raw.startswith(b"PK\x03\x04"):
        return _packed(raw)
    if raw.startswith(_OLE):
        return _compound(raw)
    for start, kind in _STARTS:
        if raw.startswith(start):
            return kind
    if _PNG.match(raw):
        return Kind.PNG
    if _JPG.match(raw):
        return Kind.JPG
    if _RIFF_OR_HEIF.match(raw) or _BITMAP.match(raw):
        return Kind.OTHER_IMAGE
    if not _is_text(raw):
        return Kind.PROGRAM if raw.startswith(b"MZ") else Kind.BINARY
    return Kind.WEB_PAGE if _WEB.search(_first_words(raw)) else Kind.TXT


def _packed(raw: bytes) -> Kind:
    with opened(raw) as archive:
        kind = kind_of(archive)
    return {
        Package.WORD: Kind.DOCX,
        Package.EXCEL: Kind.XLSX,
        Package.MACRO: Kind.MACRO,
        Package.OTHER: Kind.ARCHIVE,
    }[kind]


def _compound(raw: bytes) -> Kind:
    """An Office file of before 2007, or a newer one wrapped in a password; its streams tell which."""
    for stream, kind in _OLE_STREAMS:
        if stream.encode("utf-16-le") in raw:
            return kind
    return Kind.OLD_OFFICE


def _is_text(raw: bytes) -> bool:
    if raw.startswith(_WIDE_MARKS):
        return True
    head = raw[:_LOOKED_AT]
    if b"\x00" in raw:
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls <= _MOST_CONTROLS * len(head)


def _first_words(raw: bytes) -> str:
    head = raw[:_LOOKED_AT]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", errors="replace").strip()
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1").strip()

"""Small Office files made by hand, good and hostile, for the tests of reading."""

import zipfile
from io import BytesIO

import docx
from docx.document import Document as WordFile

WORD_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"


def saved(word: WordFile) -> bytes:
    kept = BytesIO()
    word.save(kept)
    return kept.getvalue()


def word_file(*paragraphs: str) -> bytes:
    word = docx.Document()
    for paragraph in paragraphs:
        word.add_paragraph(paragraph)
    return saved(word)


def package(
    body: str = "<w:p><w:r><w:t>Chào</w:t></w:r></w:p>",
    *,
    main: str = WORD_MAIN,
    prologue: str = "",
    extra: dict[str, bytes] | None = None,
    document: bytes | None = None,
) -> bytes:
    """A Word package around the XML of a body."""
    xml = f'{prologue}<w:document xmlns:w="{WORD_NS}"><w:body>{body}</w:body></w:document>'
    parts = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
        ).encode(),
        "_rels/.rels": (
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            b'<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            b'officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": xml.encode() if document is None else document,
        **(extra or {}),
    }
    return zipped(parts)


def zipped(parts: dict[str, bytes]) -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return kept.getvalue()


def locked(raw: bytes) -> bytes:
    """The same zip with the flag of a password set on each entry."""
    changed = bytearray(raw)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(sign)
        while at >= 0:
            changed[at + offset] |= 1
            at = raw.find(sign, at + 4)
    return bytes(changed)


def compound(stream: str) -> bytes:
    """The bytes by which an Office file of before 2007 with this stream is known."""
    return OLE + b"\x00" * 504 + stream.encode("utf-16-le") + b"\x00" * 64

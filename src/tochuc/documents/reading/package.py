"""Office files are zip packages. What kind one is, found without unpacking more than a little of it."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from io import BytesIO
from xml.parsers import expat

from tochuc.documents.reading.refused import UploadRefused

MAX_ENTRIES = 2_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_PART = 16 * 1024 * 1024
_MAX_LISTING = 1024 * 1024
_CHUNK = 64 * 1024
_READABLE_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED_FLAG = 0x1
_MACRO_PARTS = ("vbaproject.bin", "vbadata.xml")
_MACRO_FOLDERS = ("/macrosheets/", "/activex/", "/dialogsheets/")
_MAIN_TYPES = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "excel",
}
# What zipfile and zlib raise on damaged or hostile bytes.
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
)


class Package(StrEnum):
    """What a zip turned out to be."""

    WORD = "word"
    EXCEL = "excel"
    MACRO = "macro"
    OTHER = "other"


class MalformedXml(Exception):
    """A part that is not well-formed XML, or declares a document type, which Office files never do."""


@contextmanager
def opened(raw: bytes) -> Iterator[zipfile.ZipFile]:
    """A zip that is safe to read from: few entries, bounded size, no secrets, no odd packing.

    Raises UploadRefused for any other, also when reading from it fails later inside the block.
    """
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            _check_entries(archive.infolist())
            yield archive
    except (*_BROKEN, MalformedXml) as error:
        raise damaged() from error


def damaged() -> UploadRefused:
    """The refusal of a file that breaks off or contradicts itself."""
    return UploadRefused(
        "upload.damaged",
        "Tệp bị hỏng nên không mở được. Hãy mở tệp trên máy của đồng chí, lưu lại (Save As) rồi tải lên lại.",
    )


def too_long() -> UploadRefused:
    """The refusal of a document with far more in it than anybody writes."""
    return UploadRefused(
        "upload.bomb", "Văn bản trong tệp quá dài nên không được mở. Hãy chia văn bản thành nhiều tệp."
    )


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise UploadRefused(
            "upload.bomb",
            "Tệp bung ra quá lớn so với một văn bản nên không được mở. Hãy lưu lại văn bản thành tệp .docx mới.",
        )
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise UploadRefused(
            "upload.encrypted", "Tệp đang đặt mật khẩu nên không đọc được. Hãy gỡ mật khẩu rồi tải lên lại."
        )
    names = {entry.filename.lower() for entry in entries}
    if len(names) != len(entries) or any(e.compress_type not in _READABLE_METHODS for e in entries):
        raise damaged()


def kind_of(archive: zipfile.ZipFile) -> Package:
    """Which kind of Office file the package is, from its own list of content types."""
    names = [f"/{name.lower()}" for name in archive.namelist()]
    types = _content_types(archive) if "/[content_types].xml" in names else {}
    if any(
        name.endswith(_MACRO_PARTS) or any(folder in name for folder in _MACRO_FOLDERS) for name in names
    ) or any("macroenabled" in kind.lower() for kind in types.values()):
        return Package.MACRO
    return Package(_MAIN_TYPES.get(types.get(main_part(archive), ""), "other"))


def main_part(archive: zipfile.ZipFile) -> str:
    """The name of the part that holds the document itself, from the root; empty when none is named."""
    found = [
        attributes.get("Target", "")
        for tag, attributes in _elements(archive, "_rels/.rels")
        if tag == "Relationship" and attributes.get("Type", "").endswith("/officeDocument")
    ]
    return "/" + found[0].lstrip("/") if found else ""


def _content_types(archive: zipfile.ZipFile) -> dict[str, str]:
    return {
        attributes.get("PartName", ""): attributes.get("ContentType", "")
        for tag, attributes in _elements(archive, "[Content_Types].xml")
        if tag == "Override"
    }


def _elements(archive: zipfile.ZipFile, part: str) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    parser = strict_parser()
    parser.StartElementHandler = lambda tag, attributes: found.append((local(tag), attributes))
    if part in archive.namelist():
        feed(parser, archive, part, limit=_MAX_LISTING)
    return found


def strict_parser() -> expat.XMLParserType:
    """An XML parser that stops at any document type, so that no entity can be declared, let alone fetched."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def stop(*_: object) -> None:
        raise MalformedXml("document type declared")

    parser.StartDoctypeDeclHandler = stop
    return parser


def feed(parser: expat.XMLParserType, archive: zipfile.ZipFile, part: str, *, limit: int = MAX_PART) -> None:
    """Run a part through the parser piece by piece, never holding the whole of it.

    Raises UploadRefused when the part has more than `limit` bytes, MalformedXml when it isn't XML.
    """
    if archive.getinfo(part).file_size > limit:
        raise too_long()
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError) as error:
        raise MalformedXml(str(error)) from error


def local(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition(" ")[2]

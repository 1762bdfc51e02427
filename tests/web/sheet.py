"""Reading a spreadsheet's cells from its own XML, so that what was written is seen and not what was meant."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

_NS = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@dataclass(frozen=True)
class Sheet:
    """The rows of the first sheet by column letter: texts as str, numbers and days as float."""

    rows: list[dict[str, str | float]]
    formulas: int
    frozen_at: str


def read(raw: bytes) -> Sheet:
    """The first sheet of a workbook."""
    with zipfile.ZipFile(BytesIO(raw)) as book:
        root = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        shared = book.read("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in book.namelist() else None
    texts = _texts(shared) if shared else []
    rows = [
        {str(c.get("r")).rstrip("0123456789"): _value(c, texts) for c in row.iterfind("s:c", _NS) if len(c)}
        for row in root.iterfind(".//s:row", _NS)
    ]
    pane = root.find(".//s:pane", _NS)
    frozen = str(pane.get("topLeftCell")) if pane is not None else ""
    return Sheet(rows, len(root.findall(".//s:f", _NS)), frozen)


def _texts(raw: bytes) -> list[str]:
    return ["".join(si.itertext()) for si in etree.fromstring(raw).iterfind("s:si", _NS)]


def _value(cell: etree._Element, texts: list[str]) -> str | float:
    kind = cell.get("t")
    if kind == "inlineStr":
        return "".join(cell.itertext())
    value = cell.findtext("s:v", namespaces=_NS) or ""
    return texts[int(value)] if kind == "s" else float(value)

"""What a Party document consists of, before it is set on paper (its mandatory parts under 36-HD/VPTW)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tochuc.documents.drafting.wording import printable


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of the first page.

    `superior_body`: the direct superior (`Huyện ủy Duy Xuyên`), empty only where there is none; `issuing_body`:
    who issues it (`Ban Tổ chức`); `number` and `symbol`: 12 and `TB/BTCHU`; `place` and `day` of issue.
    """

    superior_body: str
    issuing_body: str
    number: int | None
    symbol: str
    place: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs. `authority`: in whose name, `T/M Ban Thường vụ`, `K/T Trưởng ban`, `T/L …`; empty when the head
    of the body signs for it. `post`: the signer's own; `name`: the signer's. `note` stands in brackets under the post.
    """

    post: str
    name: str
    authority: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A title inside the body. Level 1 is a section in capitals (`I. ĐÁNH GIÁ`), level 2 a point of it."""

    text: str
    level: Literal[1, 2] = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A justified paragraph with its first line indented; any number stands in its text. `lead` opens it in bold."""

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a form: what is asked, a colon, and the answer."""

    label: str
    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Centred:
    """A line in bold in the middle: who resolves, what is decided."""

    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its title and its share of the width (shares are relative)."""

    title: str
    share: float
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; its head is repeated on each page. Each row has one text for each column."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("each row needs one text for each column")


Block = Heading | Paragraph | Line | Centred | Table


@dataclass(frozen=True, slots=True)
class PartyDocument:
    """A whole document. `type_name` is empty for an official letter, whose abstract stands under its number.

    `recipients`: the lines of *Nơi nhận*, without dashes, the last one naming where a copy is kept.
    `addressees`: the lines of *Kính gửi*, which only some types have.
    """

    letterhead: Letterhead
    type_name: str
    abstract: str
    body: tuple[Block, ...]
    signature: Signature
    recipients: tuple[str, ...]
    addressees: tuple[str, ...] = ()


def missing_parts(document: PartyDocument) -> list[str]:
    """Which mandatory parts are still empty, in Vietnamese and in the order they stand on paper."""
    head, sign = document.letterhead, document.signature
    type_code, _, issuer = printable(head.symbol).partition("/")
    parts = (
        ("tên cơ quan ban hành", printable(head.issuing_body)),
        ("số văn bản", head.number),
        ("ký hiệu văn bản", type_code.strip() and issuer.strip()),
        ("địa danh", printable(head.place)),
        ("ngày ban hành", head.day),
        ("trích yếu", printable(document.abstract)),
        ("nội dung", any(printable(text) for block in document.body for text in _texts(block))),
        ("chức vụ người ký", printable(sign.post)),
        ("họ tên người ký", printable(sign.name)),
        ("nơi nhận", any(printable(line) for line in document.recipients)),
    )
    return [name for name, present in parts if not present]


def _texts(block: Block) -> tuple[str, ...]:
    if isinstance(block, Table):
        return tuple(text for row in block.rows for text in row)
    return () if isinstance(block, Heading) else (block.text,)

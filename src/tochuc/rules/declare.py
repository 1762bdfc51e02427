"""The shape of a rule file and of the register of documents: what may stand in them, and nothing else.

`from` and `until` are days in the half-open sense of the kernel: `until` is the first day no longer valid.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from tochuc.kernel.errors import DomainError
from tochuc.kernel.known_dates import KnownDate, day_vn, parse_known_date
from tochuc.rules.units import Kind

Confidence = Literal["text", "second_hand", "unconfirmed"]
"""Read in the text of the rule; second-hand; from memory or carried over without a check."""

DocumentType = Literal[
    "charter",
    "regulation",
    "decision",
    "working_rules",
    "guidance",
    "directive",
    "conclusion",
    "resolution",
    "official_letter",
    "plan",
    "law",
    "decree",
    "practice",
]

TYPE_WORDS: dict[DocumentType, str] = {
    "charter": "Điều lệ",
    "regulation": "Quy định",
    "decision": "Quyết định",
    "working_rules": "Quy chế",
    "guidance": "Hướng dẫn",
    "directive": "Chỉ thị",
    "conclusion": "Kết luận",
    "resolution": "Nghị quyết",
    "official_letter": "Công văn",
    "plan": "Kế hoạch",
    "law": "Luật",
    "decree": "Nghị định",
    "practice": "Thông lệ",
}


def _known_date(raw: Any) -> Any:
    if isinstance(raw, date):
        return KnownDate(raw, "day")
    if isinstance(raw, int | str) and not isinstance(raw, bool):
        try:
            return parse_known_date(str(raw))
        except DomainError as error:
            raise ValueError(error.message) from error
    return raw


def _exact(raw: Any) -> Any:
    # A YAML fraction arrives as binary; its shortest decimal text is what the file says.
    return Decimal(str(raw)) if isinstance(raw, float) else raw


class _Declared(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Source(_Declared):
    """A document that rules come from. Its identity is type, number, issuer and date, never the number alone.

    `number` is as printed (`24-QĐ/TW`); `issuer` the body that issued it; `issued` (in the file: `date`) as exactly
    as known; `in_force_from` absent where the day is not known.
    """

    id: Annotated[str, Field(pattern=r"[a-z0-9]+(-[a-z0-9]+)*")]
    type: DocumentType
    number: str | None = None
    issuer: str
    issued: Annotated[KnownDate, BeforeValidator(_known_date)] = Field(alias="date")
    term: str | None = None
    title: str
    in_force_from: date | None = None
    in_force_until: date | None = None
    replaced_by: str | None = None
    confidence: Confidence
    note: str | None = None

    @property
    def identity(self) -> tuple[str, str | None, str, str]:
        """What makes it this document and no other."""
        return self.type, self.number, self.issuer, self.issued.iso

    @property
    def short(self) -> str:
        """As cited when known from before: `Quy định số 24-QĐ/TW`."""
        return f"{TYPE_WORDS[self.type]} số {self.number}" if self.number else self.title

    @property
    def full(self) -> str:
        """As first cited: with date, issuer and what it is about."""
        if not self.number:
            return self.title
        about = self.title.removeprefix(TYPE_WORDS[self.type]).strip()
        return f"{self.short}, ngày {self.issued.vn} của {self.issuer} {about}"


class CiteKey(_Declared):
    """Where a value stands: a document of the register and the place in it."""

    source: str
    article: Annotated[str, Field(min_length=1)]


class Value(_Declared):
    """What the rule says from a day on. `unit` only where it differs from the parameter's own."""

    from_: date = Field(alias="from")
    until: date | None = None
    value: Annotated[Any, BeforeValidator(_exact)]
    unit: str | None = None
    cite: CiteKey
    confidence: Confidence
    note: str | None = None
    gap: str | None = None


class Example(_Declared):
    """A question and its answer, run at every load. `unit` only where it is part of the answer."""

    on: date
    gives: Annotated[Any, BeforeValidator(_exact)] = None
    unit: str | None = None
    raises: Literal["NotInForce"] | None = None


class Parameter(_Declared):
    """One number, limit, share or list that regulations set, over time. `values` oldest first.

    `kept_for`: which part of the work it waits for, where the program asks for it nowhere yet.
    """

    id: str
    title: Annotated[str, Field(min_length=3)]
    kind: Kind
    unit: str
    note: str | None = None
    kept_for: Annotated[str, Field(min_length=5)] | None = None
    values: Annotated[list[Value], Field(min_length=1)]
    examples: list[Example]


class Cite:
    """A place in a document, ready to be shown beside what rests on it."""

    __slots__ = ("article", "source")

    def __init__(self, source: Source, article: str) -> None:
        self.source = source
        self.article = article

    @property
    def vn(self) -> str:
        """`điểm 4.3.1, Quy định số 24-QĐ/TW ngày 30/07/2021`."""
        dated = f" ngày {self.source.issued.vn}" if self.source.number else ""
        return f"{self.article}, {self.source.short}{dated}"

    def __str__(self) -> str:
        return self.vn

    def __repr__(self) -> str:
        return f"Cite({self.source.id!r}, {self.article!r})"


def period_words(since: date, until: date | None) -> str:
    """`từ 30/07/2021 đến trước 20/01/2025`."""
    ends = f" đến trước {day_vn(until)}" if until else ""
    return f"từ {day_vn(since)}{ends}"

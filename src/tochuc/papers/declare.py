"""What the text of a form is made of, as its file says: head, title, what it asks, blocks, signatures, recipients."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Text = Annotated[str, StringConstraints(min_length=1)]
AskKind = Literal["line", "long", "day", "number", "year"]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Ask(_Strict):
    """Something that only this paper needs, typed before it is printed. ``suggest`` is what the field begins with."""

    name: Annotated[str, Field(pattern=r"[a-z_]+")]
    title: Text
    kind: AskKind = "line"
    hint: str = ""
    suggest: str = ""
    optional: bool = False


class Piece(_Strict):
    """One block of the body; exactly one of its kinds is given.

    ``p``: a paragraph, ``lead`` in bold before it; ``h``, ``h2``: headings; ``centred``: a line in bold;
    ``lines``: label → answer; ``items``: a list with dashes; ``typed``: a field of several paragraphs;
    ``people``: a field that names people, as a table; ``table``: a table of the record, ``empty`` said where it
    has no rows; ``changed``: the changes of the paper's year, of ``fields``, of ``events`` of the ledger or of a
    table of the record, ``empty`` likewise; ``cases``: heading → text, with a row for each case that stands at the same step beside this one.
    ``given``: the block is there only where this field is known.
    """

    p: str = ""
    lead: str = ""
    h: str = ""
    h2: str = ""
    centred: str = ""
    lines: dict[str, str] = {}
    items: list[Text] = []
    typed: str = ""
    people: str = ""
    table: str = ""
    changed: str = ""
    cases: dict[str, str] = {}
    empty: str = ""
    given: str = ""

    @model_validator(mode="after")
    def _one_kind(self) -> Piece:
        kinds = (
            self.p,
            self.h,
            self.h2,
            self.centred,
            self.lines,
            self.items,
            self.typed,
            self.people,
            self.table,
            self.changed,
            self.cases,
        )
        if sum(map(bool, kinds)) != 1:
            raise ValueError(
                "mỗi đoạn phải có đúng một loại: p, h, h2, centred, lines, items, typed, people, table, changed, cases"
            )
        return self

    @property
    def texts(self) -> Iterator[str]:
        """Every text of the block that may name fields."""
        yield from (self.p, self.lead, self.h, self.h2, self.centred, *self.lines.values(), *self.items)
        yield from self.cases.values()

    @property
    def whole_fields(self) -> Iterator[str]:
        """The fields that it names without braces."""
        yield from filter(None, (self.typed, self.people, self.given))


class Signer(_Strict):
    """Who signs, in texts; ``authority`` in whose name."""

    post: str
    name: str = ""
    authority: str = ""
    note: str = ""


class Bodies(_Strict):
    """Who issues the paper and under whom, in texts. ``number`` is the type of its number: NQ, QĐ."""

    issuer: Text
    superior: str = ""
    number: str = ""


class PaperText(_Strict):
    """The text of a form from a day on (the day of an edition of the form; none: for all of them).

    ``party``: the Party's title stands at the right. ``note``: what the page says beside it and the paper doesn't,
    such as that it is to be written by hand. ``place``: the place name that the line of the date begins with.
    """

    form: Annotated[str, Field(pattern=r"[a-z_]+\.[a-z_]+")]
    since: Annotated[date | None, Field(alias="from")] = None
    party: bool = True
    bodies: Bodies | None = None
    type: Text
    abstract: str = ""
    to: list[Text] = []
    asks: list[Ask] = []
    body: Annotated[list[Piece], Field(min_length=1)]
    sign: Annotated[list[Signer], Field(min_length=1, max_length=3)]
    recipients: list[Text] = []
    note: str = ""
    place: str = "{cell.locality}"

    @property
    def texts(self) -> Iterator[str]:
        """Every text of the paper that may name fields, in the order of the paper."""
        if self.bodies:
            yield from (self.bodies.superior, self.bodies.issuer)
        yield from (self.abstract, *self.to)
        for piece in self.body:
            yield from piece.texts
        for signer in self.sign:
            yield from (signer.authority, signer.post, signer.name)
        yield from self.recipients

"""A form filled in from a sheet: the document to be set on paper, and everything that it still lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from tochuc.documents.drafting.document import (
    Block,
    Centred,
    Column,
    Heading,
    Line,
    Paragraph,
    Signature,
    Table,
)
from tochuc.documents.drafting.form import FormDocument
from tochuc.documents.drafting.layout import Layout
from tochuc.documents.drafting.wording import opened, place_and_day, printable
from tochuc.members.record_fields import TABLES
from tochuc.papers.declare import PaperText, Piece, Signer
from tochuc.papers.known import HERE, Known
from tochuc.papers.sheet import Sheet
from tochuc.papers.tables import beside, people_table, record_table, share
from tochuc.papers.wording import DOTS, filled, pieces
from tochuc.papers.yearly import changes_table, headings
from tochuc.rules.forms import Form

_ROOM_LINES = 4
_ROOM = DOTS * 6

NUMBER = Known("number", "Số, ký hiệu", HERE, lambda sheet: sheet.fill.get("number", "").strip())
PLACE = Known("place", "Địa danh", HERE, lambda sheet: sheet.fill.get("place", "").strip())
SIGNER = Known("signer_name", "Họ tên người ký", HERE, lambda sheet: sheet.fill.get("signer_name", ""))
SIGNER_POST = Known("signer_post", "Chức vụ người ký", HERE, lambda sheet: sheet.fill.get("signer_post", ""))


@dataclass(frozen=True)
class Composed:
    """A form as it would be printed; ``missing`` has to be filled in first, ``left_out`` doesn't stand in it."""

    document: FormDocument
    missing: tuple[Known, ...]
    left_out: tuple[Known, ...]


def compose(
    text: PaperText,
    form: Form,
    known: Mapping[str, Known],
    sheet: Sheet,
    layout: Layout,
    *,
    dots: bool = False,
) -> Composed:
    """The form filled in; with ``dots`` whatever isn't known is room to write by hand."""
    return _Composer(text, form, known, sheet, layout, dots).compose()


@dataclass
class _Composer:
    text: PaperText
    form: Form
    known: Mapping[str, Known]
    sheet: Sheet
    layout: Layout
    dots: bool
    missing: dict[str, Known] = field(default_factory=dict)
    left_out: dict[str, Known] = field(default_factory=dict)
    _values: dict[str, str] = field(default_factory=dict)

    def compose(self) -> Composed:
        """Part by part, in the order of the paper."""
        text = self.text
        document = FormDocument(
            code=self.form.code,
            party=text.party,
            superior=self._say(text.bodies.superior) if text.bodies else "",
            issuer=self._say(text.bodies.issuer) if text.bodies else "",
            number=self._number(),
            place_day=self._place_day(),
            type_name=text.type,
            abstract=self._say(text.abstract),
            addressees=tuple(self._say(line) for line in text.to),
            body=tuple(self._blocks()),
            signers=tuple(self._signer(one) for one in text.sign),
            recipients=tuple(self._say(line) for line in text.recipients),
            day=self._day(),
        )
        return Composed(document, tuple(self.missing.values()), tuple(self.left_out.values()))

    def _value(self, name: str) -> str:
        if name not in self._values:
            # Answers of several lines keep them; everything else is one line.
            self._values[name] = self.known[name].value(self.sheet).strip()
        return self._values[name]

    def _say(self, words: str) -> str:
        said = filled(words, self._value, dots=self.dots)
        self.missing |= {name: self.known[name] for name in said.missing}
        self.left_out |= {name: self.known[name] for name in said.left_out}
        return printable(said.text)

    def _typed(self, one: Known) -> str:
        """One of the fields that every paper has; named missing where it is empty."""
        value = printable(one.value(self.sheet))
        if not value:
            self.missing[one.name] = one
        return value or (DOTS if self.dots else "")

    def _day(self) -> date:
        return self.sheet.on

    def _number(self) -> str:
        bodies = self.text.bodies
        if bodies is None or not bodies.number:
            return ""
        number = self._typed(NUMBER)
        if number.isdecimal():
            self.missing["number"] = Known(
                "number", f"Số kèm ký hiệu, ví dụ {number.zfill(2)}-{bodies.number}/CB", HERE, NUMBER.value
            )
        return f"Số {number}"

    def _place_day(self) -> str:
        if not self.text.place:
            return ""
        own = self.text.place.startswith("{own.")
        place = self._say(self.text.place) if own else self._typed(PLACE)
        if self.dots and not self.sheet.fill.get("day"):
            return f"{place}, ngày …… tháng …… năm ………"
        return place_and_day(place, self.sheet.on, self.layout)

    def _signer(self, signer: Signer) -> Signature:
        if ".secretary}" not in signer.name:
            name = self._say(signer.name) if signer.name else ""
            return Signature(self._say(signer.post), name, self._say(signer.authority), signer.note)
        name, post = self._typed(SIGNER), self._typed(SIGNER_POST)
        return Signature(post, name, self._say(signer.authority), signer.note)

    def _blocks(self) -> Iterator[Block]:
        for piece in self.text.body:
            if piece.given and not self._value(piece.given) and not self.dots:
                continue
            yield from self._block(piece)

    def _block(self, piece: Piece) -> Iterator[Block]:
        if piece.p:
            yield Paragraph(opened(self._say(piece.p)), self._say(piece.lead))
        elif piece.h or piece.h2:
            yield Heading(self._say(piece.h or piece.h2), 1 if piece.h else 2)
        elif piece.centred:
            yield Centred(self._say(piece.centred))
        elif piece.items:
            yield from (Paragraph(f"- {said}") for said in map(self._say, piece.items) if said)
        elif piece.lines:
            yield from self._lines(piece.lines)
        elif piece.typed:
            yield from self._long(piece.typed)
        elif piece.people:
            yield from self._people(piece.people)
        elif piece.changed:
            yield from self._changed(piece)
        elif piece.cases:
            yield self._cases(piece.cases)
        else:
            yield from self._table(piece)

    def _lines(self, lines: dict[str, str]) -> Iterator[Block]:
        for label, words in lines.items():
            said = self._say(words)
            if said or not pieces(words):
                yield Line(label, said, strong="full_name" in words)

    def _long(self, name: str) -> Iterator[Block]:
        value = self._value(name)
        if value:
            yield from (Paragraph(line) for line in value.splitlines() if printable(line))
            return
        self.missing[name] = self.known[name]
        if self.dots:
            yield from (Line("", _ROOM) for _ in range(_ROOM_LINES))

    def _people(self, name: str) -> Iterator[Block]:
        table = people_table(name, self.sheet)
        if table is None:
            self.missing[name] = self.known[name]
            table = _room(("Số thứ tự", "Họ và tên", "Năm sinh", "Nơi sinh hoạt"))
        if table.rows or self.dots:
            yield table

    def _cases(self, columns: dict[str, str]) -> Block:
        """A row for each case at the same step; what one lacks is named with whose it is."""
        rows = []
        for number, sheet in enumerate(beside(self.sheet), 1):
            one = _Composer(self.text, self.form, self.known, sheet, self.layout, self.dots)
            rows.append((str(number), *(one._say(words) for words in columns.values())))
            for name, known in one.missing.items():
                words = known.words if sheet.person is None else f"{known.words} của {sheet.person.full_name}"
                self.missing[f"{name}@{number}"] = Known(name, words, known.mend, known.value)
        heads = [Column("STT", len("STT") + 2, centred=True)]
        heads += [
            Column(title, share(title, [row[at] for row in rows])) for at, title in enumerate(columns, 1)
        ]
        return Table(tuple(heads), tuple(rows))

    def _table(self, piece: Piece) -> Iterator[Block]:
        declared = TABLES[piece.table]
        table = record_table(declared, self.sheet)
        if table is not None:
            yield table
        elif self.dots:
            yield _room(tuple(column.label for column in declared.columns))
        elif piece.empty:
            yield Paragraph(piece.empty)

    def _changed(self, piece: Piece) -> Iterator[Block]:
        table = changes_table(piece.changed, self.sheet)
        if table is not None:
            yield table
        elif self.dots:
            yield _room(headings(piece.changed))
        elif piece.empty:
            yield Paragraph(piece.empty)


def _room(titles: tuple[str, ...]) -> Table:
    """A table with rows to write in."""
    return Table(tuple(Column(title, 1) for title in titles), (("",) * len(titles),) * _ROOM_LINES)

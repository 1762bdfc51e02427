"""The parts of a paper set on the sheet: head, title, whom it is addressed to, blocks, recipients and signatures.

Shared by the Party's own documents (``draft``) and by papers that follow a form (``form``).
"""

from typing import assert_never

from docx.document import Document as WordFile
from docx.shared import Mm
from docx.table import _Cell

from tochuc.documents.drafting.document import (
    Block,
    Centred,
    Heading,
    Line,
    Paragraph,
    Signature,
    Table,
)
from tochuc.documents.drafting.layout import Layout
from tochuc.documents.drafting.typeset import (
    CENTRE,
    JUSTIFIED,
    LEFT,
    grid,
    keep_whole,
    next_line,
    outline,
    place,
    repeat_on_each_page,
    rule,
    write,
)
from tochuc.documents.drafting.wording import capitals, printable

PARTY_TITLE = "ĐẢNG CỘNG SẢN VIỆT NAM"
_PARTY_TITLE_EMS = 13.78  # its advance width in Times New Roman Bold
_MM_PER_POINT = 25.4 / 72
_TITLE_SIDE_MM = 5
_ABSTRACT_RULE_SHARE = 0.16
_SIGNATURE_SHARE = 0.52
_ROOM_TO_SIGN_PT = 72
_DASH_MM = 2
_MANY_COLUMNS = 6
_SMALLER_PT = 2


def head_grid(word: WordFile, layout: Layout) -> tuple[_Cell, _Cell, _Cell, _Cell]:
    """The four places of a head: bodies, title; number, place and day. The right ones are as wide as the title."""
    title_width = _PARTY_TITLE_EMS * layout.title_size * _MM_PER_POINT
    right_width = title_width + 2 * _TITLE_SIDE_MM
    table = grid(word, 2, (layout.text_width - right_width, right_width), ruled=False)
    bodies, title, number, place_day = (cell for row in table.rows for cell in row.cells)
    return bodies, title, number, place_day


def issuing_bodies(cell: _Cell, superior: str, issuer: str, layout: Layout, *, star: bool = True) -> None:
    """The superior body, and under it in bold the body that issues the paper."""
    if printable(superior):
        write(place(next_line(cell), CENTRE), capitals(superior), size=layout.superior_size)
    write(place(next_line(cell), CENTRE), capitals(issuer), size=layout.issuer_size, bold=True)
    if star:
        write(place(next_line(cell), CENTRE), "*", size=layout.issuer_size)


def party_title(cell: _Cell, layout: Layout) -> None:
    """The Party's title with its line."""
    write(place(next_line(cell), CENTRE), PARTY_TITLE, size=layout.title_size, bold=True)
    rule(place(next_line(cell), CENTRE), side=_TITLE_SIDE_MM)


def words_in(cell: _Cell, text: str, size: float, *, italic: bool = False, before: float = 0) -> None:
    """One centred line in a place of the head, this many points below what stands above it."""
    write(place(next_line(cell), CENTRE, before=before), text, size=size, italic=italic)


def title_lines(word: WordFile, type_name: str, abstract: str, layout: Layout) -> None:
    """The name of the type, what the paper is about, and the line under them."""
    write(
        place(word.add_paragraph(), CENTRE, before=18, with_next=True),
        capitals(type_name),
        size=layout.type_size,
        bold=True,
    )
    if printable(abstract):
        write(
            place(word.add_paragraph(), CENTRE, after=2, with_next=True),
            printable(abstract),
            size=layout.abstract_size,
            bold=True,
        )
    side = layout.text_width * (1 - _ABSTRACT_RULE_SHARE) / 2
    rule(place(word.add_paragraph(), CENTRE, after=12, with_next=True), side=side)


def addressee_lines(word: WordFile, addressees: tuple[str, ...], layout: Layout) -> None:
    """Whom the paper is addressed to: one on a line, several as a list."""
    lines = [printable(line) for line in addressees if printable(line)]
    if not lines:
        return
    if len(lines) == 1:
        paragraph = place(word.add_paragraph(), CENTRE, before=12, after=12)
        write(paragraph, "Kính gửi: ", size=layout.body_size, italic=True)
        write(paragraph, lines[0], size=layout.body_size)
        return
    write(
        place(word.add_paragraph(), LEFT, before=12, first_line=2 * layout.first_line_indent),
        "Kính gửi:",
        size=layout.body_size,
        italic=True,
    )
    for position, line in enumerate(lines, 1):
        last = position == len(lines)
        write(
            place(
                word.add_paragraph(),
                LEFT,
                first_line=3 * layout.first_line_indent,
                after=12 if last else 0,
            ),
            f"- {line}{'.' if last else ','}",
            size=layout.body_size,
        )


def block(word: WordFile, content: Block, layout: Layout) -> None:
    """One block of the body."""
    match content:
        case Heading():
            _heading(word, content, layout)
        case Paragraph():
            _paragraph(word, content, layout)
        case Line():
            _line(word, content, layout)
        case Centred():
            _centred(word, content, layout)
        case Table():
            _table(word, content, layout)
        case _:
            assert_never(content)


def _heading(word: WordFile, heading: Heading, layout: Layout) -> None:
    text = capitals(heading.text) if heading.level == 1 else printable(heading.text)
    if text:
        paragraph = place(
            word.add_paragraph(),
            JUSTIFIED,
            before=layout.paragraph_gap,
            after=layout.paragraph_gap,
            first_line=layout.first_line_indent,
            least_line=layout.line_spacing,
            with_next=True,
        )
        write(outline(paragraph, heading.level), text, size=layout.body_size, bold=True)


def _paragraph(word: WordFile, paragraph: Paragraph, layout: Layout) -> None:
    lead, text = printable(paragraph.lead), printable(paragraph.text)
    if lead or text:
        placed = place(
            word.add_paragraph(),
            JUSTIFIED,
            after=layout.paragraph_gap,
            first_line=layout.first_line_indent,
            least_line=layout.line_spacing,
        )
        if lead:
            write(placed, f"{lead} " if text else lead, size=layout.body_size, bold=True)
        if text:
            write(placed, text, size=layout.body_size)


def _line(word: WordFile, line: Line, layout: Layout) -> None:
    label, text = printable(line.label), printable(line.text)
    if label or text:
        placed = place(word.add_paragraph(), LEFT, after=3, least_line=layout.line_spacing)
        if label:
            write(placed, f"{label}: " if text else label, size=layout.body_size)
        if text:
            write(placed, text, size=layout.body_size, bold=line.strong)


def _centred(word: WordFile, line: Centred, layout: Layout) -> None:
    text = capitals(line.text)
    if text:
        placed = place(
            word.add_paragraph(),
            CENTRE,
            before=layout.paragraph_gap,
            after=layout.paragraph_gap,
            with_next=True,
        )
        write(placed, text, size=layout.body_size, bold=True)


def _table(word: WordFile, content: Table, layout: Layout) -> None:
    whole = sum(column.share for column in content.columns)
    widths = [layout.text_width * column.share / whole for column in content.columns]
    table = grid(word, 1 + len(content.rows), widths, ruled=True)
    head, *rows = table.rows
    size = layout.table_size - (_SMALLER_PT if len(content.columns) > _MANY_COLUMNS else 0)
    repeat_on_each_page(head)
    for cell, column in zip(head.cells, content.columns, strict=True):
        write(
            place(next_line(cell), CENTRE, before=2, after=2, with_next=True),
            printable(column.title),
            size=size,
            bold=True,
        )
    for row, texts in zip(rows, content.rows, strict=True):
        keep_whole(row)
        for cell, text, column in zip(row.cells, texts, content.columns, strict=True):
            alignment = CENTRE if column.centred else LEFT
            write(place(next_line(cell), alignment, before=2, after=2), printable(text), size=size)
    place(word.add_paragraph(), LEFT, after=layout.paragraph_gap).paragraph_format.line_spacing = 0.5


def recipients_and_signature(
    word: WordFile, recipients: tuple[str, ...], signature: Signature, layout: Layout
) -> None:
    """Recipients at the left and the signature at the right, never torn from each other."""
    left, right = _closing_cells(word, 2, layout)
    _recipients(left, recipients, layout)
    _signature(right, signature, layout)
    _end(word)


def signatures(word: WordFile, signers: tuple[Signature, ...], layout: Layout) -> None:
    """Who signs where no recipients are named: one at the right, or several side by side."""
    if len(signers) == 1:
        _left, right = _closing_cells(word, 2, layout)
        _signature(right, signers[0], layout)
    else:
        for cell, signer in zip(_closing_cells(word, len(signers), layout), signers, strict=True):
            _signature(cell, signer, layout)
    _end(word)


def _closing_cells(word: WordFile, columns: int, layout: Layout) -> tuple[_Cell, ...]:
    word.paragraphs[-1].paragraph_format.keep_with_next = True
    if columns == 2:
        right_width = layout.text_width * _SIGNATURE_SHARE
        widths = [layout.text_width - right_width, right_width]
    else:
        widths = [layout.text_width / columns] * columns
    table = grid(word, 1, widths, ruled=False)
    keep_whole(table.rows[0])
    return tuple(table.rows[0].cells)


def _recipients(cell: _Cell, recipients: tuple[str, ...], layout: Layout) -> None:
    write(
        place(next_line(cell), LEFT, before=12, after=2),
        "Nơi nhận:",
        size=layout.recipients_heading_size,
        underline=True,
    )
    lines = [line for line in (printable(each).rstrip(" ,;.") for each in recipients) if line]
    for position, line in enumerate(lines, 1):
        end = "." if position == len(lines) else ","
        listed = place(next_line(cell), LEFT, first_line=-_DASH_MM)
        listed.paragraph_format.left_indent = Mm(_DASH_MM)
        write(listed, f"- {line}{end}", size=layout.recipients_size)


def _signature(cell: _Cell, signature: Signature, layout: Layout) -> None:
    gap_above = 12.0
    for line in (signature.authority, signature.post):
        if printable(line):
            write(
                place(next_line(cell), CENTRE, before=gap_above),
                capitals(line),
                size=layout.authority_size,
                bold=True,
            )
            gap_above = 0.0
    if printable(signature.note):
        write(place(next_line(cell), CENTRE), printable(signature.note), size=layout.table_size, italic=True)
    write(
        place(next_line(cell), CENTRE, before=_ROOM_TO_SIGN_PT),
        printable(signature.name),
        size=layout.signer_size,
        bold=True,
    )


def _end(word: WordFile) -> None:
    # Word wants a paragraph after a table that ends the text; it must not open a page of its own.
    write(place(word.add_paragraph(), LEFT), "", size=1).paragraph_format.line_spacing = 0.06

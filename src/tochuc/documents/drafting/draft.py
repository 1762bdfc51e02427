"""A Party document set on paper, part by part in the order of Guidance 36-HD/VPTW, as a Word file."""

from datetime import datetime, time
from io import BytesIO
from typing import assert_never

from docx.document import Document as WordFile
from docx.shared import Mm

from tochuc.documents.drafting.document import (
    Heading,
    Letterhead,
    Paragraph,
    PartyDocument,
    Signature,
    Table,
    missing_parts,
)
from tochuc.documents.drafting.layout import Layout
from tochuc.documents.drafting.typeset import (
    CENTRE,
    JUSTIFIED,
    LEFT,
    blank,
    grid,
    keep_whole,
    next_line,
    outline,
    place,
    repeat_on_each_page,
    rule,
    write,
)
from tochuc.documents.drafting.wording import capitals, number_line, opened, place_and_day, printable
from tochuc.kernel.errors import BadInput

PARTY_TITLE = "ĐẢNG CỘNG SẢN VIỆT NAM"
_PARTY_TITLE_EMS = 13.78  # its advance width in Times New Roman Bold
_MM_PER_POINT = 25.4 / 72
_TITLE_SIDE_MM = 5
_ABSTRACT_RULE_SHARE = 0.16
_SIGNATURE_SHARE = 0.52
_ROOM_TO_SIGN_PT = 72
_DASH_MM = 2


def draft(document: PartyDocument, layout: Layout) -> bytes:
    """The document as the bytes of a .docx file.

    Raises BadInput that names every mandatory part still empty: nothing unfinished is ever printed.
    """
    missing = missing_parts(document)
    if missing:
        raise BadInput("draft.incomplete", f"Chưa in được văn bản vì còn thiếu: {', '.join(missing)}.")
    word = blank(layout)
    _describe(word, document)
    _letterhead(word, document, layout)
    if printable(document.type_name):
        _title(word, document, layout)
    _addressees(word, document.addressees, layout)
    for block in document.body:
        _block(word, block, layout)
    _closing(word, document.recipients, document.signature, layout)
    kept = BytesIO()
    word.save(kept)
    return kept.getvalue()


def _describe(word: WordFile, document: PartyDocument) -> None:
    about = word.core_properties
    about.title = f"{opened(document.type_name)} {printable(document.abstract)}".strip()[:255]
    about.author = about.last_modified_by = printable(document.letterhead.issuing_body)[:255]
    about.comments = about.keywords = ""
    about.language = "vi"
    if document.letterhead.day:
        about.created = about.modified = datetime.combine(document.letterhead.day, time())


def _letterhead(word: WordFile, document: PartyDocument, layout: Layout) -> None:
    head: Letterhead = document.letterhead
    title_width = _PARTY_TITLE_EMS * layout.title_size * _MM_PER_POINT
    right_width = title_width + 2 * _TITLE_SIDE_MM
    table = grid(word, 2, (layout.text_width - right_width, right_width), ruled=False)
    bodies, title, number, place_day = (cell for row in table.rows for cell in row.cells)

    if printable(head.superior_body):
        write(place(next_line(bodies), CENTRE), capitals(head.superior_body), size=layout.superior_size)
    write(place(next_line(bodies), CENTRE), capitals(head.issuing_body), size=layout.issuer_size, bold=True)
    write(place(next_line(bodies), CENTRE), "*", size=layout.issuer_size)

    write(place(next_line(title), CENTRE), PARTY_TITLE, size=layout.title_size, bold=True)
    rule(place(next_line(title), CENTRE), side=_TITLE_SIDE_MM)

    if head.number is not None:
        line = number_line(head.number, head.symbol, layout)
        write(place(next_line(number), CENTRE), line, size=layout.number_size)
    if not printable(document.type_name):
        write(
            place(next_line(number), CENTRE),
            printable(document.abstract),
            size=layout.letter_abstract_size,
            italic=True,
        )
    if head.day is not None:
        write(
            place(next_line(place_day), CENTRE),
            place_and_day(head.place, head.day, layout),
            size=layout.place_date_size,
            italic=True,
        )


def _title(word: WordFile, document: PartyDocument, layout: Layout) -> None:
    write(
        place(word.add_paragraph(), CENTRE, before=18, with_next=True),
        capitals(document.type_name),
        size=layout.type_size,
        bold=True,
    )
    write(
        place(word.add_paragraph(), CENTRE, after=2, with_next=True),
        printable(document.abstract),
        size=layout.abstract_size,
        bold=True,
    )
    side = layout.text_width * (1 - _ABSTRACT_RULE_SHARE) / 2
    rule(place(word.add_paragraph(), CENTRE, after=12, with_next=True), side=side)


def _addressees(word: WordFile, addressees: tuple[str, ...], layout: Layout) -> None:
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


def _block(word: WordFile, block: Heading | Paragraph | Table, layout: Layout) -> None:
    match block:
        case Heading():
            _heading(word, block, layout)
        case Paragraph():
            _paragraph(word, block, layout)
        case Table():
            _table(word, block, layout)
        case _:
            assert_never(block)


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
    text = printable(paragraph.text)
    if text:
        write(
            place(
                word.add_paragraph(),
                JUSTIFIED,
                after=layout.paragraph_gap,
                first_line=layout.first_line_indent,
                least_line=layout.line_spacing,
            ),
            text,
            size=layout.body_size,
        )


def _table(word: WordFile, content: Table, layout: Layout) -> None:
    whole = sum(column.share for column in content.columns)
    widths = [layout.text_width * column.share / whole for column in content.columns]
    table = grid(word, 1 + len(content.rows), widths, ruled=True)
    head, *rows = table.rows
    repeat_on_each_page(head)
    for cell, column in zip(head.cells, content.columns, strict=True):
        write(
            place(next_line(cell), CENTRE, before=2, after=2, with_next=True),
            printable(column.title),
            size=layout.table_size,
            bold=True,
        )
    for row, texts in zip(rows, content.rows, strict=True):
        keep_whole(row)
        for cell, text, column in zip(row.cells, texts, content.columns, strict=True):
            alignment = CENTRE if column.centred else LEFT
            write(
                place(next_line(cell), alignment, before=2, after=2), printable(text), size=layout.table_size
            )
    place(word.add_paragraph(), LEFT, after=layout.paragraph_gap).paragraph_format.line_spacing = 0.5


def _closing(word: WordFile, recipients: tuple[str, ...], signature: Signature, layout: Layout) -> None:
    """Recipients at the left and the signature at the right, never torn from each other."""
    word.paragraphs[-1].paragraph_format.keep_with_next = True
    right_width = layout.text_width * _SIGNATURE_SHARE
    table = grid(word, 1, (layout.text_width - right_width, right_width), ruled=False)
    keep_whole(table.rows[0])
    left, right = table.rows[0].cells

    write(
        place(next_line(left), LEFT, before=12, after=2),
        "Nơi nhận:",
        size=layout.recipients_heading_size,
        underline=True,
    )
    lines = [line for line in (printable(each).rstrip(" ,;.") for each in recipients) if line]
    for position, line in enumerate(lines, 1):
        end = "." if position == len(lines) else ","
        listed = place(next_line(left), LEFT, first_line=-_DASH_MM)
        listed.paragraph_format.left_indent = Mm(_DASH_MM)
        write(listed, f"- {line}{end}", size=layout.recipients_size)

    gap_above = 12.0
    for line in (signature.authority, signature.post):
        if printable(line):
            write(
                place(next_line(right), CENTRE, before=gap_above),
                capitals(line),
                size=layout.authority_size,
                bold=True,
            )
            gap_above = 0.0
    write(
        place(next_line(right), CENTRE, before=_ROOM_TO_SIGN_PT),
        printable(signature.name),
        size=layout.signer_size,
        bold=True,
    )
    # Word wants a paragraph after a table that ends the text; it must not open a page of its own.
    write(place(word.add_paragraph(), LEFT), "", size=1).paragraph_format.line_spacing = 0.06

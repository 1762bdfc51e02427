"""A paper that follows a form, set on the sheet as a Word file: a resolution, an application, a sheet of the record."""

from dataclasses import dataclass
from datetime import date

from tochuc.documents.drafting import parts
from tochuc.documents.drafting.document import Block, Signature
from tochuc.documents.drafting.draft import describe, saved
from tochuc.documents.drafting.layout import Layout
from tochuc.documents.drafting.typeset import RIGHT, blank, place, write
from tochuc.documents.drafting.wording import printable

_GAP_PT = 8


@dataclass(frozen=True, slots=True)
class FormDocument:
    """A filled-in form. ``code`` as the guidance names it (`6-KNĐ`), empty where it has none.

    ``party``: the Party's title stands at the right of the head. ``issuer`` and ``superior`` are empty for what a
    person writes. ``number`` and ``place_day`` are lines as they stand on the paper.
    """

    code: str
    type_name: str
    abstract: str
    body: tuple[Block, ...]
    signers: tuple[Signature, ...]
    party: bool = True
    superior: str = ""
    issuer: str = ""
    number: str = ""
    place_day: str = ""
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    day: date | None = None


def set_form(document: FormDocument, layout: Layout) -> bytes:
    """The form as the bytes of a .docx file. What is missing was named before (``papers.compose``)."""
    word = blank(layout)
    describe(
        word, title=f"{document.type_name} {document.abstract}", author=document.issuer, day=document.day
    )
    if document.code:
        code = place(word.paragraphs[0] if word.paragraphs else word.add_paragraph(), RIGHT, after=4)
        write(code, f"Mẫu {document.code}", size=layout.recipients_size, italic=True)
    bodies, title, number, place_day = parts.head_grid(word, layout)
    if printable(document.issuer):
        parts.issuing_bodies(bodies, document.superior, document.issuer, layout, star=document.party)
    if document.party:
        parts.party_title(title, layout)
    if document.number:
        parts.words_in(number, printable(document.number), layout.number_size)
    if document.place_day:
        # Beside no issuing body nothing else keeps the line away from the rule above it.
        gap = 0 if document.issuer else _GAP_PT
        day = printable(document.place_day)
        parts.words_in(place_day, day, layout.place_date_size, italic=True, before=gap)
    parts.title_lines(word, document.type_name, document.abstract, layout)
    parts.addressee_lines(word, document.addressees, layout)
    for content in document.body:
        parts.block(word, content, layout)
    if document.recipients:
        parts.recipients_and_signature(word, document.recipients, document.signers[-1], layout)
    else:
        parts.signatures(word, document.signers, layout)
    return saved(word)

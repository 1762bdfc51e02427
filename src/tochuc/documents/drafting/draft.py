"""A Party document set on paper, part by part in the order of Guidance 36-HD/VPTW, as a Word file."""

from datetime import date, datetime, time
from io import BytesIO

from docx.document import Document as WordFile

from tochuc.documents.drafting import parts
from tochuc.documents.drafting.document import Letterhead, PartyDocument, missing_parts
from tochuc.documents.drafting.layout import Layout
from tochuc.documents.drafting.typeset import blank
from tochuc.documents.drafting.wording import number_line, opened, place_and_day, printable
from tochuc.kernel.errors import BadInput


def draft(document: PartyDocument, layout: Layout) -> bytes:
    """The document as the bytes of a .docx file.

    Raises BadInput that names every mandatory part still empty: nothing unfinished is ever printed.
    """
    missing = missing_parts(document)
    if missing:
        raise BadInput("draft.incomplete", f"Chưa in được văn bản vì còn thiếu: {', '.join(missing)}.")
    word = blank(layout)
    describe(
        word,
        title=f"{opened(document.type_name)} {printable(document.abstract)}",
        author=document.letterhead.issuing_body,
        day=document.letterhead.day,
    )
    _letterhead(word, document, layout)
    if printable(document.type_name):
        parts.title_lines(word, document.type_name, document.abstract, layout)
    parts.addressee_lines(word, document.addressees, layout)
    for content in document.body:
        parts.block(word, content, layout)
    parts.recipients_and_signature(word, document.recipients, document.signature, layout)
    return saved(word)


def describe(word: WordFile, *, title: str, author: str, day: date | None) -> None:
    """What the file says of itself: of the paper, never of who drafted it."""
    about = word.core_properties
    about.title = printable(title)[:255]
    about.author = about.last_modified_by = printable(author)[:255]
    about.comments = about.keywords = ""
    about.language = "vi"
    if day:
        about.created = about.modified = datetime.combine(day, time())


def saved(word: WordFile) -> bytes:
    """The bytes of the Word file."""
    kept = BytesIO()
    word.save(kept)
    return kept.getvalue()


def _letterhead(word: WordFile, document: PartyDocument, layout: Layout) -> None:
    head: Letterhead = document.letterhead
    bodies, title, number, place_day = parts.head_grid(word, layout)
    parts.issuing_bodies(bodies, head.superior_body, head.issuing_body, layout)
    parts.party_title(title, layout)
    if head.number is not None:
        parts.words_in(number, number_line(head.number, head.symbol, layout), layout.number_size)
    if not printable(document.type_name):
        parts.words_in(number, printable(document.abstract), layout.letter_abstract_size, italic=True)
    if head.day is not None:
        day = place_and_day(head.place, head.day, layout)
        parts.words_in(place_day, day, layout.place_date_size, italic=True)

"""The few things python-docx has no word for: exact borders, fields, tables without lines, rows that stay whole."""

from collections.abc import Sequence
from typing import Any

import docx
from docx.document import Document as WordFile
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from tochuc.documents.drafting.layout import Layout

LEFT, CENTRE, JUSTIFIED = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
RIGHT = WD_ALIGN_PARAGRAPH.RIGHT

_LANGUAGE = "vi-VN"
_RULE_EIGHTHS = "6"
_CELL_SIDE_MM = 1.5


def blank(layout: Layout) -> WordFile:
    """An empty Word file on the sheet of the layout, in its font, with page numbers from the second page."""
    word = docx.Document()
    normal = word.styles["Normal"]
    normal.font.name = layout.font
    normal.font.size = Pt(layout.body_size)
    normal.paragraph_format.space_after = Pt(0)
    _only_font(word, layout.font)
    section = word.sections[0]
    section.start_type = WD_SECTION.NEW_PAGE
    section.page_width, section.page_height = Mm(layout.page_width), Mm(layout.page_height)
    section.top_margin, section.bottom_margin = Mm(layout.margin_top), Mm(layout.margin_bottom)
    section.left_margin, section.right_margin = Mm(layout.margin_left), Mm(layout.margin_right)
    section.header_distance = Mm(layout.page_number_from_top)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.style = normal
    number.alignment = CENTRE
    _page_field(number, layout.body_size)
    return word


def _only_font(word: WordFile, font: str) -> None:
    # The template's theme fonts would win over a plain font name wherever Word falls back on the defaults.
    for fonts in word.styles.element.iter(qn("w:rFonts")):
        for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{name}"), None)
        for name in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{name}"), font)
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _LANGUAGE)


def _page_field(paragraph: Paragraph, size: float) -> None:
    for kind, text in (("begin", ""), ("instr", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(size)
        if kind == "instr":
            element = OxmlElement("w:instrText")
            element.text = text
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def write(
    paragraph: Paragraph,
    text: str,
    *,
    size: float,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
) -> Paragraph:
    """Add text to a paragraph in the given letters."""
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.bold, run.font.italic = bold, italic
    if underline:
        run.font.underline = True
    return paragraph


def place(
    paragraph: Paragraph,
    alignment: WD_ALIGN_PARAGRAPH,
    *,
    before: float = 0,
    after: float = 0,
    first_line: float = 0,
    least_line: float = 0,
    with_next: bool = False,
) -> Paragraph:
    """Set where a paragraph stands: gaps and the least line height in points, first-line indent in mm."""
    form = paragraph.paragraph_format
    paragraph.alignment = alignment
    form.space_before, form.space_after = Pt(before), Pt(after)
    if first_line:
        form.first_line_indent = Mm(first_line)
    if least_line:
        form.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
        form.line_spacing = Pt(least_line)
    if with_next:
        form.keep_with_next = True
    return paragraph


def rule(paragraph: Paragraph, *, side: float) -> Paragraph:
    """Make an empty paragraph a solid line that begins and ends `side` mm from the edges of its column."""
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm(side)
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = Pt(2)
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", _RULE_EIGHTHS), ("space", "0"), ("color", "auto")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    # The schema wants borders before spacing and indents.
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders,
        "w:shd",
        "w:tabs",
        "w:suppressAutoHyphens",
        "w:spacing",
        "w:ind",
        "w:jc",
        "w:outlineLvl",
        "w:rPr",
    )
    return paragraph


def outline(paragraph: Paragraph, level: int) -> Paragraph:
    """Show the paragraph in the reader's outline (1 is the highest) without changing its look."""
    mark = OxmlElement("w:outlineLvl")
    mark.set(qn("w:val"), str(level - 1))
    paragraph._p.get_or_add_pPr().insert_element_before(mark, "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr")
    return paragraph


def grid(word: WordFile, rows: int, widths: Sequence[float], *, ruled: bool) -> Table:
    """A table with columns of the given widths in mm, with lines around all cells or with none."""
    table = word.add_table(rows=rows, cols=len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    if ruled:
        table.style = "Table Grid"
    _cell_sides(table, _CELL_SIDE_MM if ruled else 0)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    return table


def _cell_sides(table: Table, side: float) -> None:
    margins = OxmlElement("w:tblCellMar")
    for edge in ("left", "right"):
        mark = OxmlElement(f"w:{edge}")
        mark.set(qn("w:w"), str(Mm(side).twips))
        mark.set(qn("w:type"), "dxa")
        margins.append(mark)
    properties: Any = table._tbl.tblPr
    properties.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")


def keep_whole(row: _Row) -> None:
    """Never break this row over two pages."""
    _row_mark(row, "w:cantSplit")


def repeat_on_each_page(row: _Row) -> None:
    """Print this row again on every page that the table reaches."""
    _row_mark(row, "w:tblHeader")


def _row_mark(row: _Row, tag: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(tag))


def next_line(cell: _Cell) -> Paragraph:
    """The first paragraph of a cell while it is empty, then new ones below it."""
    last: Paragraph = cell.paragraphs[-1]
    return (
        last if len(cell.paragraphs) == 1 and not last.runs and last._p.pPr is None else cell.add_paragraph()
    )

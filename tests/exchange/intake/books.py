"""Writing workbooks as offices leave them: merged heads, odd formats, several sheets, old letters."""

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time
from textwrap import dedent
from xml.sax.saxutils import escape

import xlsxwriter


@dataclass(frozen=True)
class In:
    """A value under a number format."""

    value: object
    format: str


@dataclass(frozen=True)
class Formula:
    """A formula and the value the program last found for it."""

    text: str
    value: object


@dataclass
class Page:
    """A sheet being written: cells by row (from 1) and column (from 0)."""

    name: str = "Sheet1"
    hidden: bool = False
    cells: dict[tuple[int, int], object] = field(default_factory=dict)
    merges: list[str] = field(default_factory=list)

    def row(self, number: int, *values: object, at: str = "A") -> "Page":
        """Write values side by side; None leaves a cell empty."""
        for column, value in enumerate(values, column_of(at)):
            if value is not None:
                self.cells[number, column] = value
        return self

    def merge(self, *ranges: str) -> "Page":
        """Merge cells, the value being that of the upper left one."""
        self.merges.extend(ranges)
        return self


def column_of(letters: str) -> int:
    """A is 0."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def place(reference: str) -> tuple[int, int]:
    """Row from 1 and column from 0 of a reference such as B5."""
    found = re.fullmatch(r"([A-Z]+)(\d+)", reference)
    assert found
    return int(found[2]), column_of(found[1])


def xlsx(*pages: Page, **options: object) -> bytes:
    """The pages as an .xlsx file."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **options})
    for page in pages:
        _xlsx_sheet(book, page)
    book.close()
    return out.getvalue()


def _xlsx_sheet(book: xlsxwriter.Workbook, page: Page) -> None:
    sheet = book.add_worksheet(page.name)
    if page.hidden:
        sheet.hide()
    for reference in page.merges:
        first, last = (place(part) for part in reference.split(":"))
        sheet.merge_range(first[0] - 1, first[1], last[0] - 1, last[1], "")
    for (row, column), value in page.cells.items():
        shown = value if isinstance(value, In) else In(value, "dd/mm/yyyy" if isinstance(value, date) else "")
        style = book.add_format({"num_format": shown.format}) if shown.format else None
        if isinstance(value, Formula):
            sheet.write_formula(row - 1, column, value.text, None, value.value)
        elif isinstance(shown.value, date):
            sheet.write_datetime(row - 1, column, datetime.combine(shown.value, time.min), style)
        elif isinstance(shown.value, str):
            sheet.write_string(row - 1, column, shown.value, style)
        else:
            sheet.write(row - 1, column, shown.value, style)


def text(page: Page, separator: str = ";") -> str:
    """The page as a text file of records; every row up to the last is one."""
    last_row = max(row for row, _ in page.cells)
    last_column = max(column for _, column in page.cells)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    for row in range(1, last_row + 1):
        writer.writerow([page.cells.get((row, column), "") for column in range(last_column + 1)])
    return out.getvalue()


_ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:automatic-styles>'
    '<style:style style:name="gone" style:family="table"><style:table-properties table:display="false"/>'
    "</style:style></office:automatic-styles><office:body><office:spreadsheet>"
)


def ods(*pages: Page) -> bytes:
    """The pages as an .ods file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        body = "".join(_ods_table(page) for page in pages)
        package.writestr(
            "content.xml", f"{_ODS_HEAD}{body}</office:spreadsheet></office:body></office:document-content>"
        )
    return out.getvalue()


def _ods_table(page: Page) -> str:
    spans = {place(first): place(last) for first, last in (one.split(":") for one in page.merges)}
    last_row = max(row for row, _ in page.cells)
    rows, empty = [], 0
    for row in range(1, last_row + 1):
        filled = {column: value for (at, column), value in page.cells.items() if at == row}
        if not filled:
            empty += 1
            continue
        if empty:
            rows.append(
                f'<table:table-row table:number-rows-repeated="{empty}"><table:table-cell/></table:table-row>'
            )
            empty = 0
        cells, next_column = [], 0
        for column, value in sorted(filled.items()):
            if column > next_column:
                cells.append(f'<table:table-cell table:number-columns-repeated="{column - next_column}"/>')
            cells.append(_ods_cell(value, (row, column), spans))
            next_column = column + 1
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    style = ' table:style-name="gone"' if page.hidden else ""
    return f'<table:table table:name="{escape(page.name)}"{style}>{"".join(rows)}</table:table>'


def _ods_cell(value: object, at: tuple[int, int], spans: dict[tuple[int, int], tuple[int, int]]) -> str:
    span = ""
    if at in spans:
        down, across = spans[at][0] - at[0] + 1, spans[at][1] - at[1] + 1
        span = f' table:number-rows-spanned="{down}" table:number-columns-spanned="{across}"'
    if isinstance(value, In) and isinstance(value.value, date):
        shown = value.value.strftime(value.format)
        kind = f' office:value-type="date" office:date-value="{value.value.isoformat()}"'
    elif isinstance(value, date):
        shown = value.strftime("%d/%m/%Y")
        kind = f' office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, int | float):
        shown, kind = str(value), f' office:value-type="float" office:value="{value}"'
    else:
        shown, kind = str(value), ' office:value-type="string"'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in shown.split("\n"))
    return f"<table:table-cell{span}{kind}>{lines}</table:table-cell>"


def grid(name: str, text: str, *, merges: str = "", hidden: bool = False) -> Page:
    """A page drawn with bars between its cells, from row 1 on: `n:1975` is a number, `d:1975-04-02` a date."""
    page = Page(name, hidden).merge(*merges.split())
    for number, line in enumerate(dedent(text).strip("\n").split("\n"), 1):
        page.row(number, *(_drawn(cell.strip()) for cell in line.split("|")))
    return page


def _drawn(cell: str) -> object:
    if cell.startswith("n:"):
        return float(cell[2:]) if "." in cell else int(cell[2:])
    if cell.startswith("d:"):
        return date.fromisoformat(cell[2:])
    return cell.replace("\\n", "\n") or None

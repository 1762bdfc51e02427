"""What the columns of a list hold, once its header is read."""

from dataclasses import dataclass, field
from functools import cached_property

from tochuc.exchange.intake.cells import Cell, column_letter
from tochuc.exchange.intake.wording import Column

DATE_FIELDS = ("birth", "admitted_on", "official_on", "joined_cell_on")
NAME = "full_name"
BOTH = "both"
"""The part of a column that holds the day of admission and the day of recognition in one cell."""
TWO_NAMES = "two names"
"""The part of a column that holds the name in use above the name of the birth certificate."""
WITH_BIRTH = "with birth"
"""The part of a column that holds the name and after it the date of birth."""


@dataclass(frozen=True)
class Source:
    """A column that says something of a field: which part of it, "" for the whole."""

    column: int
    part: str = ""

    @property
    def letter(self) -> str:
        """The column as the spreadsheet program shows it."""
        return column_letter(self.column)


@dataclass(frozen=True)
class Layout:
    """The columns of one list: where each field is read from, where it is numbered, what is ignored."""

    sources: dict[str, tuple[Source, ...]]
    order: int | None
    ignored: tuple[int, ...]

    @cached_property
    def columns(self) -> dict[str, str]:
        """Fields by column letter, from left to right."""
        found: dict[int, str] = {}
        for name, sources in self.sources.items():
            for source in sources:
                found.setdefault(source.column, name)
        return {column_letter(column): found[column] for column in sorted(found)}

    @cached_property
    def names(self) -> tuple[int, ...]:
        """The columns that hold the name, in order."""
        return self.names_if_any

    @cached_property
    def names_if_any(self) -> tuple[int, ...]:
        """The same of a layout whose names haven't been found yet."""
        return tuple(source.column for source in self.sources.get(NAME, ()))

    @cached_property
    def mapped(self) -> tuple[int, ...]:
        """All columns that hold a field, the name's left out."""
        mapped = (s.column for name, sources in self.sources.items() if name != NAME for s in sources)
        return tuple(column for column in mapped if column not in self.names_if_any)

    @cached_property
    def dates(self) -> tuple[int, ...]:
        """The columns that hold dates or parts of them."""
        return tuple(s.column for name in DATE_FIELDS for s in self.sources.get(name, ()))


@dataclass(frozen=True)
class Header:
    """A header over one list, or over several side by side. Rows are spreadsheet numbers.

    ``headings`` holds each column's headings in one text, from left to right.
    """

    first_row: int
    last_row: int
    layouts: tuple[Layout, ...]
    headings: tuple[tuple[int, str], ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Heading:
    """One column's headings, top to bottom, and what they were understood as."""

    index: int
    texts: tuple[str, ...]
    column: Column | None


def at(cells: list[Cell], index: int) -> Cell:
    """The cell of that column; rows end at their last filled cell."""
    return cells[index] if index < len(cells) else None

"""Columns that a list of people has beside those of the members' list: what happened to each, from where to where.

They are known by their headings as a whole, and go before what the members' list would make of the same column.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tochuc.exchange.intake.cells import Cell
from tochuc.exchange.intake.layout import NAME, Header, Layout, at
from tochuc.exchange.intake.table import Headings
from tochuc.exchange.intake.texts import plain

Said = Mapping[str, tuple[int, Cell]]
"""By field, the column it stands in and its cell; empty cells left out."""


@dataclass(frozen=True)
class Beside:
    """By field, the headings such columns may stand under."""

    headings: Headings

    def columns(self, header: Header) -> dict[int, str]:
        """The columns of a header that are of these fields; each field's first."""
        by_words = {plain(words): field for field, several in self.headings.items() for words in several}
        found: dict[int, str] = {}
        for column, text in header.headings:
            parts = [plain(" ".join(part.split())) for part in (text, *reversed(text.split(" / ")))]
            field = next((by_words[words] for words in parts if words in by_words), None)
            if field and field not in found.values():
                found[column] = field
        return found

    def set_apart(self, header: Header) -> Header:
        """The header whose lists of people leave these columns alone."""
        own = frozenset(self.columns(header))
        return replace(header, layouts=tuple(_without(layout, own) for layout in header.layouts))


def _without(layout: Layout, columns: frozenset[int]) -> Layout:
    sources = {
        name: left
        for name, found in layout.sources.items()
        if (left := found if name == NAME else tuple(one for one in found if one.column not in columns))
    }
    return Layout(sources, layout.order, tuple(one for one in layout.ignored if one not in columns))


def said_beside(columns: Mapping[int, str], cells: list[Cell]) -> Said:
    """What a row says in these columns."""
    return {
        field: (column, cell)
        for column, field in columns.items()
        if (cell := at(cells, column)) is not None and cell != ""
    }

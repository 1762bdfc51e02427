"""What a person says of a file beyond what its headings say: which column holds what, which sheet, which row.

A correction of columns belongs to a kind of file, known by its headings, so that it serves the next file of that
kind too. The choice of a sheet or of the header's row belongs to one file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tochuc.exchange.intake.cells import Merge, Row, column_index
from tochuc.exchange.intake.fields import IN_ORDER
from tochuc.exchange.intake.header import find_header, header_at
from tochuc.exchange.intake.layout import DATE_FIELDS, NAME, Header, Layout, Source
from tochuc.kernel.names import fold

EVERY_SHEET = "*"
"""Stands for all sheets; no sheet can be called that."""
NOT_USED = ""
"""Said of a column that nothing shall be read from."""

_WHOLE = {NAME: "whole", "gender": "word", "political_theory": "word", "exempt": "mark"}
_DATE_PARTS = {2: ("month", "year"), 3: ("day", "month", "year")}


class WrongCorrection(ValueError):
    """A column or a field that doesn't exist; the message says which, in Vietnamese."""


@dataclass(frozen=True)
class Corrections:
    """What was said of a file. Fields by column letter; ``NOT_USED`` for a column to be passed over.

    ``kinds`` are remembered, by fingerprint of the headings; ``columns`` are of this file. ``only`` names the sheets
    to be read, ``header_rows`` gives the row of the header by sheet; a sheet of a text file is called "".
    """

    kinds: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    only: frozenset[str] = frozenset()
    header_rows: Mapping[str, int] = field(default_factory=dict)

    def reads(self, sheet: str | None, *, hidden: bool) -> bool:
        """Whether a sheet shall be looked at; a hidden one only where it was named."""
        return (sheet or "") in self.only if self.only else not hidden

    def header(self, sheet: str | None, rows: Sequence[Row], merges: Sequence[Merge]) -> Header | None:
        """The header of a sheet, at the row that was said or as it is found, its columns as corrected."""
        found = self.uncorrected(sheet, rows, merges)
        return None if found is None else self.corrected(found)

    def uncorrected(self, sheet: str | None, rows: Sequence[Row], merges: Sequence[Merge]) -> Header | None:
        """The same, its columns as the headings say."""
        row = self.header_rows.get(sheet or "", self.header_rows.get(EVERY_SHEET))
        return find_header(rows, merges) if row is None else header_at(row, rows, merges)

    def corrected(self, header: Header) -> Header | None:
        """The header as corrected; None where no column for names is left."""
        said = {**self.kinds.get(fingerprint(header), {}), **self.columns}
        if not said:
            return header if all(NAME in layout.sources for layout in header.layouts) else None
        firsts = [_first_column(layout) for layout in header.layouts[1:]]
        own: list[dict[str, str]] = [{} for _ in header.layouts]
        for letter, name in said.items():
            own[sum(column_index(letter) >= first for first in firsts)][letter] = name
        layouts = tuple(map(_corrected, header.layouts, own))
        return replace(header, layouts=layouts) if all(NAME in one.sources for one in layouts) else None


NONE = Corrections()


def fingerprint(header: Header) -> str:
    """What tells one kind of file from another: its headings, without regard to tones and capitals."""
    words = "\n".join(f"{column}:{fold(' '.join(text.split()))}" for column, text in header.headings)
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def parse_columns(pairs: Sequence[str]) -> dict[str, str]:
    """Corrections as typed at the command line: ``B=full_name``, ``K=`` for a column not to be used.

    >>> parse_columns(["b=full_name", "K="])
    {'B': 'full_name', 'K': ''}
    """
    found = {}
    for pair in pairs:
        letter, equals, name = pair.partition("=")
        letter, name = letter.strip().upper(), name.strip()
        if not equals or not letter.isascii() or not letter.isalpha() or len(letter) > 3:
            raise WrongCorrection(f"«{pair}» không đúng: hãy viết CỘT=mục, ví dụ B=full_name.")
        if name and name not in IN_ORDER:
            raise WrongCorrection(f"Không có mục «{name}». Các mục: {', '.join(IN_ORDER)}.")
        found[letter] = name
    return found


def _first_column(layout: Layout) -> int:
    numbered = () if layout.order is None else (layout.order,)
    return min((*layout.names, *layout.mapped, *numbered), default=0)


def _corrected(layout: Layout, said: Mapping[str, str]) -> Layout:
    """The layout with those columns read as said; a field that was said is read from nowhere else."""
    columns = {column_index(letter): name for letter, name in said.items()}
    fields = set(columns.values())
    sources = {
        name: left
        for name, found in layout.sources.items()
        if name not in fields and (left := tuple(s for s in found if s.column not in columns))
    }
    for name in IN_ORDER:
        own = sorted(column for column, said_name in columns.items() if said_name == name)
        if own:
            sources[name] = _sources(name, own)
    used = {source.column for found in sources.values() for source in found}
    everything = {*layout.ignored, *layout.mapped, *layout.names_if_any, *columns}
    ignored = tuple(sorted(everything - used - {layout.order}))
    return Layout(sources, layout.order, ignored)


def _sources(name: str, columns: list[int]) -> tuple[Source, ...]:
    if len(columns) == 1:
        return (Source(columns[0], _WHOLE.get(name, "")),)
    if name == NAME:
        return tuple(Source(column, "piece") for column in columns)
    if name in DATE_FIELDS and (parts := _DATE_PARTS.get(len(columns))):
        return tuple(Source(column, part) for column, part in zip(columns, parts, strict=True))
    if name == "gender" and len(columns) == 2:
        return (Source(columns[0], "male"), Source(columns[1], "female"))
    return tuple(Source(column, _WHOLE.get(name, "")) for column in columns)

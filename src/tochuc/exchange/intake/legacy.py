"""Cells written in the fonts of before Unicode: TCVN3 (ABC) and VNI, kept as Western letters (`NguyÔn V¨n A`)."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from tochuc.documents.extract.decode import from_tcvn3, from_vni
from tochuc.exchange.intake.cells import Cell, Row
from tochuc.exchange.intake.header import is_name_heading
from tochuc.exchange.intake.syllables import likeness
from tochuc.exchange.intake.wording import meaning

_WESTERN = re.compile(r"[\u00a1-\u00ff]")
_BEYOND = re.compile(r"[\u0100-\u1fff]")
_BEYOND_LATIN = re.compile(r"[^\x00-\xff]")
_RUNS = re.compile(r"[\x00-\xff]+|[^\x00-\xff]+")
_CLEARLY = 2  # cells that only an old font explains, before a sheet is taken to hold some


class OldLetters:
    """The old font that some cells of a sheet are written in, and which columns are written in it throughout.

    One sheet may mix: Unicode headings over names in an old font. So a text is judged by itself, and below the
    header also by its column: `Vò` under `NguyÔn` is *Vũ*, though it would be a word in Unicode.
    """

    def __init__(self, name: str, columns: frozenset[int]) -> None:
        self._read = lru_cache(maxsize=8192)(_READINGS[name])
        self._columns = columns

    def in_heading(self, row: Row) -> Row:
        """The row with each text judged by itself."""
        number, cells = row
        return number, [self._alone(cell) if isinstance(cell, str) else cell for cell in cells]

    def in_body(self, row: Row) -> Row:
        """The row of a list, its texts judged by their columns; a header further down is judged as one."""
        number, cells = row
        plain = self.in_heading(row)
        if any(is_name_heading(cell) for cell in plain[1]):
            return plain
        return number, [self._in_column(place, cell) for place, cell in enumerate(cells)]

    def _in_column(self, column: int, cell: Cell) -> Cell:
        if not isinstance(cell, str) or not _suspect(cell):
            return cell
        return self._read(cell) if column in self._columns else self._alone(cell)

    def _alone(self, text: str) -> str:
        if not _suspect(text):
            return text
        better = self._read(text)
        if likeness(better) == likeness(text):
            # Both could be words: a heading is known by what it heads (`Ghi chó`).
            return better if _heads(better) and not _heads(text) else text
        return better if likeness(better) > likeness(text) else text


def old_letters(rows: Iterable[Row]) -> OldLetters | None:
    """The old font in which a sheet with such rows is written; None where it is all in Unicode."""
    votes: dict[str, dict[int, int]] = {name: {} for name in _READINGS}
    unicode_cells: dict[int, int] = {}
    for column, text in _texts(rows):
        if not _suspect(text):
            unicode_cells[column] = unicode_cells.get(column, 0) + (_BEYOND.search(text) is not None)
            continue
        before = likeness(text)
        for name, read in _READINGS.items():
            if likeness(read(text)) > before:
                votes[name][column] = votes[name].get(column, 0) + 1
    best = max(votes, key=lambda name: sum(votes[name].values()))
    if sum(votes[best].values()) < _CLEARLY:
        return None
    throughout = (
        column for column, count in votes[best].items() if count >= 2 * unicode_cells.get(column, 0)
    )
    return OldLetters(best, frozenset(throughout))


def _texts(rows: Iterable[Row]) -> Iterator[tuple[int, str]]:
    return ((column, cell) for _, cells in rows for column, cell in enumerate(cells) if isinstance(cell, str))


def _heads(text: str) -> bool:
    read = meaning(text)
    return read.sure and bool(read.concepts)


def _suspect(text: str) -> bool:
    return _WESTERN.search(text) is not None and _BEYOND.search(unicodedata.normalize("NFC", text)) is None


def _as_tcvn3(text: str) -> str:
    return "".join(
        part if _BEYOND_LATIN.match(part) else from_tcvn3(part.encode("latin-1"))
        for part in _RUNS.findall(text)
    )


_READINGS: dict[str, Callable[[str], str]] = {"tcvn3": _as_tcvn3, "vni": from_vni}

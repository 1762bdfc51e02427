"""Telling the rows that hold a person from group rows, totals, signatures and the rest, top to bottom."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tochuc.exchange.intake.cellnames import group_cell, title_cell
from tochuc.exchange.intake.cells import Cell, Merge
from tochuc.exchange.intake.header import find_header, is_name_heading
from tochuc.exchange.intake.layout import Header, Layout, at
from tochuc.exchange.intake.merged import MergedCells
from tochuc.exchange.intake.names import looks_like_name, name_text
from tochuc.exchange.intake.rowwords import is_section, row_word, unnumbered
from tochuc.exchange.intake.window import Window

_ORDER = re.compile(r"\(?\d{1,6}\s*[.)\-]?")
_COLUMN_NUMBER = re.compile(r"[(\[]?\s*(?:\d{1,2}|[a-zA-ZĐđ])\s*[)\]]?|\(?\d{1,2}\s*=.*")
_DATED = re.compile(r"\d{4}|\d\s*[/.\-]\s*\d")
_MOST_PENDING = 30
_LAST_COLUMN = 1 << 20

REASONS = {
    "group": "group row",
    "alone": "group row",
    "total": "total row",
    "signature": "signature block",
    "note": "note row",
    "hint": "hint row",
    "header": "repeated header",
    "numbers": "column numbers",
    "number": "number without a person",
    "continued": "continued row",
    "other": "no person",
}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A row that holds a person: which of the layouts it stands under, and the cell named above it."""

    number: int
    cells: list[Cell]
    layout: int
    cell: str | None


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that holds none, and what it is."""

    number: int
    reason: str


@dataclass(slots=True)
class _Look:
    """What is seen of a row at first sight."""

    number: int
    cells: list[Cell]
    layout: Layout
    name: str
    order: Cell
    numbered: bool
    filled: int
    dated: bool

    @property
    def texts(self) -> list[str]:
        return [cell for cell in self.cells if isinstance(cell, str) and cell.strip()]


class ListRows:
    """Walks the rows below a header. `layouts` grows where a header further down maps the columns otherwise.

    `correct` gives such a header as a person corrected it.
    """

    def __init__(
        self,
        header: Header,
        merges: Sequence[Merge],
        titles: Sequence[tuple[int, str]],
        correct: Callable[[Header], Header | None],
    ) -> None:
        self.layouts: list[Layout] = list(header.layouts)
        self._current = range(len(header.layouts))
        self._merges = merges
        self._correct = correct
        self._merged = MergedCells(merges)
        self._last_header_row = header.last_row
        self._cells = _titled(header.layouts, titles)
        self._place = 0
        self._pending: list[str] = []
        self._ended = self._totalled = False

    def walk(self, rows: Window) -> Iterator[PersonRow | SkippedRow]:
        """What each row is; rows that hold nothing are passed over."""
        for number, cells in rows:
            alone = {column for place in self._current for column in self._alone(self.layouts[place])}
            cells = self._merged.filled(number, cells, alone)
            if self._may_be_header(cells) and (header := self._header_at(number, cells, rows)):
                yield from self._turn_to(header, number, rows)
            else:
                yield from self._row(number, cells)

    @staticmethod
    def _alone(layout: Layout) -> tuple[int, ...]:
        return (*layout.names, *(() if layout.order is None else (layout.order,)))

    def _row(self, number: int, cells: list[Cell]) -> Iterator[PersonRow | SkippedRow]:
        reasons = []
        before = dict(self._cells)
        for place in self._current:
            layout, self._place = self.layouts[place], place
            own = cells if len(self._current) == 1 else _only(cells, layout)
            what = self._what(_look(number, own, layout))
            if what == "person":
                yield PersonRow(number, own, place, self._cells[place])
            reasons.append(what)
        self._spread_group(reasons, before)
        if "person" not in reasons and any(reasons):
            yield SkippedRow(number, REASONS[next(filter(None, reasons))])

    def _spread_group(self, reasons: list[str], before: dict[int, str | None]) -> None:
        """A cell named in one of several lists, nothing beside it, is that of all of them."""
        if len(reasons) > 1 and [reason for reason in reasons if reason] == ["group"]:
            place = self._current[reasons.index("group")]
            if self._cells[place] != before[place]:
                self._cells = dict.fromkeys(self._current, self._cells[place])

    def _what(self, look: _Look) -> str:
        """person, or a key of REASONS; "" for a row without anything."""
        if look.name and look.numbered and not self._ended and looks_like_name(look.name):
            word = row_word(look.name)
            if word is None or (look.dated and look.filled >= 2):
                return self._person()
            return self._by_word(word, look)
        if not any(cell is not None for cell in look.cells):
            return ""
        if _are_column_numbers(look.cells):
            return "numbers"
        if not look.name and self._merged.continues(look.number, look.layout.names[0]):
            return "continued"
        word = self._word(look)
        if word and not (look.dated and self._is_person_all_the_same(word, look)):
            return self._by_word(word, look)
        if self._ended and not (look.numbered and look.filled):
            self._remember(look.texts)
            return "signature"
        if self._totalled and not (look.numbered or look.dated):
            return "total"
        return self._named(look) if look.name else self._nameless(look)

    def _is_person_all_the_same(self, word: str, look: _Look) -> bool:
        """Whether a dated row is a person though its name begins like a group or a total: Tổng Văn Tám."""
        if word == "total":
            return bool(look.name) and looks_like_name(look.name) and not self._ended
        return look.numbered and look.filled >= 2

    def _word(self, look: _Look) -> str | None:
        """The word that says what the row is: the name's own where it can be a name, else any that stands there."""
        order_word = row_word(look.order) if isinstance(look.order, str) else None
        if look.name and looks_like_name(look.name):
            return row_word(look.name) or order_word
        words = [row_word(text) for text in look.texts]
        if order_word or (words and words[0] and look.filled <= 1):
            return order_word or words[0]
        if look.name and (word := row_word(look.name)):
            return word
        strong = [word for word in words if word in ("total", "signature")]
        return strong[0] if strong and not look.dated else None

    def _named(self, look: _Look) -> str:
        alone = look.filled == 0 and not look.numbered
        names = look.layout.names
        section = isinstance(look.order, str) and is_section(look.order)
        if alone and (section or self._merged.width(look.number, names[0]) > len(names)):
            return self._by_word("group", look)
        if looks_like_name(look.name) or (look.filled and looks_like_name(unnumbered(look.name))):
            return self._person()
        if (look.numbered and look.filled) or (look.dated and look.filled >= 2):
            return self._person()
        self._remember(look.texts)
        return "note" if look.filled == 0 else "other"

    def _nameless(self, look: _Look) -> str:
        if look.filled and not look.dated and not any(map(_has_letters, look.texts)):
            return "total"
        if not self._totalled and (
            (look.numbered and look.filled) or (look.dated and look.filled >= 2) or look.filled >= 3
        ):
            return self._person()
        if not look.texts:
            return "number" if look.order is not None and look.filled == 0 else "other"
        if look.filled == 0 or (isinstance(look.order, str) and is_section(look.order)):
            return self._by_word("group", look)
        self._remember(look.texts)
        return "continued" if look.order is None else "other"

    def _person(self) -> str:
        if self._ended and (cell := title_cell(self._pending)):
            self._cells = dict.fromkeys(self._current, cell)
        self._ended = self._totalled = False
        self._pending.clear()
        return "person"

    def _by_word(self, word: str, look: _Look) -> str:
        self._remember(look.texts)
        if word == "signature":
            self._ended = True
        elif self._ended:
            # Titles of a further list, or whose signature it is: a header or a numbered person settles which.
            return "signature"
        elif word == "total":
            self._totalled = True
        elif word in ("group", "alone"):
            self._totalled = False
            named = next(filter(None, map(group_cell, look.texts)), None)
            self._cells[self._place] = named or self._cells[self._place]
        return word

    def _remember(self, texts: list[str]) -> None:
        self._pending = [*self._pending, *texts][-_MOST_PENDING:]

    def _may_be_header(self, cells: list[Cell]) -> bool:
        layout = self.layouts[self._current[0]]
        if layout.order is not None and _is_order(at(cells, layout.order)):
            return False
        return any(is_name_heading(cell) for cell in cells)

    def _header_at(self, number: int, cells: list[Cell], rows: Window) -> Header | None:
        nearby = [row for row in rows.behind() if row[0] > self._last_header_row]
        found = find_header([*nearby, (number, cells), *rows.ahead()], self._merges, before=number)
        return self._correct(found) if found else None

    def _turn_to(self, header: Header, number: int, rows: Window) -> Iterator[SkippedRow]:
        """Go on under a further header; one that says the same as the last is only the top of a new page."""
        yield SkippedRow(number, REASONS["header"])
        for below in range(number + 1, header.last_row + 1):
            if rows.drop(below):
                yield SkippedRow(below, REASONS["header"])
        self._last_header_row = header.last_row
        if header.layouts != tuple(self.layouts[place] for place in self._current):
            cell = self._cells[self._current[0]]
            start = len(self.layouts)
            self.layouts.extend(header.layouts)
            self._current = range(start, start + len(header.layouts))
            self._cells = dict.fromkeys(self._current, cell)
        if cell := title_cell(self._pending):
            self._cells = dict.fromkeys(self._current, cell)
        self._ended = self._totalled = False
        self._pending.clear()


def _titled(layouts: Sequence[Layout], titles: Sequence[tuple[int, str]]) -> dict[int, str | None]:
    """By list the cell that the titles name; of lists side by side, each its own where each has one above it."""
    everywhere = title_cell([text for _, text in titles])
    starts = [
        min(*layout.names, *layout.mapped, _LAST_COLUMN if layout.order is None else layout.order)
        for layout in layouts[1:]
    ]
    own = [
        title_cell([text for column, text in titles if low <= column < high])
        for low, high in pairwise([0, *starts, _LAST_COLUMN])
    ]
    return dict(enumerate(own if all(own) else [everywhere] * len(layouts)))


def _look(number: int, cells: list[Cell], layout: Layout) -> _Look:
    order = at(cells, layout.order) if layout.order is not None else None
    return _Look(
        number,
        cells,
        layout,
        name_text([at(cells, column) for column in layout.names]),
        order,
        _is_order(order),
        sum(at(cells, column) is not None for column in layout.mapped),
        any(_is_dated(at(cells, column)) for column in layout.dates),
    )


def _only(cells: list[Cell], layout: Layout) -> list[Cell]:
    """The cells of one of several lists that stand side by side."""
    own = {*layout.names, *layout.mapped, layout.order}
    return [cell if column in own else None for column, cell in enumerate(cells)]


def _has_letters(text: str) -> bool:
    """Whether a text is more than a mark or a count."""
    return sum(letter.isalpha() for letter in text) > 1


def _is_order(cell: Cell) -> bool:
    if isinstance(cell, str):
        return _ORDER.fullmatch(cell.strip()) is not None
    return isinstance(cell, int | float) and not isinstance(cell, bool) and cell > 0


def _is_dated(cell: Cell) -> bool:
    """Whether a cell in a column of dates can hold one; counts of people are smaller than years."""
    if isinstance(cell, str):
        return _DATED.search(cell) is not None
    if isinstance(cell, int | float):
        return not isinstance(cell, bool) and cell > 999
    return cell is not None


def _are_column_numbers(cells: list[Cell]) -> bool:
    """Whether a row numbers the columns: (1) (2) (3), or A B 1 2."""
    filled = [cell for cell in cells if cell is not None]
    if len(filled) < 3:
        return False
    if not all(
        _COLUMN_NUMBER.fullmatch(cell.strip())
        if isinstance(cell, str)
        else isinstance(cell, int) and 0 <= cell < 100
        for cell in filled
    ):
        return False
    numbers = [int(found[0]) for cell in filled if (found := re.search(r"\d+", str(cell)))]
    return len(numbers) >= 2 and all(later - earlier in (0, 1, 2, 3) for earlier, later in pairwise(numbers))

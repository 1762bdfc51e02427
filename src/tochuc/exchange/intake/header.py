"""Finding the header of a list: below titles, on one to four rows, with merged headings.

A header is a row with a heading for names beside other headings that are known. Rows around it belong to it
when they let more columns be understood.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tochuc.exchange.intake.cells import Cell, Merge, Row
from tochuc.exchange.intake.choose import chosen
from tochuc.exchange.intake.layout import BOTH, NAME, WITH_BIRTH, Header, Heading, Layout
from tochuc.exchange.intake.rowwords import row_word
from tochuc.exchange.intake.wording import (
    NOTHING,
    Column,
    Concepts,
    Meaning,
    column_for,
    has_tones,
    heads_name_and_birth,
    heads_two_dates,
    meaning,
)
from tochuc.exchange.intake.wordlists import wordlist

_MOST_ROWS = 4
_ENOUGH = 3  # known columns after which no later row can be the better header
_LONGEST_HEADING = 160

Grid = dict[int, dict[int, str]]
"""Texts by row number and column."""


@dataclass(frozen=True)
class _Trial:
    """Rows taken for a header, and what comes of it."""

    rows: tuple[int, ...]
    layouts: tuple[Layout, ...]

    @property
    def known(self) -> int:
        return sum(len(layout.columns) for layout in self.layouts)


def find_header(rows: Sequence[Row], merges: Sequence[Merge], *, before: int | None = None) -> Header | None:
    """The first header among the rows; one that starts below row `before` isn't looked for.

    >>> find_header([(1, ["DANH SÁCH"]), (3, ["STT", "Họ và tên", "Năm sinh"]), (4, [1, "Lê Thị Lan", 1975])], [])
    Header(first_row=3, last_row=3, ...)
    """
    grid: Grid = {number: _texts(cells) for number, cells in rows}
    best: _Trial | None = None
    for number in grid:
        if before is not None and number > before:
            break
        if not _names_people(grid[number]):
            continue
        trial = _around(number, grid, rows, merges)
        if trial and (best is None or trial.known > best.known):
            best = trial
        if best and best.known >= _ENOUGH:
            break
    return _header(best, grid, merges) if best else None


def header_at(number: int, rows: Sequence[Row], merges: Sequence[Merge]) -> Header | None:
    """The header that somebody says is on that row, even where no heading for names is known there."""
    grid: Grid = {row: _texts(cells) for row, cells in rows}
    if not grid.get(number):
        return None
    known = _around(number, grid, rows, merges) if _names_people(grid[number]) else None
    if known is None:
        layouts = chosen(_headings((number,), grid, merges), _below(number, rows), nameless=True)
        known = _Trial((number,), layouts)
    return _header(known, grid, merges)


def _header(trial: _Trial, grid: Grid, merges: Sequence[Merge]) -> Header:
    paths = _paths(trial.rows, grid, merges)
    headings = tuple((column, " / ".join(dict.fromkeys(texts))) for column, texts in paths.items() if texts)
    return Header(trial.rows[0], trial.rows[-1], trial.layouts, headings)


def _below(number: int, rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row[0] > number]


def is_name_heading(cell: Cell) -> bool:
    """Whether a cell is a heading over names."""
    if not isinstance(cell, str) or len(cell) > _LONGEST_HEADING:
        return False
    column = _understood((cell,), has_tones(cell), "male")
    return column is not None and column.field == NAME


def _texts(cells: list[Cell]) -> dict[int, str]:
    return {
        column: cell
        for column, cell in enumerate(cells)
        if isinstance(cell, str) and cell.strip() and len(cell) <= _LONGEST_HEADING
    }


def _names_people(texts: dict[int, str]) -> bool:
    return any(is_name_heading(text) for text in texts.values())


def _around(number: int, grid: Grid, rows: Sequence[Row], merges: Sequence[Merge]) -> _Trial | None:
    """The best reading of a header that has its name heading on that row."""
    forced = _merged_depth(number, grid, merges)
    trials = []
    for above in range(_MOST_ROWS - 1):
        for below in range(_MOST_ROWS - above):
            span = range(number - above, number + below + 1)
            if below < forced or not all(row in grid or row <= number + forced for row in span):
                continue
            if not _all_headings(span, number, forced, grid, rows):
                continue
            layouts = _layouts(tuple(span), grid, rows, merges)
            if layouts:
                trials.append(_Trial(tuple(span), layouts))
    # Of two readings that know as much, the one with all the rows of headings.
    return max(trials, key=lambda trial: (trial.known, len(trial.rows)), default=None)


def _merged_depth(number: int, grid: Grid, merges: Sequence[Merge]) -> int:
    """How many rows below belong to the header because its name heading is merged over them."""
    names = [column for column, text in grid[number].items() if is_name_heading(text)]
    deep = [merge.bottom - number for merge in merges if merge.top == number and merge.left in names]
    return min(max(deep, default=0), _MOST_ROWS - 1)


def _all_headings(span: range, number: int, forced: int, grid: Grid, rows: Sequence[Row]) -> bool:
    """Whether the rows beside the name row hold nothing but headings."""
    cells_of = dict(rows)
    for row in span:
        if row == number or number < row <= number + forced:
            continue
        texts = grid.get(row, {})
        filled = sum(cell is not None for cell in cells_of.get(row, ()))
        known = sum(bool(_sure(text) or _goes_on(span, row, column, grid)) for column, text in texts.items())
        if not known or filled != len(texts) or known * 2 < filled:
            return False
        if row > number and not _are_sub_headings(texts, grid[number]):
            return False
        if row < number and not _are_super_headings(texts, grid[number]):
            return False
    return True


def _goes_on(span: range, row: int, column: int, grid: Grid) -> bool:
    """Whether a text is the second half of a heading broken over two rows: *Giới* above *tính*."""
    above = grid.get(row - 1, {}).get(column) if row - 1 in span else None
    return above is not None and bool(_sure(f"{above} {grid[row][column]}"))


def _are_sub_headings(texts: dict[int, str], above: dict[int, str]) -> bool:
    """Whether texts below a row of headings go on with it: several, or one under the last; none as in a group row."""
    firsts = {column for column, text in above.items() if is_name_heading(text) or _sure(text) == {"order"}}
    if any(column in texts and not _sure(texts[column]) for column in firsts):
        return False
    said = [row_word(text) for text in texts.values()]
    if "hint" in said or said == ["group"]:
        return False
    return len(texts) > 1 or not (firsts & set(texts))


def _are_super_headings(texts: dict[int, str], below: dict[int, str]) -> bool:
    """Whether texts above a row of headings belong to it: several, or one to the right of the names; no title."""
    names = min(column for column, text in below.items() if is_name_heading(text))
    return len(texts) > 1 or min(texts, default=0) > names


def _sure(text: str) -> Concepts:
    read = meaning(text, toned=has_tones(text))
    return read.concepts if read.sure else NOTHING


def _layouts(
    span: tuple[int, ...], grid: Grid, rows: Sequence[Row], merges: Sequence[Merge]
) -> tuple[Layout, ...]:
    return chosen(_headings(span, grid, merges), _below(span[-1], rows))


def _headings(span: tuple[int, ...], grid: Grid, merges: Sequence[Merge]) -> list[Heading]:
    paths = _paths(span, grid, merges)
    toned = has_tones(" ".join(text for texts in paths.values() for text in texts))
    man_or_year = _man_or_year(span, grid)
    return [
        Heading(index, texts, _understood(texts, toned, man_or_year(index))) for index, texts in paths.items()
    ]


def _paths(span: tuple[int, ...], grid: Grid, merges: Sequence[Merge]) -> dict[int, tuple[str, ...]]:
    """The headings over each column, top to bottom."""
    within = [merge for merge in merges if merge.top <= span[-1] and merge.bottom >= span[0]]
    filled = {row: dict(grid.get(row, {})) for row in span}
    for merge in within:
        text = grid.get(merge.top, {}).get(merge.left)
        if text is not None and merge.top in filled:
            for column in range(merge.left, merge.right + 1):
                filled[merge.top].setdefault(column, text)
    for row in span[:-1]:
        _spread(row, span, filled, grid, within)
    columns = sorted({column for texts in filled.values() for column in texts})
    return {column: tuple(filled[row][column] for row in span if column in filled[row]) for column in columns}


def _spread(row: int, span: tuple[int, ...], filled: Grid, grid: Grid, merges: Sequence[Merge]) -> None:
    """Let a heading that isn't merged reach over the sub-headings to its right, as it looks on paper."""
    below = [lower for lower in span if lower > row]

    def has_sub_heading(column: int) -> bool:
        return any(column in filled[lower] for lower in below)

    merged = {merge.left for merge in merges if merge.top == row}
    for column, text in grid.get(row, {}).items():
        if column in merged or not has_sub_heading(column):
            continue
        following = column + 1
        while following not in filled[row] and has_sub_heading(following):
            filled[row][following] = text
            following += 1


def _man_or_year(span: tuple[int, ...], grid: Grid) -> Callable[[int], str]:
    """What `Nam` without tones means in a column: by the headings beside it."""

    def decide(column: int) -> str:
        beside = [
            _sure(grid.get(row, {}).get(place, "")) for row in span for place in (column - 1, column + 1)
        ]
        if any(concepts == {"female"} for concepts in beside):
            return "male"
        return "year" if any(concepts & {"month", "day"} for concepts in beside) else "male"

    return decide


def _understood(texts: tuple[str, ...], toned: bool, man_or_year: str) -> Column | None:
    """The field that headings over one column make together; of those below one another the lowest decides."""
    if heads_two_dates(texts[-1]):
        return Column("admitted_on", BOTH)
    if heads_name_and_birth(texts[-1]):
        return Column(NAME, WITH_BIRTH)
    read = _read(texts, toned)
    for sense in (man_or_year, *({"male", "year"} - {man_or_year})):
        concepts = [_settled(one.concepts, sense) for one in read]
        if column := _together(concepts, [one.sure for one in read]):
            return column
    return None


def _read(texts: tuple[str, ...], toned: bool) -> list[Meaning]:
    """What headings below one another mean; two that only make sense as one broken heading are one."""
    read = [meaning(text, toned=toned) for text in dict.fromkeys(texts)]
    if len(read) == 2:
        broken = meaning(" ".join(texts), toned=toned)
        parted = {one for meant in read for one in meant.concepts}
        if broken.sure and ("full" in broken.concepts - parted or not all(one.sure for one in read)):
            return [broken]
    return read


def _together(concepts: list[Concepts], sure: list[bool]) -> Column | None:
    if all(sure) and (column := column_for(frozenset().union(*concepts))):
        return column
    if len(concepts) < 2:
        return None
    above: Concepts = frozenset().union(*concepts[:-1])
    if above & _other_matters() or not sure[-1]:
        return None
    if len(concepts) > 2 and sure[-2] and (column := column_for(concepts[-1] | concepts[-2])):
        return column
    alone = column_for(concepts[-1])
    # "DB" under "Đảng viên" is a kind of member, not a day.
    return None if alone and alone.loose and above else alone


def _settled(concepts: Concepts, man_or_year: str) -> Concepts:
    if "man_or_year" not in concepts:
        return concepts
    return (concepts - {"man_or_year"}) | {man_or_year}


def _other_matters() -> frozenset[str]:
    return frozenset(wordlist("headings")["other_matters"])

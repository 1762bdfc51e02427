"""Merged cells in the body of a list: a value merged over several rows holds for each of them."""

from collections.abc import Collection, Sequence

from tochuc.exchange.intake.cells import Cell, Merge
from tochuc.exchange.intake.layout import at

_TALLEST = 5_000


class MergedCells:
    """Follows the merges of a sheet from top to bottom. `merges` may grow while rows are read."""

    def __init__(self, merges: Sequence[Merge]) -> None:
        self._merges = merges
        self._taken = 0
        self._starting: dict[int, list[Merge]] = {}
        self._open: list[tuple[Merge, Cell]] = []

    def filled(self, number: int, cells: list[Cell], alone: Collection[int]) -> list[Cell]:
        """The row's cells with values from merges above put in, except in the columns `alone`."""
        self._take()
        if self._open:
            self._open = [(merge, value) for merge, value in self._open if merge.bottom >= number]
        result = self._with_values(cells, alone) if self._open else cells
        for merge in self._starting.get(number, ()):
            if merge.bottom > number:
                self._open.append((merge, at(cells, merge.left)))
        return result

    def continues(self, number: int, column: int) -> bool:
        """Whether that column's cell is the lower part of a merged one."""
        return any(merge.left <= column <= merge.right and merge.top < number for merge, _ in self._open)

    def width(self, number: int, column: int) -> int:
        """How many columns the merge has that covers the cell; 1 where it isn't merged."""
        here = (m for m in self._starting.get(number, ()) if m.left <= column <= m.right)
        return max((merge.right - merge.left + 1 for merge in here), default=1)

    def _take(self) -> None:
        for merge in self._merges[self._taken :]:
            if merge.bottom - merge.top <= _TALLEST:
                self._starting.setdefault(merge.top, []).append(merge)
        self._taken = len(self._merges)

    def _with_values(self, cells: list[Cell], alone: Collection[int]) -> list[Cell]:
        result = list(cells)
        for merge, value in self._open:
            if value is not None and merge.left not in alone and at(result, merge.left) is None:
                result.extend([None] * (merge.left + 1 - len(result)))
                result[merge.left] = value
        return result

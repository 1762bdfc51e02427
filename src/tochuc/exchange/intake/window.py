"""A stream of rows that can be looked at a little ahead and behind."""

from collections import deque
from collections.abc import Callable, Iterator

from tochuc.exchange.intake.cells import Row

_AHEAD = 120
_BEHIND = 4


class Window:
    """Iterates over rows, holding those just passed and those to come; `view` is how each is shown."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._coming: deque[Row] = deque()
        self._passed: deque[Row] = deque(maxlen=_BEHIND)
        self.view: Callable[[Row], Row] | None = None
        self.last_row = 0
        """The number of the last row given out or dropped."""

    def __iter__(self) -> Iterator[Row]:
        return self

    def __next__(self) -> Row:
        row = self._coming.popleft() if self._coming else next(self._rows)
        self.last_row = row[0]
        row = self.view(row) if self.view else row
        self._passed.append(row)
        return row

    def ahead(self, count: int = _AHEAD) -> list[Row]:
        """Up to `count` rows that come next."""
        while len(self._coming) < count and (row := next(self._rows, None)):
            self._coming.append(row)
        coming = [self._coming[place] for place in range(min(count, len(self._coming)))]
        return list(map(self.view, coming)) if self.view else coming

    def behind(self) -> list[Row]:
        """The rows given out before the current one, oldest first."""
        return list(self._passed)[:-1]

    def drop(self, number: int) -> bool:
        """Pass over the next row if it has this number."""
        if (coming := self.ahead(1)) and coming[0][0] == number:
            next(self)
            return True
        return False

"""Rows kept between two readings of a sheet, in a nameless file rather than in memory."""

import pickle
import tempfile
from collections.abc import Iterator
from typing import Any

_IN_MEMORY = 4_000_000
_AT_A_TIME = 500


class Spool:
    """Takes records, then gives them back in order. The file has no name and is gone when it is closed."""

    def __init__(self) -> None:
        # Not in a `with`: it lives from the first row taken to the last one given back.
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        self._batch: list[Any] = []

    def add(self, record: Any) -> None:
        """Take a record of plain values."""
        self._batch.append(record)
        if len(self._batch) >= _AT_A_TIME:
            self._write()

    def records(self) -> Iterator[Any]:
        """All records taken, first to last; the spool is empty afterwards."""
        self._write()
        self._file.seek(0)
        with self._file:
            while True:
                try:
                    yield from pickle.load(self._file)
                except EOFError:
                    return

    def _write(self) -> None:
        if self._batch:
            pickle.dump(self._batch, self._file, protocol=pickle.HIGHEST_PROTOCOL)
            self._batch = []

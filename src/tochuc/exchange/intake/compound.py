"""The compound file (OLE 2) that .xls and protected workbooks are kept in: its streams by name."""

import struct
from collections.abc import Iterator

from tochuc.exchange.intake.refused import Unreadable

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_END = 0xFFFFFFFA  # this and higher numbers are no sectors
_HEADER = 512
_ENTRY = 128
_IN_HEADER = 109  # sectors of the allocation table that the header itself lists


class CompoundFile:
    """The streams of a compound file. Raises Unreadable `damaged`."""

    def __init__(self, raw: bytes) -> None:
        try:
            self._open(raw)
        except (struct.error, IndexError, ValueError) as error:
            raise Unreadable("damaged") from error

    def _open(self, raw: bytes) -> None:
        self._raw = raw
        shift, mini_shift = struct.unpack_from("<HH", raw, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise ValueError("sector size")
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        directory, self._cutoff, mini_table, _, more_table, _ = struct.unpack_from("<I4xIIIII", raw, 48)
        self._table = self._allocation(more_table)
        self._mini_table = self._numbers(self._chained(mini_table))
        entries = self._chained(directory)
        self._streams: dict[str, tuple[int, int]] = {}
        self._mini = b""
        for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", entries, at + 64)
            start, size = struct.unpack_from("<II", entries, at + 116)
            name = entries[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", errors="replace")
            if kind == 5:
                self._mini = self._chained(start)
            elif kind == 2:
                self._streams.setdefault(name, (start, size))

    def __contains__(self, name: str) -> bool:
        return name in self._streams

    def stream(self, name: str) -> bytes:
        """A stream's bytes."""
        start, size = self._streams[name]
        try:
            data = self._small(start) if size < self._cutoff else self._chained(start)
        except (struct.error, IndexError) as error:
            raise Unreadable("damaged") from error
        return data[:size]

    def _allocation(self, more: int) -> list[int]:
        listed = list(struct.unpack_from(f"<{_IN_HEADER}I", self._raw, 76))
        per_sector = self._size // 4
        seen = 0
        while more < _END and seen * self._size < len(self._raw):
            numbers = self._numbers(self._sector(more))
            listed.extend(numbers[: per_sector - 1])
            more = numbers[per_sector - 1]
            seen += 1
        # A file can name one sector as a table again and again; no more are read than its own sectors need.
        needed = len(self._raw) // self._size // per_sector + 1
        tables = [sector for sector in listed if sector < _END][:needed]
        return [number for sector in tables for number in self._numbers(self._sector(sector))]

    @staticmethod
    def _numbers(data: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))

    def _sector(self, number: int) -> bytes:
        at = _HEADER + number * self._size if self._size == _HEADER else (number + 1) * self._size
        return self._raw[at : at + self._size]

    def _chained(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in self._chain(start, self._table))

    def _small(self, start: int) -> bytes:
        size = self._mini_size
        return b"".join(
            self._mini[number * size : (number + 1) * size] for number in self._chain(start, self._mini_table)
        )

    @staticmethod
    def _chain(start: int, table: list[int]) -> Iterator[int]:
        for _ in range(len(table)):
            if start >= _END:
                return
            yield start
            start = table[start]

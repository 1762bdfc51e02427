"""Texts inside the records of .xls files."""

import struct
from collections.abc import Sequence

from tochuc.exchange.intake.strings import SharedStrings

_WIDE, _EXTENDED, _RICH = 1, 4, 8


def wide_text(data: bytes, at: int, length_bytes: int) -> str:
    """A text of BIFF 8: its length, a byte of flags, then one or two bytes a letter."""
    count = int.from_bytes(data[at : at + length_bytes], "little")
    flags = data[at + length_bytes] if at + length_bytes < len(data) else 0
    start = at + length_bytes + 1 + (2 if flags & _RICH else 0) + (4 if flags & _EXTENDED else 0)
    if flags & _WIDE:
        return data[start : start + 2 * count].decode("utf-16-le", errors="replace")
    return data[start : start + count].decode("latin-1")


def byte_text(data: bytes, at: int, length_bytes: int, codec: str) -> str:
    """A text of BIFF 5: its length, then a byte a letter in the workbook's code page."""
    count = int.from_bytes(data[at : at + length_bytes], "little")
    start = at + length_bytes
    return data[start : start + count].decode(codec, errors="replace")


def shared(records: Sequence[bytes], strings: SharedStrings) -> None:
    """Take the table of shared texts from its record and those that continue it.

    A text may be cut anywhere between its letters; the piece in the next record begins with a byte of flags
    of its own.
    """
    reader = _Pieces(records)
    reader.take(4)
    total = int.from_bytes(reader.take(4), "little")
    for _ in range(total):
        if reader.at_end:
            return
        strings.add(_shared_text(reader))


def _shared_text(reader: "_Pieces") -> str:
    count, flags = struct.unpack("<HB", reader.take(3))
    runs = int.from_bytes(reader.take(2), "little") if flags & _RICH else 0
    extra = int.from_bytes(reader.take(4), "little") if flags & _EXTENDED else 0
    text = reader.letters(count, wide=bool(flags & _WIDE))
    reader.take(4 * runs + extra)
    return text


class _Pieces:
    """Bytes that go on from one record to the next."""

    def __init__(self, records: Sequence[bytes]) -> None:
        self._records = records
        self._record = 0
        self._at = 0

    @property
    def at_end(self) -> bool:
        return self._record >= len(self._records) - 1 and self._left == 0

    @property
    def _left(self) -> int:
        return len(self._records[self._record]) - self._at

    def take(self, size: int) -> bytes:
        out = b""
        while len(out) < size:
            if not self._left and not self._turn():
                raise ValueError("text table ends early")
            part = self._records[self._record][self._at : self._at + size - len(out)]
            self._at += len(part)
            out += part
        return out

    def letters(self, count: int, *, wide: bool) -> str:
        out: list[str] = []
        while count:
            if not self._left:
                if not self._turn():
                    raise ValueError("text table ends early")
                wide = bool(self.take(1)[0] & _WIDE)
                continue
            size = 2 if wide else 1
            here = min(count, self._left // size)
            if not here:
                raise ValueError("half a letter")
            raw = self.take(here * size)
            out.append(raw.decode("utf-16-le" if wide else "latin-1", errors="replace"))
            count -= here
        return "".join(out)

    def _turn(self) -> bool:
        if self._record + 1 >= len(self._records):
            return False
        self._record += 1
        self._at = 0
        return True

"""Text files of rows (.csv, .tsv): which letters, which sign between the fields, then record by record."""

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from typing import IO

from tochuc.documents.extract.decode import from_tcvn3, from_vni
from tochuc.exchange.intake.cells import MOST_COLUMNS, Cell, Row
from tochuc.exchange.intake.refused import Unreadable
from tochuc.exchange.intake.sheet import Sheet
from tochuc.exchange.intake.syllables import likeness

_SAMPLE = 200_000
_SEPARATORS = ";,\t|"
_NAMED = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_LONGEST_FIELD = 100_000
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1a\x1b"))

Decode = Callable[[bytes], str]


def sheet_of(file: IO[bytes]) -> Sheet:
    """The one sheet of a text file; its row numbers count records.

    Raises Unreadable: `empty`, `not_a_spreadsheet`.
    """
    head = file.read(_SAMPLE)
    if not head.strip(b"\0 \t\r\n\x1a\xef\xbb\xbf\xff\xfe"):
        raise Unreadable("empty")
    lines = _lines(file, head)
    sample = "".join(_first(lines(), _SAMPLE))
    named = _NAMED.match(sample)
    separator = named[1] if named else _separator(sample)
    return Sheet(None, False, _records(lines(), separator, skip_first=named is not None), [])


def _lines(file: IO[bytes], head: bytes) -> Callable[[], Iterator[str]]:
    """A function that reads the file's lines as text from its beginning."""
    wide = _wide(head)
    if wide is None and (b"\0" in head or sum(head.count(byte) for byte in _CONTROLS) > len(head) // 200):
        raise Unreadable("not_a_spreadsheet")
    if wide or _is_utf8(file):
        return lambda: _text_lines(file, wide or "utf-8-sig")
    decode = _old_letters(head)

    def lines() -> Iterator[str]:
        file.seek(0)
        for line in file:
            yield decode(line)

    return lines


def _text_lines(file: IO[bytes], encoding: str) -> Iterator[str]:
    file.seek(0)
    reader = codecs.getreader(encoding)(file, "replace")
    while text := reader.read(1 << 16, 1 << 16):
        # Pieces, not lines: the reader of records joins them again, and a line of any length stays small.
        yield from _complete(reader, text)


def _complete(reader: codecs.StreamReader, text: str) -> Iterator[str]:
    if not text.endswith("\n"):
        text += reader.readline()
    yield from io.StringIO(text, newline="")


def _wide(head: bytes) -> str | None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    even, odd = head[0:2000:2].count(0), head[1:2000:2].count(0)
    if odd > len(head[:2000]) // 8 and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > len(head[:2000]) // 8 and odd == 0 else None


def _is_utf8(file: IO[bytes]) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        while chunk := file.read(1 << 16):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _old_letters(head: bytes) -> Decode:
    """The reading whose words are most often Vietnamese; damaged UTF-8 where the rest of it is sound."""
    return max(_OLD_LETTERS, key=lambda decode: likeness(decode(head)))


def _windows(raw: bytes) -> str:
    return unicodedata.normalize("NFC", raw.decode("cp1258", errors="replace"))


def _damaged(raw: bytes) -> str:
    return raw.decode("utf-8", errors="replace")


def _vni(raw: bytes) -> str:
    return from_vni(raw.decode("cp1252", errors="replace"))


_OLD_LETTERS: tuple[Decode, ...] = (_damaged, _windows, from_tcvn3, _vni)


def _first(lines: Iterator[str], most: int) -> Iterator[str]:
    taken = 0
    for line in lines:
        yield line
        taken += len(line)
        if taken > most:
            return


def _separator(sample: str) -> str:
    """The sign that cuts most records into the same number of fields, two or more."""

    def fit(sign: str) -> tuple[float, int]:
        widths = Counter(len(record) for record in _parsed(sample, sign) if any(record))
        wide = {width: count for width, count in widths.items() if width > 1}
        if not wide:
            return (0.0, 0)
        usual = max(wide, key=lambda width: wide[width])
        return (round(wide[usual] / sum(widths.values()), 1), usual)

    return max(_SEPARATORS, key=fit)


def _parsed(sample: str, sign: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(sample, newline=""), delimiter=sign)
    except csv.Error:
        return


def _records(lines: Iterator[str], separator: str, *, skip_first: bool) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST_FIELD)
    if skip_first:
        next(lines, None)
    try:
        for number, record in enumerate(csv.reader(lines, delimiter=separator), 1):
            cells: list[Cell] = [field.strip(" \t\xa0\x1a\0") or None for field in record[:MOST_COLUMNS]]
            if any(cells):
                yield number, cells
    except csv.Error as error:
        raise Unreadable("damaged") from error

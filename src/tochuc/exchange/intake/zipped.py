"""The zip package that .xlsx and .ods files are, opened with care."""

import re
import zipfile
from collections.abc import Callable, Iterator
from typing import IO, Any
from xml.parsers import expat

from tochuc.exchange.intake.refused import Unreadable

_LARGEST_UNPACKED = 1_500_000_000
_HIGHEST_RATIO = 250  # spreadsheets of real offices reach about 40
_RATIO_FROM = 30_000_000
_MOST_PARTS = 5_000
_CHUNK = 1 << 16


class Package:
    """A zip file whose parts are read as streams, with limits on what they unpack to.

    Raises Unreadable: `damaged`, `encrypted`, `too_large`.
    """

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
            parts = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
            raise Unreadable("damaged") from error
        self.unpacked = sum(part.file_size for part in parts)
        packed = sum(part.compress_size for part in parts)
        if (
            len(parts) > _MOST_PARTS
            or self.unpacked > _LARGEST_UNPACKED
            or (self.unpacked > _RATIO_FROM and self.unpacked > packed * _HIGHEST_RATIO)
        ):
            raise Unreadable("too_large")
        if any(part.flag_bits & 1 for part in parts):
            raise Unreadable("encrypted")
        self._names = {part.filename.replace("\\", "/").lstrip("/").lower(): part for part in parts}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def names(self) -> Iterator[str]:
        """The names of all parts, in small letters."""
        return iter(self._names)

    def chunks(self, name: str) -> Iterator[bytes]:
        """A part's unpacked bytes, a piece at a time."""
        try:
            with self._zip.open(self._names[name.lower()]) as part:
                while chunk := part.read(_CHUNK):
                    yield chunk
        except KeyError as error:
            raise Unreadable("damaged") from error
        except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, ValueError) as error:
            raise Unreadable("damaged") from error
        except (NotImplementedError, RuntimeError) as error:  # an unknown packing, or a password
            raise Unreadable("encrypted") from error
        except Exception as error:
            # zlib.error, lzma.LZMAError and their kin share no other base.
            raise Unreadable("damaged") from error

    def scan(self, name: str, pattern: re.Pattern[bytes], most: int) -> Iterator[re.Match[bytes]]:
        """Up to `most` places of a part that match; a match is at most 200 bytes long."""
        kept = b""
        found = 0
        for chunk in self.chunks(name):
            text = kept + chunk
            end = 0
            for match in pattern.finditer(text):
                end = match.end()
                found += 1
                yield match
                if found >= most:
                    return
            kept = text[max(end, len(text) - 200) :]


class XmlEvents:
    """An expat parser over a part: `start(name, attributes)` and `end(name, text)` with local names.

    The text between tags is gathered only while `self.text` is a list. A document type is refused.
    """

    def __init__(self, start: Callable[[str, dict[str, str]], None], end: Callable[[str], None]) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.StartDoctypeDeclHandler = _refuse
        self._parser = parser

    @property
    def parser(self) -> Any:
        """The expat parser, for its character data handler."""
        return self._parser

    def feed(self, chunks: Iterator[bytes]) -> Iterator[None]:
        """Parse piece by piece, handing back control after each."""
        try:
            for chunk in chunks:
                self._parser.Parse(chunk, False)
                yield
            self._parser.Parse(b"", True)
            yield
        except (expat.ExpatError, UnicodeError, LookupError) as error:
            raise Unreadable("damaged") from error


def _refuse(*_: object) -> None:
    raise Unreadable("damaged")


def local(name: str) -> str:
    """An element's or attribute's name without its prefix."""
    return name.rpartition(":")[2]

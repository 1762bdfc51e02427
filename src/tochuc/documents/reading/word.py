"""The text of a Word file, in reading order."""

import zipfile
from xml.parsers import expat

from tochuc.documents.reading.package import damaged, feed, local, main_part, strict_parser, too_long

MAX_LINES = 100_000
_WORDPROCESSING = ("wordprocessingml/2006/main", "wordprocessingml/main")
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Deleted text that is still tracked, and the second copy of a drawing kept for old programs.
_UNSEEN = {"del", "moveFrom", "Fallback"}


class _Reader:
    """Collects lines while the parser walks through the body.

    A table's row whose cells hold one paragraph each is one line with tabs; cells with several paragraphs (a
    letterhead, a signature block) are lines of their own.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._told = 0
        self._unseen = 0
        self._in_text = False
        self._paragraphs: list[list[str]] = []
        self._rows: list[list[list[str]]] = []

    def attach(self, parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if self._unseen or name in _UNSEEN:
            self._unseen += 1
        elif not _is_word(tag):
            return
        elif name == "p":
            self._paragraphs.append([])
        elif name == "t":
            self._in_text = True
        elif name in _SIGNS and self._paragraphs and not _is_tab_stop(attributes):
            self._paragraphs[-1].append(_SIGNS[name])
        elif name == "tr":
            self._rows.append([])
        elif name == "tc" and self._rows:
            self._rows[-1].append([])

    def _end(self, tag: str) -> None:
        name = local(tag)
        if self._unseen:
            self._unseen -= 1
        elif not _is_word(tag):
            return
        elif name == "t":
            self._in_text = False
        elif name == "p" and self._paragraphs:
            self._tell("".join(self._paragraphs.pop()))
        elif name == "tr" and self._rows:
            for line in _row_lines(self._rows.pop()):
                self._tell(line)

    def _data(self, data: str) -> None:
        if self._in_text and not self._unseen and self._paragraphs:
            self._paragraphs[-1].append(data)

    def _tell(self, line: str) -> None:
        if self._rows and self._rows[-1]:
            self._rows[-1][-1].append(line)
        else:
            self.lines.append(line)
        self._told += 1
        if self._told > MAX_LINES:
            raise too_long()


def _is_word(tag: str) -> bool:
    return tag.rpartition(" ")[0].endswith(_WORDPROCESSING)


def _is_tab_stop(attributes: dict[str, str]) -> bool:
    # The same element name means a stop of the ruler when it has a position, a character when it has none.
    return any(local(name) == "pos" for name in attributes)


def _row_lines(cells: list[list[str]]) -> list[str]:
    filled = [[line for line in cell if line.strip()] for cell in cells]
    if all(len(cell) <= 1 for cell in filled):
        texts = [cell[0].strip() if cell else "" for cell in filled]
        return ["\t".join(texts)] if any(texts) else []
    return [line for cell in filled for line in cell]


def word_text(archive: zipfile.ZipFile) -> str:
    """Paragraphs and tables of the document in order, a line each; headers, footers and notes are left out."""
    part = main_part(archive).lstrip("/")
    if part not in archive.namelist():
        raise damaged()
    reader, parser = _Reader(), strict_parser()
    reader.attach(parser)
    feed(parser, archive, part)
    return "\n".join(reader.lines)

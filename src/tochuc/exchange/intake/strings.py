"""The shared strings of a workbook, held as bytes: a country's lists have a million of them."""

from array import array
from collections.abc import Iterator
from functools import lru_cache

from tochuc.exchange.intake.zipped import Package, XmlEvents, local

_LONGEST = 32_767  # what a cell can hold


class SharedStrings:
    """Texts by number; phonetic guides are left out."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", [0])
        self.text = lru_cache(maxsize=4096)(self._text)

    def add(self, text: str) -> None:
        """Take the next text."""
        self._bytes += text[:_LONGEST].encode("utf-8", errors="replace")
        self._ends.append(len(self._bytes))

    def _text(self, number: int) -> str:
        if not 0 <= number < len(self._ends) - 1:
            return ""
        return self._bytes[self._ends[number] : self._ends[number + 1]].decode("utf-8")


def shared_strings(package: Package, part: str) -> SharedStrings:
    """The strings of `xl/sharedStrings.xml`; none where there is no such part."""
    strings = SharedStrings()
    if part in package:
        for _ in _texts(package.chunks(part), strings):
            pass
    return strings


def _texts(chunks: Iterator[bytes], strings: SharedStrings) -> Iterator[None]:
    pieces: list[str] = []
    inside = {"t": False, "rPh": False}
    names: dict[str, str] = {}

    def start(name: str, _: dict[str, str]) -> None:
        tag = names.get(name) or names.setdefault(name, local(name))
        if tag == "si":
            pieces.clear()
        elif tag in inside:
            inside[tag] = True

    def end(name: str) -> None:
        tag = names.get(name) or local(name)
        if tag == "si":
            strings.add(unescaped("".join(pieces)))
        elif tag in inside:
            inside[tag] = False

    def text(data: str) -> None:
        if inside["t"] and not inside["rPh"]:
            pieces.append(data)

    events = XmlEvents(start, end)
    events.parser.CharacterDataHandler = text
    return events.feed(chunks)


def unescaped(text: str) -> str:
    """Text with the control characters that Excel writes as `_x000D_` taken for blanks."""
    return text if "_x" not in text else _without_controls(text)


def _without_controls(text: str) -> str:
    out, rest = "", text
    while "_x" in rest:
        before, _, rest = rest.partition("_x")
        out += before
        code, rest_after = rest[:4], rest[4:]
        if len(code) == 4 and rest_after.startswith("_") and all(c in "0123456789abcdefABCDEF" for c in code):
            letter = chr(int(code, 16))
            out += letter if letter.isprintable() else ("\n" if letter == "\n" else " ")
            rest = rest_after[1:]
        else:
            out += "_x"
    return out + rest

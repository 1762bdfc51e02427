"""The name of the cell that a group row, a title or a sheet's name gives."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from tochuc.documents.extract.normal import Source
from tochuc.exchange.intake.rowwords import row_word, unnumbered
from tochuc.exchange.intake.wording import has_tones
from tochuc.exchange.intake.wordlists import wordlist

_CELL = re.compile(r"(?<!\w)(?:chi bộ|chi bo|cb)(?!\w)\s*[:\-–]?\s*")
_COUNT = re.compile(
    r"\s*[:;,\-–=]?\s*\(?\s*(?:(?:co|gom|tong so|tong cong|tong|so luong)\s*:?\s*)?\d+\s*"
    r"(?:d\s*/?\s*c\b|dong chi|dang vien|dv\b|nguoi|d/v)[^)]*\)?.*$"
    r"|\s*\([^)]*\d+\s*(?:d/?c|dong chi|dang vien|dv|nguoi)?[^)]*\)\s*:?\s*$"
    r"|\s*:\s*\d+\s*$"
)
_NUMBER_IN_BRACKETS = re.compile(r"\(\s*(?:so|thon|to|khu|khoi)\b", re.IGNORECASE)
_TRIMMED = " \t\n:;,.-–=*\"“”'…_"
_VILLAGE_THEN_COMMUNE = re.compile(
    r"(?:thon|khoi pho|khu pho|to dan pho|ap|ban|xom|lang|khu dan cu|khoi)\s.*?(\s(?:xa|phuong|thi tran)\s+\w)"
)
_SEVERAL = re.compile(r"(?:các|cac|những|nhung|\d+)\s+$")
_LONGEST = 120


@lru_cache(maxsize=4096)
def group_cell(text: str) -> str | None:
    """The cell that a group row names; None where it names none.

    >>> group_cell("I. Chi bộ thôn Trà Đông (25 đ/c)"), group_cell("Đảng viên dự bị")
    ('Chi bộ thôn Trà Đông', None)
    """
    return _named(" ".join(unnumbered(unicodedata.normalize("NFC", text)).split()))


def sheet_cell(name: str | None) -> str | None:
    """The cell that a sheet is named after; None where its name says something else.

    >>> sheet_cell("CB thôn 3"), sheet_cell("Sheet1")
    ('Chi bộ thôn 3', None)
    """
    if name is None:
        return None
    clean = " ".join(unicodedata.normalize("NFC", name).replace("_", " ").split())
    spaced = re.sub(r"^(CB|Cb)(?=\d)", "CB ", unnumbered(clean))
    return _named(spaced)


def title_cell(texts: Sequence[str]) -> str | None:
    """The cell that the titles above a list name; the line that names nothing else counts before others."""
    lines = _title_lines(texts)
    alone = [cell for line in lines if _CELL.match(line.lower()) and (cell := _named(line))]
    return alone[-1] if alone else next((cell for line in reversed(lines) if (cell := _named(line))), None)


def _title_lines(texts: Sequence[str]) -> list[str]:
    lines: list[str] = []
    for text in texts:
        for line in unicodedata.normalize("NFC", text).splitlines():
            clean = " ".join(line.split())
            if lines and lines[-1].lower().endswith("chi bộ") and not _CELL.search(clean.lower()):
                lines[-1] += " " + clean
            elif clean and row_word(clean) not in ("signature", "note", "total"):
                lines.append(unnumbered(clean))
    return lines


def _named(text: str) -> str | None:
    source = Source.of(text[:_LONGEST])
    toned = has_tones(text)
    words = source.low if toned else source.bare
    for found in _CELL.finditer(source.low):
        if found[0].startswith("cb") and not source.raw[found.start()].isupper():
            continue
        if _SEVERAL.search(source.low[: found.start()]):
            continue
        start = found.end()
        end = start + _without_count(source.bare[start:])
        cut = _ends(toned).search(words, start, end)
        end = cut.start() if cut else end
        if commune := _VILLAGE_THEN_COMMUNE.match(source.bare, start, end):
            end = commune.start(1)
        name = _closed(source.raw[start:end]).strip(_TRIMMED)
        if name and not _no_name(toned).match(words, start):
            return f"{_word(source.raw[found.start() : start])} {name}"
    return None


def _closed(name: str) -> str:
    """The name up to a bracket that was opened before it: "(Chi bộ 2)"."""
    at = name.find(")")
    return name[:at] if at >= 0 and "(" not in name[:at] else name


def _word(written: str) -> str:
    """ "Chi bộ" as written; its short form in full."""
    letters = written.strip(_TRIMMED)
    return "Chi bộ" if letters.lower() == "cb" else letters


def _without_count(bare: str) -> int:
    found = _COUNT.search(bare)
    if found and found.start() and not _NUMBER_IN_BRACKETS.search(found[0]):
        return found.start()
    return len(bare)


def _either(words: str, toned: bool) -> str:
    spelled = (Source.of(str(word)) for word in wordlist("rows")[words])
    return "|".join(re.escape(one.low if toned else one.bare) for one in spelled)


@cache
def _ends(toned: bool) -> re.Pattern[str]:
    between = r"(?:\s*[,;(–\-]\s*|\s+)(?<!\w)"
    return re.compile(
        rf"{between}(?:{_either('cell_name_ends', toned)})(?!\w)"
        rf"|{between}(?:{_either('cell_name_ends_before_number', toned)})\s*[\d.…]"
        rf"|\s*[,;(–\-]\s*(?:{_either('cell_name_ends_after_sign', toned)})(?!\w)"
    )


@cache
def _no_name(toned: bool) -> re.Pattern[str]:
    return re.compile(rf"(?:{_either('no_cell_name', toned)})(?!\w)")

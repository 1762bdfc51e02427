"""Cells written in the fonts of before Unicode: TCVN3 (ABC) and VNI, kept as Western letters (`NguyÔn V¨n A`)."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

from tochuc.documents.extract.decode import from_tcvn3, from_vni
from tochuc.exchange.intake.syllables import likeness

Repair = Callable[[str], str]

_WESTERN = re.compile(r"[\u00a1-\u00ff]")
_BEYOND = re.compile(r"[\u0100-\u1fff]")
_CLEARLY = 2  # cells that only an old font explains, before a sheet is taken to hold some


def repairs(texts: Iterable[str]) -> Repair | None:
    """How the cells of a sheet with such texts are put right; None where no old font was used.

    One sheet may mix: Unicode headings over names in an old font. So each text is judged by itself once the
    sheet is known to hold any.
    """
    votes = {"tcvn3": 0, "vni": 0}
    for text in texts:
        if _suspect(text):
            before = likeness(text)
            for name, read in _READINGS.items():
                if likeness(read(text)) > before:
                    votes[name] += 1
    best = max(votes, key=lambda name: votes[name])
    return _repair(best) if votes[best] >= _CLEARLY else None


def _repair(name: str) -> Repair:
    read = _READINGS[name]

    @lru_cache(maxsize=20_000)
    def repaired(text: str) -> str:
        if not _suspect(text):
            return text
        better = read(text)
        return better if likeness(better) > likeness(text) else text

    return repaired


def _suspect(text: str) -> bool:
    return _WESTERN.search(text) is not None and _BEYOND.search(unicodedata.normalize("NFC", text)) is None


def _as_tcvn3(text: str) -> str:
    return "".join(
        part if _BEYOND_LATIN.match(part) else from_tcvn3(part.encode("latin-1"))
        for part in _RUNS.findall(text)
    )


_BEYOND_LATIN = re.compile(r"[^\x00-\xff]")
_RUNS = re.compile(r"[\x00-\xff]+|[^\x00-\xff]+")
_READINGS: dict[str, Callable[[str], str]] = {"tcvn3": _as_tcvn3, "vni": from_vni}

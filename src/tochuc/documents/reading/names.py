"""File names that are safe to keep and to send back."""

import re
import unicodedata

MAX_NAME = 120
_MAX_BYTES = 240
_LONGEST_ENDING = 10
_NAMELESS = "tệp"
_FORBIDDEN = re.compile(r'[<>:"|?*%;]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)
# Control, format (text direction, zero width), surrogate, private and unassigned characters.
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


def safe_name(name: str) -> str:
    """The name without its folder, control or direction characters, at most 120 characters long, ending kept.

    Vietnamese letters stay, in NFC. A name of which nothing is left becomes `tệp`.

    >>> safe_name("C:\\\\Báo cáo\\\\Kết quả quý I.docx")
    'Kết quả quý I.docx'
    """
    last = re.split(r"[/\\]", name)[-1]
    spaced = re.sub(r"\s", " ", last)
    seen = "".join(c for c in spaced if unicodedata.category(c) not in _HIDDEN)
    plain = unicodedata.normalize("NFC", _FORBIDDEN.sub("-", seen))
    stem, ending = _parted(_trimmed(plain))
    while stem and (len(stem + ending) > MAX_NAME or len((stem + ending).encode()) > _MAX_BYTES):
        stem = stem[:-1]
    kept = _trimmed(_trimmed(stem) + ending) or _NAMELESS
    return f"_{kept}" if _DEVICES.match(kept) else kept


def _trimmed(name: str) -> str:
    return " ".join(name.split()).strip(" .")


def _parted(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem or len(ending) > _LONGEST_ENDING:
        return name, ""
    return stem, f".{ending}"

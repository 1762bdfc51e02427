"""Bytes of unknown origin to Vietnamese text: Unicode, the Windows code page, or the fonts of before Unicode."""

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from tochuc.documents.extract.grammar import table
from tochuc.documents.extract.normal import nfc

LARGEST = 5 * 1024 * 1024
"""Bytes of the largest text that is read."""

_SAMPLE = 40_000  # characters looked at to tell one encoding from another
_FEW_BROKEN = 0.05  # share of unreadable characters that is still taken for damaged Unicode
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z]{2,8});")
_WORD = re.compile(r"[^\W\d_]+")
_SIGNATURES = {
    b"PK\x03\x04": "Đây là tệp Word, Excel hoặc tệp nén. Hãy chép phần văn bản ra, hoặc lưu thành tệp .txt.",
    b"%PDF": "Đây là tệp PDF. Hãy chép phần văn bản ra, hoặc lưu thành tệp .txt.",
    b"\xd0\xcf\x11\xe0": "Đây là tệp Word hoặc Excel đời cũ. Hãy mở bằng Word rồi lưu thành tệp .txt.",
    b"{\\rtf": "Đây là tệp RTF. Hãy mở bằng Word rồi lưu thành tệp .txt.",
}
_COMMON = frozenset(
    [
        "của",
        "và",
        "các",
        "đảng",
        "được",
        "tác",
        "đồng",
        "chí",
        "huyện",
        "tỉnh",
        "ủy",
        "uỷ",
        "tổ",
        "chức",
        "hội",
        "nghị",
        "viên",
        "bộ",
        "năm",
        "những",
        "với",
        "không",
        "đã",
        "để",
        "về",
        "là",
        "có",
        "này",
        "thực",
        "hiện",
        "nhiệm",
        "vụ",
        "cấp",
        "ngày",
        "thị",
        "định",
        "quyết",
        "số",
        "bí",
        "thư",
        "đến",
        "từ",
        "một",
        "người",
        "nước",
        "việt",
        "đại",
        "biểu",
        "kết",
        "luận",
        "xã",
    ]
) - {"năm", "là", "xã", "chi"}


class Unreadable(Exception):
    """A file that holds no text Tochuc can read; ``code`` for programs, ``message_vi`` for people."""

    def __init__(self, code: str, message_vi: str) -> None:
        super().__init__(message_vi)
        self.code = code
        self.message_vi = message_vi


def text_of(raw: bytes) -> str:
    """The text in a file's bytes, in NFC, lines ended by ``\\n``, entities of web pages resolved.

    Reads UTF-8 and UTF-16 with or without mark, Windows-1258, TCVN3 (ABC) and VNI. Broken characters become U+FFFD.
    Raises ``Unreadable`` with code ``too_large``, ``empty`` or ``binary``.
    """
    if len(raw) > LARGEST:
        raise Unreadable("too_large", "Tệp lớn hơn 5 MB. Hãy chia nhỏ hoặc chỉ chép phần cần nhập.")
    if not raw.strip():
        raise Unreadable("empty", "Tệp không có nội dung.")
    for signature, message in _SIGNATURES.items():
        if raw.startswith(signature):
            raise Unreadable("binary", message)
    text = _tidy(_decode(raw))
    if not text.strip("\ufeff\ufffd \n\t"):
        raise Unreadable("empty", "Tệp không có nội dung.")
    return text


def _tidy(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if _ENTITY.search(text):
        text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
    return nfc(_CONTROL.sub(" ", text))


def _decode(raw: bytes) -> str:
    wide = _utf16(raw)
    if wide:
        return raw.decode(wide, errors="replace")
    if raw.count(b"\0") or _is_binary(raw):
        raise Unreadable("binary", "Tệp này không phải văn bản. Hãy lưu văn bản thành tệp .txt rồi thử lại.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _best_of(raw)
    return _from_old_letters(text)


def _utf16(raw: bytes) -> str | None:
    """The UTF-16 codec the bytes call for by their mark, or by a zero in every other byte of plain letters."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = raw[:2000]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 8 and even < odd // 4:
        return "utf-16-le"
    if even > len(head) // 8 and odd < even // 4:
        return "utf-16-be"
    return None


def _is_binary(raw: bytes) -> bool:
    head = raw[:_SAMPLE]
    return sum(byte < 32 and byte not in b"\t\n\r\f\v" for byte in head) > len(head) // 50


def _best_of(raw: bytes) -> str:
    """The decoding, of those possible, that reads most like Vietnamese; damaged UTF-8 where none does."""
    damaged = raw.decode("utf-8", errors="replace")
    if damaged.count("\ufffd") <= len(damaged) * _FEW_BROKEN and _likeness(damaged) > 0:
        return damaged
    readings = [damaged, *_old_readings(raw)]
    best = max(readings, key=_likeness)
    if _likeness(best) > 0:
        return best
    if damaged.count("\ufffd") > len(damaged) * _FEW_BROKEN * 4:
        raise Unreadable(
            "binary", "Không nhận ra bảng mã của tệp. Hãy lưu văn bản ở dạng Unicode (UTF-8) rồi thử lại."
        )
    return damaged


def _old_readings(raw: bytes) -> Iterator[str]:
    yield nfc(raw.decode("cp1258", errors="replace"))
    yield from_tcvn3(raw)
    yield from_vni(raw.decode("cp1252", errors="replace"))


def _from_old_letters(text: str) -> str:
    """Repair Unicode text whose letters are still those of a TCVN3 or VNI font (``§¶ng ñy``, ``Ñaûng uûy``)."""
    sample = text[:_SAMPLE]
    if sum("\xa0" < letter < "\u0100" for letter in sample) < len(sample) // 25 or _likeness(sample) > 0.02:
        return text
    raw = text.encode("latin-1", errors="ignore")
    best = max((from_tcvn3(raw), from_vni(text)), key=_likeness)
    return best if _likeness(best) > 2 * _likeness(sample) + 0.05 else text


def _likeness(text: str) -> float:
    """Share of the words that are frequent Vietnamese words written with their accents."""
    found = _WORD.findall(unicodedata.normalize("NFC", text[:_SAMPLE]).lower())
    return sum(word in _COMMON for word in found) / len(found) if found else 0.0


def from_tcvn3(raw: bytes) -> str:
    """Text set in a TCVN3 (ABC) font; words in its capitals font come out in capitals."""
    letters = _tcvn3()
    text = "".join(letters.get(byte) or bytes((byte,)).decode("cp1252", errors="replace") for byte in raw)
    return re.sub(r"[^\W\d_]{2,}", _capitals, text)


def _capitals(match: re.Match[str]) -> str:
    word = match.group()
    plain = [letter for letter in word if letter.isascii()]
    return (
        word.upper() if plain and all(letter.isupper() for letter in plain) and not word.istitle() else word
    )


def from_vni(text: str) -> str:
    """Text set in a VNI font, given as the Western letters its bytes stand for."""
    pattern, letters = _vni()
    return pattern.sub(lambda match: letters[match.group()], text)


@lru_cache(maxsize=1)
def _tcvn3() -> dict[int, str]:
    return {int(byte, 16): letter for byte, letter in table("tcvn3")}


@lru_cache(maxsize=1)
def _vni() -> tuple[re.Pattern[str], dict[str, str]]:
    letters: dict[str, str] = {}
    for written, letter in table("vni"):
        letters[written] = letter
        letters[written.upper()] = letter.upper()
        letters[written[0].upper() + written[1:]] = letter.upper()
    ordered = sorted(letters, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ordered))), letters

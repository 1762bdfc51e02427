"""Vietnamese personal names: cleaning, splitting, folding for search, ordering.

A name is family, middle and given names (`Nguyễn Thị Minh Khai`); lists are ordered by given name, then
family, then middle names, letter by letter in the Vietnamese alphabet; tones decide between equal letters.
"""

import re
import unicodedata
from itertools import product

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_CODES = dict(zip(_ALPHABET, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg", strict=True))
# ngang, huyền, hỏi, ngã, sắc, nặng
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
# Letters that fold alike.
_ALIKE = {"a": "aăâ", "d": "dđ", "e": "eê", "o": "oôơ", "u": "uư"}
# Each lower than every character of a syllable, so a shorter name comes before a longer one.
_BETWEEN_PARTS = " "
_BETWEEN_SYLLABLES = "!"
_DIGIT = "7"
_OTHER = "9"
LONGEST_KEY = 240
"""Characters of a sort key, as the database keeps it."""

# The Icelandic letter looks the same and comes out of old encodings.
_ETH = str.maketrans("Ðð", "Đđ")
_APOSTROPHES = re.compile("[‘’ʼ`´]")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")


def clean_name(text: str) -> str:
    """A name as it should be written: composed letters, single spaces, each part capitalised.

    Also from capitals. Gives "" for a text without any visible character.

    >>> clean_name("  NGUYỄN  thị minh KHAI ")
    'Nguyễn Thị Minh Khai'
    >>> clean_name("h’hen niê")
    "H'Hen Niê"
    """
    plain = _APOSTROPHES.sub("'", tidy(text.translate(_ETH)))
    return unicodedata.normalize("NFC", _WORD.sub(_capitalised, plain))


def tidy(text: str) -> str:
    """A text of one line as it should be kept: composed letters, single spaces, nothing that can't be seen.

    >>> tidy(" Chi bộ\tthôn  Đông ")
    'Chi bộ thôn Đông'
    """
    visible = "".join(c for c in unicodedata.normalize("NFC", text) if not _is_invisible(c))
    return " ".join(visible.split())


def split_name(full: str) -> tuple[str, str, str]:
    """(family, middle, given): the first word, those between, the last. A single word is a given name.

    >>> split_name("Nguyễn Thị Minh Khai")
    ('Nguyễn', 'Thị Minh', 'Khai')
    """
    words = full.split()
    if not words:
        return "", "", ""
    if len(words) == 1:
        return "", "", words[0]
    return words[0], " ".join(words[1:-1]), words[-1]


def fold(text: str) -> str:
    """Text for search: lower case, no marks, d for đ, single spaces; alike for composed and decomposed text.

    >>> fold("Chi bộ thôn Trà Đông")
    'chi bo thon tra dong'
    """
    bare = "".join(
        c
        for c in unicodedata.normalize("NFD", text.lower())
        if not (unicodedata.combining(c) or _is_invisible(c))
    )
    return " ".join(unicodedata.normalize("NFC", bare).translate(_ETH).replace("đ", "d").split())


def sort_key(full: str) -> str:
    """A text that sorts, byte by byte, as Vietnamese name lists do.

    Where the tone mark stands in its syllable (hoà, hòa) makes no difference. Of a name in foreign letters, whose
    codes are long, only the beginning may count.

    >>> sorted(["Lê Ánh", "Lê Anh", "Trần An", "Lê Đào", "Lê Dung"], key=sort_key)
    ['Trần An', 'Lê Anh', 'Lê Ánh', 'Lê Dung', 'Lê Đào']
    """
    family, middle, given = split_name(full)
    key = _BETWEEN_PARTS.join(
        _BETWEEN_SYLLABLES.join(_syllable_key(word) for word in part.split())
        for part in (given, family, middle)
    )
    return key[:LONGEST_KEY].rstrip()


def given_ranges(word: str, *, unfinished: bool = False) -> list[tuple[str, str]]:
    """Where people of a given name stand in the order of names: spans of sort keys, each from a key up to another.

    The word is folded, so it stands for several names; an unfinished one for all that begin so.

    >>> [first <= sort_key("Lê Ánh") < beyond for first, beyond in given_ranges("anh")]
    [True, False, False]
    """
    spans = []
    for letters in product(*(_ALIKE.get(letter, letter) for letter in word)):
        key = _syllable_key("".join(letters))[:-1]
        # A tone follows the letters of a whole name; any other letter comes after the tones.
        spans.append((key, key + "\x7f") if unfinished else (key + "0", key + "6"))
    return spans


def _capitalised(word: re.Match[str]) -> str:
    letters = word[0]
    return _same_length(letters[0], letters[0].upper()) + "".join(
        _same_length(c, c.lower()) for c in letters[1:]
    )


def _same_length(letter: str, changed: str) -> str:
    # A few foreign letters become two in the other case; those stay as they are.
    return changed if len(changed) == len(letter) else letter


def _syllable_key(word: str) -> str:
    """The letters of the word in alphabetical codes, then one digit for its tone."""
    codes: list[str] = []
    tone = "0"
    for letter in unicodedata.normalize("NFC", word.lower().translate(_ETH)):
        bare, found = _take_tone(letter)
        tone = found or tone
        codes.append("".join(_code(c) for c in bare))
    return "".join(codes) + tone


def _take_tone(letter: str) -> tuple[str, str]:
    marks = unicodedata.normalize("NFD", letter)
    tone = next((_TONES[c] for c in marks if c in _TONES), "")
    return unicodedata.normalize("NFC", "".join(c for c in marks if c not in _TONES)), tone


def _code(letter: str) -> str:
    if letter in _CODES:
        return _CODES[letter]
    if letter in "0123456789":
        return _DIGIT + letter
    base = unicodedata.normalize("NFKD", letter)[0]
    return _CODES.get(base) or f"{_OTHER}{ord(letter):06x}"


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in ("Cf", "Cc", "Co", "Cs") and not character.isspace()

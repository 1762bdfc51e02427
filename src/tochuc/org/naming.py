"""How a body is called: what may be its name, the committee that leads it, the place name on the line of the date."""

from __future__ import annotations

import unicodedata

_LED_BY = (
    ("Đảng bộ huyện", "Huyện ủy"),
    ("Đảng bộ quận", "Quận ủy"),
    ("Đảng bộ thị xã", "Thị ủy"),
    ("Đảng bộ thành phố", "Thành ủy"),
    ("Đảng bộ Thành phố", "Thành ủy"),
    ("Đảng bộ tỉnh", "Tỉnh ủy"),
    ("Đảng bộ", "Đảng ủy"),
)
_KINDS_OF_PLACE = frozenset({"huyện", "quận", "tỉnh", "xã", "phường", "phố", "trấn"})
_FEWEST_LETTERS = 2
# Signs that stand in real names beside letters, figures and punctuation: №, +, °, &.
_SIGNS = frozenset("+°№")


def why_not_named(name: str) -> str:
    """Why an organisation can't be called so; empty where it can. ``name`` as ``kernel.names.tidy`` leaves it.

    >>> why_not_named("Chi bộ 3")
    ''
    >>> why_not_named("-5")
    'Tên tổ chức «-5» chưa có chữ; hãy ghi như trong quyết định, ví dụ «Chi bộ thôn Trà Đông».'
    """
    letters = [c for c in name if c.isalpha()]
    if len(letters) < _FEWEST_LETTERS:
        said = f" «{name}»" if name else ""
        return f"Tên tổ chức{said} chưa có chữ; hãy ghi như trong quyết định, ví dụ «Chi bộ thôn Trà Đông»."
    strange = next((c for c in name if not _is_ordinary(c)), "")
    if strange:
        return (
            f"Tên tổ chức «{name}» có ký hiệu «{strange}»; chỉ dùng chữ, số và dấu câu như trong quyết định."
        )
    return ""


def _is_ordinary(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMNPZ" or character in _SIGNS


def committee_name(body: str) -> str:
    """The committee that leads a Party body: a district's *Đảng bộ huyện* is led by its *Huyện ủy*.

    >>> committee_name("Đảng bộ xã Duy Phước")
    'Đảng ủy xã Duy Phước'
    >>> committee_name("Đảng bộ thành phố Đà Nẵng")
    'Thành ủy Đà Nẵng'
    """
    for led, committee in _LED_BY:
        if body.startswith(led):
            return committee + body.removeprefix(led)
    return body


def locality(body: str, short_name: str) -> str:
    """The place name on a paper's date line: the district's or commune's own name, without its kind.

    >>> locality("Đảng bộ thị trấn Nam Phước", "Nam Phước")
    'Nam Phước'
    """
    words = body.split()
    named = [at for at, word in enumerate(words) if word in _KINDS_OF_PLACE]
    return " ".join(words[named[0] + 1 :]) if named else short_name

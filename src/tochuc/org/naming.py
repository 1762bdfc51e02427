"""How a body is called on paper: the committee that leads it, and the place name on the line of the date."""

from __future__ import annotations

_LED_BY = (("Đảng bộ huyện", "Huyện ủy"), ("Đảng bộ tỉnh", "Tỉnh ủy"), ("Đảng bộ", "Đảng ủy"))
_KINDS_OF_PLACE = frozenset({"huyện", "tỉnh", "xã", "phường", "phố", "trấn"})


def committee_name(body: str) -> str:
    """The committee that leads a Party body: a district's *Đảng bộ huyện* is led by its *Huyện ủy*.

    >>> committee_name("Đảng bộ xã Duy Phước")
    'Đảng ủy xã Duy Phước'
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

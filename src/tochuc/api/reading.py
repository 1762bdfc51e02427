"""How what is sent is read: JSON whose texts come to the operations as the pages' forms give them."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser

from tochuc.kernel.errors import BadInput

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Composed(Parser):
    """Reads JSON and composes its texts: a letter and its tone mark, however they were typed, are one character.

    What no keyboard types and no database stores, a zero byte or half a character, is refused at its place.
    """

    def parse_body(self, request: HttpRequest) -> Any:
        """What the body says."""
        return composed(super().parse_body(request))

    def parse_querydict(self, data: MultiValueDict, list_fields: list[str], request: HttpRequest) -> Any:
        """What the query or a form says."""
        for name, values in data.lists():
            # Files come this way too.
            for value in filter(lambda one: isinstance(one, str), values):
                _check_storable(value, name)
        return super().parse_querydict(data, list_fields, request)


def composed(said: Any, at: str = "") -> Any:
    """The same with every text in it composed; the names of fields stay. ``at`` is its place in the body."""
    if isinstance(said, str):
        _check_storable(said, at)
        return unicodedata.normalize("NFC", said)
    if isinstance(said, list):
        return [composed(one, f"{at}.{place}") for place, one in enumerate(said)]
    if isinstance(said, dict):
        for name in said:
            _check_storable(name, at)
        return {name: composed(one, f"{at}.{name}") for name, one in said.items()}
    return said


def _check_storable(text: str, at: str) -> None:
    if _UNSTORABLE.search(text):
        raise BadInput("unreadable", "Nội dung có ký tự không đọc được.", at.removeprefix(".") or None)

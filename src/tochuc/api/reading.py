"""How what is sent is read: JSON whose texts come to the operations as the pages' forms give them."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser


class Composed(Parser):
    """Reads JSON and composes its texts: a letter and its tone mark, however they were typed, are one character."""

    def parse_body(self, request: HttpRequest) -> Any:
        """What the body says."""
        return composed(super().parse_body(request))


def composed(said: Any) -> Any:
    """The same with every text in it composed; the names of fields stay."""
    if isinstance(said, str):
        return unicodedata.normalize("NFC", said)
    if isinstance(said, list):
        return [composed(one) for one in said]
    if isinstance(said, dict):
        return {name: composed(one) for name, one in said.items()}
    return said

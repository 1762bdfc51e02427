"""Fields for running text, and words asked for in an address: kept as typed, in a form that can be stored."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.http import HttpRequest

_LONGEST = 4_000
_LONGEST_ASKED = 200
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufeff]")


def storable(text: str) -> str:
    """What was typed, in NFC with plain line ends and without characters that no database stores."""
    lines = re.sub(r"\r\n?", "\n", text)
    return unicodedata.normalize("NFC", _UNSTORABLE.sub("", lines))


def asked(request: HttpRequest, name: str) -> str:
    """A word that the address asks for; empty where it asks for none."""
    return storable(request.GET.get(name, ""))[:_LONGEST_ASKED].strip()


class Words(forms.CharField):
    """A text of at most ``longest`` characters. Too long a text is refused whole; the browser never cuts it."""

    def __init__(self, *, rows: int = 4, longest: int = _LONGEST, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)
        self.longest = longest

    def to_python(self, value: Any) -> str:
        return storable(str(super().to_python(value) or ""))

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.longest:
            shown, most = (f"{n:,}".replace(",", ".") for n in (len(value), self.longest))
            raise forms.ValidationError(f"Nội dung có {shown} ký tự, nhiều nhất là {most}.")


class Line(Words):
    """A text of one line."""

    def __init__(self, *, longest: int = 200, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput())
        super().__init__(longest=longest, **kwargs)

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())

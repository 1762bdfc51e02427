"""What an answer says, however it is packed, and the words that tell of branch B."""

from __future__ import annotations

import io
import json
import unicodedata
import zipfile
from urllib.parse import unquote

from django.http import HttpResponseBase

from access.places import WORDS
from cast import CANARY_NAME

TOLD = (CANARY_NAME, WORDS["b1"])
"""The name of a person of b1, and a word that stands in all its conferences, tasks, reports and files."""

INSIDE = ("officer", "secretary_b", "cell_b1")
"""Who may be told of branch B."""


def said(answer: HttpResponseBase) -> str:
    """All that an answer says: its headers, and its text, however it is packed."""
    headers = "\n".join(unquote(f"{name}: {value}") for name, value in answer.items())
    cookies = unquote(answer.cookies.output())
    return unicodedata.normalize("NFC", "\n".join([headers, cookies, _body(answer)]))


def _body(answer: HttpResponseBase) -> str:
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if raw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
    text = raw.decode("utf-8")
    if "json" in answer.get("Content-Type", ""):
        return json.dumps(json.loads(text), ensure_ascii=False)
    return text

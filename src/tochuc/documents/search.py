"""Finding by words in columns that keep no folded copy: case, tone marks and đ/d aside."""

from __future__ import annotations

import unicodedata
from typing import TypeVar

from django.db.models import Func, Model, Q, QuerySet, TextField, Value
from django.db.models.functions import Lower

from tochuc.kernel.names import fold

M = TypeVar("M", bound=Model)


def _letters() -> tuple[str, str]:
    """Every accented Latin letter and the plain small letter it is searched by."""
    marked, plain = ["đ", "Đ"], ["d", "d"]
    for code in (*range(0xC0, 0x180), *range(0x1A0, 0x1B1), *range(0x1EA0, 0x1EFA)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            marked.append(chr(code))
            plain.append(base.lower())
    return "".join(marked), "".join(plain)


_MARKED, _PLAIN = _letters()
LETTERS = (_MARKED, _PLAIN)
"""Accented letters, and beside each the plain one: what ``translate`` folds a text by, before ``lower``."""


def _folded(column: str) -> Lower:
    # Letters are replaced before case: the database may know small letters of ASCII alone.
    return Lower(Func(column, Value(_MARKED), Value(_PLAIN), function="translate", output_field=TextField()))


def containing(rows: QuerySet[M], words: str, *columns: str) -> QuerySet[M]:
    """The rows in which each of the words stands in one of the columns."""
    parts = fold(words).split()
    if not parts:
        return rows
    names = {f"folded_{place}": _folded(column) for place, column in enumerate(columns)}
    rows = rows.alias(**names)
    for part in parts:
        found = Q()
        for name in names:
            found |= Q(**{f"{name}__contains": part})
        rows = rows.filter(found)
    return rows

"""Lists by pages: each page names where the next one begins, so that nothing is skipped or given twice
while rows come and go.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any, Generic, TypeVar

from django.core import signing
from django.db.models import Q, QuerySet
from ninja import Schema
from pydantic import Field

from tochuc.kernel.errors import BadInput

T = TypeVar("T")
Key = tuple[str | int | None, ...]

After = Annotated[str, Field(max_length=2000, description="`next` of the page before; empty for the first")]
Size = Annotated[int, Field(ge=1, le=200, description="rows on a page")]
FIRST = ""
USUAL = 50


class Page(Schema, Generic[T]):
    """Some rows of a list, and where the next ones begin; ``next`` is null on the last page."""

    items: list[T]
    next: str | None


def rows_after(
    rows: QuerySet[Any], by: tuple[str, ...], after: str, size: int
) -> tuple[list[Any], str | None]:
    """A page of a queryset in the order of these fields, which together name a row once.

    A field with a minus before it runs downwards and is never empty; in the others empty values come last, as
    the database sorts them.
    """
    salt = ",".join(by)
    if after:
        rows = rows.filter(_beyond(by, reached(after, salt)))
    found = list(rows.order_by(*by)[: size + 1])
    return cut(found, size, lambda row: tuple(_plain(_value(row, field)) for field in by), salt)


def items_after(
    items: Sequence[T], key: Callable[[T], Key], name: str, after: str, size: int
) -> tuple[list[T], str | None]:
    """A page of a computed list that is in ascending order of a key of whole numbers and texts."""
    if after:
        last = _comparable(reached(after, name))
        items = [item for item in items if _comparable(key(item)) > last]
    return cut(list(items[: size + 1]), size, key, name)


def cut(found: list[T], size: int, key: Callable[[T], Key], salt: str) -> tuple[list[T], str | None]:
    """The first ``size`` of what was found, and where the next page begins if there was more."""
    if len(found) <= size:
        return found, None
    return found[:size], signing.dumps(key(found[size - 1]), salt=_salted(salt), compress=True)


def reached(after: str, salt: str) -> Key:
    """The key of the last row of the page before; ``BadInput`` for a mark that this list never gave."""
    try:
        key = signing.loads(after, salt=_salted(salt))
    except signing.BadSignature as bad:
        raise BadInput(
            "cursor.unreadable", "Dấu trang không đọc được; hãy lấy lại danh sách từ đầu.", "after"
        ) from bad
    return tuple(key)


def _salted(name: str) -> str:
    return f"cursor:{name}"


def _value(row: Any, field: str) -> Any:
    """A field of a row, or of what the row points to (``person__sort_key``)."""
    for part in field.removeprefix("-").split("__"):
        row = getattr(row, part)
    return row


def _plain(value: Any) -> str | int | None:
    return value.isoformat() if isinstance(value, date) else value


def _comparable(key: Key) -> tuple[tuple[bool, Any], ...]:
    return tuple((part is None, part) for part in key)


def _beyond(by: tuple[str, ...], reached: Key) -> Q:
    """Rows whose fields come after the key: a later first field, or the same and a later second…"""
    found, same = Q(pk__in=[]), Q()
    for field, value in zip(by, reached, strict=True):
        if field.startswith("-"):
            field = field.removeprefix("-")
            found |= same & Q(**{f"{field}__lt": value})
        elif value is None:
            same &= Q(**{f"{field}__isnull": True})
            continue
        else:
            found |= same & (Q(**{f"{field}__gt": value}) | Q(**{f"{field}__isnull": True}))
        same &= Q(**{field: value})
    return found

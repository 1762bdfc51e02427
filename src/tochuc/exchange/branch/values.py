"""Values of the database as the text of a CSV, and back."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, DateField, DateTimeField, Field, IntegerField, JSONField, UUIDField
from django.utils.dateparse import parse_datetime

NOTHING = "\\N"
"""What stands where there is no value; an empty text is an empty field."""


def kind_of(field: Field[Any, Any]) -> str:
    """The type of a column in the words of Table Schema."""
    target = field.target_field if field.is_relation else field  # type: ignore[attr-defined]
    kinds: tuple[tuple[type, str], ...] = (
        (BooleanField, "boolean"),
        (IntegerField, "integer"),
        (DateTimeField, "datetime"),
        (DateField, "date"),
        (JSONField, "object"),
        (ArrayField, "array"),
    )
    return next((word for kind, word in kinds if isinstance(target, kind)), "string")


def as_text(field: Field[Any, Any], value: Any) -> str:
    """A value as it stands in the file."""
    if value is None:
        return NOTHING
    if isinstance(field, JSONField | ArrayField):
        return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def from_text(field: Field[Any, Any], text: str) -> Any:
    """The value that a text of the file stands for; ``ValueError`` where it can't be one."""
    if text == NOTHING:
        return None
    target = field.target_field if field.is_relation else field  # type: ignore[attr-defined]
    if isinstance(target, JSONField | ArrayField):
        return json.loads(text)
    if isinstance(target, DateTimeField):
        read = parse_datetime(text)
        if read is None:
            raise ValueError(text)
        return read
    if isinstance(target, BooleanField):
        return {"true": True, "false": False}[text]
    if isinstance(target, IntegerField):
        return int(text)
    if isinstance(target, UUIDField):
        return target.to_python(text)
    return target.to_python(text)

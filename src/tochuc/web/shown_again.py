"""Showing a form to its sender again: with another value in it, or beside what somebody else saved meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS

from tochuc.web.forms import Form


def resent(form: Form, name: str, value: str) -> None:
    """Let a form that was sent show another value in one of its fields."""
    copied = form.data.copy()  # type: ignore[attr-defined]
    copied[form.add_prefix(name)] = value
    form.data = copied


def clashed(form: Form) -> bool:
    """Whether the form was refused because somebody else saved meanwhile."""
    return form.has_error(NON_FIELD_ERRORS, "changed_meanwhile")


def catch_up(form: Form, version: int) -> None:
    """Let the form be saved over the version that its sender is about to see beside their own."""
    resent(form, "version", str(version))


def comparison(rows: Iterable[tuple[str, Any, Any]]) -> list[dict[str, Any]]:
    """What the part ``compare.html`` shows, from (label, what is kept now, what was typed)."""
    return [
        {"label": label, "before": theirs, "after": mine, "same": theirs == mine}
        for label, theirs, mine in rows
    ]

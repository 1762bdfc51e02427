"""Two people saving one thing: both versions side by side, and nothing that was typed lost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS

from tochuc.web.forms import Form
from tochuc.web.programme.forms import resent


def clashed(form: Form) -> bool:
    """Whether the form was refused because somebody else saved meanwhile."""
    return form.has_error(NON_FIELD_ERRORS, "changed_meanwhile")


def catch_up(form: Form, version: int) -> None:
    """Let the form be saved over the version that its sender is about to see beside their own."""
    form.data = resent(form.data, form.add_prefix("version"), str(version))


def comparison(rows: Iterable[tuple[str, Any, Any]]) -> list[dict[str, Any]]:
    """What the part ``compare.html`` shows, from (label, what is kept now, what was typed)."""
    return [
        {"label": label, "before": theirs, "after": mine, "same": theirs == mine}
        for label, theirs, mine in rows
    ]

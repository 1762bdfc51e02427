"""Rows of what is due, as the pages of an organisation and of a person show them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from tochuc.duties.duty import Duty
from tochuc.web import registry


def rows_of(duties: Iterable[Duty], today: date) -> list[dict[str, Any]]:
    """What the task part needs of each duty, with the address of its one action."""
    return [
        {
            "what": duty.what,
            "whom": duty.whom,
            "until": duty.words(today),
            "late": duty.due_on < today,
            "url": _url(duty),
            "action": duty.action,
            "why": duty.why,
        }
        for duty in duties
    ]


def _url(duty: Duty) -> str:
    argument = registry.PAGES[duty.page].objects[-1][1]
    return reverse(duty.page, kwargs={argument: duty.key})

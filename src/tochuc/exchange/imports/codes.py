"""Codes for what a list names without one."""

from __future__ import annotations

from collections.abc import Container
from itertools import count


def free_code(base: str, taken: Container[str]) -> str:
    """The code itself, else with the first number behind it that nothing has yet.

    >>> free_code("chi-bo-1", ()), free_code("chi-bo-1", {"chi-bo-1", "chi-bo-1-2"})
    ('chi-bo-1', 'chi-bo-1-3')
    """
    if base not in taken:
        return base
    return next(code for number in count(2) if (code := f"{base}-{number}") not in taken)

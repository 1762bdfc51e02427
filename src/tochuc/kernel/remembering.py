"""Answers kept for one stretch of reading: within it the same question is asked once.

A page asks where a member stands, or what stands above a cell, from many places. While it only reads, the answer can't
change between them. Outside such a stretch, above all where something is written, each question is asked anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")
_kept: ContextVar[dict[Any, Any] | None] = ContextVar("kept", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """A stretch in which nothing is written that the remembered questions are about; one within another is the same."""
    if _kept.get() is not None:
        yield
        return
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


@contextmanager
def asking_anew() -> Iterator[None]:
    """A stretch within reading in which something is tried and taken back: no answer leads into it, none out of it."""
    token = _kept.set(None)
    try:
        yield
    finally:
        _kept.reset(token)


def keep(question: Callable[..., _R], answer: _R, *args: Any) -> None:
    """Keep an answer to a remembered question that was found along with others; without a stretch of reading, nothing.

    >>> @remembered
    ... def double(n):
    ...     raise AssertionError("asked")
    >>> with reading():
    ...     keep(double, 6, 3)
    ...     double(3)
    6
    """
    kept = _kept.get()
    if kept is not None:
        kept[(getattr(question, "__wrapped__", question), args, ())] = answer


def remembered(ask: Callable[_P, _R]) -> Callable[_P, _R]:
    """A question whose answer is kept while one reads; the answer is to be left as it is.

    About what has no identity yet, as a case that isn't opened, it is asked each time.

    >>> asked = []
    >>> @remembered
    ... def double(n):
    ...     asked.append(n)
    ...     return 2 * n
    >>> with reading():
    ...     double(3), double(3)
    (6, 6)
    >>> double(3), asked
    (6, [3, 3])
    >>> with reading():
    ...     with asking_anew():
    ...         double(3)
    ...     double(3), asked
    6
    (6, [3, 3, 3, 3])
    """

    @wraps(ask)
    def answer(*args: _P.args, **more: _P.kwargs) -> _R:
        kept = _kept.get()
        if kept is None:
            return ask(*args, **more)
        key = (ask, args, tuple(sorted(more.items())))
        try:
            known = key in kept
        except TypeError:
            return ask(*args, **more)
        if not known:
            kept[key] = ask(*args, **more)
        found: _R = kept[key]
        return found

    return answer

"""A source text with the places it was read from marked, for the page where a draft is checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

Span = tuple[int, int, int]
"""Start, end, and which of the given spans it is."""


def marked(text: str, spans: Iterable[Mapping[str, Any]]) -> SafeString:
    """Mark ``[start, end)`` of each span (in characters of ``text``) and link it to its item.

    A span is ``{"start", "end", "id", "label"}``; its mark gets the id ``nguon-<id>`` and links to
    ``#muc-<id>``. Where spans overlap, the one that starts last (the shorter, if both) has the words, so that a
    citation inside a longer passage keeps its own mark and the passage goes on behind it. A span that is left
    without words has an anchor at its start: every item has exactly one place to jump to.
    """
    given = list(spans)
    placed = [_clipped(one, len(text), n) for n, one in enumerate(given)]
    pieces = list(_pieces(len(text), placed))
    wordless = set(range(len(given))) - {owner for _, _, owner in pieces if owner is not None}
    anchors = sorted((placed[n][0], n) for n in wordless)
    parts: list[str] = []
    named: set[int] = set()
    for start, end, owner in pieces:
        while anchors and anchors[0][0] <= start:
            parts.append(_anchor(given[anchors.pop(0)[1]]))
        parts.append(_words(text[start:end], given, owner, first=owner not in named))
        if owner is not None:
            named.add(owner)
    parts += [_anchor(given[n]) for _, n in anchors]
    return mark_safe("".join(parts))


def _clipped(span: Mapping[str, Any], length: int, n: int) -> Span:
    start = min(max(int(span["start"]), 0), length)
    return start, max(min(int(span["end"]), length), start), n


def _pieces(length: int, spans: list[Span]) -> Iterator[tuple[int, int, int | None]]:
    """The text cut where spans begin and end, each piece with the innermost span that holds it."""
    cuts = sorted({0, length, *(s for s, _, _ in spans), *(e for _, e, _ in spans)})
    waiting = sorted(spans, reverse=True)
    holding: list[Span] = []
    for start, end in pairwise(cuts):
        while waiting and waiting[-1][0] <= start:
            holding.append(waiting.pop())
        holding = [one for one in holding if one[1] > start]
        inner = max(holding, key=lambda one: (one[0], -one[1], one[2]), default=None)
        yield start, end, inner[2] if inner else None


def _words(words: str, given: list[Mapping[str, Any]], owner: int | None, *, first: bool) -> str:
    if owner is None:
        return escape(words)
    span = given[owner]
    name = format_html(' id="nguon-{}"', span["id"]) if first else ""
    return format_html(
        '<mark{}><a href="#muc-{}" title="{}">{}</a></mark>', name, span["id"], span.get("label", ""), words
    )


def _anchor(span: Mapping[str, Any]) -> str:
    return format_html('<a class="mark-here" id="nguon-{}"></a>', span["id"])

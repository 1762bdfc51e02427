"""A source text with the places it was read from marked, for the page where a draft is checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe


def marked(text: str, spans: Iterable[Mapping[str, Any]]) -> SafeString:
    """Mark ``[start, end)`` of each span (in characters of ``text``) and link it to its item.

    A span is ``{"start", "end", "id", "label"}``; the mark gets the id ``nguon-<id>`` and links to
    ``#muc-<id>``. Where spans overlap the one that starts first (the longer, if both) keeps the text, and
    the other's anchor stands before what is left of it, so that every item still has a place to jump to.
    """
    parts: list[str] = []
    reached = 0
    for span in sorted(spans, key=lambda s: (s["start"], -s["end"])):
        start, end = max(int(span["start"]), reached), min(int(span["end"]), len(text))
        parts.append(escape(text[reached : max(start, reached)]))
        reached = max(reached, min(start, len(text)))
        if end <= reached:
            parts.append(format_html('<a class="mark-here" id="nguon-{}"></a>', span["id"]))
            continue
        parts.append(
            format_html(
                '<mark id="nguon-{}"><a href="#muc-{}" title="{}">{}</a></mark>',
                span["id"],
                span["id"],
                span.get("label", ""),
                text[start:end],
            )
        )
        reached = end
    parts.append(escape(text[reached:]))
    return mark_safe("".join(parts))

"""What every answer must carry so that no other site, script, cache or guess of a browser can misuse it."""

from __future__ import annotations

import re

from django.http import HttpResponseBase

_CARRIED = {
    "Content-Security-Policy": ("default-src 'self'", "frame-ancestors 'none'", "form-action 'self'"),
    "X-Frame-Options": ("DENY",),
    "X-Content-Type-Options": ("nosniff",),
    "Referrer-Policy": ("same-origin",),
    "Cache-Control": ("no-store",),
}
_FORBIDDEN = re.compile(
    r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=|javascript:|https?://(?!127|local|testserver)",
    re.I,
)


def careless(answer: HttpResponseBase) -> str:
    """What of its policies an answer lacks, or which script, style or address they forbid stands in its page."""
    for header, parts in _CARRIED.items():
        for part in parts:
            if part not in answer.get(header, ""):
                return f"{header}: {part}"
    if "unsafe" in answer["Content-Security-Policy"]:
        return "Content-Security-Policy: unsafe"
    if len(answer.get("X-Request-ID", "")) != 36:
        return "X-Request-ID"
    if answer.get("Content-Type", "").startswith("text/html") and not answer.streaming:
        found = _FORBIDDEN.search(answer.content.decode())
        return found[0] if found else ""
    return ""

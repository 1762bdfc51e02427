"""Checking the trail: no entry changed, none missing."""

from __future__ import annotations

from collections.abc import Iterator

from tochuc.audit.models import Entry
from tochuc.audit.record import digest


def broken(stream: str | None = None) -> Iterator[tuple[str, int, str]]:
    """Give (stream, sequence, what is wrong) for each entry that doesn't fit its chain."""
    entries = Entry.objects.order_by("stream", "sequence")
    if stream is not None:
        entries = entries.filter(stream=stream)
    here, sequence, previous = "", 0, ""
    for entry in entries.iterator():
        if entry.stream != here:
            here, sequence, previous = entry.stream, 0, ""
        if entry.sequence != sequence + 1:
            yield entry.stream, entry.sequence, "thiếu mục trước"
        if entry.previous != previous:
            yield entry.stream, entry.sequence, "không nối với mục trước"
        if digest(entry) != entry.digest:
            yield entry.stream, entry.sequence, "nội dung đã bị sửa"
        sequence, previous = entry.sequence, entry.digest

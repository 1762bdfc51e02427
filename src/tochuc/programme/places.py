"""Where in a text the facts of a record's head stand, so that a reader can check each against its words."""

from __future__ import annotations

import re
from datetime import date

Place = tuple[int, int]


def head_places(
    text: str, *, held_on: date | None, host_name: str, chair_name: str, chair_post: str
) -> dict[str, Place]:
    """Field name to the first ``[start, end)`` in ``text`` that says it; fields that stand nowhere are left out.

    Several names in the chair are joined with semicolons; the first of them is looked for.
    """
    found = {
        "held_on": _day(text, held_on) if held_on else None,
        "host_name": _phrase(text, host_name, 0),
        "chair_name": _phrase(text, chair_name.partition(";")[0], 0),
    }
    after = found["chair_name"]
    found["chair_post"] = _phrase(text, chair_post, after[1] if after else 0)
    return {field: place for field, place in found.items() if place}


def _phrase(text: str, phrase: str, since: int) -> Place | None:
    words = phrase.split()
    if not words:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)
    match = pattern.search(text, since) or pattern.search(text)
    return match.span() if match else None


def _day(text: str, day: date) -> Place | None:
    """The day as people write it, with the year or, where no such place is, without."""
    d, m = f"0?{day.day}", f"0?{day.month}"
    numeric = rf"(?<!\d){d}\s?[/.-]\s?{m}"
    spoken = rf"(?<!\d){d}\s+tháng\s+{m}"
    for pattern in (
        rf"{numeric}\s?[/.-]\s?{day.year}(?!\d)",
        rf"{spoken}(?:\s+năm|\s?[/.,-])?\s+{day.year}(?!\d)",
        rf"{numeric}(?!\d)",
        rf"{spoken}(?!\d)",
    ):
        match = re.search(pattern, text)
        if match:
            return match.span()
    return None

"""The record drafted from one text: the extractor's public result."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from tochuc.documents.extract.bodies import find_bodies
from tochuc.documents.extract.chair import find_chair
from tochuc.documents.extract.citations import Citation, find_citations
from tochuc.documents.extract.dates import datelines, find_dates
from tochuc.documents.extract.eventdate import find_event_date
from tochuc.documents.extract.figures import Figure, find_figures
from tochuc.documents.extract.host import find_host
from tochuc.documents.extract.normal import Source
from tochuc.documents.extract.sections import Passage, find_sections

_LONGEST_TITLE = 250  # characters
_HEAD_LINES = 14  # lines in which a document names its type
_TYPE_LINE = re.compile(
    r"[ ]*(?:thông báo|kết luận|nghị quyết|chỉ thị|quyết định|quy định|hướng dẫn|kế hoạch|báo cáo|chương trình|công văn|đề án)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Extract:
    """What a Party text says, each piece with its place.

    All offsets are into ``text``, the NFC form of what ``extract`` was given. ``event_date`` is the day of the
    meeting or ceremony reported; where the text fixes no year, ``event_date_partial`` holds ``--MM-DD``. ``chair``
    holds names only, several joined with ``"; "``, ``chair_post`` the post of the first. Figures and citations are
    described in their classes. Rules: the label scheme of the evaluation set.
    """

    text: str
    title: str | None
    citations: tuple[Citation, ...]
    event_date: date | None
    event_date_partial: str | None
    host: str | None
    chair: str | None
    chair_post: str | None
    figures: tuple[Figure, ...]
    delegates: tuple[Passage, ...]
    results: tuple[Passage, ...]
    limitations: tuple[Passage, ...]
    opinions: tuple[Passage, ...]
    tasks: tuple[Passage, ...]

    def to_json(self, identifier: str | None) -> dict[str, Any]:
        """The machine form: keys and [indicator, value] pairs, then the same with their places in the text."""
        return {
            "id": identifier,
            "title": self.title,
            "citations": [one.key for one in self.citations],
            "event_date": self.event_date.isoformat() if self.event_date else None,
            "event_date_partial": self.event_date_partial,
            "host": self.host,
            "chair": self.chair,
            "chair_post": self.chair_post,
            "figures": [[one.indicator, _plain(one.value)] for one in self.figures],
            **{name: [_passage(one) for one in getattr(self, name)] for name in _PARTS},
            "cited": [_citation(one) for one in self.citations],
            "counted": [_figure(one) for one in self.figures],
        }


_PARTS = ("delegates", "results", "limitations", "opinions", "tasks")


def extract(text: str) -> Extract:
    """Read a text; any string gives a record, an empty or foreign one an empty record."""
    source = Source.of(text)
    bodies = find_bodies(source)
    dates = find_dates(source)
    citations = find_citations(source, bodies, dates)
    event = find_event_date(source, dates, citations)
    chair = find_chair(source)
    lines = datelines(source)
    masked = [*lines, *((one.start, one.end) for one in dates), *((one.start, one.end) for one in citations)]
    title, body_start = _title(source, lines)
    parts = find_sections(source, body_start)
    return Extract(
        text=source.raw,
        title=title,
        citations=citations,
        event_date=event.day if event else None,
        event_date_partial=event.partial if event else None,
        host=find_host(source, bodies, dates, event),
        chair=chair.names if chair else None,
        chair_post=chair.post if chair else None,
        figures=find_figures(source, masked),
        delegates=tuple(parts.delegates),
        results=tuple(parts.results),
        limitations=tuple(parts.limitations),
        opinions=tuple(parts.opinions),
        tasks=tuple(parts.tasks),
    )


def _title(source: Source, lines: tuple[tuple[int, int], ...]) -> tuple[str | None, int]:
    """The title and where the body begins.

    A document has the word for its type on a line of its own in capitals, its subject on the next; a news item has
    a first line that is short, ends without a stop and has text under it.
    """
    stamped = {start for start, _ in lines}
    rows = list(islice((row for row in _rows(source.raw) if row[0] not in stamped), _HEAD_LINES))
    for index, (_, end, row) in enumerate(rows):
        if row.isupper() and _TYPE_LINE.match(source.low, rows[index][0]):
            subject = rows[index + 1] if index + 1 < len(rows) and rows[index + 1][2][0].islower() else None
            return (f"{row} {subject[2]}", subject[1]) if subject else (row, end)
    if not rows:
        return None, 0
    start, end, first = rows[0]
    is_title = len(first) <= _LONGEST_TITLE and first[-1] not in ".;:!?…/" and len(rows) > 1
    return (first, end) if is_title else (None, start)


def _rows(text: str) -> Iterator[tuple[int, int, str]]:
    """The lines with text on them: start, end, words."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = end if end >= 0 else len(text)
        words = " ".join(text[start:end].split())
        if words:
            yield start, end, words
        start = end + 1


def _plain(value: float) -> int | float:
    return int(value) if value == int(value) else value


def _passage(one: Passage) -> dict[str, Any]:
    return {"text": one.text, "start": one.start, "end": one.end}


def _citation(one: Citation) -> dict[str, Any]:
    return {
        "key": one.key,
        "surface": one.surface,
        "type": one.type,
        "issuer": one.issuer,
        "number": one.number,
        "term": one.term,
        "date": one.date.isoformat() if one.date else None,
        "start": one.start,
        "end": one.end,
    }


def _figure(one: Figure) -> dict[str, Any]:
    return {
        "indicator": one.indicator,
        "value": _plain(one.value),
        "unit": one.unit,
        "surface": one.surface,
        "start": one.start,
        "end": one.end,
    }

"""The texts that come with the demonstration: conference news and a conclusion notice, both our own."""

from __future__ import annotations

from datetime import date

from tochuc.exchange.demo import sources
from tochuc.exchange.demo.shapes import DemoText

DEMO_CONFERENCE_TEXT = sources.text("conference.txt")
"""News of the Organisation Board's conference of 10/01/2023 that looked back on 2022."""
DEMO_CONCLUSION_TEXT = sources.text("conclusion.txt")
"""A notice of conclusions, as an example to paste."""


def texts() -> tuple[DemoText, ...]:
    """Both texts, ready to be stored."""
    return (
        _text("hoi-nghi-2023-01-10", date(2023, 1, 10), DEMO_CONFERENCE_TEXT),
        _text("ket-luan-2023-03-15", date(2023, 3, 15), DEMO_CONCLUSION_TEXT),
    )


def _text(code: str, on: date, body: str) -> DemoText:
    title = next(line for line in body.splitlines() if line.strip())
    return DemoText(code, title.strip(), on, body)

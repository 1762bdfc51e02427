"""The texts that come with the demonstration: conference news and a conclusion notice, both our own."""

from __future__ import annotations

from datetime import date

from tochuc.exchange.demo import sources
from tochuc.exchange.demo.shapes import DemoText

DEMO_CONFERENCE_TEXT = sources.text("conference.txt")
"""News of the Organisation Board's conference of 10/01/2023 that looked back on 2022."""
DEMO_CONCLUSION_TEXT = sources.text("conclusion.txt")
"""A notice of conclusions, as an example to paste."""


_CONFERENCE = "Ban Tổ chức Huyện ủy Duy Xuyên tổng kết công tác tổ chức xây dựng Đảng năm 2022"
_CONCLUSION = "Thông báo kết luận Hội nghị giao ban công tác tổ chức xây dựng Đảng quý I/2023"


def texts() -> tuple[DemoText, ...]:
    """Both texts, ready to be stored."""
    return (
        DemoText("hoi-nghi-2023-01-10", _CONFERENCE, date(2023, 1, 10), DEMO_CONFERENCE_TEXT),
        DemoText("ket-luan-2023-03-15", _CONCLUSION, date(2023, 3, 15), DEMO_CONCLUSION_TEXT),
    )

"""A conference's record as its page shows it: each fact with the place in the text it was read from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tochuc.kernel.known_dates import day_vn

HEAD = (
    ("title", "Tên hội nghị"),
    ("held_on", "Ngày họp"),
    ("host_name", "Cơ quan tổ chức"),
    ("chair_name", "Người chủ trì"),
    ("chair_post", "Chức vụ"),
    ("place", "Địa điểm"),
)


def head_rows(conference: Any) -> list[dict[str, Any]]:
    """The facts of the head, each with its anchor and whether the text shows where it comes from."""
    return [
        {"id": field, "label": label, "value": _shown(getattr(conference, field)), "placed": field in places}
        for places in (conference.places,)
        for field, label in HEAD
    ]


def _shown(value: Any) -> str:
    return day_vn(value) if hasattr(value, "year") else str(value or "")


def spans(
    conference: Any, delegates: Iterable[Any], citations: Iterable[Any], items: Iterable[Any]
) -> list[dict[str, Any]]:
    """All places of the source text that the record was read from, for the marks in it."""
    labels = dict(HEAD)
    found = [
        _span(field, place[0], place[1], labels[field], "head") for field, place in conference.places.items()
    ]
    found += [_span(f"dai-bieu-{d.pk}", d.start, d.end, "Thành phần dự", "delegates") for d in delegates]
    found += [_span(f"van-ban-{c.pk}", c.start, c.end, str(c.document), "citation") for c in citations]
    found += [_span(i.pk, i.start, i.end, i.get_kind_display(), i.kind) for i in items]
    return [span for span in found if span["start"] is not None]


def _span(key: Any, start: int | None, end: int | None, label: str, kind: str) -> dict[str, Any]:
    return {"id": key, "start": start, "end": end, "label": label, "kind": kind}


def documents_cited(citations: Iterable[Any]) -> list[dict[str, Any]]:
    """Each cited document once, with the first place that names it."""
    seen: dict[int, dict[str, Any]] = {}
    for one in citations:
        seen.setdefault(one.document_id, {"citation": one, "document": one.document, "times": 0})
        seen[one.document_id]["times"] += 1
    return list(seen.values())


def steps(conference: Any, tasks: list[Any], urls: Mapping[str, str]) -> list[dict[str, Any]]:
    """From a draft to work in three steps, and where the record stands."""
    given = sum(1 for t in tasks if t.due_on and len(t.assignments.all()))
    ready = bool(tasks) and given == len(tasks)
    return [
        {
            "label": "Đối chiếu hồ sơ với văn bản",
            "state": "now" if not given else "done",
            "words": "Đang soạn" if not given else "Đã qua",
            "note": "Mỗi mục dẫn về chỗ trong văn bản; sửa, thêm, bỏ ngay bên dưới.",
        },
        {
            "label": "Giao nhiệm vụ",
            "state": "done" if ready else "now",
            "words": f"Đã giao {given}/{len(tasks)}" if tasks else "Chưa có nhiệm vụ",
            "url": urls["assign"] if tasks else "",
        },
        {
            "label": "Phát hành kết luận",
            "state": "now" if ready else "later",
            "words": "Có thể phát hành" if ready else "Chưa tới",
            "url": urls["issue"],
        },
    ]

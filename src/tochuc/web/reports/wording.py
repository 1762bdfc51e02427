"""What changed since a report was sent, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from tochuc.kernel.known_dates import day_vn
from tochuc.reports.since import Moved, Sent
from tochuc.web.members.record_card import title
from tochuc.web.members.standings import SHORT


def counted(figures: Iterable[tuple[str, str]]) -> str:
    """In which figures somebody counts."""
    return "; ".join(f"{label} ({SHORT[standing].lower()})" for label, standing in figures) or "không tính"


def causes(one: Moved) -> list[dict[str, Any]]:
    """What was recorded since: what, of which day, when, by whom, why."""
    found = []
    for event in one.events:
        wrong = event.corrects
        what = title(event)
        if wrong is not None:
            what = f"Hủy: {title(wrong)}" if event.kind == "void" else f"Ghi lại: {title(event)}"
        found.append(
            {
                "what": what,
                "on": wrong.happened_on if wrong is not None and event.kind == "void" else event.happened_on,
                "at": moment(event.recorded_at),
                "by": event.recorded_by.full_name if event.recorded_by else "Hệ thống",
                "reason": event.reason or ("Ghi muộn" if wrong is None else ""),
            }
        )
    found += [
        {
            "what": f"Sắp xếp tổ chức: {changed.organisation.name}",
            "on": changed.happened_on,
            "at": moment(changed.recorded_at),
            "by": "",
            "reason": changed.decision,
        }
        for changed in one.tree
    ]
    return found


def cause_words(cause: dict[str, Any]) -> str:
    """One cause on one line."""
    by = f", {cause['by']}" if cause["by"] else ""
    reason = f". Lý do: {cause['reason'].rstrip('. ')}" if cause["reason"] else ""
    return f"{cause['what']}, ngày {day_vn(cause['on'])} (ghi {cause['at']}{by}){reason}"


def signed(n: int) -> str:
    """A difference with its sign."""
    return f"+{n}" if n > 0 else f"−{-n}" if n else "0"


def row_words(row: Sent) -> str:
    """A row that differs: sent, now, by how many."""
    return f"{row.label}: đã gửi {row.then.total}, nay {row.now.total} ({signed(row.difference)})"


def moment(at: Any) -> str:
    """A moment as one says it."""
    local = timezone.localtime(at)
    return f"{local:%H:%M} ngày {day_vn(local.date())}"

"""How an assignment stands on a day, in words that need no colour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tochuc.kernel.known_dates import day_vn
from tochuc.programme.models import DONE, IN_PROGRESS, TaskAssignment

DONE_KIND, LATE, SILENT, GOING = "done", "late", "silent", "going"


@dataclass(frozen=True)
class Standing:
    """``kind`` is the strongest thing to say; ``late_days`` how many days past its due day, 0 for none."""

    kind: str
    words: str
    late_days: int


def standing_of(assignment: TaskAssignment, *, reported: bool, today: date) -> Standing:
    """Done (on time or how late), late, silent or under way; ``reported``: whether it ever reported.

    One that another organisation took on is under way there.
    """
    if assignment.status == DONE and assignment.done_on:
        late = max((assignment.done_on - assignment.due_on).days, 0)
        after = f", chậm {late} ngày" if late else ""
        return Standing(DONE_KIND, f"Đã xong {day_vn(assignment.done_on)}{after}", late)
    if assignment.continued_in_id is not None:
        return Standing(GOING, "Đã chuyển cho tổ chức kế tục", 0)
    late = max((today - assignment.due_on).days, 0)
    going = "đang thực hiện" if assignment.status == IN_PROGRESS else "chưa báo cáo"
    if late:
        return Standing(LATE, f"Quá hạn {late} ngày, {going}", late)
    if not reported:
        return Standing(SILENT, "Chưa báo cáo", 0)
    return Standing(GOING, "Đang thực hiện", 0)

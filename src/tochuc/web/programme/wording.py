"""The codes of the programme in the words of its pages. Web knows no tables, so the codes stand here."""

from __future__ import annotations

RESULT, LIMITATION, OPINION, TASK = "result", "limitation", "opinion", "task"

ITEM_LABELS = (
    (RESULT, "Kết quả"),
    (LIMITATION, "Hạn chế, tồn tại"),
    (OPINION, "Ý kiến thảo luận"),
    (TASK, "Nhiệm vụ"),
)
SECTIONS = {
    RESULT: ("Kết quả đạt được", "Thêm kết quả"),
    LIMITATION: ("Hạn chế, tồn tại", "Thêm hạn chế"),
    OPINION: ("Ý kiến thảo luận", "Thêm ý kiến"),
    TASK: ("Nhiệm vụ thời gian tới", "Thêm nhiệm vụ"),
}
REPORT_STATUS = (("in_progress", "Đang thực hiện"), ("done", "Đã hoàn thành"))

# What the colour of a standing's mark is; its words say the same.
STANDING_MARK = {"done": "good", "late": "late", "silent": "wait", "going": "plain"}

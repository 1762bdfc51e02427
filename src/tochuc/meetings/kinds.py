"""Kinds of cell meeting, and how a member can have been there or not."""

from __future__ import annotations

REGULAR, THEMATIC, EXTRAORDINARY = "regular", "thematic", "extraordinary"
MEETING_CHOICES = [
    (REGULAR, "Thường kỳ"),
    (THEMATIC, "Chuyên đề"),
    (EXTRAORDINARY, "Bất thường"),
]
MEETING_KINDS = dict(MEETING_CHOICES)

PRESENT, EXCUSED, ABSENT = "present", "excused", "absent"
ATTENDANCE_CHOICES = [
    (PRESENT, "Có mặt"),
    (EXCUSED, "Vắng có lý do"),
    (ABSENT, "Vắng không lý do"),
]
ATTENDANCE = dict(ATTENDANCE_CHOICES)

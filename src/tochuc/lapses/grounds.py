"""The two grounds that recorded months can bear out, and what a cell can say once it has considered them."""

from __future__ import annotations

ABSENCE, FEES = "absence", "fees"
GROUND_CHOICES = [
    (ABSENCE, "Vắng sinh hoạt không lý do"),
    (FEES, "Không nộp đảng phí"),
]
GROUNDS = dict(GROUND_CHOICES)
RULES = {ABSENCE: "removal.absence_months", FEES: "removal.fee_months"}

REASON, REMINDED, FURTHER = "reason", "reminded", "further"
OUTCOME_CHOICES = [
    (REASON, "Có lý do chính đáng"),
    (REMINDED, "Nhắc nhở, giúp đỡ, tiếp tục theo dõi"),
    (FURTHER, "Xem xét theo quy trình xóa tên"),
]
OUTCOMES = dict(OUTCOME_CHOICES)

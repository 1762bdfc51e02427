"""What kinds of parameter there are, the units of each, and how the units read in Vietnamese."""

from typing import Literal

Kind = Literal["duration", "count", "measure", "share", "money", "rate", "text", "list"]

UNIT_WORDS = {
    "days": "ngày",
    "working_days": "ngày làm việc",
    "months": "tháng",
    "years": "năm",
    "minutes": "phút",
    "official_members": "số đảng viên chính thức",
    "committee_members": "số cấp ủy viên",
    "standing_members": "số ủy viên ban thường vụ",
    "body_members": "số thành viên của tổ chức",
    "summoned": "số người được triệu tập",
    "attending_due": "số đảng viên phải dự",
    "rated_good": "số được xếp loại tốt",
    "planned": "số người được quy hoạch",
    "to_elect": "số lượng cần bầu",
    "members": "đảng viên",
    "people": "người",
    "votes": "lần biểu quyết",
    "ballots": "lần bầu",
    "times": "lần",
    "points": "điểm",
    "digits": "chữ số",
    "number": "",
    "pt": "pt",
    "mm": "mm",
    "vnd": "đồng",
    "base_salaries": "lần mức lương cơ sở",
    "month_days": "",
    "words": "",
    "percent": "%",
    "percent_of_pay": "% tiền lương, tiền công",
    "percent_of_benefit": "% lương hưu hoặc trợ cấp",
    "percent_of_regional_wage": "% lương tối thiểu vùng",
    "percent_of_amount": "% mức chung của địa bàn",
    "percent_of_collected": "% số đảng phí thu được",
    "percent_of_received": "% số cấp dưới nộp lên",
}
"""Unit → how it follows a value; a share is read "two thirds of" its unit; one that begins with % stands close."""

UNITS_OF: dict[Kind, frozenset[str]] = {
    "duration": frozenset({"days", "working_days", "months", "years", "minutes"}),
    "count": frozenset({"members", "people", "votes", "ballots", "times", "points", "digits", "number"}),
    "measure": frozenset({"pt", "mm"}),
    "share": frozenset(
        {
            "official_members",
            "committee_members",
            "standing_members",
            "body_members",
            "summoned",
            "attending_due",
            "rated_good",
            "planned",
            "to_elect",
        }
    ),
    "money": frozenset({"vnd", "base_salaries"}),
    "rate": frozenset(
        {
            "percent_of_pay",
            "percent_of_benefit",
            "percent_of_regional_wage",
            "percent_of_amount",
            "percent_of_collected",
            "percent_of_received",
        }
    ),
    "text": frozenset({"words", "month_days"}),
    "list": frozenset({"years", "pt", "month_days", "words", "percent"}),
}

"""Which parts of the program ask for a parameter, in the words of the screen; read from the program's own source."""

from __future__ import annotations

from functools import cache

from tochuc.rules.usage import PROGRAM, usage

_PARTS = {
    "Hồ sơ quy trình": ("cases",),
    "Dữ liệu cần làm sạch": ("desk",),
    "Trình bày văn bản": ("documents",),
    "Đảng phí": ("dues", "web/dues"),
    "Việc cần làm": ("duties",),
    "Phân công công tác": ("entrusting", "web/entrusting"),
    "Nhập danh sách": ("exchange",),
    "Trường hợp cần xem xét (bỏ sinh hoạt, nợ đảng phí)": ("lapses",),
    "Danh sách Huy hiệu Đảng, thẻ đảng viên": ("lists",),
    "Sinh hoạt chi bộ, điểm danh": ("meetings",),
    "Hồ sơ và sổ đảng viên": ("members", "web/members"),
    "Soạn giấy tờ": ("papers",),
    "Hội nghị và nhiệm vụ": ("programme",),
    "Sắp xếp tổ chức": ("reorganise",),
}


@cache
def parts_using(rule_id: str) -> tuple[str, ...]:
    """The parts that ask for it, beside the procedures, which name their rules themselves."""
    return tuple(
        words
        for words, folders in _PARTS.items()
        if any(usage(PROGRAM / folder).uses(rule_id) for folder in folders)
    )

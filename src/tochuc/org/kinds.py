"""Kinds of organisation and of cell, and which may sit directly under which.

Source: Điều lệ Đảng, chapters IV-V, as restated in the design's notes on organisation types. A commune's
committee directly above the grassroots exists since 01/07/2025, as a pilot of 294-QĐ/TW.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of organisation: its name on screen, what it may stand under, whether people belong to it."""

    code: str
    label: str
    under: frozenset[str]
    holds_members: bool = False


_COMMITTEES = frozenset({"province_committee", "district_committee", "commune_committee"})
_BASE = frozenset({"grassroots_committee", "sectional_committee"})

KINDS = {
    kind.code: kind
    for kind in (
        Kind("province_committee", "Đảng bộ tỉnh", frozenset()),
        Kind("district_committee", "Đảng bộ huyện", frozenset({"province_committee"})),
        Kind("commune_committee", "Đảng bộ xã cấp trên cơ sở", frozenset({"province_committee"})),
        Kind("grassroots_committee", "Đảng bộ cơ sở", _COMMITTEES),
        Kind("grassroots_cell", "Chi bộ cơ sở", _COMMITTEES, holds_members=True),
        Kind("sectional_committee", "Đảng bộ bộ phận", frozenset({"grassroots_committee"})),
        Kind("cell", "Chi bộ trực thuộc", _BASE, holds_members=True),
        Kind("board", "Ban, cơ quan tham mưu", _COMMITTEES),
    )
}
KIND_CHOICES = [(kind.code, kind.label) for kind in KINDS.values()]
MEMBER_KINDS = frozenset(kind.code for kind in KINDS.values() if kind.holds_members)

CELL_KIND_CHOICES = [
    ("village", "Thôn"),
    ("quarter", "Khối phố"),
    ("school", "Trường học"),
    ("health_station", "Trạm y tế"),
    ("agency", "Cơ quan"),
    ("enterprise", "Doanh nghiệp"),
    ("police", "Công an"),
    ("military", "Quân sự"),
    ("temporary", "Lâm thời"),
]
CELL_KINDS = dict(CELL_KIND_CHOICES)
POST_KIND_CHOICES = [
    ("secretary", "Bí thư"),
    ("standing_deputy_secretary", "Phó Bí thư Thường trực"),
    ("deputy_secretary", "Phó Bí thư"),
    ("standing_committee_member", "Ủy viên Ban Thường vụ"),
    ("committee_member", "Cấp ủy viên"),
    ("board_head", "Trưởng ban"),
    ("board_deputy", "Phó Trưởng ban"),
    ("chair_inspection", "Chủ nhiệm Ủy ban Kiểm tra"),
    ("other", "Chức vụ khác"),
]
POST_KINDS = dict(POST_KIND_CHOICES)
# Posts in the order a list of leaders shows them.
POST_ORDER = {code: place for place, (code, _) in enumerate(POST_KIND_CHOICES)}
LEADING_POSTS = frozenset({"secretary", "board_head"})

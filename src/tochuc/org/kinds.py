"""Kinds of organisation and of cell, and which may sit directly under which.

Source: Điều lệ Đảng, chapters IV-V, as restated in the design's notes on organisation types. A commune's
committee directly above the grassroots exists since 01/07/2025; the committee between a grassroots one and its
cells is the newest of them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of organisation: its name on screen, what it may stand under, whether people belong to it.

    ``places``: what it is called instead where its own name says it is the body of such a place.
    """

    code: str
    label: str
    under: frozenset[str]
    holds_members: bool = False
    places: tuple[tuple[str, str], ...] = ()


_ABOVE = frozenset({"province_committee", "district_committee", "commune_committee"})
_WITH_CELLS = frozenset({"grassroots_committee", "sectional_committee", "subordinate_committee"})

_LIKE_A_PROVINCE = (("thành phố", "Đảng bộ thành phố trực thuộc Trung ương"),)
_LIKE_A_DISTRICT = (
    ("quận", "Đảng bộ quận"),
    ("thị xã", "Đảng bộ thị xã"),
    ("thành phố", "Đảng bộ thành phố thuộc tỉnh"),
)
_LIKE_A_COMMUNE = (
    ("phường", "Đảng bộ phường cấp trên cơ sở"),
    ("đặc khu", "Đảng bộ đặc khu cấp trên cơ sở"),
)

KINDS = {
    kind.code: kind
    for kind in (
        Kind("province_committee", "Đảng bộ tỉnh", frozenset(), places=_LIKE_A_PROVINCE),
        Kind(
            "district_committee", "Đảng bộ huyện", frozenset({"province_committee"}), places=_LIKE_A_DISTRICT
        ),
        Kind(
            "commune_committee",
            "Đảng bộ xã cấp trên cơ sở",
            frozenset({"province_committee"}),
            places=_LIKE_A_COMMUNE,
        ),
        Kind("grassroots_committee", "Đảng bộ cơ sở", _ABOVE),
        Kind("grassroots_cell", "Chi bộ cơ sở", _ABOVE, holds_members=True),
        Kind("sectional_committee", "Đảng bộ bộ phận", frozenset({"grassroots_committee"})),
        Kind("subordinate_committee", "Đảng bộ trực thuộc cơ sở", frozenset({"grassroots_committee"})),
        Kind("cell", "Chi bộ trực thuộc", _WITH_CELLS, holds_members=True),
        Kind("board", "Ban, cơ quan tham mưu", _ABOVE | {"grassroots_committee"}),
    )
}
KIND_CHOICES = [(kind.code, kind.label) for kind in KINDS.values()]
KINDS_BY_WORDS = [
    *KIND_CHOICES,
    *((kind.code, words) for kind in KINDS.values() for _place, words in kind.places),
]
"""Every wording of a kind, as lists from elsewhere may have it."""
KINDS_OFFERED = [
    (kind.code, ", ".join([kind.label, *(words for _place, words in kind.places)])) for kind in KINDS.values()
]
"""Kinds to choose from, before there is a name that says of which place it is."""
GRASSROOTS_KINDS = frozenset({"grassroots_committee", "grassroots_cell"})
MEMBER_KINDS = frozenset(kind.code for kind in KINDS.values() if kind.holds_members)

CELL_KIND_CHOICES = [
    ("village", "Thôn"),
    ("quarter", "Khối phố"),
    ("school", "Trường học"),
    ("health_station", "Trạm y tế"),
    ("agency", "Cơ quan"),
    ("enterprise", "Doanh nghiệp"),
    ("cooperative", "Hợp tác xã"),
    ("service_unit", "Đơn vị sự nghiệp"),
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
# Those whose holders make up the committee of an organisation (cấp ủy, chi ủy).
COMMITTEE_POSTS = frozenset(
    {
        "secretary",
        "standing_deputy_secretary",
        "deputy_secretary",
        "standing_committee_member",
        "committee_member",
    }
)
DEPUTY_POSTS = frozenset({"standing_deputy_secretary", "deputy_secretary"})


def kind_words(kind: str, name: str) -> str:
    """What an organisation's kind is called; a city under the centre has the place of a province but not its word.

    >>> kind_words("province_committee", "Đảng bộ thành phố Đà Nẵng")
    'Đảng bộ thành phố trực thuộc Trung ương'
    """
    own = name.casefold()
    named = (words for place, words in KINDS[kind].places if own.startswith(f"đảng bộ {place} "))
    return next(named, KINDS[kind].label)


def why_not_under(kind: str, above: str | None) -> str:
    """Why an organisation of this kind can't stand directly under one of that kind; empty where it can.

    An installation's topmost may be of any kind: what stands above it isn't in the record.
    """
    if above is None or above in KINDS[kind].under:
        return ""
    return f"{KINDS[kind].label} không đặt trực tiếp dưới {KINDS[above].label}."


def why_not_cell_kind(kind: str, cell_kind: str) -> str:
    """Why an organisation of this kind can't be of that kind of cell; empty where it can."""
    if not cell_kind:
        return ""
    if cell_kind not in CELL_KINDS:
        return f"Không có loại chi bộ «{cell_kind}»."
    if not KINDS[kind].holds_members:
        return f"{KINDS[kind].label} không phải chi bộ nên không ghi loại chi bộ."
    return ""

"""Standings, and the kinds of event that move a person between them.

A standing is an account of the ledger; *outside* is one like any other. The reason code of each kind is the
row of the official statement (form 1-BTCTW) in which it counts; rows and their labels are in the rules pack
``tables/movement_reasons``.
"""

from __future__ import annotations

from dataclasses import dataclass

OUTSIDE = "outside"
SYMPATHISER = "sympathiser"
PROBATIONARY = "probationary"
OFFICIAL = "official"

STANDING_CHOICES = [
    (OUTSIDE, "Ngoài Đảng"),
    (SYMPATHISER, "Cảm tình đảng"),
    (PROBATIONARY, "Đảng viên dự bị"),
    (OFFICIAL, "Đảng viên chính thức"),
]
STANDINGS = dict(STANDING_CHOICES)
IN_PARTY = frozenset({PROBATIONARY, OFFICIAL})

CELL, OWN_CELL, ANY_ORGANISATION, WORDS = "cell", "own_cell", "organisation", "words"


REPRIMAND, WARNING, DISMISSAL, EXPULSION = "reprimand", "warning", "dismissal", "expulsion"
DISCIPLINES = {
    REPRIMAND: "Khiển trách",
    WARNING: "Cảnh cáo",
    DISMISSAL: "Cách chức",
    EXPULSION: "Khai trừ",
}
"""The forms of discipline; all but the last leave one a member, as an event ``disciplined`` that names its form."""


@dataclass(frozen=True)
class EventKind:
    """A kind of event: from which standings, to which, and how it is called.

    ``to`` None keeps the standing; ``"data"`` takes it from the event's data; ``"before"`` is the last one
    in the Party. ``place`` says whether the event names the organisation one comes to. ``elsewhere`` says that it
    names a place one doesn't come to yet: a cell, any organisation of ours, or only words; the first two may be
    in words too, for what is outside our records. ``noted``: it changes nothing of where one stands.
    """

    code: str
    label: str
    sentence: str
    frm: frozenset[str]
    to: str | None
    place: bool = False
    reason: str = ""
    needs_decision: bool = False
    elsewhere: str = ""
    noted: bool = False


_ANY = frozenset({SYMPATHISER, PROBATIONARY, OFFICIAL})


def _leaving(code: str, label: str, sentence: str, reason: str) -> EventKind:
    """A way out of the Party that rests on a decision."""
    return EventKind(code, label, sentence, IN_PARTY, OUTSIDE, reason=reason, needs_decision=True)


def _staying(
    code: str, label: str, sentence: str, *, elsewhere: str = "", needs_decision: bool = False
) -> EventKind:
    """What begins, ends or prolongs a condition of a member (``conditions``); one stays where one stands."""
    return EventKind(
        code, label, sentence, IN_PARTY, None, elsewhere=elsewhere, needs_decision=needs_decision
    )


def _noting(code: str, label: str, sentence: str, frm: frozenset[str], *, needs_decision: bool) -> EventKind:
    """Something given to a member (a badge, a card) or taken in again; one stays where one stands."""
    return EventKind(code, label, sentence, frm, None, needs_decision=needs_decision, noted=True)


_ONCE_IN = IN_PARTY | {OUTSIDE}

EVENT_KINDS = {
    kind.code: kind
    for kind in (
        EventKind(
            "opening",
            "Ghi nhận ban đầu",
            "Ghi nhận khi lập sổ",
            frozenset({OUTSIDE}),
            "data",
            place=True,
            reason="opening",
        ),
        EventKind(
            "sympathiser_listed",
            "Đưa vào danh sách cảm tình đảng",
            "Được đưa vào danh sách cảm tình đảng",
            frozenset({OUTSIDE}),
            SYMPATHISER,
            place=True,
        ),
        EventKind(
            "sympathiser_closed",
            "Đưa ra khỏi danh sách cảm tình đảng",
            "Đưa ra khỏi danh sách cảm tình đảng",
            frozenset({SYMPATHISER}),
            OUTSIDE,
        ),
        EventKind(
            "admitted",
            "Kết nạp đảng viên",
            "Được kết nạp vào Đảng",
            frozenset({OUTSIDE, SYMPATHISER}),
            PROBATIONARY,
            place=True,
            reason="admitted",
            needs_decision=True,
        ),
        EventKind(
            "readmitted",
            "Kết nạp lại",
            "Được kết nạp lại vào Đảng",
            frozenset({OUTSIDE, SYMPATHISER}),
            PROBATIONARY,
            place=True,
            reason="readmitted",
            needs_decision=True,
        ),
        EventKind(
            "recognised",
            "Công nhận chính thức",
            "Được công nhận đảng viên chính thức",
            frozenset({PROBATIONARY}),
            OFFICIAL,
            reason="recognised",
            needs_decision=True,
        ),
        EventKind(
            "transferred",
            "Chuyển sinh hoạt đảng",
            "Chuyển sinh hoạt đảng",
            _ANY,
            None,
            place=True,
            reason="transferred",
        ),
        EventKind(
            "arrived",
            "Chuyển sinh hoạt đến",
            "Chuyển sinh hoạt từ nơi khác đến",
            frozenset({OUTSIDE}),
            "data",
            place=True,
            reason="transferred",
        ),
        EventKind(
            "left_for",
            "Chuyển sinh hoạt đi nơi khác",
            "Chuyển sinh hoạt đi nơi khác",
            IN_PARTY,
            OUTSIDE,
            reason="transferred",
        ),
        EventKind(
            "reorganised",
            "Chuyển theo sắp xếp tổ chức",
            "Chuyển sinh hoạt theo sắp xếp tổ chức",
            _ANY,
            None,
            place=True,
            reason="reorganisation",
        ),
        EventKind("died", "Từ trần", "Từ trần", _ANY, OUTSIDE, reason="deceased"),
        _leaving("expelled", "Khai trừ", "Bị khai trừ khỏi Đảng", "expelled"),
        _leaving("removed", "Xóa tên", "Bị xóa tên trong danh sách đảng viên", "removed"),
        _leaving("departed", "Xin ra khỏi Đảng", "Được cho ra khỏi Đảng", "left"),
        EventKind(
            "restored",
            "Phục hồi quyền đảng viên",
            "Được phục hồi quyền đảng viên",
            frozenset({OUTSIDE}),
            "before",
            place=True,
            reason="restored",
            needs_decision=True,
        ),
        EventKind(
            "reconnected",
            "Nối lại sinh hoạt đảng",
            "Được nối lại sinh hoạt đảng",
            frozenset({OUTSIDE}),
            "before",
            place=True,
            reason="reconnected",
            needs_decision=True,
        ),
        _leaving("admission_annulled", "Hủy quyết định kết nạp", "Bị hủy quyết định kết nạp", "annulled"),
        EventKind(
            "recognition_annulled",
            "Hủy quyết định công nhận chính thức",
            "Bị hủy quyết định công nhận chính thức",
            frozenset({OFFICIAL}),
            PROBATIONARY,
            reason="unrecognised",
            needs_decision=True,
        ),
        _staying("exempted", "Miễn công tác và sinh hoạt đảng", "Được miễn công tác và sinh hoạt đảng"),
        _staying("exemption_ended", "Thôi miễn sinh hoạt đảng", "Trở lại sinh hoạt đảng"),
        _staying(
            "sent_temporarily",
            "Chuyển sinh hoạt đảng tạm thời",
            "Chuyển sinh hoạt đảng tạm thời",
            elsewhere=CELL,
        ),
        _staying(
            "temporary_extended", "Gia hạn sinh hoạt đảng tạm thời", "Được gia hạn sinh hoạt đảng tạm thời"
        ),
        _staying(
            "temporary_ended", "Hết sinh hoạt đảng tạm thời", "Trở về sau thời gian sinh hoạt đảng tạm thời"
        ),
        _staying("suspended", "Đình chỉ sinh hoạt đảng", "Bị đình chỉ sinh hoạt đảng", needs_decision=True),
        _staying(
            "suspension_extended",
            "Gia hạn đình chỉ sinh hoạt đảng",
            "Bị gia hạn đình chỉ sinh hoạt đảng",
            needs_decision=True,
        ),
        _staying("suspension_ended", "Hết đình chỉ sinh hoạt đảng", "Trở lại sinh hoạt đảng sau đình chỉ"),
        _staying("disciplined", "Kỷ luật đảng", "Bị kỷ luật", needs_decision=True),
        _staying("discipline_ended", "Hết hiệu lực kỷ luật", "Hết hiệu lực kỷ luật"),
        _staying("went_abroad", "Ra nước ngoài", "Ra nước ngoài", elsewhere=WORDS),
        _staying("abroad_ended", "Về nước", "Về nước, trở lại sinh hoạt đảng"),
        EventKind(
            "papers_out",
            "Cấp giấy giới thiệu chuyển sinh hoạt",
            "Được cấp giấy giới thiệu chuyển sinh hoạt đảng",
            _ANY,
            None,
            elsewhere=ANY_ORGANISATION,
        ),
        EventKind(
            "papers_returned",
            "Thu lại giấy giới thiệu",
            "Không chuyển nữa, giấy giới thiệu thu lại",
            _ANY,
            None,
        ),
        _noting(
            "badge_awarded",
            "Tặng Huy hiệu Đảng",
            "Được tặng Huy hiệu Đảng",
            _ONCE_IN,
            needs_decision=True,
        ),
        _noting(
            "badge_reissued",
            "Cấp lại Huy hiệu Đảng",
            "Được cấp lại Huy hiệu Đảng",
            IN_PARTY,
            needs_decision=True,
        ),
        _noting(
            "card_issued",
            "Phát thẻ đảng viên",
            "Được phát thẻ đảng viên",
            frozenset({OFFICIAL}),
            needs_decision=True,
        ),
        _noting(
            "card_exchanged",
            "Đổi thẻ đảng viên",
            "Được đổi thẻ đảng viên",
            frozenset({OFFICIAL}),
            needs_decision=True,
        ),
        _noting(
            "card_reissued",
            "Cấp lại thẻ đảng viên",
            "Được cấp lại thẻ đảng viên",
            frozenset({OFFICIAL}),
            needs_decision=True,
        ),
        _noting(
            "card_withdrawn",
            "Thu hồi thẻ đảng viên",
            "Nộp lại thẻ đảng viên",
            _ONCE_IN,
            needs_decision=False,
        ),
        EventKind("took_post", "Nhận chức vụ", "Nhận chức vụ", IN_PARTY, None),
        EventKind("left_post", "Thôi chức vụ", "Thôi giữ chức vụ", IN_PARTY | {OUTSIDE}, None),
        EventKind("void", "Hủy mục ghi sai", "Hủy mục ghi sai", _ANY | {OUTSIDE}, None),
    )
}
EVENT_CHOICES = [(kind.code, kind.label) for kind in EVENT_KINDS.values()]

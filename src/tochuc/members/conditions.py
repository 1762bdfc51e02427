"""Conditions of a member: what holds for a time without changing where one stands (decision 0010).

A condition is begun by one kind of event and ended by another, or by a move; some can be made longer. The fold
reads only what is declared here.
"""

from __future__ import annotations

from dataclasses import dataclass

EXEMPT = "exempt"
TEMPORARY = "temporary"
SUSPENDED = "suspended"
ABROAD = "abroad"
IN_TRANSFER = "in_transfer"
DISCIPLINED = "disciplined"


@dataclass(frozen=True)
class ConditionKind:
    """A condition: its name, the kinds of event that begin, end and prolong it, the moves that end it.

    ``already`` and ``absent`` complete "Người này …" where it is begun twice, or ended without holding. One that is
    ``renewed`` may be begun again while it holds: the later one takes the place of the earlier.
    """

    code: str
    label: str
    begun_by: str
    ended_by: str
    already: str
    absent: str
    prolonged_by: str = ""
    ended_by_moves: frozenset[str] = frozenset()
    renewed: bool = False


_OFFICIAL_MOVES = frozenset({"transferred", "left_for"})

CONDITIONS = {
    kind.code: kind
    for kind in (
        ConditionKind(
            EXEMPT,
            "Miễn công tác và sinh hoạt đảng",
            "exempted",
            "exemption_ended",
            "đã được miễn công tác và sinh hoạt",
            "không được miễn sinh hoạt",
        ),
        ConditionKind(
            TEMPORARY,
            "Sinh hoạt đảng tạm thời nơi khác",
            "sent_temporarily",
            "temporary_ended",
            "đã chuyển sinh hoạt tạm thời",
            "không sinh hoạt tạm thời nơi khác",
            "temporary_extended",
            _OFFICIAL_MOVES,
        ),
        ConditionKind(
            SUSPENDED,
            "Bị đình chỉ sinh hoạt đảng",
            "suspended",
            "suspension_ended",
            "đã bị đình chỉ sinh hoạt",
            "không bị đình chỉ sinh hoạt",
            "suspension_extended",
        ),
        ConditionKind(
            ABROAD,
            "Ở nước ngoài",
            "went_abroad",
            "abroad_ended",
            "đã ở nước ngoài",
            "không ở nước ngoài",
        ),
        ConditionKind(
            IN_TRANSFER,
            "Đang chuyển sinh hoạt đảng",
            "papers_out",
            "papers_returned",
            "đã có giấy giới thiệu chuyển sinh hoạt",
            "không có giấy giới thiệu nào đang đi",
            "",
            _OFFICIAL_MOVES,
        ),
        ConditionKind(
            DISCIPLINED,
            "Đang có hiệu lực kỷ luật",
            "disciplined",
            "discipline_ended",
            "đang có hiệu lực kỷ luật",
            "không còn kỷ luật nào có hiệu lực",
            renewed=True,
        ),
    )
}
TOUCHING_MEETINGS = frozenset(CONDITIONS) - {DISCIPLINED}
"""Conditions that change how one takes part; under discipline one works and meets as before."""
CONDITION_CHOICES = [(kind.code, kind.label) for kind in CONDITIONS.values()]

BEGUN_BY = {kind.begun_by: kind for kind in CONDITIONS.values()}
ENDED_BY = {kind.ended_by: kind for kind in CONDITIONS.values()}
PROLONGED_BY = {kind.prolonged_by: kind for kind in CONDITIONS.values() if kind.prolonged_by}

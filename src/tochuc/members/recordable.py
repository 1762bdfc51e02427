"""What may be recorded of a person now: the kinds of event that their standing and history allow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tochuc.kernel.days import FOREVER
from tochuc.members.folds import fold, in_force
from tochuc.members.kinds import EVENT_KINDS, OUTSIDE, PROBATIONARY, EventKind
from tochuc.members.models import MemberEvent

_OFFERED = {
    "recognised": "Từ đảng viên dự bị thành đảng viên chính thức, đúng ngày hết thời gian dự bị.",
    "admitted": "Trở thành đảng viên dự bị từ ngày tổ chức lễ kết nạp.",
    "readmitted": "Người từng là đảng viên được kết nạp lại, bắt đầu thời gian dự bị mới.",
    "transferred": "Sang chi bộ khác có trong sổ này, cùng đảng bộ hoặc đảng bộ khác.",
    "left_for": "Đến tổ chức đảng ngoài sổ này, như huyện khác, tỉnh khác, quân đội.",
    "arrived": "Trở lại sinh hoạt tại chi bộ sau thời gian ở tổ chức đảng khác.",
    "exempted": "Chi bộ đồng ý miễn công tác và sinh hoạt; vẫn là đảng viên của chi bộ.",
    "exemption_ended": "Trở lại công tác và sinh hoạt đảng bình thường.",
    "died": "Ngày từ trần; đảng số giảm từ ngày đó.",
    "departed": "Theo đơn của đảng viên, cấp có thẩm quyền quyết định.",
    "removed": "Đưa ra khỏi danh sách đảng viên theo quyết định; không phải hình thức kỷ luật.",
    "expelled": "Hình thức kỷ luật, theo quyết định của cấp có thẩm quyền.",
    "restored": "Được khôi phục quyền đảng viên; tuổi đảng tính liên tục.",
    "sympathiser_listed": "Chi bộ đưa vào danh sách quần chúng để theo dõi, giúp đỡ.",
    "sympathiser_closed": "Không còn trong danh sách quần chúng được theo dõi.",
}
# Forms of discipline of a probationary member don't include expulsion: Điều lệ Đảng 2011, Điều 35.
_NEVER_FOR = {PROBATIONARY: {"expelled"}}
_EXITS = frozenset({"expelled", "removed", "departed"})
# Which a committee above the cell decides, so the cell's secretary doesn't record them.
DECIDED_ABOVE = _EXITS | {"restored"}
_WAYS_BACK = {
    "died": frozenset[str](),
    "left_for": frozenset({"arrived"}),
    **{code: frozenset({"readmitted", "restored"}) for code in _EXITS},
}


@dataclass(frozen=True)
class Offer:
    """A kind of event one may record, and what it comes to in a sentence."""

    kind: EventKind
    about: str


def offers(events: Iterable[MemberEvent]) -> list[Offer]:
    """The kinds that may follow one person's events, in the order a form lists them."""
    valid = in_force(events)
    folded = fold(valid)
    standing = folded.last.standing
    allowed = {code for code in _OFFERED if standing in EVENT_KINDS[code].frm}
    allowed -= _NEVER_FOR.get(standing, set())
    exempt = any(span.until == FOREVER for span in folded.conditions)
    allowed -= {"exempted"} if exempt else {"exemption_ended"}
    allowed -= _not_by_history(standing, [event.kind for event in valid])
    return [Offer(EVENT_KINDS[code], about) for code, about in _OFFERED.items() if code in allowed]


def _not_by_history(standing: str, kinds: list[str]) -> set[str]:
    """What one's past rules out: one never a member isn't admitted again, nor is a former one admitted anew."""
    ends = [kind for kind in kinds if kind in _WAYS_BACK]
    back = {"arrived", "readmitted", "restored", "sympathiser_listed", "admitted"}
    if standing != OUTSIDE:
        return {"admitted"} if _EXITS & set(kinds) else {"readmitted"}
    return back - _WAYS_BACK[ends[-1]] if ends else back - {"sympathiser_listed", "admitted"}

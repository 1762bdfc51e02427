"""What may be recorded of a person now: the kinds of event that their standing and history allow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.kernel.days import FOREVER
from tochuc.members.conditions import CONDITIONS
from tochuc.members.folds import fold, in_force
from tochuc.members.kinds import EVENT_KINDS, OUTSIDE, PROBATIONARY, EventKind
from tochuc.members.models import MemberEvent, Person

_OFFERED = {
    "recognised": "Từ đảng viên dự bị thành đảng viên chính thức, đúng ngày hết thời gian dự bị.",
    "admitted": "Trở thành đảng viên dự bị từ ngày tổ chức lễ kết nạp.",
    "readmitted": "Người từng là đảng viên được kết nạp lại, bắt đầu thời gian dự bị mới.",
    "transferred": "Sang chi bộ khác có trong sổ này, cùng đảng bộ hoặc đảng bộ khác.",
    "left_for": "Đến tổ chức đảng ngoài sổ này, như huyện khác, tỉnh khác, quân đội.",
    "arrived": "Trở lại sinh hoạt tại chi bộ sau thời gian ở tổ chức đảng khác.",
    "papers_out": "Cấp giấy giới thiệu; vẫn tính ở chi bộ đến khi nơi đến tiếp nhận.",
    "papers_returned": "Không chuyển nữa; tiếp tục sinh hoạt tại chi bộ.",
    "sent_temporarily": "Sinh hoạt nơi khác có thời hạn; vẫn tính trong đảng số của chi bộ.",
    "temporary_extended": "Kéo dài thời gian sinh hoạt tạm thời.",
    "temporary_ended": "Trở về sinh hoạt tại chi bộ.",
    "went_abroad": "Đi công tác, học tập, lao động ở nước ngoài; vẫn tính trong đảng số của chi bộ.",
    "abroad_ended": "Về nước, trở lại sinh hoạt tại chi bộ.",
    "exempted": "Chi bộ đồng ý miễn công tác và sinh hoạt; vẫn là đảng viên của chi bộ.",
    "exemption_ended": "Trở lại công tác và sinh hoạt đảng bình thường.",
    "suspended": "Theo quyết định của cấp có thẩm quyền; vẫn tính trong đảng số của chi bộ.",
    "suspension_extended": "Theo quyết định gia hạn của cấp có thẩm quyền.",
    "suspension_ended": "Hết thời hạn hoặc có quyết định thôi đình chỉ.",
    "died": "Ngày từ trần; đảng số giảm từ ngày đó.",
    "departed": "Theo đơn của đảng viên, cấp có thẩm quyền quyết định.",
    "removed": "Đưa ra khỏi danh sách đảng viên theo quyết định; không phải hình thức kỷ luật.",
    "expelled": "Hình thức kỷ luật, theo quyết định của cấp có thẩm quyền.",
    "restored": "Được khôi phục quyền đảng viên; tuổi đảng tính liên tục.",
    "reconnected": "Người bị gián đoạn sinh hoạt được nối lại; không phải kết nạp lại.",
    "admission_annulled": "Kết nạp không đúng, cấp có thẩm quyền hủy quyết định kết nạp.",
    "recognition_annulled": "Công nhận không đúng; trở lại là đảng viên dự bị.",
    "sympathiser_listed": "Chi bộ đưa vào danh sách quần chúng để theo dõi, giúp đỡ.",
    "sympathiser_closed": "Không còn trong danh sách quần chúng được theo dõi.",
}
# Forms of discipline of a probationary member don't include expulsion: Điều lệ Đảng 2011, Điều 35.
_NEVER_FOR = {PROBATIONARY: {"expelled"}}
_EXITS = frozenset({"expelled", "removed", "departed"})
# Which a committee above the cell decides, so the cell's secretary doesn't record them.
_DECIDED_ABOVE = _EXITS | {
    *("restored", "reconnected", "admission_annulled", "recognition_annulled"),
    *("suspended", "suspension_extended", "suspension_ended"),
}
_WAYS_BACK = {
    "died": frozenset[str](),
    "left_for": frozenset({"arrived", "reconnected"}),
    "admission_annulled": frozenset({"sympathiser_listed", "admitted", "restored"}),
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
    allowed -= _not_by_condition({span.kind for span in folded.conditions if span.until == FOREVER})
    allowed -= _not_by_history(standing, [event.kind for event in valid])
    return [Offer(EVENT_KINDS[code], about) for code, about in _OFFERED.items() if code in allowed]


def offered(viewer: Viewer, person: Person) -> list[Offer]:
    """Those of them that the viewer records: what ends membership is decided above the cell."""
    found = offers(person.events.all())
    if gate.may(viewer, "member.record_exit", "person", person):
        return found
    return [one for one in found if one.kind.code not in _DECIDED_ABOVE]


def _not_by_condition(holding: set[str]) -> set[str]:
    """What holds already isn't begun again; what doesn't hold can be neither ended nor prolonged."""
    found = set()
    for condition in CONDITIONS.values():
        if condition.code in holding:
            found.add(condition.begun_by)
        else:
            found |= {condition.ended_by, condition.prolonged_by}
    return found


def _not_by_history(standing: str, kinds: list[str]) -> set[str]:
    """What one's past rules out: one never a member isn't admitted again, nor is a former one admitted anew."""
    ends = [kind for kind in kinds if kind in _WAYS_BACK]
    back = {"arrived", "readmitted", "restored", "reconnected", "sympathiser_listed", "admitted"}
    if standing != OUTSIDE:
        return {"admitted"} if _EXITS & set(kinds) else {"readmitted"}
    return back - _WAYS_BACK[ends[-1]] if ends else back - {"sympathiser_listed", "admitted"}

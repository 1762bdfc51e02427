"""A deputy secretary was dismissed, the district annulled it: what becomes of the post is still to be decided. Invented."""

from __future__ import annotations

from datetime import date

from tochuc.access.clock import living_on
from tochuc.audit.record import NOBODY
from tochuc.cases import actions
from tochuc.cases.declare import Count
from tochuc.exchange.demo.closed_files import TOLD_BY, take
from tochuc.kernel.days import FOREVER
from tochuc.members.kinds import DISMISSAL
from tochuc.members.ledger import headcount
from tochuc.members.models import Holds

_LAST = date(2023, 12, 31)
_POST = "dx-nam-phuoc-chau-hiep-pho-bi-thu"
_DISMISSED, _ISSUED, _TOLD = date(2022, 12, 12), date(2022, 12, 27), date(2022, 12, 29)


def keep_lost_posts(today: date) -> None:
    """The case, and the appeal against it up to what is left to decide; nothing where nobody held the post."""
    held = Holds.objects.filter(post__code=_POST, until=FOREVER, since__lt=date(2022, 11, 1))
    one = held.select_related("person", "post__organisation").first()
    if one is None or not TOLD_BY <= today <= _LAST:
        return
    opened = date(2022, 11, 7)
    answers = {
        "basis": "inspection",
        "basis_number": "Kết luận số 21-KL/UBKT",
        "what": "Thu tiền ủng hộ của dân không mở sổ, theo kết luận kiểm tra.",
        "violated_on": "2022-08-15",
        "concluded_on": "2022-11-03",
    }
    with living_on(opened):
        case = actions.open_case(
            "discipline", on=opened, by=NOBODY, today=opened, person=one.person, answers=answers
        )
    entitled = headcount(one.post.organisation, _DISMISSED).official
    agree = entitled - entitled // 6
    take(case, "tell", opened, "done", NOBODY, said={"meeting_on": _DISMISSED.isoformat()})
    take(case, "self_review", date(2022, 11, 28), "made", NOBODY)
    take(case, "hear", date(2022, 12, 5), "heard", NOBODY)
    take(case, "resolve", _DISMISSED, DISMISSAL, NOBODY, Count(entitled, entitled, agree, entitled - agree))
    take(case, "propose", date(2022, 12, 23), DISMISSAL, NOBODY, Count(15, 15, 13, 2))
    issued = {"number": "58-QĐ/ĐU", "announced_on": _ISSUED.isoformat(), "posts": [_POST]}
    take(case, "issue", _ISSUED, "issued", NOBODY, said=issued)
    take(case, "deliver", _TOLD, "delivered", NOBODY, said={"received_on": _TOLD.isoformat()})
    on = date(2023, 1, 16)
    answers = {
        "against": f"event:{case.moves.get(step='issue').event_id}",
        "received_on": _TOLD.isoformat(),
        "content": "Có sổ thu do chi hội giữ, đoàn kiểm tra chưa xem; đề nghị hủy quyết định.",
    }
    with living_on(on):
        appeal = actions.open_case(
            "discipline_appeal", on=on, by=NOBODY, today=on, person=one.person, answers=answers
        )
    take(appeal, "accept", date(2023, 1, 30), "accepted", NOBODY)
    take(appeal, "hear", date(2023, 2, 27), "done", NOBODY)
    take(appeal, "settle", date(2023, 4, 3), "annulled", NOBODY, Count(11, 11, 9, 2), {"number": "412-QĐ/HU"})
    take(appeal, "deliver", date(2023, 4, 7), "delivered", NOBODY, said={"received_on": "2023-04-07"})

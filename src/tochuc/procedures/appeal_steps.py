"""The steps of an appeal, level by level, whoever appeals: taken on, heard, settled, answered, the time to go further.

A level of our own record settles by its steps; above it stands the central level, whose answer is recorded here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tochuc.cases.clocks import OPENED, Answered, Since, Within
from tochuc.cases.declare import TO, Actor, Ballot, Outcome, Paper, Question, Step
from tochuc.members.kinds import DISMISSAL, REPRIMAND, WARNING
from tochuc.procedures import appeal_conditions as asks
from tochuc.procedures.actors import BOARD, COMMITTEE, ONESELF, THE_COMPETENT
from tochuc.procedures.questions import NUMBER

SETTLERS = (COMMITTEE @ TO, BOARD @ TO)
REJECTED = {
    "late": "Quá thời hạn khiếu nại",
    "higher": "Cấp cao hơn đang giải quyết, hoặc cấp cao nhất đã kết luận",
    "sentenced": "Bị Tòa án tuyên phạt từ cải tạo không giam giữ trở lên mà bản án chưa bị hủy",
    "for_another": "Khiếu nại hộ người khác",
    "unwritten": "Chưa có quyết định kỷ luật bằng văn bản",
    "refused": "Từ chối nhận quyết định kỷ luật",
    "gone": "Đã chuyển sinh hoạt chính thức ra ngoài phạm vi của cấp trên",
}
UPHELD = Outcome("upheld", "Giữ nguyên quyết định", effect="uphold")
ANNULLED = Outcome("annulled", "Hủy quyết định, khôi phục quyền", effect="annul")
CHANGED = (
    Outcome(REPRIMAND, "Thay bằng khiển trách", effect="change"),
    Outcome(WARNING, "Thay bằng cảnh cáo", effect="change"),
    Outcome(DISMISSAL, "Thay bằng cách chức", effect="change"),
)
_LIGHTER = frozenset({ANNULLED.code, REPRIMAND, WARNING})
_NUMBER = Question("number", "Số quyết định giải quyết", required=False)
_SHORT = Outcome("short", "Không phương án nào đủ tỷ lệ, bàn lại", again=True)


def _local(facts: Mapping[str, Any]) -> bool:
    """Whether a level of the record settles it."""
    return not facts.get("central")


def _central(facts: Mapping[str, Any]) -> bool:
    """Whether the central level settles it."""
    return bool(facts.get("central"))


def goes_on(facts: Mapping[str, Any]) -> bool:
    """Whether the answer leaves something to appeal, and a level to go to."""
    return not facts.get("central") and facts.get("settled_as") != "annulled"


def _told_and_more(facts: Mapping[str, Any]) -> bool:
    """Whether something is left to do once a level of ours told its answer."""
    return goes_on(facts) or bool(facts.get("posts_lost") and not facts.get("central"))


def _told_as_the_last(facts: Mapping[str, Any]) -> bool:
    """Whether nothing is left to do once a level of ours told its answer."""
    return not facts.get("central") and not _told_and_more(facts)


def _told_from_above(facts: Mapping[str, Any]) -> bool:
    """Whether the central level settled it, and no posts are left to decide about."""
    return bool(facts.get("central")) and not facts.get("posts_lost")


def comes_to(facts: Mapping[str, Any]) -> dict[str, Any]:
    """How the appeal was settled, and whether posts were lost by a decision that doesn't stand as it was."""
    move = facts["taken"].get("settle") or facts["taken"].get("settle_central")
    settled_as = move.outcome if move else ""
    return {"settled_as": settled_as, "posts_lost": bool(facts.get("posts_taken")) and settled_as in _LIGHTER}


@dataclass(frozen=True)
class Appellant:
    """Who appeals: as whom they act, how the steps call them, on which grounds they can be turned away, their papers."""

    by: tuple[Actor, ...]
    words: str
    grounds: Mapping[str, str]
    letter: str
    hearing: str
    answer: str


A_MEMBER = Appellant(
    (ONESELF,), "người khiếu nại", REJECTED, "appeal.letter", "discipline.hearing", "appeal.answer"
)


def tells(
    whose: Appellant,
    code: str,
    by: tuple[Actor, ...],
    after: str,
    when: Callable[[Any], bool],
    closes: str = "settled",
) -> Step:
    """Telling an answer; after one that leaves something to appeal, the case waits for that."""
    return Step(
        code,
        f"Báo kết quả cho {whose.words}",
        by=by,
        after=(after,),
        papers=(Paper(whose.answer),),
        questions=(Question("received_on", f"Ngày {whose.words} nhận kết quả", kind="day"),),
        outcomes=(Outcome("delivered", "Đã báo", closes=closes),),
        when=when,
    )


def appeal_steps(
    chapter: str, outcomes: tuple[Outcome, ...], ballot: Ballot | None, whose: Appellant = A_MEMBER
) -> tuple[Step, ...]:
    """The steps by the time limits of a chapter; a settling that is voted on has the ballot."""
    late = f"{chapter}.appeal_deadline"
    changing = () if set(CHANGED).isdisjoint(outcomes) else (asks.another_form,)
    return (
        Step(
            "accept",
            "Tiếp nhận đơn khiếu nại",
            by=SETTLERS,
            papers=(Paper(whose.letter, required=False),),
            questions=(
                Question(
                    "ground", "Lý do không giải quyết", kind="choice", choices=whose.grounds, required=False
                ),
            ),
            conditions=(asks.ground_named, asks.late_is_late(late)),
            outcomes=(
                Outcome("accepted", "Nhận giải quyết", effect="accept"),
                Outcome("rejected", f"Không giải quyết, đã báo {whose.words}", closes="not_accepted"),
            ),
            when=_local,
        ),
        Step(
            "hear",
            f"Nghe {whose.words} và nơi đã quyết định, thẩm tra",
            by=SETTLERS,
            after=("accept",),
            papers=(Paper(whose.hearing, required=False),),
            when=_local,
        ),
        Step(
            "settle",
            "Giải quyết khiếu nại",
            by=SETTLERS,
            after=("hear",),
            within=Within(f"{chapter}.appeal_answer_local", OPENED),
            ballot=ballot,
            questions=(_NUMBER,),
            conditions=(*changing, asks.number_given),
            outcomes=(*outcomes, _SHORT) if ballot else outcomes,
            when=_local,
        ),
        Step(
            "send_up",
            "Chuyển đơn lên cấp Trung ương",
            by=(THE_COMPETENT,),
            papers=(Paper(whose.letter, required=False),),
            outcomes=(Outcome("sent", "Đã chuyển", effect="accept"),),
            when=_central,
        ),
        Step(
            "settle_central",
            "Cấp Trung ương giải quyết khiếu nại",
            by=(THE_COMPETENT,),
            after=("send_up",),
            within=Within(f"{chapter}.appeal_answer_central", Since("send_up")),
            questions=(NUMBER,),
            conditions=changing,
            outcomes=outcomes,
            when=_central,
        ),
        tells(whose, "deliver", SETTLERS, "settle", _told_and_more, closes=""),
        tells(whose, "deliver_last", SETTLERS, "settle", _told_as_the_last),
        tells(whose, "deliver_central", (THE_COMPETENT,), "settle_central", _told_from_above),
        Step(
            "further",
            "Thời hạn khiếu nại tiếp lên cấp trên",
            by=(*whose.by, *SETTLERS),
            after=("deliver:delivered",),
            within=Within(late, Answered("deliver", "received_on")),
            conditions=(asks.further_time_over(late), asks.posts_decided),
            outcomes=(
                Outcome("ended", "Hết thời hạn, không khiếu nại tiếp", closes="settled"),
                Outcome("went_up", "Đã khiếu nại tiếp", closes="went_up"),
            ),
            when=goes_on,
        ),
    )


def questions_on(what: str) -> tuple[Question, ...]:
    """What an appeal says: against which decision, received when, what isn't agreed to."""
    return (
        Question("against", what, kind="choice", offers="decisions"),
        Question("received_on", "Ngày nhận quyết định hoặc kết quả đó", kind="day"),
        Question("content", "Điều không đồng ý và lý do", kind="long", hint="Viết như trong đơn."),
    )

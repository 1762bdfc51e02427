"""Appeals of a member against discipline and against removal from the list: level by level, each with its time.

The committee next above the one that decided settles it; whoever isn't content goes on to the level above, up to
the central one, whose answer is recorded here. While it waits, the decision is obeyed. Sources: Điều lệ Đảng,
Điều 39; the regulations on inspection and discipline; the regulation on applying the Charter, point 8.2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from tochuc.cases.declare import (
    OPENED,
    TO,
    Actor,
    Answered,
    Ballot,
    Outcome,
    Paper,
    Procedure,
    Question,
    Since,
    Step,
    Within,
)
from tochuc.cases.models import Case
from tochuc.cases.places import place_of
from tochuc.cases.registry import Running
from tochuc.members.kinds import DISMISSAL, EXPULSION, REPRIMAND, WARNING
from tochuc.procedures import appeal_conditions as asks
from tochuc.procedures import appeal_effects as effects
from tochuc.procedures import appealing
from tochuc.procedures.actors import BOARD, COMMITTEE, ONESELF, THE_BASE, THE_COMPETENT
from tochuc.procedures.questions import NUMBER
from tochuc.procedures.record_facts import person_facts, seated

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
_UPHELD = Outcome("upheld", "Giữ nguyên quyết định", effect="uphold")
_ANNULLED = Outcome("annulled", "Hủy quyết định, khôi phục quyền", effect="annul")
_CHANGED = (
    Outcome(REPRIMAND, "Thay bằng khiển trách", effect="change"),
    Outcome(WARNING, "Thay bằng cảnh cáo", effect="change"),
    Outcome(DISMISSAL, "Thay bằng cách chức", effect="change"),
)
_NUMBER = Question("number", "Số quyết định giải quyết", required=False)
_SHORT = Outcome("short", "Không phương án nào đủ tỷ lệ, bàn lại", again=True)


def _local(facts: Mapping[str, Any]) -> bool:
    return not facts.get("central")


def _central(facts: Mapping[str, Any]) -> bool:
    return bool(facts.get("central"))


def _goes_on(facts: Mapping[str, Any]) -> bool:
    """Whether the answer leaves something to appeal, and a level to go to."""
    return not facts.get("central") and facts.get("settled_as") != "annulled"


def _falls(facts: Mapping[str, Any]) -> bool:
    return not facts.get("central") and facts.get("settled_as") == "annulled"


def comes_to(facts: Mapping[str, Any]) -> dict[str, Any]:
    """How the appeal was settled."""
    move = facts["taken"].get("settle") or facts["taken"].get("settle_central")
    return {"settled_as": move.outcome if move else ""}


def _last_answer(code: str, by: tuple[Actor, ...], after: str, when: Callable[[Any], bool]) -> Step:
    """Telling an answer after which there is nothing left to appeal."""
    return Step(
        code,
        "Báo kết quả cho người khiếu nại",
        by=by,
        after=(after,),
        papers=(Paper("appeal.answer"),),
        questions=(Question("received_on", "Ngày người khiếu nại nhận kết quả", kind="day"),),
        outcomes=(Outcome("delivered", "Đã báo", closes="settled"),),
        when=when,
    )


def _steps(chapter: str, outcomes: tuple[Outcome, ...], ballot: Ballot | None) -> tuple[Step, ...]:
    late = f"{chapter}.appeal_deadline"
    return (
        Step(
            "accept",
            "Tiếp nhận đơn khiếu nại",
            by=SETTLERS,
            papers=(Paper("appeal.letter", required=False),),
            questions=(
                Question("ground", "Lý do không giải quyết", kind="choice", choices=REJECTED, required=False),
            ),
            conditions=(asks.ground_named, asks.late_is_late(late)),
            outcomes=(
                Outcome("accepted", "Nhận giải quyết", effect="accept"),
                Outcome("rejected", "Không giải quyết, đã báo người khiếu nại", closes="not_accepted"),
            ),
            when=_local,
        ),
        Step(
            "hear",
            "Nghe người khiếu nại và nơi đã quyết định, thẩm tra",
            by=SETTLERS,
            after=("accept",),
            papers=(Paper("discipline.hearing", required=False),),
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
            conditions=(asks.another_form, asks.number_given),
            outcomes=(*outcomes, _SHORT) if ballot else outcomes,
            when=_local,
        ),
        Step(
            "send_up",
            "Chuyển đơn lên cấp Trung ương",
            by=(THE_COMPETENT,),
            papers=(Paper("appeal.letter", required=False),),
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
            conditions=(asks.another_form,),
            outcomes=outcomes,
            when=_central,
        ),
        Step(
            "deliver",
            "Báo kết quả cho người khiếu nại",
            by=SETTLERS,
            after=("settle",),
            papers=(Paper("appeal.answer"),),
            questions=(Question("received_on", "Ngày người khiếu nại nhận kết quả", kind="day"),),
            outcomes=(Outcome("delivered", "Đã báo"),),
            when=_goes_on,
        ),
        _last_answer("deliver_last", SETTLERS, "settle", _falls),
        _last_answer("deliver_central", (THE_COMPETENT,), "settle_central", _central),
        Step(
            "further",
            "Thời hạn khiếu nại tiếp lên cấp trên",
            by=(ONESELF, *SETTLERS),
            after=("deliver",),
            within=Within(late, Answered("deliver", "received_on")),
            conditions=(asks.further_time_over(late),),
            outcomes=(
                Outcome("ended", "Hết thời hạn, không khiếu nại tiếp", closes="settled"),
                Outcome("went_up", "Đã khiếu nại tiếp", closes="went_up"),
            ),
            when=_goes_on,
        ),
    )


def _questions(what: str) -> tuple[Question, ...]:
    return (
        Question("against", what, kind="choice", offers="decisions"),
        Question("received_on", "Ngày nhận quyết định hoặc kết quả đó", kind="day"),
        Question("content", "Điều không đồng ý và lý do", kind="long", hint="Viết như trong đơn."),
    )


def _opened_by_whom() -> tuple[Any, ...]:
    return (ONESELF, THE_BASE, THE_COMPETENT)


DISCIPLINE_APPEAL = Procedure(
    code="discipline_appeal",
    title="Khiếu nại kỷ luật đảng",
    about="Gửi cấp trên của nơi đã quyết định; trong khi chờ vẫn chấp hành. Không hài lòng thì khiếu nại tiếp lên trên.",
    rules=(
        "discipline.appeal_deadline",
        "discipline.appeal_obeyed",
        "discipline.appeal_final",
        "discipline.appeal_rejected_when",
        "discipline.restoration",
    ),
    opened_by=_opened_by_whom(),
    questions=_questions("Khiếu nại quyết định nào"),
    begins=(
        asks.of_the_person,
        asks.received_before,
        asks.not_twice,
        asks.not_above_the_last,
        asks.in_time("discipline.appeal_deadline"),
    ),
    closed_file=True,
    several=True,
    send="Gửi khiếu nại",
    stopped_by=frozenset({"died"}),
    steps=_steps(
        "discipline",
        (_UPHELD, *_CHANGED, _ANNULLED),
        Ballot(
            "discipline.vote",
            "settling_members",
            passes="upheld",
            fails="short",
            base_is_sure=False,
            shares=dict.fromkeys((REPRIMAND, WARNING, DISMISSAL, "annulled"), "discipline.vote"),
        ),
    ),
)

REMOVAL_APPEAL = Procedure(
    code="removal_appeal",
    title="Khiếu nại quyết định xóa tên",
    about="Gửi cấp ủy cấp trên của nơi đã quyết định, cho đến Ban Bí thư; cơ quan tổ chức của cấp ủy nghiên cứu, đề xuất.",
    rules=("removal.appeal_deadline", "removal.appeal_to", "removal.appeal_rejected_when"),
    opened_by=_opened_by_whom(),
    questions=_questions("Khiếu nại quyết định nào"),
    begins=(
        asks.of_the_person,
        asks.received_before,
        asks.not_twice,
        asks.in_time("removal.appeal_deadline"),
    ),
    closed_file=True,
    several=True,
    send="Gửi khiếu nại",
    stopped_by=frozenset({"died"}),
    steps=_steps("removal", (_UPHELD, _ANNULLED), None),
)


def _facts(case: Case, on: date, kinds: tuple[str, ...]) -> dict[str, Any]:
    event, earlier = appealing.disputed(case), appealing.earlier_of(case)
    settler = place_of(case, TO, on)
    found = {
        **person_facts(case, on),
        "disputed": case.pk is not None or _can_be_disputed(case, kinds),
        "central": case.pk is not None and case.to_id is None,
        "settling_members": seated(settler, on),
        "appealed_before": case.pk is None and _appealed(case),
        "answered_by_the_last": earlier is not None and earlier.to_id is None,
        "known_received_on": appealing.received_on(case),
        "decided_on": None,
        "disputed_form": "",
    }
    if event is not None:
        found["disputed_form"] = event.data.get("form", EXPULSION)
        if earlier is None:
            found["decided_on"] = event.decision_on or event.happened_on
    return found


def _can_be_disputed(case: Case, kinds: tuple[str, ...]) -> bool:
    """Whether what the new appeal is against is among the person's decisions and answers."""
    return case.answers.get("against") in dict(appealing.decisions_against(case, kinds))


def _appealed(case: Case) -> bool:
    """Whether the same decision or answer has been appealed: it runs, or has been answered."""
    against = case.answers.get("against")
    same = Case.objects.filter(person=case.person, answers__against=against)
    return same.exclude(result="not_accepted").exists()


def _running(procedure: Procedure, kinds: tuple[str, ...], *names: str) -> Running:
    every: dict[str, Callable[..., Any]] = {
        "accept": effects.accept,
        "uphold": effects.uphold,
        "change": effects.change,
        "annul": effects.annul,
    }
    return Running(
        procedure,
        lambda case, on: _facts(case, on, kinds),
        {name: every[name] for name in names},
        undone={
            "accept": effects.accept_undone,
            "uphold": effects.settle_undone,
            "annul": effects.settle_undone,
        }
        | ({"change": effects.settle_undone} if "change" in names else {}),
        comes_to=comes_to,
        offers={"decisions": lambda case, _on: appealing.decisions_against(case, kinds)},
        addressed=appealing.settles,
    )


RUNNING_DISCIPLINE = _running(
    DISCIPLINE_APPEAL, ("disciplined", "expelled"), "accept", "uphold", "change", "annul"
)
RUNNING_REMOVAL = _running(REMOVAL_APPEAL, ("removed",), "accept", "uphold", "annul")

"""Appeals of a member against discipline and against removal from the list: level by level, each with its time.

The committee next above the one that decided settles it; whoever isn't content goes on to the level above, up to
the central one, whose answer is recorded here. While it waits, the decision is obeyed. Sources: Điều lệ Đảng,
Điều 39; the regulations on inspection and discipline; the regulation on applying the Charter, point 8.2.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tochuc.cases.declare import TO, Ballot, Procedure
from tochuc.cases.facts import Later
from tochuc.cases.models import Case
from tochuc.cases.places import place_of
from tochuc.cases.registry import Running
from tochuc.members.kinds import DISMISSAL, EXPULSION, REPRIMAND, WARNING
from tochuc.procedures import appeal_conditions as asks
from tochuc.procedures import appeal_effects as effects
from tochuc.procedures import appeal_posts, appealing
from tochuc.procedures.actors import ONESELF, THE_BASE, THE_COMPETENT
from tochuc.procedures.appeal_posts import POST_STEPS
from tochuc.procedures.appeal_steps import ANNULLED, CHANGED, UPHELD, appeal_steps, comes_to, questions_on
from tochuc.procedures.record_facts import person_facts, seated


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
    questions=questions_on("Khiếu nại quyết định nào"),
    begins=(
        asks.of_the_person,
        asks.received_before,
        asks.not_twice,
        asks.not_above_the_last("discipline.appeal_final"),
        asks.in_time("discipline.appeal_deadline"),
    ),
    closed_file=True,
    several=True,
    send="Gửi khiếu nại",
    stopped_by=frozenset({"died"}),
    steps=(
        *appeal_steps(
            "discipline",
            (UPHELD, *CHANGED, ANNULLED),
            Ballot(
                "discipline.vote",
                "settling_members",
                passes="upheld",
                fails="short",
                base_is_sure=False,
                shares=dict.fromkeys((REPRIMAND, WARNING, DISMISSAL, "annulled"), "discipline.vote"),
            ),
        ),
        *POST_STEPS,
    ),
)

REMOVAL_APPEAL = Procedure(
    code="removal_appeal",
    title="Khiếu nại quyết định xóa tên",
    about="Gửi cấp ủy cấp trên của nơi đã quyết định, cho đến Ban Bí thư; cơ quan tổ chức của cấp ủy nghiên cứu, đề xuất.",
    rules=("removal.appeal_deadline", "removal.appeal_to", "removal.appeal_rejected_when"),
    opened_by=_opened_by_whom(),
    questions=questions_on("Khiếu nại quyết định nào"),
    begins=(
        asks.of_the_person,
        asks.received_before,
        asks.not_twice,
        asks.not_above_the_last("removal.appeal_to"),
        asks.in_time("removal.appeal_deadline"),
    ),
    closed_file=True,
    several=True,
    send="Gửi khiếu nại",
    stopped_by=frozenset({"died"}),
    steps=(*appeal_steps("removal", (UPHELD, ANNULLED), None), *POST_STEPS),
)


def _facts(case: Case, on: date, kinds: tuple[str, ...]) -> dict[str, Any]:
    event, earlier = appealing.disputed(case), appealing.earlier_of(case)
    settler = place_of(case, TO, on)
    found = {
        **person_facts(case, on),
        "disputed": case.pk is not None or _can_be_disputed(case, kinds),
        "central": case.pk is not None and case.to_id is None,
        "settling_members": Later(lambda: seated(settler, on)),
        "appealed_before": case.pk is None and _appealed(case),
        "answered_by_the_last": earlier is not None and earlier.to_id is None,
        "known_received_on": appealing.received_on(case),
        "decided_on": None,
        "disputed_form": "",
        "posts_taken": bool(appeal_posts.taken_from(case)),
        "posts_from": appeal_posts.earliest(case, on),
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
        "restore_posts": appeal_posts.restore,
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
        offers={
            "decisions": lambda case, _on: appealing.decisions_against(case, kinds),
            "posts_lost": appeal_posts.offered,
        },
        addressed=appealing.settles,
    )


RUNNING_DISCIPLINE = _running(
    DISCIPLINE_APPEAL, ("disciplined", "expelled"), "accept", "uphold", "change", "annul", "restore_posts"
)
RUNNING_REMOVAL = _running(REMOVAL_APPEAL, ("removed",), "accept", "uphold", "annul", "restore_posts")

"""An organisation's own appeal against its discipline: with the clocks of a member's, level by level.

The Charter gives both the same right in one sentence: an organisation that doesn't agree appeals within a month to
the level above, up to the central one, and obeys meanwhile. What the answer makes of the decision is
written in the case of the discipline; the ledger of members isn't touched. Source: Điều lệ Đảng, Điều 39.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tochuc.cases.declare import HERE, TO, Ballot, Objection, Procedure, Taken
from tochuc.cases.facts import Later
from tochuc.cases.models import Case
from tochuc.cases.places import place_of
from tochuc.cases.registry import Deed, Running
from tochuc.members.kinds import REPRIMAND, WARNING
from tochuc.procedures import appeal_conditions as asks
from tochuc.procedures import organisation_appealing as appealing
from tochuc.procedures.actors import COMMITTEE, SECRETARY
from tochuc.procedures.appeal_steps import (
    ANNULLED,
    CHANGED,
    REJECTED,
    UPHELD,
    Appellant,
    appeal_steps,
    comes_to,
    questions_on,
)
from tochuc.procedures.appealing import follow, unfollow
from tochuc.procedures.organisation_discipline import THE_COMPETENT, THE_ONE_ABOVE
from tochuc.procedures.record_facts import seated

ITSELF = (SECRETARY @ HERE, COMMITTEE @ HERE)
_OF_AN_ORGANISATION = ("late", "higher", "for_another", "unwritten", "refused")
_ORGANISATION = Appellant(
    ITSELF,
    "tổ chức đảng khiếu nại",
    {ground: REJECTED[ground] for ground in _OF_AN_ORGANISATION},
    "appeal.organisation_letter",
    "discipline.organisation_hearing",
    "appeal.organisation_answer",
)
_FORMS = tuple(outcome for outcome in CHANGED if outcome.code in {REPRIMAND, WARNING})


def _of_the_organisation(taken: Taken) -> list[Objection]:
    """No organisation appeals for another, nor against what wasn't decided about it."""
    if taken.facts.get("disputed"):
        return []
    message = (
        "Sổ không có quyết định kỷ luật như vậy về tổ chức này; chỉ khiếu nại quyết định về chính mình, "
        "sau khi đã ban hành."
    )
    return [Objection("not_ones_own", message, field="against")]


PROCEDURE = Procedure(
    code=appealing.APPEAL,
    title="Tổ chức đảng khiếu nại kỷ luật",
    about="Tổ chức đảng bị kỷ luật gửi cấp trên của nơi đã quyết định; trong khi chờ vẫn chấp hành.",
    rules=(
        "discipline.appeal_deadline",
        "discipline.appeal_obeyed",
        "discipline.appeal_final",
        "discipline.appeal_rejected_when",
        "discipline.restoration",
    ),
    opened_by=(*ITSELF, *THE_ONE_ABOVE, *THE_COMPETENT),
    questions=questions_on("Khiếu nại quyết định nào"),
    begins=(
        _of_the_organisation,
        asks.received_before,
        asks.not_twice,
        asks.not_above_the_last("discipline.appeal_final"),
        asks.in_time("discipline.appeal_deadline"),
    ),
    closed_file=True,
    of_organisation=True,
    several=True,
    send="Gửi khiếu nại",
    steps=appeal_steps(
        "discipline",
        (UPHELD, *_FORMS, ANNULLED),
        Ballot(
            "discipline.vote",
            "settling_members",
            passes="upheld",
            fails="short",
            base_is_sure=False,
            shares=dict.fromkeys((REPRIMAND, WARNING, "annulled"), "discipline.vote"),
        ),
        _ORGANISATION,
    ),
)


def _facts(case: Case, on: date) -> dict[str, Any]:
    earlier, source = appealing.earlier_of(case), appealing.source_of(case)
    decision = appealing.decided_in(source, on) if source else None
    return {
        "disputed": case.pk is not None or _can_be_disputed(case, on),
        "central": case.pk is not None and case.to_id is None,
        "settling_members": Later(lambda: seated(place_of(case, TO, on), on)),
        "appealed_before": case.pk is None and appealing.appealed(case),
        "answered_by_the_last": earlier is not None and earlier.to_id is None,
        "known_received_on": appealing.received_on(case),
        "decided_on": decision.announced_on if decision and earlier is None else None,
        "disputed_form": decision.stands_as if decision else "",
    }


def _can_be_disputed(case: Case, on: date) -> bool:
    """Whether what the new appeal is against is among the decisions and answers about the organisation."""
    return case.answers.get("against") in dict(appealing.decisions_against(case, on))


def _accept(deed: Deed) -> None:
    """The case of the discipline, or the earlier appeal, learns that it was appealed."""
    follow(*_appealed_step(deed), deed)


def _accept_undone(deed: Deed) -> None:
    case, step, _ = _appealed_step(deed)
    unfollow(case, step, deed)


def _appealed_step(deed: Deed) -> tuple[Case | None, str, str]:
    earlier = appealing.earlier_of(deed.case)
    if earlier is not None:
        return earlier, "further", "went_up"
    return appealing.source_of(deed.case), "wait", "appealed"


def _settle(deed: Deed) -> None:
    """The case of the discipline takes the answer; what an earlier answer changed stays so where it is upheld."""
    source = appealing.source_of(deed.case)
    decision = appealing.decided_in(source, deed.move.on) if source else None
    outcome = deed.move.outcome
    if decision is not None and outcome == UPHELD.code and decision.stands_as != decision.form:
        outcome = decision.stands_as
    follow(source, "settled", outcome, deed)


def _settle_undone(deed: Deed) -> None:
    unfollow(appealing.source_of(deed.case), "settled", deed)


_SETTLES: dict[str, Callable[[Deed], None]] = dict.fromkeys(("uphold", "change", "annul"), _settle)
RUNNING = Running(
    PROCEDURE,
    _facts,
    {"accept": _accept, **_SETTLES},
    undone={"accept": _accept_undone, **dict.fromkeys(_SETTLES, _settle_undone)},
    comes_to=comes_to,
    offers={"decisions": appealing.decisions_against},
    addressed=appealing.settles,
)

"""Undoing what a step did to the ledger, so that the record stands as it did before the step."""

from __future__ import annotations

from datetime import date
from typing import Any

from tochuc.audit.record import Actor
from tochuc.cases.models import CaseMove
from tochuc.members.actions import Decision, append, correct
from tochuc.members.models import MemberEvent


def undo(move: CaseMove, *, by: Actor, today: date, reason: str) -> None:
    """Undo every event that the move brought about, the latest first."""
    events = [one.event for one in move.further_events.select_related("event").order_by("id")]
    if move.event is not None:
        events.insert(0, move.event)
    for event in reversed(events):
        standing = _in_force(event)
        if standing is not None:
            _undo(standing, by=by, today=today, reason=reason)


def _in_force(event: MemberEvent) -> MemberEvent | None:
    """The entry as it stands now: corrected since, or said again where its record was merged; None once voided."""
    found: MemberEvent | None = event
    kept = event.person.merged_into
    if kept is not None:
        again = MemberEvent.objects.filter(person=kept, kind=event.kind, happened_on=event.happened_on)
        found = again.filter(corrected_by=None, data__has_key="merged_from").order_by("pk").first()
    while found is not None and (later := MemberEvent.objects.filter(corrects=found).first()) is not None:
        found = None if later.kind == "void" else later
    return found


def _undo(event: MemberEvent, *, by: Actor, today: date, reason: str) -> None:
    """An ordinary event is voided; one that corrected another is undone by saying again what that one said."""
    wrong = event.corrects
    if wrong is None:
        correct(event, by=by, today=today, reason=reason)
    elif event.kind == "void":
        append(event.person, wrong.kind, by=by, today=today, reason=reason, **_said(wrong))
    else:
        correct(event, by=by, today=today, reason=reason, replacement=_said(wrong))


def _said(event: MemberEvent) -> dict[str, Any]:
    """What an event said, as another is told to say it."""
    return {
        "on": event.happened_on,
        "organisation": event.organisation,
        "post": event.post,
        "decision": Decision(event.decision_number, event.decision_on, event.decision_by),
        "data": event.data,
    }

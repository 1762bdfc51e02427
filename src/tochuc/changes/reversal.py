"""What takes back an event of the ledger: a void, or what it had corrected, said again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from tochuc.changes.models import Change
from tochuc.members.folds import Contradiction, fold
from tochuc.members.models import MemberEvent


def own_events(changes: Collection[Change]) -> dict[int, list[MemberEvent]]:
    """By person, the events that these changes added and that still stand, voids included."""
    refs = {change.changeset.ref for change in changes}
    listed = {number for change in changes for number in change.events}
    events = MemberEvent.objects.filter(
        person__in=[change.person_id for change in changes], corrected_by=None
    ).select_related("corrects")
    found: dict[int, list[MemberEvent]] = defaultdict(list)
    for event in events.order_by("pk"):
        if event.pk in listed or (event.kind != "void" and event.data.get("changeset") in refs):
            found[event.person_id].append(event)
    return found


def reversals(
    events: Iterable[MemberEvent], *, by: int | None, at: datetime, reason: str
) -> list[MemberEvent]:
    """What takes these events back, not stored yet: one for each, correcting it."""
    return [_reversal(event, by, at, reason) for event in events]


def stands_without(person: int, own: Collection[MemberEvent], at: datetime) -> bool:
    """Whether everything else recorded of a person still folds when these events are taken back."""
    events = list(MemberEvent.objects.filter(person=person).order_by("pk"))
    last = events[-1].pk if events else 0
    back = reversals(own, by=None, at=at, reason="")
    for number, event in enumerate(back, last + 1):
        event.pk = number
    try:
        fold([*events, *back])
    except Contradiction:
        return False
    return True


def _before(event: MemberEvent) -> MemberEvent | None:
    """What stood before the change set that the event names: it may have brought its own entry back since."""
    ours, first, earlier = event.data.get("changeset"), event, event.corrects
    while ours and earlier is not None:
        if earlier.data.get("changeset") == ours:
            first = earlier
        earlier = earlier.corrects
    return first.corrects


def _reversal(event: MemberEvent, by: int | None, at: datetime, reason: str) -> MemberEvent:
    said = _before(event)
    if said is None:
        return event.taken_back(by=by, at=at, reason=reason)
    return MemberEvent(
        person_id=said.person_id,
        kind=said.kind,
        happened_on=said.happened_on,
        recorded_at=at,
        recorded_by_id=by,
        organisation_id=said.organisation_id,
        post_id=said.post_id,
        decision_number=said.decision_number,
        decision_on=said.decision_on,
        decision_by=said.decision_by,
        data=said.data,
        corrects=event,
        reason=reason,
    )

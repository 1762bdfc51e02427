"""Bringing the ledger of a record entered twice into that of the one that stays: what doubles, joins, or contradicts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tochuc.members.folds import Contradiction, fold, in_force
from tochuc.members.models import MemberEvent

DOUBLE, JOINS, DROPPED, AGAINST = "double", "joins", "dropped", "against"
_DROPPABLE = frozenset(
    {"opening", "sympathiser_listed", "sympathiser_closed", "exempted", "exemption_ended", "reorganised"}
)
"""What rests on no decision of its own: entered with a list, it says nothing that the other ledger doesn't."""


@dataclass(frozen=True)
class Entry:
    """An entry of the record that goes, and what becomes of it; ``why`` says what stands against it."""

    event: MemberEvent
    fate: str
    why: str = ""


def joined(stays: Collection[MemberEvent], goes: Collection[MemberEvent]) -> list[Entry]:
    """What becomes of each entry of the record that goes, in order of time.

    An entry that the other ledger has as well is double; one that fits joins it. What doesn't fit is dropped
    where it is an entry of a list, else it contradicts the other ledger and somebody has to mend it first.
    """
    whole: list[MemberEvent] = [*stays]
    found = []
    for event in in_force(goes):
        one = _entry(event, whole)  # type: ignore[arg-type]
        if one.fate == JOINS:
            whole.append(one.event)
        found.append(one)
    return found


def _entry(event: MemberEvent, whole: Collection[MemberEvent]) -> Entry:
    if any(_same(event, other) for other in in_force(whole)):  # type: ignore[arg-type]
        return Entry(event, DOUBLE)
    try:
        fold([*whole, event])
    except Contradiction as against:
        fate = DROPPED if event.kind in _DROPPABLE else AGAINST
        return Entry(event, fate, against.message)
    return Entry(event, JOINS)


def _same(a: MemberEvent, b: MemberEvent) -> bool:
    if a.kind != b.kind:
        return False
    if a.decision_number and a.decision_number == b.decision_number:
        # Numbers begin anew each year and with each issuer.
        if a.decision_on and b.decision_on:
            return a.decision_on == b.decision_on
        return a.happened_on.year == b.happened_on.year
    places = (a.organisation_id, a.post_id) == (b.organisation_id, b.post_id)
    return a.happened_on == b.happened_on and places


def of(entries: Iterable[Entry], fate: str) -> list[Entry]:
    """The entries of one fate."""
    return [one for one in entries if one.fate == fate]

"""What has happened since to the people of a change set, and which of it stands against undoing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from tochuc.changes.models import CREATED, Change
from tochuc.kernel.known_dates import day_vn
from tochuc.members.identity import HIDDEN
from tochuc.members.models import MemberEvent, Person
from tochuc.members.record_values import DERIVED, NATIONAL_ID, known_date, value_of

__all__ = [
    "DERIVED",
    "NATIONAL_ID",
    "Since",
    "known_date",
    "label",
    "looked_at",
    "own_events",
    "shown",
    "value_of",
]


@dataclass(frozen=True)
class Since:
    """A change, and what was recorded about its person afterwards, in sentences; none of it: it can be undone."""

    change: Change
    conflicts: tuple[str, ...]


def standing(changes: QuerySet[Change]) -> QuerySet[Change]:
    """The changes that haven't been undone, by the person's name."""
    return (
        changes.filter(undone_at=None)
        .select_related("person", "person__home")
        .order_by("person__sort_key", "pk")
    )


def looked_at(changes: Collection[Change]) -> Iterator[Since]:
    """Each of these changes with what stands against undoing it."""
    later = _later_events(changes)
    corrected = _corrected({change.event_id for change in changes if change.event_id})
    for change in changes:
        found = [*later.get(change.pk, ()), *_fields_since(change)]
        if change.event_id in corrected:
            found.insert(0, f"Mục ghi nhận ban đầu đã được đính chính {corrected[change.event_id]}")
        if change.what == CREATED and change.person.account_id is not None:
            found.append("Đã có tài khoản đăng nhập")
        yield Since(change, tuple(found))


def own_events(changes: Collection[Change]) -> dict[int, list[MemberEvent]]:
    """By person, the events that these changes' sets added and that still stand."""
    refs = {change.changeset.ref for change in changes}
    events = MemberEvent.objects.filter(
        person__in=[change.person_id for change in changes], corrected_by=None
    )
    found: dict[int, list[MemberEvent]] = defaultdict(list)
    for event in events.exclude(kind="void").order_by("pk"):
        if event.data.get("changeset") in refs:
            found[event.person_id].append(event)
    return found


def shown(field: str, value: str) -> str:
    """A value as a person reads it."""
    if field == NATIONAL_ID:
        return HIDDEN if value else ""
    if field == "birth" and value:
        return known_date(value).vn
    return str(dict(_column(field).choices or ()).get(value, value))


def label(field: str) -> str:
    """What the record calls a field of a change."""
    if field == NATIONAL_ID:
        return "Số căn cước"
    words = str(_column(field).verbose_name)
    return words[:1].upper() + words[1:]


def _column(field: str) -> Any:
    return Person._meta.get_field("birth_on" if field == "birth" else field)


def _fields_since(change: Change) -> Iterator[str]:
    for field, value in change.after.items():
        now = value_of(change.person, field)
        if now != value:
            yield f"{label(field)} đã được sửa thành «{shown(field, now) or 'bỏ trống'}»"


def _later_events(changes: Collection[Change]) -> dict[int, list[str]]:
    """Sentences by change: what entered the ledger after the opening entry that the change set added."""
    ours = {change.person_id: change for change in changes if change.event_id}
    events = MemberEvent.objects.filter(person__in=ours, corrected_by=None).exclude(kind="void")
    found: dict[int, list[str]] = defaultdict(list)
    for event in events.order_by("pk"):
        change = ours[event.person_id]
        if event.data.get("changeset") != change.changeset.ref and event.pk > (change.event_id or 0):
            words = f"Đã ghi «{event.get_kind_display()}» ngày {day_vn(event.happened_on)}"
            found[change.pk].append(words)
    return found


def _corrected(events: Collection[int | None]) -> dict[int | None, str]:
    rows = MemberEvent.objects.filter(corrects__in=events).values_list("corrects", "recorded_at")
    return {event: f"ngày {day_vn(at.date())}" for event, at in rows}

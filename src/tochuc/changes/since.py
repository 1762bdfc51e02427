"""What has happened since to the people of a change set, and which of it stands against undoing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from tochuc.access.clock import now
from tochuc.changes import carried
from tochuc.changes.models import CREATED, Change
from tochuc.changes.reversal import own_events, stands_without
from tochuc.jobs.progress import Tell, silent
from tochuc.kernel.known_dates import day_vn
from tochuc.members.identity import HIDDEN
from tochuc.members.models import MemberEvent, Person
from tochuc.members.record_fields import FIELDS
from tochuc.members.record_values import DERIVED, MERGED_INTO, NATIONAL_ID, known_date, value_of

__all__ = [
    "DERIVED",
    "MERGED_INTO",
    "NATIONAL_ID",
    "Since",
    "known_date",
    "label",
    "looked_at",
    "own_events",
    "shown",
    "value_of",
]


_TELLS = 200


@dataclass(frozen=True)
class Since:
    """A change, and what was recorded about its person afterwards, in sentences.

    ``conflicts`` stand against undoing it; ``later`` is what has happened since and would stay.
    """

    change: Change
    conflicts: tuple[str, ...]
    later: tuple[str, ...] = ()


def standing(changes: QuerySet[Change]) -> QuerySet[Change]:
    """The changes that haven't been undone, by the person's name."""
    return (
        changes.filter(undone_at=None)
        .select_related("changeset", "person", "person__home")
        .order_by("person__sort_key", "pk")
    )


def looked_at(changes: Collection[Change], tell: Tell = silent) -> Iterator[Since]:
    """Each of these changes with what stands against undoing it, and what else has happened since."""
    later = _later_events(changes)
    corrected = _corrected(changes)
    own = own_events([change for change in changes if change.pk in later])
    for n, change in enumerate(changes):
        if n % _TELLS == 0:
            tell("hồ sơ: đang xem", n, len(changes))
        events = later.get(change.pk, [])
        found = list(corrected.get(change.pk, ()))
        if events and not stands_without(change.person_id, own.get(change.person_id, []), now()):
            found, events = found + events, []
        found += _fields_since(change)
        found += carried.changed_since(change)
        if change.what == CREATED and change.person.account_id is not None:
            found.append("Đã có tài khoản đăng nhập")
        yield Since(change, tuple(found), tuple(events))


def shown(field: str, value: str) -> str:
    """A value as a person reads it."""
    if field == NATIONAL_ID:
        return HIDDEN if value else ""
    if field == "birth" and value:
        return known_date(value).vn
    if field in FIELDS and not FIELDS[field].column:
        return FIELDS[field].shown(value)
    if field == MERGED_INTO and value:
        return str(Person.objects.get(pk=value))
    return str(dict(_column(field).choices or ()).get(value, value))


def label(field: str) -> str:
    """What the record calls a field of a change."""
    if field == NATIONAL_ID:
        return "Số căn cước"
    if field in FIELDS and not FIELDS[field].column:
        return FIELDS[field].label
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
    """Sentences by change: what entered the ledger after the events that the change set added."""
    ours = {change.person_id: change for change in changes if change.event_id or change.events}
    events = MemberEvent.objects.in_force().filter(person__in=ours)
    found: dict[int, list[str]] = defaultdict(list)
    for event in events.order_by("pk"):
        change = ours[event.person_id]
        if event.data.get("changeset") != change.changeset.ref and event.pk > _last_own(change):
            words = f"Đã ghi «{event.get_kind_display()}» ngày {day_vn(event.happened_on)}"
            found[change.pk].append(words)
    return found


def _stands_again(correction: MemberEvent) -> bool:
    """Whether what was corrected was brought back since, word for word."""
    said, last = correction.corrects, correction
    while later := MemberEvent.objects.filter(corrects=last).first():
        last = later
    told = ("kind", "happened_on", "organisation_id", "post_id", "decision_number", "decision_on", "data")
    return said is not None and all(getattr(said, name) == getattr(last, name) for name in told)


def _last_own(change: Change) -> int:
    return max([change.event_id or 0, *change.events])


def _corrected(changes: Collection[Change]) -> dict[int, list[str]]:
    """Sentences by change: the events it added that were corrected since."""
    ours = {event: change for change in changes for event in [change.event_id, *change.events] if event}
    rows = MemberEvent.objects.filter(corrects__in=ours).select_related("corrects").order_by("pk")
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        change = ours[row.corrects_id or 0]
        if row.pk in change.events or _stands_again(row):
            continue
        what = "Mục ghi nhận ban đầu" if row.corrects_id == change.event_id else "Mục đã ghi"
        found[change.pk].append(
            f"{what} đã được đính chính ngày {day_vn(timezone.localdate(row.recorded_at))}"
        )
    return found

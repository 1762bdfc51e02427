"""Undoing a change set: voids for its events, the fields as they were; what changed since is left and said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tochuc.access.clock import now
from tochuc.audit.record import Actor, record
from tochuc.changes import since
from tochuc.changes.models import UNDONE, Change, ChangeSet
from tochuc.changes.since import Since
from tochuc.kernel.errors import Refused
from tochuc.members import facts
from tochuc.members.bulk import refold_many
from tochuc.members.facts import Ground
from tochuc.members.models import MemberEvent, Person
from tochuc.members.record_values import put, value_of

_BATCH = 2000


@dataclass(frozen=True)
class Undone:
    """How many people's records were put back, and those left as they are with what stands against it."""

    people: int
    kept: tuple[Since, ...]


@transaction.atomic
def undo(changeset: ChangeSet, *, by: Actor, reason: str) -> Undone:
    """Undo all of a change set that nothing recorded since rests on; the rest can be undone later.

    People whom it created keep their record, emptied of standing. Raises ``Refused`` without a reason, when
    everything was undone before, and when something stands against every single row.
    """
    if not reason.strip():
        raise Refused("no_reason", "Cần ghi lý do hoàn tác.", "reason")
    locked = ChangeSet.objects.select_for_update(of=("self",)).get(pk=changeset.pk)
    # Held before looking, so that what is recorded at this moment is waited for or waits.
    held = since.standing(locked.changes.all()).values("person")
    list(Person.objects.select_for_update().filter(pk__in=held).order_by("pk").values_list("pk"))
    pending = list(since.standing(locked.changes.select_related("changeset")))
    if not pending:
        raise Refused("already_undone", "Lần nhập này đã được hoàn tác trước đó.")
    looked = list(since.looked_at(pending))
    free = [one.change for one in looked if not one.conflicts]
    kept = tuple(one for one in looked if one.conflicts)
    if not free:
        raise Refused("changed_since", _why_not(kept))
    at = now()
    _void(free, by, at, reason.strip())
    _restore(free, by, at, reason.strip())
    refold_many(change.person_id for change in free)
    Change.objects.filter(pk__in=[change.pk for change in free]).update(undone_at=at)
    locked.state, locked.undone_by_id, locked.undone_at = UNDONE, by.account, at
    locked.undo_reason = reason.strip()
    locked.save(update_fields=["state", "undone_by", "undone_at", "undo_reason"])
    record(
        by,
        "changeset.undone",
        stream=locked.organisation.code,
        kind="changeset",
        key=locked.ref,
        data={"undone": len(free), "kept": len(kept)},
        reason=reason.strip(),
    )
    return Undone(len(free), kept)


def _why_not(kept: Collection[Since]) -> str:
    first = next(iter(kept))
    words = f"{first.change.person.full_name}: {first.conflicts[0].lower()}"
    more = f" và {len(kept) - 1} người khác" if len(kept) > 1 else ""
    return f"Chưa hoàn tác được dòng nào, vì hồ sơ đã thay đổi sau lần nhập ({words}{more})."


def _void(changes: Collection[Change], by: Actor, at: datetime, reason: str) -> None:
    own = since.own_events(changes)
    MemberEvent.objects.bulk_create(
        [
            MemberEvent(
                person_id=event.person_id,
                kind="void",
                happened_on=event.happened_on,
                recorded_at=at,
                recorded_by_id=by.account,
                organisation_id=event.organisation_id,
                corrects=event,
                reason=reason,
            )
            for events in own.values()
            for event in events
        ],
        batch_size=_BATCH,
    )


def _restore(changes: Collection[Change], by: Actor, at: datetime, reason: str) -> None:
    back = [
        (
            change.person,
            {field: (value_of(change.person, field), value) for field, value in change.before.items()},
        )
        for change in changes
    ]
    ground = Ground(words=f"Hoàn tác lần nhập. {reason}", correcting=True)
    facts.store(facts.appended(back, ground, at=at, by=by.account))
    alike: dict[tuple[tuple[str, str], ...], list[Change]] = defaultdict(list)
    for change in changes:
        alike[tuple(sorted(change.before.items()))].append(change)
    for before, several in alike.items():
        columns = put(several[0].person, dict(before))
        if columns:
            values = {column: getattr(several[0].person, column) for column in columns}
            Person.objects.filter(pk__in=[change.person_id for change in several]).update(**values)

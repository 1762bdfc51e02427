"""Making a change set, and undoing it: events taken back, the fields as they were; what changed since is said.

Who changes many records at once opens a change set with ``begin``, does the work through the actions it
belongs to, notes each person with ``note`` (or writes fields with ``rewrite``), and ends with ``finish``; all
of it in one transaction of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tochuc.access.clock import now
from tochuc.audit.record import Actor, record
from tochuc.changes import carried, made, reversal, since
from tochuc.changes.models import ACTS, CHANGED, UNDONE, WHOLE, Change, ChangeSet
from tochuc.changes.since import Since
from tochuc.jobs.progress import Tell, silent
from tochuc.kernel.errors import Refused
from tochuc.members import facts, following
from tochuc.members.bulk import refold_many
from tochuc.members.facts import Ground
from tochuc.members.models import MemberEvent, Person
from tochuc.members.record_values import MERGED_INTO, put, value_of
from tochuc.org import tree
from tochuc.org.models import Organisation

_BATCH = 2000


def begin(
    kind: str, organisation: Organisation, *, title: str, by: Actor, as_of: date, reason: str = ""
) -> ChangeSet:
    """Open a change set of a kind for a branch. ``title`` says what is done, as its page is called."""
    return ChangeSet.objects.create(
        kind=kind,
        organisation=organisation,
        title=title[:200],
        reason=reason.strip(),
        as_of=as_of,
        made_by_id=by.account,
        made_at=now(),
    )


def note(
    changeset: ChangeSet,
    person: Person,
    *,
    before: Mapping[str, str] | None = None,
    after: Mapping[str, str] | None = None,
    events: Iterable[MemberEvent] = (),
    what: str = CHANGED,
    said: Mapping[str, Any] | None = None,
    row: str = "",
) -> Change:
    """Note what a change set did to one person: fields of the record as texts, and events it added."""
    return Change.objects.create(
        changeset=changeset,
        person=person,
        what=what,
        before=dict(before or {}),
        after=dict(after or {}),
        said=dict(said or {}),
        row=row,
        events=[event.pk for event in events],
    )


def rewrite(
    changeset: ChangeSet,
    person: Person,
    values: Mapping[str, str],
    *,
    ground: Ground | None = None,
    events: Iterable[MemberEvent] = (),
    what: str = CHANGED,
    said: Mapping[str, Any] | None = None,
    row: str = "",
) -> Change:
    """Write fields of a record, as texts (``birth`` as ``1975-04``), and note what they were.

    The facts rest on ``ground``, by default that the change set says so of its day.
    """
    before = {field: value_of(person, field) for field in values}
    told = {field: (before[field], after) for field, after in values.items() if field != MERGED_INTO}
    resting = ground or Ground(since=changeset.as_of, words=str(changeset), latest=True)
    facts.store(facts.appended([(person, told)], resting, at=changeset.made_at, by=changeset.made_by_id))
    columns = put(person, values)
    if columns:
        person.save(update_fields=columns)
    return note(changeset, person, before=before, after=values, events=events, what=what, said=said, row=row)


def finish(changeset: ChangeSet, by: Actor, **counts: int) -> None:
    """Leave the change set in the trail, with how many people it touched and what else it counts."""
    changeset.summary = {"people": changeset.changes.count(), **counts}
    changeset.save(update_fields=["summary"])
    record(
        by,
        ACTS[changeset.kind],
        stream=changeset.organisation.code,
        kind="changeset",
        key=changeset.ref,
        data={"title": changeset.title, **changeset.summary},
        reason=changeset.reason,
    )


@dataclass(frozen=True)
class Undone:
    """How many people's records were put back, those left as they are with what stands against it, and how many
    organisations and posts were taken back."""

    people: int
    kept: tuple[Since, ...]
    made: int = 0


@transaction.atomic
def undo(changeset: ChangeSet, *, by: Actor, reason: str, tell: Tell = silent) -> Undone:
    """Undo all of a change set that nothing recorded since rests on; the rest can be undone later.

    People whom it created keep their record, emptied of standing. Organisations it founded are taken back all or none.
    Raises ``Refused`` without a reason, when
    everything was undone before, when something stands against every single row, or against any of a kind
    that is undone whole.
    """
    if not reason.strip():
        raise Refused("no_reason", "Cần ghi lý do hoàn tác.", "reason")
    tree.hold_still()
    locked = ChangeSet.objects.select_for_update(of=("self",)).get(pk=changeset.pk)
    # Held before looking, so that what is recorded at this moment is waited for or waits.
    held = locked.changes.filter(undone_at=None).values("person")
    list(Person.objects.select_for_update().filter(pk__in=held).order_by("pk").values_list("pk"))
    pending = list(since.standing(locked.changes.all()))
    if not pending and not made.standing(locked):
        raise Refused("already_undone", "Đợt thay đổi này đã được hoàn tác trước đó.")
    looked = list(since.looked_at(pending, tell))
    free = [one.change for one in looked if not one.conflicts]
    kept = tuple(one for one in looked if one.conflicts)
    if (pending and not free) or (kept and locked.kind in WHOLE):
        raise Refused("changed_since", _why_not(kept))
    at = now()
    own = [event for events in reversal.own_events(free).values() for event in events]
    back = reversal.reversals(own, by=by.account, at=at, reason=reason.strip())
    MemberEvent.objects.bulk_create(back, batch_size=_BATCH)
    _restore(free, by, at, reason.strip())
    people = {change.person_id for change in free}
    refold_many(people, tell)
    _follow_reorganisations(people, by)
    Change.objects.filter(pk__in=[change.pk for change in free]).update(undone_at=at)
    taken_back = made.take_back(locked, by=by, at=at, reason=reason.strip())
    locked.state, locked.undone_by_id, locked.undone_at = UNDONE, by.account, at
    locked.undo_reason = reason.strip()
    locked.save(update_fields=["state", "undone_by", "undone_at", "undo_reason"])
    record(
        by,
        "changeset.undone",
        stream=locked.organisation.code,
        kind="changeset",
        key=locked.ref,
        data={"undone": len(free), "kept": len(kept), "made": taken_back},
        reason=reason.strip(),
    )
    return Undone(len(free), kept, taken_back)


def _why_not(kept: Collection[Since]) -> str:
    first = next(iter(kept))
    words = f"{first.change.person.full_name}: {first.conflicts[0].lower()}"
    more = f" và {len(kept) - 1} người khác" if len(kept) > 1 else ""
    return f"Chưa hoàn tác được, vì hồ sơ đã thay đổi từ đó đến nay ({words}{more})."


def _follow_reorganisations(people: Collection[int], by: Actor) -> None:
    """Take along whoever would stand again in an organisation that has ended since."""
    followed = set[tuple[int, int]]()
    while stays := [
        stay
        for stay in following.left_behind(people)
        if (stay.person_id, stay.organisation_id) not in followed
    ]:
        for stay in stays:
            followed.add((stay.person_id, stay.organisation_id))
            following.next_step(stay, by.account, now()).save()
        refold_many({stay.person_id for stay in stays})


def _restore(changes: Collection[Change], by: Actor, at: datetime, reason: str) -> None:
    back = [
        (
            change.person,
            {
                field: (value_of(change.person, field), value)
                for field, value in change.before.items()
                if field != MERGED_INTO
            },
        )
        for change in changes
    ]
    carried.give_back(changes, by=by.account, at=at, reason=reason)
    ground = Ground(words=f"Hoàn tác đợt thay đổi. {reason}", correcting=True)
    facts.store(facts.appended(back, ground, at=at, by=by.account))
    alike: dict[tuple[bool, tuple[tuple[str, str], ...]], list[Change]] = defaultdict(list)
    for change in changes:
        # Whoever holds a card gives it up before the one who had it takes it back.
        alike[not change.after.get("card_number"), tuple(sorted(change.before.items()))].append(change)
    for (_, before), several in sorted(alike.items(), key=lambda one: one[0]):
        columns = put(several[0].person, dict(before))
        if "details" in columns:
            _put_back(several, dict(before))
        elif columns:
            values = {column: getattr(several[0].person, column) for column in columns}
            Person.objects.filter(pk__in=[change.person_id for change in several]).update(**values)


def _put_back(changes: Collection[Change], before: dict[str, str]) -> None:
    """The same person by person: what stands beside these fields in ``details`` is each one's own."""
    for change in changes:
        columns = put(change.person, before)
        change.person.save(update_fields=columns)

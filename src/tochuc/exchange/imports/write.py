"""Importing a members' spreadsheet: the rows that can be written, in one transaction and one change set."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction

from tochuc.access.clock import now
from tochuc.audit.record import Actor, record
from tochuc.changes.models import CHANGED, CREATED, IMPORT, Change, ChangeSet
from tochuc.documents.models import StoredFile
from tochuc.exchange.imports import opening
from tochuc.exchange.imports.copying import store
from tochuc.exchange.imports.plan import CHANGE, CREATE, KEPT_AS_SAID, REFUSE, Planned, planned
from tochuc.exchange.intake.corrections import NONE, Corrections
from tochuc.exchange.intake.dry_run import Progress
from tochuc.kernel.errors import Refused
from tochuc.kernel.known_dates import day_vn
from tochuc.members import bulk, facts, identity
from tochuc.members.facts import Ground
from tochuc.members.folds import fold
from tochuc.members.models import IdentityNumber, MemberEvent, Person
from tochuc.members.record_values import NATIONAL_ID, put
from tochuc.org.models import Organisation

_BATCH = 1000
_KEPT_ON_UNDO = frozenset({"full_name", "birth", "gender"})
"""What stays in a record that an undone import made: enough to tell whose it was."""


@dataclass
class Written:
    """What an import did. ``changeset`` is None where there was nothing to write."""

    changeset: ChangeSet | None
    counts: Counter[str]
    refused: list[Planned] = field(default_factory=list)


@transaction.atomic
def import_members(
    source: Path | bytes,
    name: str,
    *,
    organisation: Organisation,
    as_of: date,
    today: date,
    by: Actor,
    file: StoredFile | None = None,
    progress: Progress | None = None,
    corrections: Corrections = NONE,
) -> Written:
    """Write a list of members into the record of a branch. All of it happens, or nothing.

    Running the same file again finds everyone there already and writes nothing. Rows refused on reading or
    writing are left out and given back. Raises ``Unreadable`` for a file that isn't a list, ``Refused`` for a
    day that hasn't come.
    """
    check_day(as_of, today)
    one_at_a_time()
    run = _Run(organisation, as_of, by, now())
    run.changeset.file_name, run.changeset.file = name[:200], file
    run.changeset.sha256 = digest(source)
    found = planned(
        source,
        name,
        organisation=organisation,
        as_of=as_of,
        today=today,
        corrections=corrections,
        progress=progress,
    )
    for one in found:
        if isinstance(one, Planned):
            run.take(one)
    return run.finish()


def check_day(as_of: date, today: date) -> None:
    """Refuse a list of a day that hasn't come."""
    if as_of > today:
        raise Refused(
            "future", f"Ngày {day_vn(as_of)} chưa tới; danh sách phải là của hôm nay hoặc trước.", "as_of"
        )


def digest(source: Path | bytes) -> str:
    """SHA-256 of a file's bytes."""
    if isinstance(source, bytes):
        return hashlib.sha256(source).hexdigest()
    try:
        with source.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def one_at_a_time() -> None:
    """Of two imports at once the second sees whom the first one made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('import', 7))")


class _Run:
    """One import under way: rows gathered and written a thousand at a time."""

    def __init__(self, organisation: Organisation, as_of: date, by: Actor, at: datetime) -> None:
        self._as_of, self._by, self._at = as_of, by, at
        self._ring = identity.keyring()
        self._counts: Counter[str] = Counter()
        self._refused: list[Planned] = []
        self._new: list[Planned] = []
        self._changed: list[Planned] = []
        self.changeset = ChangeSet(
            kind=IMPORT, organisation=organisation, as_of=as_of, made_by_id=by.account, made_at=at
        )

    def take(self, one: Planned) -> None:
        """Take in a row; write when enough have come together."""
        self._counts[one.action] += 1
        if one.action == REFUSE:
            self._refused.append(one)
        elif one.action == CREATE:
            self._new.append(one)
        elif one.action == CHANGE:
            self._changed.append(one)
        if len(self._new) + len(self._changed) >= _BATCH:
            self._write()

    def finish(self) -> Written:
        """Write the rest, and the change set's own entry."""
        self._write()
        if self.changeset.pk is None:
            return Written(None, self._counts, self._refused)
        self.changeset.summary = {
            action: self._counts[action] for action in ("create", "change", "same", "refuse")
        }
        self.changeset.save(update_fields=["summary"])
        record(
            self._by,
            "changeset.applied",
            stream=self.changeset.organisation.code,
            kind="changeset",
            key=self.changeset.ref,
            data={
                "file": self.changeset.file_name,
                "sha256": self.changeset.sha256,
                **self.changeset.summary,
            },
        )
        return Written(self.changeset, self._counts, self._refused)

    def _write(self) -> None:
        if not self._new and not self._changed:
            return
        if self.changeset.pk is None:
            self.changeset.save()
        numbers = self._numbered([*self._new, *self._changed])
        self._create()
        self._change()
        store([self._sealed(one, digits, pk) for one, digits, pk in numbers])
        self._new, self._changed = [], []

    def _numbered(self, rows: list[Planned]) -> list[tuple[Planned, str, int]]:
        """Give each identity number that of the row to seal it: people point at it before it is stored."""
        saying = [one for one in rows if NATIONAL_ID in one.changes]
        numbered = []
        for one, pk in zip(saying, identity.next_numbers(len(saying)), strict=True):
            before, digits = one.changes[NATIONAL_ID]
            one.changes[NATIONAL_ID] = (before, str(pk))
            numbered.append((one, identity.clean(digits), pk))
        return numbered

    def _sealed(self, one: Planned, digits: str, pk: int) -> IdentityNumber:
        if one.person is None:
            raise ValueError("a row is written once its person is known")
        return identity.sealed(one.person, digits, self._ring, by=self._by, pk=pk)

    def _create(self) -> None:
        fresh = [one for one in self._new if one.person is None]
        again = [one for one in self._new if one.person is not None]
        for one in fresh:
            one.person = _filled(Person(registered_at=self._at), one)
            # Folded below; known beforehand, so that the row is written once.
            one.person.home, one.person.standing = one.cell, one.standing
        store([one.person for one in fresh if one.person is not None])
        self._save_changed(again)
        openings, events = self._events(self._new)
        folded = {event.person_id: fold(events[event.person_id]) for event in openings}
        new = {one.person.pk: folded[one.person.pk] for one in fresh if one.person is not None}
        store(list(bulk.memberships(new)))
        store(list(bulk.movements(new)))
        store(list(bulk.conditions(new)))
        bulk.refold_many(one.person.pk for one in again if one.person is not None)
        store([self._change_of(one, CREATED, event) for one, event in zip(self._new, openings, strict=True)])

    def _events(self, rows: list[Planned]) -> tuple[list[MemberEvent], dict[int, list[MemberEvent]]]:
        """The opening entries, in order, and all that enters the ledger by person; stored."""
        openings = [self._event(one, "opening") for one in rows]
        exempted = [self._event(one, "exempted") for one in rows if one.row["fields"].get("exempt")]
        store([*openings, *exempted])
        events = {event.person_id: [event] for event in openings}
        for event in exempted:
            events[event.person_id].append(event)
        return openings, events

    def _event(self, one: Planned, kind: str) -> MemberEvent:
        data = {"changeset": self.changeset.ref}
        if kind == "opening":
            data |= {"standing": one.standing} | opening.said_of_past(one.row["fields"])
        return MemberEvent(
            person=one.person,
            kind=kind,
            happened_on=self._as_of,
            recorded_at=self._at,
            recorded_by_id=self._by.account,
            organisation=one.cell if kind == "opening" else None,
            data=data,
        )

    def _change(self) -> None:
        self._save_changed(self._changed)
        store([self._change_of(one, CHANGED, None) for one in self._changed])

    def _save_changed(self, rows: Iterable[Planned]) -> None:
        rows = list(rows)
        self._keep_facts(rows)
        people, columns = [], set[str]()
        for one in rows:
            if one.person is not None:
                columns |= set(put(one.person, {name: after for name, (_, after) in one.changes.items()}))
                people.append(one.person)
        if columns:
            Person.objects.bulk_update(people, sorted(columns), batch_size=_BATCH)

    def _keep_facts(self, rows: Iterable[Planned]) -> None:
        ground = Ground(
            since=self._as_of,
            words=f"Theo danh sách {self.changeset.file_name} ngày {day_vn(self._as_of)}",
            latest=True,
        )
        changes = [(one.person, one.changes) for one in rows if one.person is not None]
        facts.store(facts.appended(changes, ground, at=self._at, by=self._by.account))

    def _change_of(self, one: Planned, what: str, event: MemberEvent | None) -> Change:
        before = {name: before for name, (before, _) in one.changes.items()}
        if what == CREATED:
            before = {name: "" for name in one.changes if name not in _KEPT_ON_UNDO}
        fields = one.row["fields"]
        return Change(
            changeset=self.changeset,
            person=one.person,
            what=what,
            before=before,
            after={name: after for name, (_, after) in one.changes.items()},
            said={name: fields[name] for name in KEPT_AS_SAID if name in fields},
            row=": ".join(str(part) for part in (one.row["sheet"], one.row["row"]) if part is not None),
            event=event,
        )


def _filled(person: Person, one: Planned) -> Person:
    put(person, {name: after for name, (_, after) in one.changes.items()})
    return person

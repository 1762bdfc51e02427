"""Importing past movements: what was before someone's ledger enters their opening entry, what came after the ledger itself.

Rows are taken person by person, in order of time. A row is taken whole or refused with its reason; all that is taken
is one transaction and one change set, and the same file again finds everything there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from tochuc.audit.record import Actor
from tochuc.changes import actions as changes
from tochuc.changes.models import CHANGED, CREATED, IMPORT, ChangeSet
from tochuc.documents.models import StoredFile
from tochuc.exchange.imports.happened import Happenings, Place, RowRefused, same
from tochuc.exchange.imports.history import Differs, Entry
from tochuc.exchange.imports.known import branch_of
from tochuc.exchange.imports.meant import meant
from tochuc.exchange.imports.newcomers import newcomer
from tochuc.exchange.imports.taking import taking_in
from tochuc.exchange.imports.write import digest
from tochuc.exchange.intake.corrections import NONE, Corrections
from tochuc.exchange.intake.dry_run import Progress
from tochuc.exchange.intake.movements import MovementRow, Told, finding, movement_rows
from tochuc.kernel.names import fold
from tochuc.members import actions
from tochuc.members.actions import held
from tochuc.members.kinds import EVENT_KINDS
from tochuc.members.models import MemberEvent, Person
from tochuc.members.past import OPENED_BY, past_of, without_return
from tochuc.members.recording import events_in_force
from tochuc.org.models import Organisation

CREATE, CHANGE, SAME, REFUSE = "create", "change", "same", "refuse"
Finding = dict[str, str]


@dataclass
class Moved:
    """One row and what it does. ``row`` is the dry run's; ``faults`` keep it out though it could be read."""

    read: MovementRow
    action: str = SAME
    person: Person | None = None
    faults: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    @property
    def row(self) -> dict[str, Any]:
        """The row in the form of the dry run."""
        return self.read.row

    @property
    def findings(self) -> list[Finding]:
        """Everything that keeps the row out."""
        return [*self.row["errors"], *self.faults]

    @property
    def asks(self) -> list[Finding]:
        """Everything that lets it pass and asks for a look."""
        return [*self.row["doubts"], *self.notes]

    def refuse(self, name: str, code: str, value: str, message: str) -> None:
        """Keep the row out, saying why."""
        self.action = REFUSE
        self.faults.append(finding(self.read, name, code, value, message))

    def ask(self, name: str, code: str, value: str, message: str) -> None:
        """Let it pass, and ask for a look."""
        self.notes.append(finding(self.read, name, code, value, message))


@dataclass
class MovedList:
    """A list of movements as it was taken in; ``changeset`` is None where nothing was written."""

    heads: list[dict[str, Any]] = field(default_factory=list)
    rows: list[Moved] = field(default_factory=list)
    changeset: ChangeSet | None = None

    @property
    def counts(self) -> Counter[str]:
        """How many rows did what."""
        return Counter(one.action for one in self.rows)

    def in_order(self) -> Iterator[dict[str, Any]]:
        """Heads and rows as the dry run gives them, with what writing makes of each row."""
        for head in self.heads:
            yield head
            for one in self.rows:
                if one.row["sheet"] == head["sheet"]:
                    yield {**one.row, "action": one.action, "errors": one.findings, "doubts": one.asks}


def import_movements(
    source: Path | bytes,
    name: str,
    *,
    organisation: Organisation,
    today: date,
    by: Actor,
    file: StoredFile | None = None,
    progress: Progress | None = None,
    corrections: Corrections = NONE,
    dry_run: bool = False,
) -> MovedList:
    """Take a list of past movements of a branch in, or only look at it. Raises ``Unreadable`` for no such list."""
    done = MovedList()
    for one in movement_rows(source, name, today=today, corrections=corrections, progress=progress):
        if isinstance(one, MovementRow):
            done.rows.append(Moved(one, REFUSE if one.row["errors"] else SAME))
        else:
            done.heads.append(one)
    with taking_in(dry_run=dry_run):
        changeset = changes.begin(IMPORT, organisation, title="", by=by, as_of=today)
        changeset.file_name, changeset.file, changeset.sha256 = name[:200], file, digest(source)
        changeset.save(update_fields=["file_name", "file", "sha256"])
        _Taking(organisation, today, by, changeset, progress).all(done.rows)
        if not dry_run:
            _finish(done, changeset, by)
    return done


def _finish(done: MovedList, changeset: ChangeSet, by: Actor) -> None:
    if not changeset.changes.exists():
        changeset.delete()
        return
    counts = done.counts
    changes.finish(changeset, by, **{action: counts[action] for action in (CREATE, CHANGE, SAME, REFUSE)})
    done.changeset = changeset


class _Taking:
    """Takes rows in person by person."""

    def __init__(
        self,
        organisation: Organisation,
        today: date,
        by: Actor,
        changeset: ChangeSet,
        progress: Progress | None,
    ) -> None:
        self._branch = branch_of(organisation, today)
        self._happenings = Happenings(organisation, today, by, changeset)
        self._by, self._today, self._changeset = by, today, changeset
        self._progress = progress

    def all(self, rows: list[Moved]) -> None:
        """Find out who each row means, then take each person's in order of time."""
        known: dict[int, list[Moved]] = {}
        new: dict[tuple[str, str], list[Moved]] = {}
        for one in rows:
            if one.action == REFUSE:
                continue
            fields = one.row["fields"]
            who = meant(self._branch, fields)
            for doubt in who.doubts:
                one.ask(*doubt)
            if who.error:
                one.refuse(*who.error)
            elif who.person is not None:
                known.setdefault(who.person, []).append(one)
            else:
                new.setdefault((fold(fields["full_name"]), fields.get("birth", "")), []).append(one)
        for number, several in enumerate([*known.items(), *new.items()], 1):
            who_, own = several
            if isinstance(who_, int):
                self._known(Person.objects.get(pk=who_), own)
            else:
                self._new(own)
            if self._progress and number % 200 == 0:
                self._progress(number, len(known) + len(new))

    def _known(self, person: Person, rows: list[Moved]) -> None:
        person = held(person)
        events = list(events_in_force(person))
        if not events:
            # Opened by an import that was undone since.
            self._new(rows, person)
            return
        entry = _entry(events)
        own: list[MemberEvent] = []
        for one in _in_time(rows):
            one.person = person
            before = entry.data if entry else None
            try:
                with transaction.atomic():
                    added = [self._one(person, told, one, entry, events) for told in one.read.told]
            except RowRefused as refused:
                if entry is not None and before is not None:
                    entry.data = before
                one.refuse(refused.field, refused.code, refused.value, refused.message)
                continue
            own += [event for event in added if event is not None]
            if any(event is not None for event in added) or (entry and entry.data != before):
                one.action = CHANGE
        if entry is not None and (completed := self._completed(events[0], entry)):
            own.append(completed)
            _ask_return(entry, rows)
        if own:
            self._note(person, rows, own, CHANGED)

    def _one(
        self,
        person: Person,
        told: Told,
        one: Moved,
        entry: Entry | None,
        events: list[MemberEvent],
    ) -> MemberEvent | None:
        """Take one movement in: the event it became, or None where it went to the entry or was there already."""
        place = Place(one.row["fields"], told)
        if any(same(event, told) for event in events):
            return None
        if told.on.first <= events[0].happened_on:
            self._before(told, entry, events, self._happenings.called(place))
            return None
        return self._happenings.after(person, told, place)

    def _before(self, told: Told, entry: Entry | None, events: list[MemberEvent], here: str) -> None:
        if entry is None:
            first = events[0]
            raise RowRefused(
                told.field,
                "before_ledger",
                told.on.vn,
                f"Sổ của đồng chí này bắt đầu ngày {first.happened_on:%d/%m/%Y} bằng «{first.get_kind_display()}»; "
                "việc trước đó không có mục ghi nhận ban đầu để ghi vào.",
            )
        try:
            entry.take(told, here)
        except Differs as differs:
            raise RowRefused(told.field, differs.code, told.on.vn, differs.message) from differs

    def _completed(self, event: MemberEvent, entry: Entry) -> MemberEvent | None:
        """Write what the opening entry holds now, as a correction of it; None where that is what it held."""
        if entry.data == event.data:
            return None
        data = entry.data | {"changeset": self._changeset.ref}
        reason = f"Bổ sung những việc trước khi lập sổ, theo danh sách {self._changeset.file_name}"
        return actions.correct(
            event, by=self._by, today=self._today, reason=reason[:300], replacement={"data": data}
        )

    def _new(self, rows: list[Moved], person: Person | None = None) -> None:
        """Someone who isn't in the record: entered where the list tells their whole way, to the end."""
        rows = list(_in_time(rows))
        try:
            with transaction.atomic():
                person, events = newcomer(
                    [(told, Place(one.row["fields"], told)) for one in rows for told in one.read.told],
                    rows[0].row["fields"],
                    self._happenings,
                    person,
                )
        except RowRefused as refused:
            for one in rows:
                one.refuse(refused.field, refused.code, refused.value, refused.message)
            return
        for one in rows:
            one.person, one.action = person, CREATE
            self._ask_of_newcomer(one)
        self._note(person, rows, events, CREATED)

    def _ask_of_newcomer(self, one: Moved) -> None:
        name = one.row["fields"]["full_name"]
        self._branch.expect([{"full_name": name}])
        if namesakes := [n for n in self._branch.by_name.get(fold(name), ()) if not n.emptied]:
            words = f"Sẽ lập hồ sơ mới; trong sổ có người cùng tên, sinh {namesakes[0].birth.vn}. Xin xem có phải một người."
            one.ask("full_name", "namesake", name, words)
        if any(EVENT_KINDS[told.kind].needs_decision and not told.decision_number for told in one.read.told):
            one.ask("decision_number", "no_decision", "", "Chưa ghi số quyết định; ghi vào sổ không có số.")

    def _note(self, person: Person, rows: list[Moved], events: list[MemberEvent], what: str) -> None:
        written = [one for one in rows if one.action in (CREATE, CHANGE)]
        card = rows[0].row["fields"].get("card_number", "") if what == CREATED else ""
        changes.rewrite(
            self._changeset,
            person,
            {"card_number": card} if card else {},
            events=events,
            what=what,
            row=_at(written[0])[:120] if written else "",
        )


def _entry(events: list[MemberEvent]) -> Entry | None:
    """The opening entry of a ledger, where it begins with one."""
    if not events or events[0].kind not in OPENED_BY:
        return None
    return Entry(events[0].kind, events[0].happened_on, dict(events[0].data))


def _in_time(rows: list[Moved]) -> list[Moved]:
    """Rows by the first day they tell of; those of one day as they stand in the file."""
    return sorted(rows, key=lambda one: min((told.on.first for told in one.read.told), default=date.max))


def _ask_return(entry: Entry, rows: list[Moved]) -> None:
    """Ask about one who, by what is told, left and never came back, and is in the ledger all the same."""
    if (left := without_return(past_of(entry))) is not None:
        words = f"Sau «{left.words}» ({left.on.vn}) không thấy việc trở lại, mà sổ ghi vẫn sinh hoạt."
        last = next((one for one in reversed(rows) if one.action == CHANGE), rows[-1])
        last.ask("movement", "no_return", left.on.vn, words)


def _at(one: Moved) -> str:
    return ": ".join(str(part) for part in (one.row["sheet"], one.row["row"]) if part is not None)

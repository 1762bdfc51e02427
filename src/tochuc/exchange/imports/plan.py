"""What each row of a members' spreadsheet would do to the record of a branch, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tochuc.changes.since import NATIONAL_ID, known_date, value_of
from tochuc.exchange.imports import faults, opening
from tochuc.exchange.imports.faults import CARD_OF_ANOTHER, Finding
from tochuc.exchange.imports.known import Branch, branch_of, with_cards
from tochuc.exchange.imports.places import Cells, NoCell
from tochuc.exchange.intake.corrections import NONE, Corrections
from tochuc.exchange.intake.dry_run import Progress, dry_run
from tochuc.kernel.sealing import Keyring
from tochuc.members import identity
from tochuc.members.kinds import OUTSIDE
from tochuc.members.models import MemberEvent, Person
from tochuc.org.models import Organisation

Row = dict[str, Any]
CREATE, CHANGE, SAME, REFUSE = "create", "change", "same", "refuse"

FIELDS = (
    "full_name", "birth", "gender", "ethnicity", "religion", "hometown", "residence", "occupation",
    "education", "qualification", "political_theory", "card_number", "phone",
    "member_number", "national_id",
)  # fmt: skip
"""Fields of a row that stand in a person's record."""
LEDGER = ("admitted_on", "official_on", "cell", "exempt")
"""Fields of a row that only the ledger holds: they enter it with a person, and are compared afterwards."""
KEPT_AS_SAID = ("joined_cell_on", "party_post", "post", "note")
"""Fields that no column of the record holds yet: kept with the change, as the row says them."""

_BATCH = 500


@dataclass(slots=True)
class Planned:
    """One row and what it would do.

    ``row`` is the dry run's, with its action. ``action`` is what writing does: a row with ``faults`` is refused
    though its reading is sound. ``person`` is whom it means, ``changes`` what would change as (before, after),
    an identity number being the only value that writing turns into something else (its sealed row),
    ``notes`` where the ledger says otherwise, which no import changes.
    """

    row: Row
    action: str
    person: Person | None = None
    cell: Organisation | None = None
    standing: str = ""
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    @property
    def findings(self) -> list[Finding]:
        """Everything that keeps the row from being written, reading and writing together."""
        return [*self.row["errors"], *self.faults]

    @property
    def asks(self) -> list[Finding]:
        """Everything that lets the row pass and asks for a look.

        That someone alike is known already is no question where it was found out who.
        """
        met = self.person is not None
        doubts = [one for one in self.row["doubts"] if not (met and one["code"] == "known_person")]
        return [*doubts, *self.notes]


def planned(
    source: Path | bytes,
    name: str,
    *,
    organisation: Organisation,
    as_of: date,
    today: date,
    corrections: Corrections = NONE,
    progress: Progress | None = None,
) -> Iterator[Row | Planned]:
    """For each sheet with people its head, then each row with what it would do. Writes nothing.

    ``as_of`` is the day the list speaks of. Raises ``Unreadable`` before anything is given.
    """
    branch = branch_of(organisation, today)
    planner = _Planner(branch, Cells(organisation, as_of, today), as_of)
    waiting: list[Row] = []
    rows = dry_run(
        source,
        name,
        today=today,
        known=branch.known,
        coming=branch.expect,
        corrections=corrections,
        progress=progress,
    )
    for found in rows:
        if "file" in found:
            yield from planner.plan(waiting)
            waiting = []
            planner.begin(found)
            yield found
            continue
        waiting.append(found)
        if len(waiting) >= _BATCH:
            yield from planner.plan(waiting)
            waiting = []
    yield from planner.plan(waiting)


def read_alone(
    source: Path | bytes, name: str, *, today: date, corrections: Corrections = NONE
) -> Iterator[Row | Planned]:
    """The same where there is no record to compare with: what the file says, by itself."""
    for found in dry_run(source, name, today=today, corrections=corrections):
        yield found if "file" in found else Planned(found, found["action"])


class _Planner:
    """Plans rows in batches; remembers whom and which cards the file has named so far."""

    def __init__(self, branch: Branch, cells: Cells, as_of: date) -> None:
        self._branch = branch
        self._cells = cells
        self._as_of = as_of
        self._people: dict[int, str] = {}
        self._cards: dict[str, str] = {}
        self._columns: dict[str, str] = {}
        self._ring = identity.keyring()

    def begin(self, head: Row) -> None:
        """Take in the head of the sheet whose rows come next."""
        self._columns = {name: letter for letter, name in reversed(head["columns"].items())}

    def plan(self, rows: list[Row]) -> Iterator[Planned]:
        """What these rows would do."""
        readable = [row for row in rows if row["action"] != REFUSE]
        self._branch.expect(row["fields"] for row in readable)
        matched = {id(row): self._branch.match(row["fields"]) for row in readable}
        ids = {pk for pk in matched.values() if pk is not None}
        people = Person.objects.select_related("home", "identity").in_bulk(ids)
        joined = opening.joined_of(ids)
        elsewhere = self._cards_elsewhere(readable)
        for row in rows:
            if row["action"] == REFUSE:
                yield Planned(row, REFUSE)
                continue
            pk = matched[id(row)]
            one = self._one(row, people[pk] if pk is not None else None, joined.get(pk or 0, ()))
            one.faults += faults.of_cards(row["fields"], elsewhere, self._cards, self._at(row), self._finding)
            row["action"] = one.action
            if one.faults:
                one.action = REFUSE
            else:
                self._remember(row, one)
            yield one

    def _one(self, row: Row, person: Person | None, events: tuple[MemberEvent, ...]) -> Planned:
        fields = row["fields"]
        cell = self._cells.named(fields.get("cell"))
        fresh = person is None or (person.home_id is None and person.standing == OUTSIDE)
        planned_ = Planned(row, CREATE if fresh else SAME, person)
        if isinstance(cell, Organisation):
            planned_.cell = cell
        elif fresh or "cell" in fields:
            planned_.faults.append(self._unplaced(cell, fields))
        planned_.faults += faults.of_fields(fields, self._as_of, self._finding)
        if fresh:
            planned_.faults += faults.of_newcomer(fields, self._finding)
            planned_.standing = opening.standing(fields, self._as_of)
            planned_.changes = _first(fields, person)
        elif person is not None:
            self._compare(planned_, person, events)
        if person is not None and person.pk in self._people:
            words = f"Dòng này trùng với người ở {self._people[person.pk]} của tệp."
            planned_.faults.append(
                self._finding("full_name", "twice_in_file", fields.get("full_name", ""), words)
            )
        return planned_

    def _unplaced(self, cell: NoCell, fields: Mapping[str, Any]) -> Finding:
        return self._finding("cell", cell.code, fields.get("cell", ""), cell.message)

    def _compare(self, one: Planned, person: Person, events: tuple[MemberEvent, ...]) -> None:
        fields = one.row["fields"]
        one.faults += faults.of_known(person, fields, self._finding)
        if any(fault["code"] == CARD_OF_ANOTHER for fault in one.faults):
            one.action = CREATE  # the row means somebody else, who isn't in the record
        if not one.faults:
            one.changes = field_differences(fields, person, self._ring)
            one.notes = opening.differences(fields, person, one.cell, events, self._finding)
        if one.changes:
            one.action = CHANGE

    def _remember(self, row: Row, one: Planned) -> None:
        if one.person is not None:
            self._people[one.person.pk] = self._at(row)
        if card := row["fields"].get("card_number"):
            self._cards[card] = self._at(row)

    def _cards_elsewhere(self, rows: list[Row]) -> frozenset[str]:
        """The cards of these rows that someone outside the branch holds."""
        cards = {card for row in rows if (card := row["fields"].get("card_number"))}
        strange = cards - self._branch.by_card.keys()
        found = with_cards(Person.objects.all(), strange).values_list("card_number", flat=True)
        return frozenset(found) if strange else frozenset()

    def _at(self, row: Row) -> str:
        return f"dòng {row['row']}" + (f" (bảng {row['sheet']})" if row["sheet"] else "")

    def _finding(self, name: str, code: str, value: str, message: str) -> Finding:
        column = self._columns.get(name) or self._columns.get("full_name", "A")
        return {"column": column, "field": name, "code": code, "value": value, "message": message}


def said(fields: Mapping[str, Any], name: str) -> str | None:
    """What a row says of a field of the record; None where it says nothing that can be kept."""
    if name not in fields:
        return None
    if name == NATIONAL_ID and not identity.readable(str(fields[name] or "")):
        return None
    return "" if fields[name] is None else str(fields[name])


def _first(fields: Mapping[str, Any], person: Person | None) -> dict[str, tuple[str, str]]:
    """What a new record would hold; one that was emptied begins from what it still says."""
    found = {}
    for name in FIELDS:
        value = said(fields, name)
        if value:
            found[name] = (value_of(person, name) if person else "", value)
    return found


def field_differences(fields: Mapping[str, Any], person: Person, ring: Keyring) -> dict[str, tuple[str, str]]:
    """What a row says otherwise than the record; a birth known less exactly changes nothing."""
    found = {}
    for name in FIELDS:
        value = said(fields, name)
        before = value_of(person, name)
        if value is None or value == before or (name == "birth" and _vaguer(value, before)):
            continue
        if name == NATIONAL_ID and identity.holds(person, value, ring):
            continue
        found[name] = (before, value)
    return found


def _vaguer(value: str, before: str) -> bool:
    return known_date(value).span.contains(known_date(before).span)

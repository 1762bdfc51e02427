"""A member's record: the fields and tables of the forms on a day, writing fields, and the identity number."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.core.exceptions import PermissionDenied
from ninja import Schema
from pydantic import Field

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.api.door import endpoint
from tochuc.api.given import Day, IfMatch, Sent, Words, at_version, moment_of
from tochuc.kernel.errors import DomainError, Refused, raise_all
from tochuc.members import actions, facts, identity, keeping, queries
from tochuc.members.actions import note_read
from tochuc.members.facts import Ground
from tochuc.members.record_fields import FIELDS, HIDDEN, TABLES
from tochuc.members.record_values import value_of

Value = Annotated[str, Field(max_length=4000, pattern=r"^[^\x00]*$")]
Part = Literal["open", "private"]


class FieldOut(Schema):
    """A field on the day: its value as the record writes it (a date as exactly as known), since when, on what ground."""

    code: str
    label: str
    value: str
    since: date | None
    ground: str


class TableRowOut(Schema):
    """A row of a table of the form."""

    table: str
    number: int
    values: dict[str, str]
    ground: str


class RecordOut(Schema):
    """What the record says on a day; ``known_on`` is the day up to whose end it was read, null for all there is."""

    ref: str
    version: str
    on: date
    known_on: date | None
    fields: list[FieldOut]
    rows: list[TableRowOut]


class FieldsIn(Sent):
    """What fields say: since when it holds, on what ground; without ``since`` it corrects what was wrong."""

    values: Annotated[dict[Annotated[str, Field(max_length=40)], Value], Field(min_length=1, max_length=60)]
    ground: Annotated[Words, Field(min_length=1)]
    since: Day | None = None


class WrittenOut(Schema):
    """The fields that changed, and the record's version now."""

    changed: list[str]
    version: str


class IdentityOut(Schema):
    """The identity number, opened; empty where none is recorded."""

    ref: str
    national_id: str


class IdentityIn(Sent):
    """The number as it stands on the card, and what it was read from."""

    national_id: Annotated[str, Field(max_length=30, pattern=r"^[0-9 .\-]*$")]
    ground: Words = ""


@endpoint("GET", "members/<person:person>/record", name="member_record_fields", needs="member.read")
def record(viewer: Viewer, person: Any, on: Day | None = None, known_on: Day | None = None) -> RecordOut:
    """The open fields and tables of the forms on a day; that they were read is kept in the trail."""
    return _read(viewer, person, on, known_on, "open")


@endpoint(
    "GET", "members/<person:person>/record/private", name="member_private_fields", needs="member.private"
)
def private(viewer: Viewer, person: Any, on: Day | None = None, known_on: Day | None = None) -> RecordOut:
    """The private fields and tables; that they were read is kept in the trail by itself."""
    return _read(viewer, person, on, known_on, "private")


@endpoint("POST", "members/<person:person>/record", name="member_write_fields", needs="member.edit")
def write(viewer: Viewer, person: Any, given: FieldsIn, if_match: IfMatch = None) -> WrittenOut:
    """Write fields of a record, all or none; with ``If-Match`` only if nothing was recorded since it was read."""
    wrong: list[DomainError] = [
        Refused("field_unknown", "Không có mục này, hoặc mục này ghi ở chỗ khác.", f"values.{code}")
        for code in given.values
        if code not in FIELDS or FIELDS[code].kind == HIDDEN
    ]
    raise_all(wrong)
    if any(FIELDS[code].private for code in given.values) and not gate.may(
        viewer, "member.private", "person", person
    ):
        raise PermissionDenied("member.private")
    at_version(if_match, lambda: queries.version_of(actions.held(person)))
    ground = Ground(since=given.since, words=given.ground, correcting=given.since is None)
    changed = keeping.keep(person, given.values, ground=ground, by=viewer.actor, today=viewer.today)
    return WrittenOut(changed=sorted(changed), version=queries.version_of(person))


@endpoint("GET", "members/<person:person>/identity", name="member_identity_number", needs="member.identity")
def identity_number(viewer: Viewer, person: Any) -> IdentityOut:
    """The identity number, opened; each showing is kept in the trail."""
    return IdentityOut(ref=person.ref, national_id=identity.show(person, by=viewer.actor, why="API"))


@endpoint(
    "POST", "members/<person:person>/identity", name="member_identity_write", needs="member.edit", status=201
)
def write_identity(viewer: Viewer, person: Any, given: IdentityIn, if_match: IfMatch = None) -> WrittenOut:
    """Write the number down in the place of the one there, which isn't shown."""
    at_version(if_match, lambda: queries.version_of(actions.held(person)))
    done = identity.set_national_id(person, given.national_id, by=viewer.actor, ground=given.ground)
    return WrittenOut(changed=["national_id"] * done, version=queries.version_of(person))


def _read(viewer: Viewer, person: Any, on: date | None, known_on: date | None, part: Part) -> RecordOut:
    closed = part == "private"
    note_read(person, by=viewer.actor, part="private" if closed else "record")
    day, known = on or viewer.today, moment_of(known_on)
    own = queries.facts_of(person)
    codes = [code for code, one in FIELDS.items() if one.private == closed and one.kind != HIDDEN]
    told = facts.record_on(person, own, {code: value_of(person, code) for code in codes}, day, known)
    return RecordOut(
        ref=person.ref,
        version=queries.version_of(person),
        on=day,
        known_on=known_on,
        fields=[
            FieldOut(
                code=code,
                label=FIELDS[code].label,
                value=str(told[code].value or ""),
                since=fact.since if (fact := told[code].fact) else None,
                ground=fact.ground if fact else "",
            )
            for code in codes
        ],
        rows=[
            TableRowOut(
                table=code,
                number=row.pk,
                values={name: str(value) for name, value in (row.value or {}).items()},
                ground=row.ground,
            )
            for code, table in TABLES.items()
            if table.private == closed
            for row in facts.rows_of(own, code, known)
        ],
    )

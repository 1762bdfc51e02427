"""Change sets: those made in a branch, what one did person by person, and undoing it as a whole."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.api.cursor import FIRST, USUAL, After, Page, Size, rows_after
from tochuc.api.door import endpoint
from tochuc.api.given import Sent, Words
from tochuc.api.organisations import OrganisationName, named
from tochuc.changes import actions, queries
from tochuc.changes.since import MERGED_INTO, NATIONAL_ID, looked_at, shown


class ChangesetOut(Schema):
    """One act that changed many records. ``summary`` counts an import's rows; ``state`` is applied or undone."""

    ref: str
    kind: str
    name: str
    organisation: OrganisationName
    as_of: date
    made_at: datetime
    made_by: str
    state: str
    summary: dict[str, int]
    undone_at: datetime | None
    undo_reason: str


class FieldChange(Schema):
    """A field of the record, before and after."""

    field: str
    before: str
    after: str


class ChangeOut(Schema):
    """What a change set did to one person; what recorded since stands against undoing it, and what would stay."""

    ref: str
    full_name: str
    what: str
    row: str
    fields: list[FieldChange]
    undone: bool
    conflicts: list[str]
    later: list[str]


class UndoIn(Sent):
    """Why it is undone."""

    reason: Annotated[Words, Field(min_length=1)]


class KeptOut(Schema):
    """One whose record was left as it is, and why."""

    ref: str
    full_name: str
    conflicts: list[str]


class UndoneOut(Schema):
    """How many people's records were put back, and those that were left."""

    people: int
    kept: list[KeptOut]


@endpoint("GET", "changesets", name="changesets", needs="changeset.read")
def changesets(viewer: Viewer, after: After = FIRST, size: Size = USUAL) -> Page[ChangesetOut]:
    """The change sets of one's branch, newest first."""
    seen = gate.visible(viewer, "changeset.read", "changeset")
    rows = seen.select_related("organisation", "made_by").order_by("-made_at", "-pk")
    found, following = rows_after(rows, ("-made_at", "-pk"), after, size)
    return Page[ChangesetOut](items=[_out(one) for one in found], next=following)


@endpoint("GET", "changesets/<changeset:changeset>", name="changeset", needs="changeset.read")
def changeset(viewer: Viewer, changeset: Any) -> ChangesetOut:
    """One change set."""
    return _out(changeset)


@endpoint("GET", "changesets/<changeset:changeset>/changes", name="changeset_changes", needs="changeset.read")
def changes(viewer: Viewer, changeset: Any, after: After = FIRST, size: Size = USUAL) -> Page[ChangeOut]:
    """What a change set did, person by person, sorted as Vietnamese names are."""
    rows = queries.changes_of(changeset).select_related("changeset")
    found, following = rows_after(rows, ("person__sort_key", "pk"), after, size)
    return Page[ChangeOut](items=[_change(one) for one in looked_at(found)], next=following)


@endpoint("POST", "changesets/<changeset:changeset>/undo", name="changeset_undo", needs="changeset.undo")
def undo(viewer: Viewer, changeset: Any, given: UndoIn) -> UndoneOut:
    """Undo a change set: whatever nothing recorded since rests on."""
    undone = actions.undo(changeset, by=viewer.actor, reason=given.reason)
    return UndoneOut(
        people=undone.people,
        kept=[
            KeptOut(
                ref=one.change.person.ref,
                full_name=one.change.person.full_name,
                conflicts=list(one.conflicts),
            )
            for one in undone.kept
        ],
    )


def _out(one: Any) -> ChangesetOut:
    return ChangesetOut(
        ref=one.ref,
        kind=one.kind,
        name=one.name,
        organisation=named(one.organisation),
        as_of=one.as_of,
        made_at=one.made_at,
        made_by=one.made_by.full_name if one.made_by else "",
        state=one.state,
        summary={k: v for k, v in one.summary.items() if isinstance(v, int)},
        undone_at=one.undone_at,
        undo_reason=one.undo_reason,
    )


def _change(one: Any) -> ChangeOut:
    change = one.change
    return ChangeOut(
        ref=change.person.ref,
        full_name=change.person.full_name,
        what=change.what,
        row=change.row,
        fields=[
            FieldChange(
                field=name, before=_value(name, change.before.get(name, "")), after=_value(name, after)
            )
            for name, after in change.after.items()
        ],
        undone=change.undone_at is not None,
        conflicts=list(one.conflicts),
        later=list(one.later),
    )


def _value(field: str, value: str) -> str:
    """A value as the record writes it; what stands for a row of ours is said in words instead."""
    return shown(field, value) if field in (NATIONAL_ID, MERGED_INTO) else value

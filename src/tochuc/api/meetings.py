"""Meetings of cells and who was there: the list, one with its roll, recording, putting right, withdrawing."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from tochuc.access.viewer import Viewer
from tochuc.api.cursor import FIRST, USUAL, After, Page, Size, rows_after
from tochuc.api.door import endpoint
from tochuc.api.given import Day, Ref, Sent, Words, at_lines, known, period
from tochuc.api.organisations import OrganisationName, named
from tochuc.kernel.errors import BadInput
from tochuc.kernel.known_dates import day_vn
from tochuc.meetings import actions, queries
from tochuc.meetings.actions import Said
from tochuc.meetings.roll import roll

Kind = Literal["regular", "thematic", "extraordinary"]
State = Literal["present", "excused", "absent"]
Reason = Annotated[Words, Field(max_length=actions.LONGEST)]
_MOST_LINES = 1000
_LINES = "attendance"


class PlaceOut(Schema):
    """A person on the roll; ``why_not`` names the condition in which they aren't expected, a guest is of another cell."""

    person: str
    full_name: str
    guest: bool
    why_not: str


class RollOut(Schema):
    """Who is expected at a meeting of a cell on a day, and who isn't and why; by name."""

    organisation: OrganisationName
    on: date
    places: list[PlaceOut]


class MeetingLine(Schema):
    """A meeting and how many were there. One that is ``withdrawn`` was entered wrongly and counts no more."""

    ref: UUID
    organisation: OrganisationName
    held_on: date
    kind: str
    present: int
    excused: int
    absent: int
    withdrawn: bool


class AttendanceOut(Schema):
    """How somebody was there. ``why`` says why the entry took the place of an earlier one."""

    person: str
    full_name: str
    state: str
    reason: str
    why: str


class MeetingOut(MeetingLine):
    """A meeting with its roll as it stands, by name."""

    withdrawn_reason: str
    attendance: list[AttendanceOut]


class AttendanceIn(Sent):
    """How a member was there, with the reason where they were excused."""

    person: Ref
    state: State
    reason: Reason = ""


Attended = Annotated[list[AttendanceIn], Field(max_length=_MOST_LINES)]


class MeetingIn(Sent):
    """A meeting with everyone whom its roll expects."""

    held_on: Day
    kind: Kind
    attendance: Attended


class AttendanceCorrectionIn(Sent):
    """How some were there otherwise than recorded, and why it is put right."""

    attendance: Annotated[Attended, Field(min_length=1)]
    why: Reason


class WithdrawalIn(Sent):
    """Why a meeting counts no more."""

    reason: Reason


@endpoint(
    "GET",
    "organisations/<organisation:organisation>/meetings",
    name="organisation_meetings",
    needs="meeting.read",
)
def meetings(
    viewer: Viewer,
    organisation: Any,
    first: Day | None = None,
    last: Day | None = None,
    after: After = FIRST,
    size: Size = USUAL,
) -> Page[MeetingLine]:
    """The meetings of a cell, or of the cells of a branch, newest first; those of this year if no days are named."""
    rows = queries.in_branch(organisation, *period(first, last, viewer.today), viewer.today)
    found, following = rows_after(rows, ("-held_on", "-pk"), after, size)
    counts = queries.counts_of(found)
    return Page[MeetingLine](
        items=[MeetingLine(**_line(one, counts[one.pk])) for one in found], next=following
    )


@endpoint(
    "GET",
    "organisations/<organisation:organisation>/meetings/roll",
    name="meeting_roll",
    needs="meeting.record",
)
def expected(viewer: Viewer, organisation: Any, on: Day | None = None) -> RollOut:
    """Who is to be named when a meeting of that day is recorded: everyone who is expected."""
    day = on or viewer.today
    if day > viewer.today:
        raise BadInput("meeting.future", f"Ngày {day_vn(day)} chưa tới.", "on")
    return RollOut(
        organisation=named(organisation),
        on=day,
        places=[
            PlaceOut(
                person=one.person.ref,
                full_name=one.person.full_name,
                guest=one.guest,
                why_not=one.why_not,
            )
            for one in roll(organisation, day)
        ],
    )


@endpoint(
    "POST",
    "organisations/<organisation:organisation>/meetings",
    name="meeting_hold",
    needs="meeting.record",
    status=201,
)
def hold(viewer: Viewer, organisation: Any, given: MeetingIn) -> MeetingOut:
    """Record a meeting of a cell with who was there, excused and absent."""
    people = {one.person.ref: one.person for one in roll(organisation, min(given.held_on, viewer.today))}
    with at_lines([one.person for one in given.attendance], lines=_LINES):
        made = actions.hold(
            organisation,
            on=given.held_on,
            kind=given.kind,
            said=_said(given.attendance, people, "Người này không dự sinh hoạt ở đây ngày ấy."),
            by=viewer.actor,
            today=viewer.today,
        )
    return _meeting(made)


@endpoint("GET", "meetings/<meeting:meeting>", name="meeting", needs="meeting.read")
def meeting(viewer: Viewer, meeting: Any) -> MeetingOut:
    """A meeting with its roll as it stands."""
    return _meeting(meeting)


@endpoint(
    "POST",
    "meetings/<meeting:meeting>/corrections",
    name="meeting_correct",
    needs="meeting.record",
    status=201,
)
def correct(viewer: Viewer, meeting: Any, given: AttendanceCorrectionIn) -> MeetingOut:
    """Say differently how some were at a meeting; what stood stays to be read."""
    people = {row.now.person.ref: row.now.person for row in queries.rows_of(meeting)}
    with at_lines([one.person for one in given.attendance], lines=_LINES):
        said = _said(given.attendance, people, "Người này không có trong danh sách của buổi này.")
        actions.correct(meeting, said, why=given.why, by=viewer.actor)
    return _meeting(meeting)


@endpoint(
    "POST",
    "meetings/<meeting:meeting>/withdrawal",
    name="meeting_withdraw",
    needs="meeting.record",
    status=201,
)
def withdraw(viewer: Viewer, meeting: Any, given: WithdrawalIn) -> MeetingOut:
    """Let a meeting that was entered wrongly count no more; it stays to be read."""
    actions.withdraw(meeting, reason=given.reason, by=viewer.actor)
    meeting.refresh_from_db()
    return _meeting(meeting)


def _said(given: list[AttendanceIn], people: dict[str, Any], words: str) -> list[Said]:
    named = known(
        [one.person for one in given], people, lines=_LINES, code="meeting.not_expected", words=words
    )
    return [Said(person, one.state, one.reason) for person, one in zip(named, given, strict=True)]


def _line(one: queries.Meeting, counted: queries.Counted) -> dict[str, Any]:
    return {
        "ref": one.ref,
        "organisation": named(one.organisation),
        "held_on": one.held_on,
        "kind": one.kind,
        "present": counted.present,
        "excused": counted.excused,
        "absent": counted.absent,
        "withdrawn": one.withdrawn_at is not None,
    }


def _meeting(one: queries.Meeting) -> MeetingOut:
    return MeetingOut(
        **_line(one, queries.counts_of([one])[one.pk]),
        withdrawn_reason=one.withdrawn_reason,
        attendance=[
            AttendanceOut(
                person=row.now.person.ref,
                full_name=row.now.person.full_name,
                state=row.now.state,
                reason=row.now.reason,
                why=row.now.why,
            )
            for row in queries.rows_of(one)
        ],
    )

"""Recording a meeting and who was there; putting it right; withdrawing one that wasn't held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from tochuc.access.clock import now
from tochuc.audit.record import Actor, record
from tochuc.kernel.errors import BadInput, Conflict, DomainError, Refused, raise_all
from tochuc.kernel.known_dates import day_vn
from tochuc.meetings.kinds import ATTENDANCE, EXCUSED, MEETING_KINDS
from tochuc.meetings.models import Attendance, Meeting
from tochuc.meetings.roll import roll
from tochuc.members.models import Person
from tochuc.org.kinds import MEMBER_KINDS
from tochuc.org.models import Organisation
from tochuc.org.queries import shape_on

LONGEST = 300
"""Of a reason, in characters."""


@dataclass(frozen=True)
class Said:
    """How a member was at the meeting, with the reason where they were excused."""

    person: Person
    state: str
    reason: str = ""


@transaction.atomic
def hold(cell: Organisation, *, on: date, kind: str, said: Sequence[Said], by: Actor, today: date) -> Meeting:
    """Record a meeting of a cell with everyone expected there. Raises with the field of each line that is wrong.

    The members' meeting that the rules ask for each month is the cell's. Of a committee, whom nobody is a member of
    directly, there is no roll, and a meeting of it without anyone would pass for one.
    """
    Organisation.objects.select_for_update().get(pk=cell.pk)
    if kind not in MEETING_KINDS:
        raise BadInput("meeting.kind", "Cần chọn loại sinh hoạt.", "kind")
    if on > today:
        raise BadInput("meeting.future", f"Ngày {day_vn(on)} chưa tới.", "held_on")
    shape = shape_on(cell, on)
    if shape is None:
        raise Refused("meeting.no_cell", f"Ngày {day_vn(on)} {cell.name} không hoạt động.", "held_on")
    if shape.kind not in MEMBER_KINDS:
        raise Refused(
            "meeting.not_a_cell", f"{shape.name} không phải chi bộ nên không ghi sinh hoạt chi bộ ở đây."
        )
    if Meeting.objects.filter(organisation=cell, held_on=on, kind=kind, withdrawn_at=None).exists():
        label = MEETING_KINDS[kind].lower()
        raise Conflict("meeting.there", f"Buổi sinh hoạt {label} ngày {day_vn(on)} đã được ghi.", "held_on")
    expected = {place.person.pk: place.person for place in roll(cell, on) if place.expected}
    raise_all(list(_wrong(expected, said, on)))
    meeting = Meeting.objects.create(
        organisation=cell, held_on=on, kind=kind, recorded_at=now(), recorded_by_id=by.account
    )
    Attendance.objects.bulk_create(_rows(meeting, said, by))
    counts = {state: sum(one.state == state for one in said) for state in ATTENDANCE}
    _note(by, "meeting.recorded", meeting, {"on": str(on), "kind": kind, **counts})
    return meeting


def _wrong(expected: Mapping[int, Person], said: Sequence[Said], on: date) -> Iterable[DomainError]:
    yield from _twice(said)
    for one in said:
        name, field = one.person.full_name, one.person.ref
        if one.person.pk not in expected:
            yield Refused(
                "meeting.not_expected",
                f"Ngày {day_vn(on)} {name} không thuộc diện dự sinh hoạt ở đây.",
                field,
            )
        yield from _unreadable(one)
    named = {one.person.pk for one in said}
    for pk, person in expected.items():
        if pk not in named:
            yield BadInput("meeting.left_out", f"Chưa ghi {person.full_name} có mặt hay vắng.", person.ref)


def _twice(said: Iterable[Said]) -> Iterable[DomainError]:
    seen: set[int] = set()
    for one in said:
        if one.person.pk in seen:
            yield BadInput("meeting.twice", f"{one.person.full_name} được ghi hai lần.", one.person.ref)
        seen.add(one.person.pk)


def _unreadable(one: Said) -> Iterable[DomainError]:
    if one.state not in ATTENDANCE:
        yield BadInput("meeting.state", f"Chưa ghi {one.person.full_name} có mặt hay vắng.", one.person.ref)
    if one.state == EXCUSED and not one.reason.strip():
        yield BadInput("meeting.no_reason", f"{one.person.full_name}: cần ghi lý do vắng.", one.person.ref)
    if len(one.reason) > LONGEST:
        yield BadInput(
            "meeting.long", f"{one.person.full_name}: lý do dài quá {LONGEST} ký tự.", one.person.ref
        )


def _rows(meeting: Meeting, said: Iterable[Said], by: Actor) -> list[Attendance]:
    return [
        Attendance(
            meeting=meeting,
            person=one.person,
            state=one.state,
            reason=one.reason.strip() if one.state == EXCUSED else "",
            recorded_at=now(),
            recorded_by_id=by.account,
        )
        for one in said
    ]


@transaction.atomic
def correct(meeting: Meeting, said: Sequence[Said], *, why: str, by: Actor) -> int:
    """Say differently how some were at a meeting; what stood stays. Gives how many changed."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    _still_counts(meeting)
    raise_all([*_twice(said), *(wrong for one in said for wrong in _unreadable(one))])
    standing = {row.person_id: row for row in Attendance.objects.filter(meeting=meeting, corrected_by=None)}
    if any(one.person.pk not in standing for one in said):
        raise Refused("meeting.not_expected", "Có người không có trong danh sách của buổi này.")
    fresh = []
    for row in _rows(meeting, said, by):
        old = standing[row.person_id]
        if (old.state, old.reason) != (row.state, row.reason):
            row.corrects, row.why = old, why.strip()
            fresh.append(row)
    if not fresh:
        raise BadInput("meeting.nothing", "Chưa sửa gì.")
    if not why.strip():
        raise BadInput("meeting.no_why", "Cần ghi vì sao sửa.", "why")
    Attendance.objects.bulk_create(fresh)
    changed = {row.person.ref: f"{standing[row.person_id].state} → {row.state}" for row in fresh}
    _note(by, "meeting.corrected", meeting, {"changed": changed}, why)
    return len(fresh)


@transaction.atomic
def withdraw(meeting: Meeting, *, reason: str, by: Actor) -> None:
    """Let a meeting that was entered wrongly count no more; it stays readable with the reason."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    _still_counts(meeting)
    if not reason.strip():
        raise BadInput("meeting.no_reason", "Cần ghi lý do.", "reason")
    meeting.withdrawn_at, meeting.withdrawn_by_id = now(), by.account
    meeting.withdrawn_reason = reason.strip()
    meeting.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    _note(by, "meeting.withdrawn", meeting, {}, reason)


def _still_counts(meeting: Meeting) -> None:
    if meeting.withdrawn_at is not None:
        raise Refused("meeting.withdrawn", "Buổi sinh hoạt này đã được bỏ ghi.")


def _note(by: Actor, act: str, meeting: Meeting, data: dict[str, object], reason: str = "") -> None:
    record(
        by,
        act,
        stream=meeting.organisation.code,
        kind="meeting",
        key=str(meeting.ref),
        data=data,
        reason=reason,
    )

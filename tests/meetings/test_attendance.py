"""Meetings of a cell: who is expected, everyone said of, corrections kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cast import TODAY, Cast
from tochuc.kernel.errors import BadInput, Conflict, DomainError, Refused
from tochuc.meetings import actions, queries
from tochuc.meetings.actions import Said
from tochuc.meetings.kinds import ABSENT, EXCUSED, PRESENT, REGULAR, THEMATIC
from tochuc.meetings.models import Attendance, Meeting
from tochuc.meetings.roll import roll
from tochuc.members import actions as members

HELD = date(2023, 3, 5)


def said(cast: Cast, on: date = HELD, **states: str) -> list[Said]:
    """Everybody expected in a1, present but for those named (reason after a colon)."""
    found = []
    for place in roll(cast.a1, on):
        if place.expected:
            key = next((k for k, p in cast.people.items() if p == place.person), "")
            state, _, reason = states.get(key, PRESENT).partition(":")
            found.append(Said(place.person, state, reason))
    return found


def hold(
    cast: Cast, on: date = HELD, kind: str = REGULAR, lines: list[Said] | None = None, **states: str
) -> Meeting:
    return actions.hold(
        cast.a1, on=on, kind=kind, said=said(cast, on, **states) if lines is None else lines,
        by=cast.actor(), today=TODAY,
    )  # fmt: skip


def test_the_exempt_are_not_expected_and_guests_are(cast: Cast) -> None:
    """HD 12-HD/BTCTW: those excused from work and meetings don't count among those due."""
    guest = cast.people["teacher_a3"]
    members.append(
        guest, "sent_temporarily", on=date(2023, 2, 1), organisation=cast.a1, by=cast.actor(), today=TODAY,
        data={"until": "2023-06-01"},
    )  # fmt: skip
    by_person = {place.person: place for place in roll(cast.a1, HELD)}
    assert not by_person[cast.people["elder_a1"]].expected
    assert by_person[guest].guest
    assert by_person[guest].expected
    assert not {p.person: p for p in roll(cast.a3, HELD)}[guest].expected


def test_a_meeting_is_recorded_once_a_day_and_kind(cast: Cast) -> None:
    hold(cast)
    with pytest.raises(Conflict, match="đã được ghi"), transaction.atomic():
        hold(cast)
    hold(cast, kind=THEMATIC)
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.create(organisation=cast.a1, held_on=HELD, kind=REGULAR)


@pytest.mark.parametrize(
    ("change", "kind", "words"),
    [
        ({"on": date(2023, 4, 21)}, BadInput, "chưa tới"),
        ({"kind": "party"}, BadInput, "loại sinh hoạt"),
        ({"other_a1": "excused"}, BadInput, "Hồ Thị Bích Ngọc: cần ghi lý do vắng"),
        ({"other_a1": "asleep"}, BadInput, "có mặt hay vắng"),
    ],
)
def test_what_can_not_be_is_refused(
    cast: Cast, change: dict[str, Any], kind: type[DomainError], words: str
) -> None:
    with pytest.raises(kind, match=words):
        hold(cast, **change)


def test_nobody_is_left_out_and_nobody_from_elsewhere_is_let_in(cast: Cast) -> None:
    with pytest.raises(DomainError, match="Chưa ghi"):
        hold(cast, lines=said(cast)[1:])
    with pytest.raises(Refused, match="không thuộc diện dự"):
        hold(cast, lines=[*said(cast), Said(cast.people["member_b1"], PRESENT)])
    assert not Meeting.objects.exists()


def test_a_correction_keeps_what_stood_and_asks_why(cast: Cast) -> None:
    meeting = hold(cast, other_a1=ABSENT)
    who = cast.people["other_a1"]
    with pytest.raises(BadInput, match="vì sao"), transaction.atomic():
        actions.correct(meeting, [Said(who, EXCUSED, "Con ốm")], why="", by=cast.actor())
    assert (
        actions.correct(meeting, [Said(who, EXCUSED, "Con ốm")], why="Có đơn gửi trước", by=cast.actor()) == 1
    )
    row = next(row for row in queries.rows_of(meeting) if row.now.person == who)
    assert (row.now.state, [old.state for old in row.before]) == (EXCUSED, [ABSENT])
    with pytest.raises(BadInput, match="Chưa sửa gì"):
        actions.correct(meeting, [Said(who, EXCUSED, "Con ốm")], why="x", by=cast.actor())


def test_a_withdrawn_meeting_counts_no_more_and_can_be_held_again(cast: Cast) -> None:
    meeting = hold(cast, other_a1=ABSENT)
    actions.withdraw(meeting, reason="Nhầm chi bộ", by=cast.actor())
    assert queries.absent_in([cast.people["other_a1"].pk], HELD, HELD) == []
    with pytest.raises(Refused):
        actions.withdraw(meeting, reason="Nữa", by=cast.actor())
    hold(cast)
    assert Attendance.objects.filter(meeting=meeting).exists()


def test_a_year_of_cells_is_counted(cast: Cast) -> None:
    hold(cast, other_a1=ABSENT, member_a1="excused:Đi công tác")
    found = queries.of_cells(cast.commune_a, date(2023, 1, 1), TODAY, TODAY)[cast.a1.pk]
    assert (found.meetings, found.counted.absent, found.counted.excused) == (1, 1, 1)
    assert found.counted.present == len(said(cast)) - 2

"""The three months (Điều lệ Đảng, Điều 8 khoản 1): counted from what is recorded, considered by the cell, never a verdict."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cast import Cast
from tochuc.access.viewer import Viewer
from tochuc.dues import actions as dues
from tochuc.dues.sheet import sheet
from tochuc.duties.duty import Duty, collect
from tochuc.kernel.errors import BadInput, Refused
from tochuc.lapses import actions
from tochuc.lapses.grounds import ABSENCE, FEES
from tochuc.lapses.months import lapses_of
from tochuc.meetings import actions as meetings
from tochuc.meetings.actions import Said
from tochuc.meetings.kinds import ABSENT, EXCUSED, PRESENT, REGULAR, THEMATIC
from tochuc.meetings.roll import roll
from tochuc.members import actions as members
from tochuc.members.models import Person

END = date(2023, 4, 20)


def meet(cast: Cast, on: date, who: Person, state: str = ABSENT, kind: str = REGULAR) -> None:
    said = [
        Said(
            p.person,
            state if p.person == who else PRESENT,
            "Ốm" if p.person == who and state == EXCUSED else "",
        )
        for p in roll(cast.a1, on)
        if p.expected
    ]
    meetings.hold(cast.a1, on=on, kind=kind, said=said, by=cast.actor(), today=END)


def pay(cast: Cast, month: date, *, but: Person) -> None:
    given = [dues.Given(r.person, month, 6_000) for r in sheet(cast.a1, [month], END) if r.person != but]
    dues.collect(cast.a1, given, paid_on=END, by=cast.actor(), today=END)


def due_of(cast: Cast, account: str) -> list[Duty]:
    viewer = Viewer(cast.accounts[account], END)
    return [duty for duty in collect(viewer) if duty.kind == "lapse"]


def test_three_months_without_a_reason_are_for_the_cell_to_consider(cast: Cast) -> None:
    who = cast.people["member_a1"]
    for month in (1, 2):
        meet(cast, date(2023, month, 5), who)
    assert due_of(cast, "cell_a1") == []
    meet(cast, date(2023, 3, 5), who)
    (row,) = due_of(cast, "cell_a1")
    assert "xem xét" in row.what
    assert "chưa phải kết luận" in row.why.sentence
    assert ("Các tháng", "1/2023, 2/2023, 3/2023") in row.why.facts
    assert "Điều 8 khoản 1" in row.why.source
    # It is the cell's to consider, nobody else's list.
    assert due_of(cast, "secretary_a") == due_of(cast, "officer") == due_of(cast, "member_a1") == []


def test_a_month_with_one_meeting_attended_or_a_reason_does_not_count(cast: Cast) -> None:
    who = cast.people["member_a1"]
    meet(cast, date(2023, 1, 5), who)
    meet(cast, date(2023, 1, 20), who, PRESENT, THEMATIC)
    meet(cast, date(2023, 2, 5), who, EXCUSED)
    meet(cast, date(2023, 3, 5), who)
    assert lapses_of(who, 2023, END) == {ABSENCE: [date(2023, 3, 1)]}


def test_unpaid_months_count_once_ended_and_recorded(cast: Cast) -> None:
    who = cast.people["member_a1"]
    for month in (1, 2, 3, 4):
        pay(cast, date(2023, month, 1), but=who)
    assert lapses_of(who, 2023, END) == {FEES: [date(2023, m, 1) for m in (1, 2, 3)]}
    assert [row.whom for row in due_of(cast, "cell_a1")] == ["Bùi Thị Lan, Thôn Đông"]


@pytest.mark.parametrize("kind", ["exempted", "sent_temporarily", "went_abroad", "papers_out"])
def test_a_condition_stops_the_clock_even_when_it_is_recorded_later(cast: Cast, kind: str) -> None:
    who = cast.people["member_a1"]
    for month in (1, 2, 3):
        meet(cast, date(2023, month, 5), who)
    said: dict[str, Any] = {"by": cast.actor(), "today": END}
    if kind in {"sent_temporarily", "papers_out"}:
        said["organisation"] = cast.b1
    if kind == "went_abroad":
        said["data"] = {"destination": "Nhật Bản"}
    if kind == "sent_temporarily":
        said["data"] = {"until": "2023-08-01"}
    members.append(who, kind, on=date(2023, 2, 1), **said)
    assert lapses_of(who, 2023, END) == {ABSENCE: [date(2023, 1, 1)]}
    assert due_of(cast, "cell_a1") == []


def test_what_the_cell_considered_is_asked_again_only_with_a_new_month(cast: Cast) -> None:
    who = cast.people["member_a1"]
    for month in (1, 2, 3):
        meet(cast, date(2023, month, 5), who)
    said: dict[str, Any] = {"ground": ABSENCE, "outcome": "reminded", "by": cast.actor(), "today": END}
    months = lapses_of(who, 2023, END)[ABSENCE]
    with pytest.raises(BadInput, match="sau các tháng"):
        actions.consider(who, cast.a1, months=months, on=date(2023, 2, 1), note="Đã nhắc", **said)
    with pytest.raises(BadInput, match="Cần ghi lý do"):
        actions.consider(who, cast.a1, months=months, on=END, note=" ", **said)
    with pytest.raises(Refused, match="Không có tháng nào"):
        actions.consider(who, cast.a1, months=[], on=END, note="x", **said)
    actions.consider(who, cast.a1, months=months, on=END, note="Đã nghe trình bày, nhắc nhở", **said)
    assert due_of(cast, "cell_a1") == []
    meet(cast, date(2023, 4, 5), who)
    assert len(due_of(cast, "cell_a1")) == 1

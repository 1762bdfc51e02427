"""Dues, meetings and entrusted work follow the record: merged people, moved and merged cells, entries taken back."""

from __future__ import annotations

from datetime import date

import pytest

from cast import TODAY, Cast
from dues.month import MARCH, live_a_month, pay
from reorganise.plans import apply, found, merge, move, plan
from tochuc.changes.actions import undo
from tochuc.desk import merging
from tochuc.dues import actions, person, statement
from tochuc.dues.models import Arrear
from tochuc.entrusting import queries as entrusting
from tochuc.kernel.known_dates import parse_known_date
from tochuc.lapses.months import lapses_of
from tochuc.meetings.queries import year_of
from tochuc.members import actions as members
from tochuc.members.models import Person
from tochuc.org.models import Organisation
from tochuc.reorganise.preview import preview

APRIL = date(2023, 4, 10)


@pytest.fixture
def twice(cast: Cast) -> Person:
    """Bùi Thị Lan of a1 once more, entered in a2, where she has paid March."""
    again = members.register(
        full_name="Bùi Thị Lân", gender="female", birth=parse_known_date("20/10/1988"), by=cast.actor()
    )
    members.append(
        again, "opening", on=date(2021, 6, 1), by=cast.actor(), today=TODAY, organisation=cast.a2,
        data={"standing": "official", "admitted_on": "2014-03-26"},
    )  # fmt: skip
    actions.collect(
        cast.a2, [actions.Given(again, MARCH, 7_000)], paid_on=TODAY, by=cast.actor(), today=TODAY
    )
    return again


def test_what_was_kept_for_a_merged_record_belongs_to_the_one_that_stays(cast: Cast, twice: Person) -> None:
    live_a_month(cast)
    stays = cast.people["member_a1"]
    assert Arrear.objects.filter(person=stays, month=MARCH).exists()
    merged = merging.merge(stays, twice, by=cast.actor(), today=TODAY, reason="Cùng căn cước")
    assert [m.now.amount for m in person.year_of(stays, 2023) if m.now] == [7_000]
    assert not Arrear.objects.filter(person=stays, month=MARCH).exists()
    assert "fees" not in lapses_of(stays, 2023, TODAY)
    # The other way round nothing is lost either: her meetings and work are hers still.
    assert len(year_of(stays, 2023)) == 1
    assert len(entrusting.of_person(stays)) == 1
    undo(merged, by=cast.actor(), reason="Nhầm người")
    assert [m.now for m in person.year_of(stays, 2023) if m.now] == []
    assert Arrear.objects.filter(person=stays, month=MARCH).exists()


def test_the_other_record_may_be_the_one_that_goes(cast: Cast, twice: Person) -> None:
    live_a_month(cast)
    lan = cast.people["member_a1"]
    lan.account = None
    lan.save(update_fields=["account"])
    merging.merge(twice, lan, by=cast.actor(), today=TODAY, reason="Cùng căn cước")
    twice.refresh_from_db()
    assert [row.state for row in year_of(twice, 2023)] == ["absent"]
    assert lapses_of(twice, 2023, TODAY)["absence"] == [MARCH]
    assert [work.content for work, _ in entrusting.of_person(twice)] == ["Phụ trách tổ"]


def test_a_payment_of_a_merged_record_is_corrected_where_it_stands(cast: Cast, twice: Person) -> None:
    stays = cast.people["member_a1"]
    merging.merge(stays, twice, by=cast.actor(), today=TODAY, reason="Cùng căn cước")
    actions.settle(
        stays, cast.a1, MARCH, kind="paid", amount=6_000, paid_on=TODAY, reason="Ghi nhầm", by=cast.actor(), today=TODAY
    )  # fmt: skip
    month = person.year_of(stays, 2023)[2]
    assert month.now is not None
    assert (month.now.amount, [old.amount for old in month.before]) == (6_000, [7_000])


def test_one_who_is_said_to_have_moved_earlier_is_missed_no_more(cast: Cast) -> None:
    pay(cast, MARCH)
    who = cast.people["member_a1"]
    assert Arrear.objects.filter(person=who).exists()
    members.append(
        who, "transferred", on=date(2023, 2, 10), organisation=cast.a2, by=cast.actor(), today=TODAY
    )
    assert not Arrear.objects.filter(person=who).exists()


def test_a_moved_cell_takes_its_dues_along_and_a_merged_one_gives_them_to_its_successor(cast: Cast) -> None:
    live_a_month(cast)
    before = statement.of_branch(cast.commune_a, MARCH, MARCH, TODAY)
    assert before.paid > 0
    apply(cast, move("xa-a-thon-dong", "xa-b"), day=APRIL)
    assert statement.of_branch(cast.commune_b, MARCH, MARCH, TODAY) == before
    assert statement.of_branch(cast.commune_a, MARCH, MARCH, TODAY) == statement.Sums()


def test_what_a_merged_cell_collected_and_gave_stands_with_its_successor(cast: Cast) -> None:
    live_a_month(cast)
    before = statement.of_branch(cast.commune_a, MARCH, MARCH, TODAY)
    apply(
        cast,
        found("moi", "cell", "xa-a"),
        merge("xa-a-thon-dong", "moi"),
        merge("xa-a-thon-tay", "moi"),
        day=APRIL,
    )
    fresh = Organisation.objects.get(code="moi")
    assert statement.of_branch(cast.commune_a, MARCH, MARCH, TODAY) == before
    assert statement.side_by_side([fresh, cast.a3], MARCH, MARCH, TODAY)[fresh.pk] == before
    works = {line.person: line.work for line in entrusting.lines(fresh, 2023, TODAY)}
    assert works[cast.people["member_a1"]] is not None
    assert entrusting.tallies([fresh.pk], 2023, TODAY)[fresh.pk].entrusted == sum(
        w is not None for w in works.values()
    )


def test_the_preview_of_a_plan_counts_what_goes_on(cast: Cast) -> None:
    live_a_month(cast)
    said = preview(plan(move("xa-a-thon-dong", "xa-b"), day=APRIL), by=cast.actor(), today=TODAY).running
    told = {one.label: one.number for one in said}
    assert told["Lượt đảng phí còn thiếu"] == 1
    assert told["Công tác đang phân công cho đảng viên"] > 1

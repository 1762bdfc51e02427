"""What is rolled up to large branches is what counting gives, whatever is recorded, corrected, moved or undone."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from hypothesis import given

from cast import TODAY, Cast, decided
from members.large import check_totals, every_branch_large, stored
from members.office import DATABASE, Office
from members.test_ledger_moving_tree import PERIODS, Attempt, Move, acts, do
from org.moving import happened
from side_by_side import committed, forget
from tochuc.audit.record import NOBODY
from tochuc.members import actions, bulk, ledger, totalling
from tochuc.members.models import BranchDay, MemberEvent, Person
from tochuc.org import bulk as organisations
from tochuc.org.models import Organisation, OrganisationEvent

DAYS = [TODAY, date(2021, 1, 31), date(2021, 2, 1), date(2022, 3, 15)]


@given(done=acts(16))
@DATABASE
def test_totals_follow_whatever_people_and_organisations_do(cast: Cast, done: list[Attempt | Move]) -> None:
    with transaction.atomic(), every_branch_large():
        office = Office(cast)
        for act in done:
            do(office, act)
        check_totals(PERIODS, DAYS)
        transaction.set_rollback(True)


def test_folding_everyone_anew_changes_no_total(cast: Cast) -> None:
    with every_branch_large():
        before = stored()
        bulk.refold_many(Person.objects.values_list("pk", flat=True))
        organisations.restand(list(Organisation.objects.all()))
        assert stored() == before


def test_a_move_of_a_cell_that_is_taken_back_takes_its_bookings_back(cast: Cast) -> None:
    with every_branch_large():
        before = stored()
        moved = happened(cast.a1, "moved", date(2022, 1, 15), cast.commune_b)
        check_totals(PERIODS, [date(2022, 1, 14), date(2022, 1, 15)])
        assert stored() != before
        happened(cast.a1, OrganisationEvent.VOID, date(2022, 1, 15), corrects=moved)
        assert stored() == before


def test_who_records_in_a_branch_waits_for_nobody_who_does(cast: Cast) -> None:
    """Two rows stand for the same until the next one who records takes both along."""
    on = date(2023, 3, 1)
    kept = BranchDay.objects.filter(above=cast.province, on=on, reason="admitted")
    elsewhere = committed(lambda: _registered("Người Nơi Khác", cast))
    try:
        _admit(_registered("Người Chưa Xong", cast), cast.a1, on)
        committed(lambda: _admit(elsewhere, cast.a2, on))
        assert [row.n for row in kept] == [1, 1]
        _admit(_registered("Người Thứ Ba", cast), cast.a1, on)
        assert [row.n for row in kept.all()] == [3]
    finally:
        forget([elsewhere.ref])


def _registered(name: str, cast: Cast) -> Person:
    return actions.register(full_name=name, gender="male", birth=cast.people["officer"].birth, by=NOBODY)


def _admit(person: Person, cell: Organisation, on: date) -> None:
    actions.admit(person, cell=cell, on=on, decision=decided(on), by=NOBODY, today=TODAY)


def test_a_branch_that_becomes_large_is_rolled_up_and_one_that_ceases_to_be_is_not(cast: Cast) -> None:
    day = date(2023, 4, 1)
    was = ledger.statement(cast.commune_a, date(2022, 1, 1), TODAY)
    kept = BranchDay.objects.filter(above=cast.commune_a)
    assert not kept.exists()
    converted = OrganisationEvent.objects.create(
        organisation=cast.commune_a, kind="converted", happened_on=day, data={"kind": "province_committee"}
    )
    organisations.restand([Organisation.objects.get(pk=cast.commune_a.pk)])
    assert kept.exists()
    now = Organisation.objects.get(pk=cast.commune_a.pk)
    assert now.kind in totalling.LARGE_KINDS
    assert ledger.statement(now, date(2022, 1, 1), TODAY) == was
    OrganisationEvent.objects.create(
        organisation=cast.commune_a, kind="void", happened_on=day, corrects=converted
    )
    organisations.restand([Organisation.objects.get(pk=cast.commune_a.pk)])
    assert not kept.exists()


def test_rows_of_one_kind_become_one_as_they_are_added_to(cast: Cast) -> None:
    with every_branch_large():
        for n in range(3):
            person = _registered(f"Người Thứ {n}", cast)
            _admit(person, cast.a1, date(2023, 3, 1))
        same = BranchDay.objects.filter(above=cast.district, on=date(2023, 3, 1), reason="admitted")
        assert [row.n for row in same] == [3]
        event = MemberEvent.objects.get(person=person, kind="admitted")
        actions.correct(event, by=NOBODY, today=TODAY, reason="Ghi nhầm.")
        assert [row.n for row in same.all()] == [2]

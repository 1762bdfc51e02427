"""Recording a cell's dues: whole or not at all, once a month, corrections kept, sums that add up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cast import TODAY, Cast
from tochuc.dues import actions, person, sheet, statement
from tochuc.dues.actions import Given
from tochuc.dues.models import Arrear, Collection, Payment
from tochuc.kernel.errors import BadInput, Conflict, DomainError, Refused
from tochuc.members import actions as members
from tochuc.members.models import Person
from tochuc.org.models import Organisation
from tochuc.regulations.actions import add_local
from tochuc.regulations.asking import asker_for

JAN, FEB, MARCH = date(2023, 1, 1), date(2023, 2, 1), date(2023, 3, 1)


def collect(cast: Cast, cell: Organisation, *given: Given, **said: Any) -> list[Payment]:
    return actions.collect(
        cell, given, **{"paid_on": date(2023, 4, 5), "by": cast.actor(), "today": TODAY, **said}
    )


def everyone(
    cell: Organisation, month: date, amount: int = 6_000, but: tuple[Person, ...] = ()
) -> list[Given]:
    rows = sheet.sheet(cell, [month], TODAY)
    return [Given(row.person, month, amount) for row in rows if row.person not in but]


def test_who_is_missed_is_in_arrears_once_the_cell_records_the_month(cast: Cast) -> None:
    late = cast.people["member_a1"]
    assert not Arrear.objects.filter(organisation=cast.a1).exists()
    collect(cast, cast.a1, *everyone(cast.a1, MARCH, but=(late,)))
    assert [row.person for row in Arrear.objects.filter(organisation=cast.a1)] == [late]
    collect(cast, cast.a1, Given(late, MARCH, 6_000))
    assert not Arrear.objects.filter(organisation=cast.a1).exists()


def test_a_month_is_recorded_once_and_all_of_it_or_nothing(cast: Cast) -> None:
    one, other = cast.people["member_a1"], cast.people["other_a1"]
    collect(cast, cast.a1, Given(one, MARCH, 6_000))
    with pytest.raises(Conflict, match="đã được ghi đảng phí tháng 3/2023"), transaction.atomic():
        collect(cast, cast.a1, Given(other, MARCH, 6_000), Given(one, MARCH, 6_000))
    assert not Payment.objects.filter(person=other).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.create(person=one, organisation=cast.a1, month=MARCH, paid_on=TODAY)


@pytest.mark.parametrize(
    ("given", "said", "kind", "words"),
    [
        ({"amount": -1}, {}, BadInput, "từ 0 đến 1 tỷ"),
        ({"month": date(2024, 9, 1)}, {}, BadInput, "nộp trước nhiều nhất 12 tháng"),
        ({}, {"paid_on": date(2023, 4, 21)}, BadInput, "chưa tới"),
        ({"person": "teacher_a3"}, {}, Refused, "không sinh hoạt ở Chi bộ thôn Đông"),
        ({"person": "died_a"}, {}, Refused, "không sinh hoạt ở Chi bộ thôn Đông"),
    ],
)
def test_what_can_not_be_is_refused(
    cast: Cast, given: dict[str, Any], said: dict[str, Any], kind: type[DomainError], words: str
) -> None:
    who = cast.people[given.get("person", "member_a1")]
    with pytest.raises(kind, match=words):
        collect(cast, cast.a1, Given(who, given.get("month", MARCH), given.get("amount", 6_000)), **said)


def test_nothing_ticked_is_refused(cast: Cast) -> None:
    with pytest.raises(BadInput, match="Chưa đánh dấu"):
        collect(cast, cast.a1)


def test_a_correction_keeps_what_stood(cast: Cast) -> None:
    who = cast.people["member_a1"]
    collect(cast, cast.a1, Given(who, MARCH, 60_000))
    said: dict[str, Any] = {"by": cast.actor(), "today": TODAY}
    with pytest.raises(BadInput, match="Cần ghi lý do"), transaction.atomic():
        actions.settle(who, cast.a1, MARCH, kind="paid", amount=6_000, paid_on=TODAY, **said)
    actions.settle(
        who, cast.a1, MARCH, kind="paid", amount=6_000, paid_on=TODAY, reason="Ghi thừa số 0", **said
    )
    month = person.year_of(who, 2023)[2]
    assert month.now is not None
    assert month.now.amount == 6_000
    assert [old.amount for old in month.before] == [60_000]
    assert Collection.objects.get(organisation=cast.a1, month=MARCH).amount == 6_000
    actions.settle(who, cast.a1, MARCH, kind="nothing", reason="Ghi nhầm người", **said)
    assert person.year_of(who, 2023)[2].now is None
    # What was taken away can be recorded again.
    collect(cast, cast.a1, Given(who, MARCH, 6_000))
    assert Collection.objects.get(organisation=cast.a1, month=MARCH).paid == 1


def test_a_reason_a_relief_and_a_stay_elsewhere_stop_the_arrears(cast: Cast) -> None:
    one, other, third = (cast.people[k] for k in ("member_a1", "other_a1", "moved_to_a"))
    said: dict[str, Any] = {"by": cast.actor(), "today": TODAY}
    members.append(
        third, "sent_temporarily", on=date(2023, 2, 20), organisation=cast.b1,
        data={"until": "2023-08-01"}, **said,
    )  # fmt: skip
    collect(cast, cast.a1, *everyone(cast.a1, MARCH, but=(one, other, third)))
    assert {row.person for row in Arrear.objects.filter(month=MARCH)} == {one, other}
    actions.settle(one, cast.a1, MARCH, kind="excused", reason="Điều trị ở tỉnh", **said)
    actions.relieve(
        other, cast.a1, percent=100, since=JAN, until=date(2023, 12, 1), ground="Hộ nghèo", **said
    )
    assert not Arrear.objects.filter(month=MARCH).exists()
    actions.relieve(other, cast.a1, percent=0, since=MARCH, until=MARCH, ground="Đã thoát nghèo", **said)
    assert [row.person for row in Arrear.objects.filter(month=MARCH)] == [other]


def test_an_exempt_member_still_pays_dues(cast: Cast) -> None:
    """HD 27-HD/BTCTW, HD 03-HD/VPTW II.12: exemption from work and meetings isn't exemption from dues."""
    elder = cast.people["elder_a1"]
    collect(cast, cast.a1, *everyone(cast.a1, MARCH, but=(elder,)))
    assert [row.person for row in Arrear.objects.filter(month=MARCH)] == [elder]


def test_who_moves_in_the_course_of_a_month_pays_it_where_they_came_from(cast: Cast) -> None:
    """HD 12-HD/BTCTW II.4.2: the old cell collects to the end of the month of the letter."""
    mover = cast.people["moved_to_a"]
    members.append(
        mover, "transferred", on=date(2023, 3, 10), organisation=cast.a2, by=cast.actor(), today=TODAY
    )
    collect(cast, cast.a1, *everyone(cast.a1, MARCH, but=(mover,)))
    collect(cast, cast.a2, *everyone(cast.a2, MARCH, but=(mover,)))
    assert [row.organisation for row in Arrear.objects.filter(person=mover)] == [cast.a1]


def test_the_parts_add_up_to_the_whole_at_every_level(cast: Cast) -> None:
    for cell, amount in ((cast.a1, 6_333), (cast.a2, 7_001), (cast.a3, 51_999)):
        for month in (JAN, FEB, MARCH):
            collect(cast, cell, *everyone(cell, month, amount))
    asked = (JAN, MARCH, TODAY)
    cells = statement.side_by_side([cast.a1, cast.a2, cast.a3], *asked)
    commune = statement.of_branch(cast.commune_a, *asked)
    assert sum(cells.values(), statement.Sums()) == commune
    assert sum(statement.by_month(cast.commune_a, *asked).values(), statement.Sums()) == commune
    assert statement.of_branch(cast.district, *asked) == commune
    assert (
        commune.amount == commune.kept_by_cell + commune.kept_by_base + commune.kept_above + commune.passed_on
    )
    # A commune's base keeps nine tenths, its cells' part included; the level above half of the rest.
    assert abs(commune.kept_by_cell + commune.kept_by_base - commune.amount * 9 // 10) <= len(cells) * 3
    assert abs(commune.kept_above - commune.passed_on) <= len(cells) * 3


def test_a_branch_sets_its_own_area_and_it_counts_from_its_day(cast: Cast) -> None:
    add_local(
        "dues.area", organisation=cast.commune_a, value=3, since=FEB, number="9-QĐi/HU", signed_on=JAN,
        issuer="Huyện ủy", title="Về đảng phí", article="Điều 2", by=cast.actor(),
    )  # fmt: skip
    who = cast.people["member_a1"]
    amounts = [actions.owed(actions.accounts([who.pk], m, m)[who.pk], who, m, asker_for(cast.a1, TODAY)).amount
               for m in (JAN, FEB)]  # fmt: skip
    assert amounts == [6_000, 4_000]
    other = cast.people["member_b1"]
    account = actions.accounts([other.pk], FEB, FEB)[other.pk]
    assert actions.owed(account, other, FEB, asker_for(cast.b1, TODAY)).amount == 6_000


def test_the_chosen_category_counts_from_its_month(cast: Cast) -> None:
    who = cast.people["member_a1"]
    actions.set_basis(
        who, cast.a1, category="state_pay", base=7_000_000, since=FEB, by=cast.actor(), today=TODAY
    )
    rows = {row.person: row for row in sheet.sheet(cast.a1, [JAN, FEB], TODAY)}
    assert [line.amount for line in rows[who].lines] == [6_000, 70_000]
    with pytest.raises(BadInput, match="từ 0 đến 1 tỷ"):
        actions.set_basis(who, cast.a1, category="pension", base=-1, since=FEB, by=cast.actor(), today=TODAY)

"""The reform of 2025 in the demonstration: before, on and after its days nobody is lost or counted twice."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from databases import Own, Server
from demonstrated import demonstration
from tochuc.access import gate
from tochuc.access.models import Account
from tochuc.access.viewer import Viewer
from tochuc.audit.record import NOBODY
from tochuc.exchange.demo import reform
from tochuc.members import ledger
from tochuc.members.branches import statements
from tochuc.members.invariants import violations
from tochuc.members.kinds import IN_PARTY
from tochuc.members.models import Holds, Membership, Movement, Person
from tochuc.org import queries as org
from tochuc.org.models import Organisation, Under
from tochuc.programme.models import DONE, TaskAssignment
from tochuc.reorganise import actions
from tochuc.reorganise.models import Reorganisation
from tochuc.reorganise.queries import plan_of

FIRST, SECOND = date(2025, 1, 1), date(2025, 7, 1)
TODAY = SECOND
ONE = timedelta(days=1)
COMMUNES = {
    "dn-nam-phuoc": {"dx-nam-phuoc", "dx-duy-phuoc", "dx-duy-vinh"},
    "dn-duy-nghia": {"dx-duy-nghia", "dx-duy-thanh", "dx-duy-hai"},
    "dn-duy-xuyen": {"dx-duy-trinh", "dx-duy-trung", "dx-duy-son"},
    "dn-thu-bon": {"dx-duy-hoa", "dx-duy-chau", "dx-duy-phu", "dx-duy-tan"},
}


@pytest.fixture(scope="module")
def loaded(server: Server, django_db_setup: Own, django_db_blocker: Any) -> Iterator[None]:
    """The demonstration until the day of the second reform."""
    with django_db_blocker.unblock(), demonstration(TODAY, server, django_db_setup):
        yield


@pytest.fixture(autouse=True)
def _on_its_day(loaded: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def branch(code: str) -> Organisation:
    return Organisation.objects.get(code=code)


def own() -> list[Organisation]:
    """Every organisation of the demonstration."""
    return list(Organisation.objects.filter(code__regex=r"^(qn|dx|dn)(-|$)"))


def members(day: date) -> dict[int, str]:
    """Every member of the demonstration on a day, with their cell."""
    cells = Membership.objects.on(day).filter(standing__in=IN_PARTY, organisation__in=own())
    stays = list(cells.values_list("person", "organisation__code"))
    assert len(stays) == len(dict(stays))
    return dict(stays)


def test_the_record_is_whole() -> None:
    assert list(violations()) == []


@pytest.mark.parametrize("day", [FIRST, SECOND])
def test_nobody_is_lost_or_counted_twice_over_the_day(day: date) -> None:
    before, after = members(day - ONE), members(day)
    moved = {step.person_id for step in _steps(day) if step.reason != "reorganisation"}
    assert set(before) - moved == set(after) - moved
    top = {date(2025, 1, 1): "qn", SECOND: "dn"}[day]
    assert ledger.headcount(branch(top), day).total == len(after)
    assert ledger.headcount(branch("qn"), day - ONE).total == len(before)
    for on, people in ((day - ONE, before), (day, after)):
        units = Counter(Under.objects.on(on).filter(depth=0).values_list("unit__code", flat=True))
        assert {units[cell] for cell in people.values()} == {1}


def _steps(day: date) -> list[Any]:
    return list(Movement.objects.filter(on=day))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2024, 1, 1), date(2024, 12, 31)),
        (FIRST, FIRST),
        (date(2024, 12, 31), FIRST),
        (date(2025, 1, 1), date(2025, 6, 30)),
        (SECOND, SECOND),
        (date(2025, 6, 30), date(2025, 7, 31)),
        (date(2025, 1, 1), TODAY),
        (date(2020, 1, 2), TODAY),
    ],
)
def test_every_statement_adds_up(first: date, last: date) -> None:
    found, _ = statements(own(), first, last)
    assert [pk for pk, one in found.items() if not one.reconciles] == []
    for code in ("qn", "dx", "dn", "dn-thu-bon", "dx-duy-tan", "dx-duy-thu"):
        assert found[branch(code).pk] == ledger.statement(branch(code), first, last)


def test_the_communes_are_made_of_those_before() -> None:
    for code, before in COMMUNES.items():
        new = branch(code)
        assert {one.predecessor.code for one in org.predecessors(new)} == before | {"dx"}
        gone = sum((ledger.headcount(branch(old), SECOND - ONE) for old in before), ledger.Count())
        came = ledger.statement(new, SECOND, SECOND).increases["reorganisation_in"]
        # Besides their own cells they took in people of the district's offices, schools and works.
        assert came.total >= gone.total - 5
        assert org.parent_of(new, SECOND) == branch("dn")
    assert ledger.headcount(branch("dx"), SECOND).total == 0
    assert ledger.headcount(branch("qn"), SECOND).total == 0


def test_a_merger_inside_the_district_is_nothing_to_the_district() -> None:
    said = ledger.statement(branch("dx"), FIRST, FIRST)
    assert "reorganisation_in" not in said.increases
    assert "reorganisation_out" not in said.decreases
    went = ledger.statement(branch("dx-duy-thu"), FIRST, FIRST).decreases["reorganisation_out"]
    assert ledger.statement(branch("dx-duy-tan"), FIRST, FIRST).increases["reorganisation_in"] == went
    assert went.total > 150


def test_quarters_became_villages_and_history_keeps_their_names() -> None:
    cell = branch("dx-nam-phuoc-my-hoa")
    assert org.name_on(cell, SECOND - ONE) == "Chi bộ khối phố Mỹ Hòa"
    assert org.name_on(cell, SECOND) == "Chi bộ thôn Mỹ Hòa"
    assert (cell.kind, cell.cell_kind) == ("grassroots_cell", "village")
    held = Holds.objects.filter(post__organisation=cell, post__kind="secretary").order_by("-since").first()
    assert held is not None
    assert held.post.title == "Bí thư chi bộ thôn Mỹ Hòa"
    assert [o.code for o in org.path_of(cell, SECOND)] == ["dn", "dn-nam-phuoc", "dx-nam-phuoc-my-hoa"]
    assert [o.code for o in org.path_of(cell, SECOND - ONE)] == [
        "qn",
        "dx",
        "dx-nam-phuoc",
        "dx-nam-phuoc-my-hoa",
    ]


def test_people_of_the_districts_offices_went_to_the_commune_they_live_in() -> None:
    before = Membership.objects.on(SECOND - ONE).filter(organisation__code="dx-cb-ban-to-chuc")
    people = list(Person.objects.filter(pk__in=before.values("person")))
    assert len(people) > 4
    places = {
        "dn-nam-phuoc-cq-dang": ("Nam Phước", "Duy Phước", "Duy Vinh"),
        "dn-duy-nghia-cq-dang": ("Duy Nghĩa", "Duy Thành", "Duy Hải"),
        "dn-duy-xuyen-cq-dang": ("Duy Trinh", "Duy Trung", "Duy Sơn"),
        "dn-thu-bon-cq-dang": ("Duy Hòa", "Duy Châu", "Duy Phú", "Duy Tân", "Duy Thu"),
    }
    now = members(SECOND)
    for person in people:
        home = person.residence.split(", ")[1].removeprefix("xã ").removeprefix("thị trấn ")
        assert home in places[now[person.pk]]


def test_whoever_left_before_stays_reachable_by_those_who_follow() -> None:
    former = Person.objects.filter(standing="outside", home__code="dx-duy-vinh-co-quan").first()
    assert former is not None
    able = {
        username
        for username in ("canbo", "truongban", "duyvinh", "namphuoc", "duyhoa", "chibo")
        if gate.may(Viewer(Account.objects.get(username=username), TODAY), "member.read", "person", former)
    }
    assert able == {"canbo", "truongban", "duyvinh", "namphuoc"}


def test_accounts_work_where_their_work_went() -> None:
    def places(username: str, day: date) -> set[str]:
        return {a.organisation.code for a in Viewer(Account.objects.get(username=username), day).assignments}

    assert places("canbo", SECOND - ONE) == {"dx"}
    assert places("canbo", SECOND) == {"dn-nam-phuoc"}
    assert places("truongban", SECOND) == {"dn"}
    assert places("duythu", FIRST) == {"dx-duy-tan"}
    assert places("duythu", SECOND) == {"dn-thu-bon"}


def test_no_task_is_left_with_an_organisation_that_ended() -> None:
    given = TaskAssignment.objects.filter(task__organisation__code="dx-btc").exclude(
        organisation__code__startswith="xa-"
    )
    open_ones = given.filter(continued_in=None).exclude(status=DONE)
    assert open_ones.exists()
    assert {code.split("-")[0] for code in open_ones.values_list("organisation__code", flat=True)} == {"dn"}


def test_it_is_undone_and_carried_out_again_as_it_was() -> None:
    made = Reorganisation.objects.get(day=SECOND)
    plan, after = plan_of(made), _said()
    assert plan.operations == reform.plans(SECOND)[-1].operations
    began = time.monotonic()
    actions.undo(made, by=NOBODY, today=TODAY)
    undone = time.monotonic() - began
    assert list(violations()) == []
    assert ledger.headcount(branch("dx"), TODAY).total == len(members(TODAY))
    before = _said()
    assert before != after
    began = time.monotonic()
    again = actions.apply(plan, by=NOBODY, today=TODAY)
    spent = time.monotonic() - began
    assert _said() == after
    print(f"reform of 2025: carried out in {spent:.1f} s, undone in {undone:.1f} s")
    actions.undo(again, by=NOBODY, today=TODAY)
    assert _said() == before


def _said() -> list[Any]:
    """Every statement over the day, and where everyone stands."""
    there = [o for o in own() if o.since < o.until]
    found, _ = statements(there, date(2025, 1, 1), date(2025, 7, 31))
    codes = {o.pk: o.code for o in there}
    tree = Under.objects.filter(unit__in=codes).values_list("unit", "above", "depth", "since", "until")
    return [{codes[pk]: one for pk, one in found.items()}, sorted(tree), members(TODAY)]

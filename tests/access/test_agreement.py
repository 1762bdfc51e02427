"""The gate's filter, asked of many rows at once and of each alone, says what the law says, read naively."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from access.scene import undone
from tochuc.access import gate
from tochuc.access.models import Account, Assignment
from tochuc.access.policy import ALL, ANYONE, BELOW, POLICY, SELF, UNIT, Rule
from tochuc.access.roles import ROLES
from tochuc.access.viewer import Viewer
from tochuc.kernel.days import FOREVER
from tochuc.members.models import Person
from tochuc.org import tree
from tochuc.org.models import Organisation, OrganisationSpan

BEGIN = date(2020, 1, 1)
DAYS = st.integers(0, 40).map(lambda n: BEGIN + timedelta(days=n))
UNTIL = st.one_of(st.just(FOREVER), DAYS)
MOST = 7


@st.composite
def _law(draw: st.DrawFn) -> tuple[Rule, ...]:
    rules = st.builds(
        Rule, st.sampled_from([*ROLES, ANYONE]), st.sampled_from([SELF, UNIT, BELOW, ALL])
    ).filter(lambda rule: rule.role != ANYONE or rule.reach == SELF)
    return tuple(draw(st.lists(rules, min_size=1, max_size=3)))


@st.composite
def _parents(draw: st.DrawFn) -> list[tuple[int | None, int | None, date]]:
    """Of each organisation its first superior, its later one, and the day it changes; superiors come first."""
    return [
        (
            draw(st.one_of(st.none(), st.integers(0, i - 1))) if i else None,
            draw(st.one_of(st.none(), st.integers(0, i - 1))) if i else None,
            draw(DAYS.filter(lambda day: day > BEGIN)),
        )
        for i in range(MOST)
    ]


ROLE_HELD = st.tuples(st.sampled_from(sorted(ROLES)), st.integers(0, MOST - 1), DAYS, UNTIL).filter(
    lambda held: held[2] < held[3]
)


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)
@given(
    law=_law(),
    parents=_parents(),
    roles=st.lists(ROLE_HELD, max_size=4),
    today=DAYS,
    own=st.integers(0, MOST - 1),
)
def test_many_rows_one_row_and_the_naive_reading_agree(
    law: tuple[Rule, ...],
    parents: list[tuple[int | None, int | None, date]],
    roles: list[tuple[str, int, date, date]],
    today: date,
    own: int,
):
    with undone(), pytest.MonkeyPatch.context() as patch:
        patch.setitem(POLICY, "test.action", law)
        account = Account.objects.create(username="someone", full_name="Người Nào Đó")
        organisations = _grow(parents)
        people = [_person(i, home, account if i == own else None) for i, home in enumerate(organisations)]
        Assignment.objects.bulk_create(
            Assignment(account=account, role=role, organisation=organisations[at], since=since, until=until)
            for role, at, since, until in {(r[0], r[1]): r for r in roles}.values()
        )
        viewer = Viewer(account, today)
        held = [(a.role, organisations.index(a.organisation)) for a in account.assignments.on(today)]

        def allowed(i: int, *, is_own: bool) -> bool:
            above = _climb(parents, i, today)
            return any(
                is_own and (rule.role == ANYONE or rule.role in {role for role, _ in held})
                if rule.reach == SELF
                else any(
                    role == rule.role
                    and (rule.reach == ALL or at == i or (rule.reach == BELOW and at in above))
                    for role, at in held
                )
                for rule in law
            )

        for kind, rows in (("organisation", organisations), ("person", people)):
            seen = set(gate.visible(viewer, "test.action", kind).filter(pk__in=[r.pk for r in rows]))
            one_by_one = {row for row in rows if gate.may(viewer, "test.action", kind, row)}
            ids = [r.pk for r in rows]
            for most in (MOST, 0):
                # Units put in by number, and units that the question looks up: a reader sees the same.
                patch.setattr("tochuc.access.units._MOST", most)
                reader = viewer.reader()
                for _ in range(2):
                    read = set(gate.visible(reader, "test.action", kind).filter(pk__in=ids))
                    assert read == seen
            naive = {r for i, r in enumerate(rows) if allowed(i, is_own=kind == "person" and i == own)}
            assert seen == one_by_one == naive


def _climb(parents: list[tuple[int | None, int | None, date]], unit: int, day: date) -> list[int]:
    """The organisation itself and its superiors on a day."""
    path: list[int] = []
    here: int | None = unit
    while here is not None:
        path.append(here)
        before, after, change = parents[here]
        here = before if day < change else after
    return path


def _grow(parents: list[tuple[int | None, int | None, date]]) -> list[Organisation]:
    made = [
        Organisation.objects.create(
            code=f"cay-{i}", name=f"Cây {i}", short_name=str(i), kind="cell", since=BEGIN, fold=str(i)
        )
        for i in range(MOST)
    ]
    OrganisationSpan.objects.bulk_create(
        OrganisationSpan(
            organisation=one,
            name=one.name,
            short_name=one.short_name,
            kind=one.kind,
            parent=None if parent is None else made[parent],
            since=since,
            until=until,
        )
        for one, (before, after, change) in zip(made, parents, strict=True)
        for parent, since, until in ((before, BEGIN, change), (after, change, FOREVER))
    )
    tree.refresh([one.pk for one in made])
    return made


def _person(i: int, home: Organisation, account: Account | None) -> Person:
    return Person.objects.create(
        full_name=f"Người {i}", fold=str(i), sort_key=str(i), birth_on=BEGIN, home=home, account=account
    )


@pytest.mark.django_db
def test_what_is_moved_after_a_reading_counts_for_the_action_that_follows():
    """A reader keeps the units of one reading; the viewer it was made of asks the tree anew each time."""
    account = Account.objects.create(username="someone", full_name="Người Nào Đó")
    top, lower, *_ = _grow([(None, None, BEGIN + timedelta(days=1))] * MOST)
    Assignment.objects.create(account=account, role="commune_secretary", organisation=top, since=BEGIN)
    viewer = Viewer(account, BEGIN)
    reader = viewer.reader()
    assert not gate.may(reader, "member.list", "organisation", lower)
    OrganisationSpan.objects.filter(organisation=lower).update(parent=top)
    tree.refresh([top.pk, lower.pk])
    assert gate.may(viewer, "member.list", "organisation", lower)
    assert gate.may(viewer.reader(), "member.list", "organisation", lower)

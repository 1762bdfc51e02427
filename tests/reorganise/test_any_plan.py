"""Whatever plan is carried out over whatever tree: nobody is lost or counted twice, and undoing gives all back."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from cast import TODAY, Cast, recorded_on
from reorganise import forest as forests
from reorganise.everything import PERIODS, standing, statements, there, written
from reorganise.plans import DAY, plan
from tochuc.audit.record import NOBODY
from tochuc.kernel.errors import DomainError
from tochuc.members import actions as members
from tochuc.members import ledger
from tochuc.members.invariants import violations
from tochuc.members.kinds import IN_PARTY
from tochuc.members.models import Membership, Person
from tochuc.org.known import shapes_as_known, units_through_time
from tochuc.org.models import Organisation, Under
from tochuc.reorganise import actions
from tochuc.reorganise.models import Reorganisation
from tochuc.reorganise.undoing import ChangedSince

APPLIED, BETWEEN = date(2023, 4, 21), date(2023, 4, 25)
DAYS = [date(2022, 12, 31), DAY - timedelta(days=1), DAY, DAY + timedelta(days=1), TODAY]
LATE = st.lists(
    st.tuples(
        st.integers(0, 11),
        st.sampled_from(["transferred", "died", "recognised", "admitted"]),
        st.integers(0, 6),
        st.sampled_from([*forests.BEFORE, *forests.AFTER]),
    ),
    max_size=6,
)
RUNS = settings(
    max_examples=25,
    derandomize=True,
    database=None,
    deadline=None,
    # Each example undoes its own writing, so the characters are as new for the next.
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)


def moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def carried_out(said: list[dict[str, Any]]) -> Reorganisation | None:
    """Carry out as much of a plan as can be, dropping operations from its end; what is refused writes nothing."""
    for many in range(len(said), 0, -1):
        before = written()
        try:
            with recorded_on(APPLIED):
                made = actions.apply(plan(*said[:many]), by=NOBODY, today=APPLIED)
        except DomainError:
            assert written() == before
        else:
            event(f"operations carried out: {many}")
            return made
    return None


def heads(on: date) -> Counter[str]:
    """Members by standing in the whole record, each counted in the tree of the day exactly once."""
    stays = Membership.objects.on(on).filter(standing__in=IN_PARTY)
    units = Counter(Under.objects.on(on).filter(depth=0).values_list("unit", flat=True))
    assert all(units[stay.organisation_id] == 1 for stay in stays)
    assert len({stay.person_id for stay in stays}) == len(stays)
    return Counter(stay.standing for stay in stays)


def tree_as_known(known: datetime) -> dict[str, Any]:
    """Under which organisations each of the old ones stood, and on which days, as known at a moment."""
    top = Organisation.objects.get(code="f-p")
    codes = dict(Organisation.objects.exclude(code__startswith="f-moi").values_list("pk", "code"))
    found = units_through_time(top, known)
    shapes = shapes_as_known(known)
    return {
        code: (found.get(pk), [(s.kind, s.cell_kind, s.parent, s.since, s.until) for s in shapes.get(pk, ())])
        for pk, code in codes.items()
        if code.startswith("f-")
    }


def check_whole() -> None:
    """Every invariant, and every organisation's statements over every period, both ways of asking."""
    assert list(violations()) == []
    organisations = there()
    for code, said in statements(organisations).items():
        assert all(one.reconciles for one in said), code
    for first, last in PERIODS[:3]:
        for organisation in organisations[::4]:
            assert ledger.statement(organisation, first, last).reconciles


@given(data=st.data(), forest=forests.forests())
@RUNS
def test_any_plan_keeps_every_promise_and_can_be_undone(cast: Cast, data: st.DataObject, forest: Any) -> None:
    with transaction.atomic():
        forests.plant(forest)
        before, whole = standing(), {day: heads(day) for day in DAYS}
        tree_before = tree_as_known(moment(BETWEEN))
        made = carried_out(data.draw(forests.operations(forest)))
        if made is not None:
            check_whole()
            assert {day: heads(day) for day in DAYS} == whole
            known = statements(there())
            tree_after = tree_as_known(moment(BETWEEN))
            event(f"kinds: {sorted({one['op'] for one in made.plan['operations']})}")
            actions.undo(made, by=cast.actor(), today=BETWEEN, at=moment(BETWEEN + timedelta(days=1)))
            assert standing() == before
            assert list(violations()) == []
            watched = there()[::5]
            as_known = statements(watched, known=moment(BETWEEN))
            assert as_known == {o.code: known[o.code] for o in watched}
            assert statements(watched, known=moment(APPLIED)) == {
                o.code: before["statements"][o.code] for o in watched
            }
            assert tree_as_known(moment(APPLIED)) == tree_before
            assert tree_as_known(moment(BETWEEN)) == tree_after
        transaction.set_rollback(True)


@given(data=st.data(), forest=forests.forests(), late=LATE)
@RUNS
def test_late_entries_after_any_plan_keep_every_promise(
    cast: Cast, data: st.DataObject, forest: Any, late: list[tuple[int, str, int, date]]
) -> None:
    with transaction.atomic():
        forests.plant(forest)
        made = carried_out(data.draw(forests.operations(forest)))
        record_late(forest, late, cast)
        check_whole()
        if made is not None:
            with suppress(ChangedSince):
                actions.undo(made, by=cast.actor(), today=BETWEEN)
                event("undone")
            check_whole()
        transaction.set_rollback(True)


def record_late(forest: Any, late: list[tuple[int, str, int, date]], cast: Cast) -> None:
    """Record these things of the forest's people, as far as the record lets us."""
    people = list(Person.objects.filter(full_name__startswith="Người Thứ").order_by("pk"))
    cells = [Organisation.objects.get(code=code) for code in forest.cell_codes]
    for who, kind, cell, on in late:
        _record(people[who % len(people)], kind, cells[cell % len(cells)], on, cast)


def _record(person: Person, kind: str, cell: Organisation, on: date, cast: Cast) -> None:
    before = written()
    decision = members.Decision("1-QĐ/HU", on, "Ban Thường vụ Huyện ủy")
    place = cell if kind in {"transferred", "admitted"} else None
    try:
        members.append(
            person, kind, on=on, by=cast.actor(), today=TODAY, organisation=place, decision=decision
        )
    except DomainError:
        assert written() == before

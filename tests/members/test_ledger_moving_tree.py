"""The ledger balances and remembers also while cells and committees change their superiors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date
from functools import cache

from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from cast import TODAY, Cast
from members import naive
from members.office import DATABASE, Attempt, Office, attempts, events_by_person, pencil
from org.moving import happened, told, walk_up
from tochuc.audit.record import NOBODY
from tochuc.members import actions, branches, ledger
from tochuc.members.invariants import violations
from tochuc.org.models import Organisation
from tochuc.org.queries import children

Move = tuple[str, str, date]

YEARS = [2021, 2022, 2023]
PERIODS = [
    (date(2021, 1, 1), date(2021, 12, 31)),
    (date(2021, 10, 1), date(2022, 2, 28)),
    (date(2022, 3, 2), date(2022, 3, 2)),
    (date(2020, 1, 1), TODAY),
]
_UNDER = {
    "a1": ("commune_a", "commune_b"),
    "a2": ("commune_a", "commune_b"),
    "b3": ("commune_a", "commune_b"),
    "commune_a": ("district", "other_district"),
    "commune_b": ("district", "other_district"),
}


@st.composite
def acts(draw: st.DrawFn, most: int) -> list[Attempt | Move]:
    """What members do, with moves of organisations in between, on the same days; each may be recorded late."""
    found: list[Attempt | Move] = list(draw(attempts(most)))
    days = sorted({act.on for act in found if isinstance(act, Attempt)})
    for _ in range(draw(st.integers(1, 6))):
        who = draw(st.sampled_from(sorted(_UNDER)))
        move = who, draw(st.sampled_from(_UNDER[who])), draw(st.sampled_from(days))
        found.insert(draw(st.integers(0, len(found))), move)
    return found


def do(office: Office, act: Attempt | Move) -> None:
    """Let the office try it, or the organisation move."""
    if isinstance(act, Attempt):
        office.attempt(act)
        return
    who, to, on = act
    with office.day():
        organisation = Organisation.objects.get(pk=getattr(office.cast, who).pk)
        if organisation.exists_on(on):
            happened(organisation, "moved", on, getattr(office.cast, to))


@given(done=acts(16))
@DATABASE
def test_statements_balance_while_people_and_organisations_move(
    cast: Cast, done: list[Attempt | Move]
) -> None:
    with transaction.atomic():
        office = Office(cast)
        for act in done:
            do(office, act)
        people, events = events_by_person(), told()
        turning = {event.happened_on for own in events.values() for event in own}
        superiors = cache(lambda cell, day: walk_up(events, cell, day))

        def below(organisation: Organisation) -> naive.Branch:
            return lambda cell, day: organisation.pk in superiors(cell, day)

        for first, last in PERIODS:
            side_by_side, _ = branches.statements(cast.organisations, first, last)
            for organisation in cast.organisations:
                found = ledger.statement(organisation, first, last)
                assert found.reconciles, organisation
                assert found == pencil(people, below(organisation), first, last, turning), organisation
                assert found == side_by_side[organisation.pk]
                _check_lines(organisation, found)
        _check_years(cast.district)
        _check_parents_are_sums(cast, turning)
        assert list(violations()) == []
        transaction.set_rollback(True)


def _check_lines(organisation: Organisation, found: ledger.Statement) -> None:
    """Behind each increase and decrease stand as many people."""
    listed = Counter((line.side, line.reason) for line in ledger.lines(organisation, found.first, found.last))
    counted = {("in", row): count.total for row, count in found.increases.items()}
    counted |= {("out", row): count.total for row, count in found.decreases.items()}
    assert {key: n for key, n in listed.items() if key[0] != "shift"} == counted


def _check_years(branch: Organisation) -> None:
    for year, found in branches.years(branch, YEARS, TODAY).items():
        assert found == ledger.statement(branch, date(year, 1, 1), min(date(year, 12, 31), TODAY))


def _check_parents_are_sums(cast: Cast, days: Collection[date]) -> None:
    for day in (*days, TODAY):
        counts = ledger.headcounts(cast.organisations, day)
        for organisation in cast.organisations:
            own = [counts[span.organisation_id] for span in children(organisation, day)]
            assert not own or counts[organisation.pk] == sum(own, ledger.Count())


@given(done=acts(10))
@DATABASE
def test_what_was_known_never_changes_while_organisations_move(
    cast: Cast, done: list[Attempt | Move]
) -> None:
    first, last = PERIODS[-1]
    watched = [cast.a1, cast.commune_a, cast.commune_b, cast.district]
    with transaction.atomic():
        office, then = Office(cast), []
        for act in done:
            do(office, act)
            then.append([ledger.statement(branch, first, last) for branch in watched])
        for moment, stated in list(zip(office.moments, then, strict=True))[::3]:
            assert [ledger.statement(branch, first, last, known=moment) for branch in watched] == stated
        transaction.set_rollback(True)


def test_one_who_leaves_on_the_day_the_cell_moves_leaves_the_old_superior(cast: Cast) -> None:
    """On the eve the cell was the first commune's; the transfer alone counts, not the reorganisation."""
    day = date(2023, 3, 1)
    happened(cast.a1, "moved", day, cast.commune_b)
    actions.transfer(cast.people["member_a1"], to=cast.a2, on=day, by=NOBODY, today=TODAY)
    in_a = ledger.statement(cast.commune_a, day, day)
    in_b = ledger.statement(cast.commune_b, day, day)
    assert in_a.reconciles
    assert in_b.reconciles
    stayed = ledger.headcount(cast.a1, day)
    assert in_a.decreases == {"reorganisation_out": stayed}
    assert in_b.increases == {"reorganisation_in": stayed}
    assert in_a.increases == in_b.decreases == {}


def test_a_move_corrected_later_stays_in_what_was_known_before(cast: Cast) -> None:
    day, asked = date(2023, 3, 1), (date(2023, 1, 1), TODAY)
    office = Office(cast)
    with office.day():
        wrong = happened(cast.a1, "moved", day, cast.commune_b)
    then = [ledger.statement(branch, *asked) for branch in (cast.commune_a, cast.commune_b)]
    with office.day():
        happened(cast.a1, "moved", day, cast.commune_a, corrects=wrong)
    now = [ledger.statement(branch, *asked) for branch in (cast.commune_a, cast.commune_b)]
    assert "reorganisation_in" in then[1].increases
    assert "reorganisation_in" not in now[1].increases
    for moment, stated in zip(office.moments, (then, now), strict=True):
        known = [ledger.statement(b, *asked, known=moment) for b in (cast.commune_a, cast.commune_b)]
        assert known == stated

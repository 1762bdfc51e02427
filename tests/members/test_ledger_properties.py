"""The ledger's promises hold after any sequence of acts, whatever was refused, corrected or recorded late."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from cast import TODAY, Cast
from members import naive
from members.happenings import Happened, spans
from members.office import (
    DATABASE,
    PEOPLE,
    Attempt,
    Office,
    attempts,
    count_of,
    events_by_person,
    folded_rows,
    names_cell,
    pencil,
    within,
)
from tochuc.audit.record import NOBODY
from tochuc.kernel.days import FOREVER
from tochuc.members import actions, branches, bulk, ledger
from tochuc.members.conditions import CONDITIONS, IN_TRANSFER
from tochuc.members.folds import NOWHERE, Contradiction, Folded, fold, known_at
from tochuc.members.invariants import violations
from tochuc.members.kinds import IN_PARTY
from tochuc.members.models import MemberEvent, Person
from tochuc.org.queries import children

PERIODS = [
    (date(2021, 1, 1), date(2021, 12, 31)),
    (date(2021, 6, 30), date(2022, 2, 28)),
    (date(2022, 1, 1), date(2022, 1, 1)),
    (date(2020, 1, 1), date(2023, 4, 20)),
]


# --- the fold alone, in volume ----------------------------------------------------------------------------


def recorded(tried: list[Attempt]) -> list[list[Happened]]:
    """Each person's events, those that can't be left out; fold and pencil must agree on which these are."""
    people: list[list[Happened]] = [[] for _ in range(PEOPLE)]
    number = 0
    for attempt in tried:
        number += 1
        own = people[attempt.person]
        event = _event(attempt, own, number)
        if event is None:
            continue
        try:
            fold([*own, event])
        except Contradiction:
            assert not naive.possible([*own, event])
            continue
        assert naive.possible([*own, event])
        own.append(event)
    return people


def _event(attempt: Attempt, own: list[Happened], number: int) -> Happened | None:
    place = attempt.cell if names_cell(attempt) else None
    post = 1 if attempt.kind == "took_post" else None
    event = Happened(
        attempt.kind,
        attempt.on,
        place,
        post,
        {"standing": attempt.standing, "until_on": str(attempt.on + timedelta(days=90))},
        id=number,
        recorded_at=datetime(2023, 5, 1, tzinfo=UTC) + timedelta(days=number),
    )
    if attempt.corrects is None:
        return event
    open_ones = [e for e in own if e.kind != "void" and e.id not in {o.corrects_id for o in own}]
    if attempt.corrects >= len(open_ones):
        return None
    wrong = open_ones[-1 - attempt.corrects]
    void = attempt.cell == 1
    return Happened(
        "void" if void else wrong.kind,
        attempt.on,
        wrong.organisation_id if void or wrong.organisation_id is None else attempt.cell,
        wrong.post_id,
        wrong.data,
        corrects_id=wrong.id,
        id=number,
        recorded_at=event.recorded_at,
    )


def _statement(people: list[Folded], cells: set[int], first: date, last: date) -> ledger.Statement:
    parts: dict[str, dict[str, ledger.Count]] = {"in": {}, "out": {}, "shift": {}}
    for one in people:
        for step in one.steps:
            if first <= step.on <= last:
                was = step.frm.in_party and step.frm.organisation in cells
                is_in = step.to.in_party and step.to.organisation in cells
                frm, to = step.frm.standing if was else None, step.to.standing if is_in else None
                ledger.book(parts, step.reason, frm, to)
    opening, closing = (
        Counter(p.standing for p in places if p.in_party and p.organisation in cells)
        for places in (
            [one.at(first - timedelta(days=1)) for one in people],
            [one.at(last) for one in people],
        )
    )
    return ledger.Statement(
        first, last, count_of(opening), parts["in"], parts["out"], parts["shift"], count_of(closing)
    )


@given(attempts(60))
@settings(max_examples=150, derandomize=True, database=None, deadline=None)
def test_the_fold_counts_as_the_pencil_does_and_always_balances(tried: list[Attempt]) -> None:
    people = recorded(tried)
    folded = [fold(events) for events in people]
    for cells in ({1}, {2}, {1, 2}, {2, 3, 4}, {1, 2, 3, 4}):
        for first, last in PERIODS:
            found = _statement(folded, cells, first, last)
            assert found.reconciles
            assert found == pencil(people, within(cells), first, last)


@given(attempts(60))
@settings(max_examples=100, derandomize=True, database=None, deadline=None)
def test_nobody_ever_stands_in_two_places_or_in_none_while_in_one(tried: list[Attempt]) -> None:
    for one in (fold(events) for events in recorded(tried)):
        assert all(p.since < p.until for p in one.places)
        assert all(before.until <= after.since for before, after in pairwise(one.places))
        still_somewhere = bool(one.places) and one.places[-1].until == FOREVER
        assert still_somewhere == (one.last.organisation is not None)
        stays = [(p.since, p.until) for p in one.places if p.standing in IN_PARTY]
        for span in one.held:
            assert any(since <= span.since < until for since, until in stays)


@given(attempts(60))
@settings(max_examples=100, derandomize=True, database=None, deadline=None)
def test_a_condition_never_holds_twice_at_once_nor_while_outside_nor_where_one_is(
    tried: list[Attempt],
) -> None:
    for one in (fold(events) for events in recorded(tried)):
        for kind in CONDITIONS:
            own = [c for c in one.conditions if c.kind == kind]
            assert all(before.until <= after.since for before, after in pairwise(own))
        for span in one.conditions:
            assert span.since < span.until
            days = (span.since, min(span.until, FOREVER) - timedelta(days=1))
            for day in days:
                assert one.at(day) != NOWHERE
                assert one.at(day).organisation != span.organisation or span.organisation is None
                assert one.at(day).in_party or span.kind == IN_TRANSFER


@given(attempts(40))
@settings(max_examples=100, derandomize=True, database=None, deadline=None)
def test_what_was_known_on_a_past_moment_never_changes(tried: list[Attempt]) -> None:
    for events in recorded(tried):
        for number in range(1, len(events) + 1):
            then = fold(events[:number])
            assert fold(known_at(events, events[number - 1].recorded_at)) == then


@given(attempts(40), st.randoms(use_true_random=False))
@settings(max_examples=100, derandomize=True, database=None, deadline=None)
def test_the_order_of_recording_does_not_matter_for_different_days(tried: list[Attempt], chance: Any) -> None:
    for events in recorded([a for a in tried if a.corrects is None]):
        one_a_day = list({e.happened_on: e for e in events}.values())
        if len(one_a_day) < len(events):
            continue
        numbers = list(range(len(events)))
        chance.shuffle(numbers)
        shuffled = [
            Happened(e.kind, e.happened_on, e.organisation_id, e.post_id, e.data, id=n)
            for e, n in zip(events, numbers, strict=True)
        ]
        assert spans(fold(shuffled).places) == spans(fold(events).places)


# --- through the public actions, in the database ----------------------------------------------------------

BRANCHES = {
    "province": {"a1", "a2", "a3", "b1", "b2", "b3", "agency_cell", "other_cell"},
    "district": {"a1", "a2", "a3", "b1", "b2", "b3", "agency_cell"},
    "other_district": {"other_cell"},
    "organisation_board": set[str](),
    "commune_a": {"a1", "a2", "a3"},
    "commune_b": {"b1", "b2", "b3"},
    **{cell: {cell} for cell in ("a1", "a2", "a3", "b1", "b2", "b3", "agency_cell", "other_cell")},
}


def _check_against_pencil(cast: Cast, people: list[list[MemberEvent]]) -> None:
    organisations = {name: getattr(cast, name) for name in BRANCHES}
    for first, last in PERIODS:
        side_by_side, _ = branches.statements(organisations.values(), first, last)
        for name, organisation in organisations.items():
            cells = {getattr(cast, cell).pk for cell in BRANCHES[name]}
            found = ledger.statement(organisation, first, last)
            assert found.reconciles, name
            assert found == pencil(people, within(cells), first, last), name
            assert found == side_by_side[organisation.pk]


def _check_parents_are_sums(cast: Cast) -> None:
    counts = ledger.headcounts(cast.organisations, TODAY)
    for organisation in cast.organisations:
        assert counts[organisation.pk] == ledger.headcount(organisation, TODAY)
        below = [counts[span.organisation_id] for span in children(organisation, TODAY)]
        if below:
            assert counts[organisation.pk] == sum(below, ledger.Count())


@given(tried=attempts(25))
@DATABASE
def test_the_ledger_in_the_database_balances_after_any_acts(cast: Cast, tried: list[Attempt]) -> None:
    with transaction.atomic():
        office = Office(cast)
        for attempt in tried:
            office.attempt(attempt)
        _check_against_pencil(cast, events_by_person())
        _check_parents_are_sums(cast)
        assert list(violations()) == []
        at_once = folded_rows()
        bulk.refold_many(Person.objects.values_list("pk", flat=True))
        assert folded_rows() == at_once
        transaction.set_rollback(True)


@given(tried=attempts(16))
@DATABASE
def test_a_statement_as_known_on_a_past_moment_never_changes(cast: Cast, tried: list[Attempt]) -> None:
    first, last = PERIODS[-1]
    watched = [cast.a1, cast.commune_a, cast.province]
    with transaction.atomic():
        office, then = Office(cast), []
        for attempt in tried:
            office.attempt(attempt)
            then.append([ledger.statement(branch, first, last) for branch in watched])
        for moment, stated in list(zip(office.moments, then, strict=True))[::4]:
            as_known = [ledger.statement(branch, first, last, known=moment) for branch in watched]
            assert as_known == stated
        now = [ledger.statement(branch, first, last, known=office.moments[-1]) for branch in watched]
        assert now == then[-1]
        transaction.set_rollback(True)


def test_a_transfer_nets_to_nothing_at_the_common_superior(cast: Cast) -> None:
    person, on = cast.people["member_a1"], date(2023, 3, 1)
    asked = {"first": date(2023, 1, 1), "last": date(2023, 4, 20)}
    superiors = [cast.commune_a, cast.district, cast.province]
    before = [ledger.statement(branch, **asked) for branch in superiors]
    actions.transfer(person, to=cast.a2, on=on, by=NOBODY, today=TODAY)
    assert [ledger.statement(branch, **asked) for branch in superiors] == before
    assert ledger.statement(cast.a1, **asked).decreases == {"transferred_out": ledger.Count(official=1)}
    assert ledger.statement(cast.a2, **asked).increases == {"transferred_in": ledger.Count(official=1)}
    actions.transfer(person, to=cast.b1, on=on + timedelta(days=9), by=NOBODY, today=TODAY)
    assert [ledger.statement(branch, **asked) for branch in superiors[1:]] == before[1:]
    assert ledger.statement(cast.commune_a, **asked).decreases["transferred_out"].total == 1
    assert ledger.statement(cast.commune_b, **asked).increases["transferred_in"].total == 1

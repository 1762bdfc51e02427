"""A simulated year in the demonstration district: each role's due list is what the raw facts alone come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from cast import recorded_on
from databases import Own, Server
from demonstrated import demonstration
from duties.raw_facts import Due, RawFacts, badges, expected, waiting
from duties.raw_work import expected_work
from duties.year import Year
from tochuc.access.models import Account
from tochuc.access.viewer import Viewer
from tochuc.cases.models import OpenStep
from tochuc.duties import asking
from tochuc.duties.duty import GROUPS, WAITING, collect, group_of
from tochuc.duties.foresight import horizon
from tochuc.duties.sifting import MANY
from tochuc.members.models import Person

BEGIN = date(2023, 4, 20)
# The last one lies beyond the year: the terms that began in 2022 end the spring after.
DAYS = [date(2023, 6, 30), date(2023, 9, 14), date(2023, 12, 29), date(2024, 4, 19), date(2024, 11, 29)]
ROLES = {
    "canbo": ("organisation_officer", "dx"),
    "namphuoc": ("commune_secretary", "dx-nam-phuoc"),
    "chibo": ("cell_secretary", "dx-nam-phuoc-my-hoa"),
    "dangvien": ("member", "dx-nam-phuoc-my-hoa"),
}
# The kinds that the raw facts are worked out for; others have tests of their own.
COVERED = frozenset(
    {
        *("recognition", "arrival", "condition", "case", "closed_case", "lapse", "meeting", "dues", "task"),
        "paper_lapse",
        *("organisation_size", "organisation_committee", "organisation_term", "organisation_post"),
    }
)


@pytest.fixture(scope="module")
def lists(server: Server, django_db_setup: Own, django_db_blocker: Any) -> Iterator[dict[Any, Any]]:
    """For each day and account: what the program says, what the raw facts say, what was counted; all in one year."""
    with django_db_blocker.unblock(), demonstration(BEGIN, server, django_db_setup):
        year, found = Year(), {}
        for day in DAYS:
            year.live_until(day)
            with recorded_on(day):
                facts = RawFacts("dx")
                for who, (role, place) in ROLES.items():
                    found[day, who] = (*_said(who, day), _reckoned(facts, year, role, place, day))
                    found[day, who, "gathered"] = _gathered(who, day)
                found[day, "badges"] = _badges(facts, day)
        yield found


def _said(who: str, day: date) -> tuple[set[Due], asking.Found, int]:
    viewer = Viewer(Account.objects.get(username=who), day)
    found = asking.look(viewer, size=100_000)
    older = {
        str(pk) for pk in OpenStep.objects.filter(case__opened_on__lte=BEGIN).values_list("pk", flat=True)
    }
    due = {
        (waiting(slip.kind) if slip.waits else slip.kind, _subject(found, slip), slip.due_on)
        for slip in found.slips
        if slip.kind in COVERED and not (slip.kind in {"case", "closed_case"} and slip.key in older)
    }
    return due, found, len(collect(viewer))


def _gathered(who: str, day: date) -> asking.Found:
    """The rows of the home page of those above a cell."""
    viewer = Viewer(Account.objects.get(username=who), day)
    return asking.look(viewer, size=100_000, gathering=True)


def _subject(found: asking.Found, slip: Any) -> str:
    """Whom or what it is about: a person by id, else the key of its page."""
    if slip.person is not None:
        return f"p{slip.person}"
    key = found.worked_out[slip].key
    return f"p{Person.objects.get(ref=key).pk}" if slip.kind == "lapse" else key


def _reckoned(facts: RawFacts, year: Year, role: str, code: str, day: date) -> set[Due]:
    place = next(pk for pk, one in facts.code.items() if one == code)
    due = set[Due]()
    if role != "member":
        due |= expected(facts, role, place, day) | expected_work(facts, role, place, day)
    own = Account.objects.get(username="dangvien").person.pk
    for one in year.open_cases.values():
        reach = {place} if role == "cell_secretary" else facts.below(place)
        near = one.by_cell and one.cell in reach and (one.kind == "case" or role == "cell_secretary")
        mine = role == "member" and one.person == own and one.by_person
        if mine or (near and role != "member"):
            due.add((waiting(one.kind) if one.waits else one.kind, f"p{one.person}", one.due_on))
    return due


def _badges(facts: RawFacts, day: date) -> tuple[set[Due], set[Due]]:
    until = horizon(day)
    viewer = Viewer(Account.objects.get(username="namphuoc"), day)
    found = asking.look(viewer, asking.Asked(kind="badge_years"), size=100_000, until=until)
    said = {(one.kind, f"p{one.person}", one.due_on) for one in found.slips}
    place = next(pk for pk, one in facts.code.items() if one == "dx-nam-phuoc")
    return said, badges(facts, facts.below(place), day, until)


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("who", ROLES)
def test_what_is_due_for_a_role_is_what_the_facts_come_to(lists: Any, who: str, day: date) -> None:
    said, _, _, reckoned = lists[day, who]
    assert said - reckoned == set()
    assert reckoned - said == set()


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("who", ROLES)
def test_counters_add_up_to_the_list_worked_out_whole(lists: Any, who: str, day: date) -> None:
    _, found, worked_out, _ = lists[day, who]
    assert found.total == worked_out == len(found.slips) == len(found.worked_out)
    counted = Counter({(one.kind, one.group): one.n for one in found.by_kind})
    assert counted == Counter(
        (slip.kind, WAITING if slip.waits else group_of(slip.due_on, day)) for slip in found.slips
    )
    assert {one.group for one in found.by_kind} <= {code for code, _ in GROUPS}


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("who", ["canbo", "namphuoc"])
def test_a_gathered_row_stands_for_as_many_as_the_facts_come_to(lists: Any, who: str, day: date) -> None:
    """Each row of a kind and group that holds many says the number that the independent list has of them."""
    reckoned = lists[day, who][3]
    facts = Counter(
        (kind.removesuffix(", waiting"), WAITING if kind.endswith(", waiting") else group_of(on, day))
        for kind, _, on in reckoned
    )
    rows: asking.Found = lists[day, who, "gathered"]
    heaps = {
        (one.kind, WAITING if one.waits else group_of(one.due_on, day)): one.n
        for one in rows.slips
        if one.n > 1
    }
    assert heaps
    assert heaps == {of: facts[of] for of in heaps}
    assert {of for of, n in facts.items() if n >= MANY and of[0] in {"dues", "recognition"}} <= set(heaps)
    assert rows.lines == len(rows.slips) < rows.total


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_years_of_party_age_that_will_be_full_are_foreseen(lists: Any, day: date) -> None:
    said, reckoned = lists[day, "badges"]
    assert reckoned
    assert said == reckoned


def test_the_year_made_every_kind_of_work_it_was_meant_to(lists: Any) -> None:
    """So that the comparison means something: each kind was due to somebody on some day."""
    seen = {kind for day in DAYS for who in ROLES for kind, _, _ in lists[day, who][3]}
    always = {"organisation_post", "closed_case"}
    assert seen == (COVERED - always) | {waiting(kind) for kind in {*always, "case"}}

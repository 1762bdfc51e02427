"""Facts of the days before a reorganisation, recorded after it: they go where everyone of that organisation went."""

from __future__ import annotations

from datetime import date

import pytest

from cast import TODAY, Cast, decided
from reorganise.plans import DAY, apply, found, merge, split
from tochuc.kernel.errors import Refused
from tochuc.kernel.known_dates import KnownDate
from tochuc.members import actions, ledger, queries
from tochuc.members.actions import append
from tochuc.members.invariants import violations
from tochuc.members.ledger import Count
from tochuc.members.models import MemberEvent, Person

BEFORE = date(2023, 2, 10)
SPRING = date(2023, 1, 1), TODAY


@pytest.fixture(autouse=True)
def _whole(cast: Cast) -> object:
    yield
    assert list(violations()) == []


@pytest.fixture
def merged(cast: Cast) -> Cast:
    """b1 has gone into b2."""
    apply(cast, merge("xa-b-thon-thuong", "xa-b-khoi-ha"))
    return cast


def stands(person: Person, on: date = TODAY) -> str:
    stay = queries.membership_on(person, on)
    return stay.organisation.code if stay else ""


def newcomer(cast: Cast) -> Person:
    birth = KnownDate(date(1990, 1, 1))
    return actions.register(full_name="Người Đến Muộn", gender="male", birth=birth, by=cast.actor())


def test_one_admitted_before_the_day_goes_along(merged: Cast) -> None:
    person = newcomer(merged)
    actions.admit(person, cell=merged.b1, on=BEFORE, decision=decided(BEFORE), by=merged.actor(), today=TODAY)
    assert (stands(person, BEFORE), stands(person)) == ("xa-b-thon-thuong", "xa-b-khoi-ha")
    event = MemberEvent.objects.get(person=person, kind="reorganised")
    assert (event.happened_on, event.decision_number) == (DAY, "12-QĐ/HU")
    assert ledger.statement(merged.b1, *SPRING).increases == {"admitted": Count(probationary=1)}
    assert ledger.statement(merged.b1, *SPRING).closing == Count()


def test_one_who_came_before_the_day_goes_along_through_two_reorganisations(merged: Cast) -> None:
    apply(merged, merge("xa-b-khoi-ha", "xa-b-tram-y-te"), day=date(2023, 4, 1))
    actions.transfer(merged.people["clerk"], to=merged.b1, on=BEFORE, by=merged.actor(), today=TODAY)
    days = (BEFORE, DAY, date(2023, 4, 1))
    assert [stands(merged.people["clerk"], day) for day in days] == [
        "xa-b-thon-thuong",
        "xa-b-khoi-ha",
        "xa-b-tram-y-te",
    ]


def test_one_who_died_before_the_day_did_not_go_along(merged: Cast) -> None:
    person = merged.people["cell_b1"]
    append(person, "died", on=BEFORE, by=merged.actor(), today=TODAY)
    assert stands(person) == ""
    assert ledger.statement(merged.b1, *SPRING).decreases["deceased"] == Count(official=1)
    assert ledger.statement(merged.b2, *SPRING).increases == {"reorganisation_in": Count(2, 1)}
    # The post, which the reorganisation ended, ended with the holder.
    assert queries.posts_of(person, date(2023, 2, 1)).exists()
    assert not queries.posts_of(person, BEFORE).exists()


def test_one_who_had_moved_elsewhere_before_the_day_stays_there(merged: Cast) -> None:
    actions.transfer(merged.canary, to=merged.a1, on=BEFORE, by=merged.actor(), today=TODAY)
    assert (stands(merged.canary, DAY), stands(merged.canary)) == ("xa-a-thon-dong", "xa-a-thon-dong")


def test_voiding_the_late_fact_lets_the_reorganisation_apply_again(merged: Cast) -> None:
    late = actions.transfer(merged.canary, to=merged.a1, on=BEFORE, by=merged.actor(), today=TODAY)
    actions.correct(late, by=merged.actor(), today=TODAY, reason="Ghi nhầm người.")
    assert stands(merged.canary) == "xa-b-khoi-ha"


def test_a_post_left_before_the_day_is_left_then(merged: Cast) -> None:
    person, post = merged.people["cell_b1"], merged.posts["secretary_b1"]
    append(person, "left_post", on=BEFORE, by=merged.actor(), today=TODAY, post=post)
    held = person.holdings.get(post=post)
    assert held.until == BEFORE


def test_where_members_went_to_several_places_the_place_must_be_said(cast: Cast) -> None:
    parts = {"to": "moi", "people": [cast.canary.ref]}
    apply(cast, found("moi", "cell", "xa-b"), split("xa-b-thon-thuong", parts, rest="xa-b-khoi-ha"))
    person = newcomer(cast)
    before = MemberEvent.objects.count()
    with pytest.raises(Refused, match="đảng viên được chuyển đi nhiều nơi") as refused:
        actions.admit(person, cell=cast.b1, on=BEFORE, decision=decided(BEFORE), by=cast.actor(), today=TODAY)
    assert (refused.value.code, refused.value.field) == ("organisation_ended", "organisation")
    assert MemberEvent.objects.count() == before


def test_nobody_comes_to_an_ended_cell_from_the_day_on(merged: Cast) -> None:
    with pytest.raises(Refused, match="không hoạt động vào ngày 01/03/2023"):
        actions.transfer(merged.people["clerk"], to=merged.b1, on=DAY, by=merged.actor(), today=TODAY)


def test_one_sent_to_the_wrong_place_is_corrected_like_any_entry(merged: Cast) -> None:
    event = MemberEvent.objects.get(person=merged.canary, kind="reorganised")
    actions.correct(
        event,
        by=merged.actor(),
        today=TODAY,
        reason="Chuyển về trạm y tế.",
        replacement={"organisation": merged.b3},
    )
    assert stands(merged.canary) == "xa-b-tram-y-te"
    assert ledger.statement(merged.b3, *SPRING).increases == {"reorganisation_in": Count(official=1)}

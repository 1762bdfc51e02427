"""Whom a search may find is what the policy says, whichever way people are read."""

from __future__ import annotations

import pytest

from cast import TODAY, Cast
from tochuc.access import gate
from tochuc.access.models import Assignment
from tochuc.access.viewer import Viewer
from tochuc.members import search

pytestmark = pytest.mark.django_db
_ACCOUNTS = ("officer", "secretary_a", "secretary_b", "cell_a1", "cell_b1", "member_a1", "expired", "nobody")
_TYPED = ("nguyen", "a", "kim oanh", "son ca", "thi", "1970", "lan, thon dong", "van thon dong", "khong ai")


@pytest.mark.parametrize("name", _ACCOUNTS)
def test_people_asked_in_passing_are_those_looked_up(cast: Cast, name: str) -> None:
    viewer = Viewer(getattr(cast, name), TODAY)
    for action in ("member.search", "member.read", "member.list"):
        looked_up = set(gate.visible(viewer, action, "person"))
        assert set(gate.visible_in_passing(viewer, action, "person")) == looked_up, action


@pytest.mark.parametrize("name", _ACCOUNTS)
def test_a_search_finds_the_same_in_a_branch_taken_for_a_large_one(
    cast: Cast, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = Viewer(getattr(cast, name), TODAY)
    allowed = gate.visible(viewer, "member.search", "person")
    for most in (400, 0):
        monkeypatch.setattr(search, "_FEW_UNITS", most)
        for typed in _TYPED:
            found = list(search.first(search.scope_of(viewer), typed))
            assert found == list(search.find(allowed, typed)), (most, typed)


def test_the_topmost_organisation_is_searched_whole(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    Assignment.objects.filter(account=cast.officer).update(organisation=cast.province)
    viewer = Viewer(cast.officer, TODAY)
    for most in (400, 0):
        monkeypatch.setattr(search, "_FEW_UNITS", most)
        found = {person.pk for person in search.first(search.scope_of(viewer), "long")}
        assert cast.people["neighbour"].pk in found


def test_units_are_few_or_not_given(cast: Cast) -> None:
    viewer = Viewer(cast.secretary_a, TODAY)
    own = {cast.commune_a.pk, cast.a1.pk, cast.a2.pk, cast.a3.pk}

    assert set(gate.few_units(viewer, "member.search", 4) or ()) == own
    assert gate.few_units(viewer, "member.search", 3) is None

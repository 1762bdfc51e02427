"""Whom a search may find is what the policy says, whichever way people are read."""

from __future__ import annotations

import pytest

from cast import TODAY, Cast
from tochuc.access import gate
from tochuc.access.models import Assignment
from tochuc.access.viewer import Viewer
from tochuc.members import in_cells, search
from tochuc.org.models import Organisation

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


@pytest.mark.parametrize("most", [2000, 1])
def test_cells_named_by_the_last_words_are_those_looked_up_one_name_at_a_time(
    cast: Cast, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_cells, "_MOST", most)
    cells = Organisation.objects.all()
    for typed in ("van thon dong", "chi bo", "bo chi", "dong thon", "kim thuong", "khong ai"):
        words = typed.split()
        each = {place: in_cells.named(cells, words[place:]) for place in range(len(words))}
        assert in_cells.by_first_word(cells, words) == {place: ids for place, ids in each.items() if ids}
    assert set(in_cells.by_first_word(cells, ["lan", "thon", "dong"])) == {1, 2}

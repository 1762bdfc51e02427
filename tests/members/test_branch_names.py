"""The list of names of a large branch: who is in it follows people and organisations; whom it shows, the policy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import given

from cast import TODAY, Cast
from members.office import DATABASE, Office
from members.test_ledger_moving_tree import Attempt, Move, acts, do
from org.moving import happened
from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.members import branch_names, search
from tochuc.members.common_names import _counted
from tochuc.members.models import BranchName, Person
from tochuc.members.totalling import LARGE_KINDS
from tochuc.org import bulk as organisations
from tochuc.org import heirs
from tochuc.org.invariants import rows_that_break
from tochuc.org.models import Organisation, OrganisationEvent

pytestmark = pytest.mark.django_db

_TYPED = (
    *(
        "nguyen",
        "a",
        "kim oanh",
        "son ca",
        "thi",
        "v",
        "van t",
        "t v",
        "v kim t",
        "1970",
        "van 1970",
        "1970 1971",
        "197",
    ),
    *("lan, thon dong", "van thon dong", "hoang", "khong ai", "nguyen 00", "%", "_", "'", ":", "b'a", "\\"),
)


@pytest.fixture
def large(cast: Cast) -> Cast:
    """Both communes taken for provinces below another branch."""
    make_large(cast)
    return cast


def make_large(cast: Cast) -> None:
    """Let both communes have been province committees since they were founded."""
    for commune in (cast.commune_a, cast.commune_b):
        _told(commune, "converted", commune.since, data={"kind": LARGE_KINDS[0]})


def _told(organisation: Organisation, kind: str, on: date, **said: object) -> OrganisationEvent:
    """Write an event of the organisation down and fold it in, with all that follows."""
    event = OrganisationEvent.objects.create(organisation=organisation, kind=kind, happened_on=on, **said)
    organisations.restand([Organisation.objects.get(pk=organisation.pk)])
    return event


def _amiss() -> list[str]:
    return [one.key for one in rows_that_break(branch_names.LISTED)]


def _listed(branch: Organisation) -> set[str]:
    people = BranchName.objects.filter(branch=branch).values("person")
    return set(Person.objects.filter(pk__in=people).values_list("full_name", flat=True))


@given(done=acts(16))
@DATABASE
def test_the_lists_follow_whatever_people_and_organisations_do(
    cast: Cast, done: list[Attempt | Move]
) -> None:
    with transaction.atomic():
        make_large(cast)
        office = Office(cast)
        for act in done:
            do(office, act)
        heirs.refresh()
        assert _amiss() == []
        kept = set(BranchName.objects.values_list())
        assert kept
        branch_names.rebuild()
        assert set(BranchName.objects.values_list()) == kept
        transaction.set_rollback(True)


def _all(_whole: Sequence[str], _begun: Sequence[str]) -> float:
    return 1.0


def _by_length(whole: Sequence[str], begun: Sequence[str]) -> float:
    """As if nearly all people had each single letter, and hardly anyone a longer word."""
    return min((0.9 if len(word) == 1 else 1e-4 for word in [*whole, *begun]), default=1.0)


@pytest.mark.parametrize("name", ["secretary_a", "secretary_b"])
@pytest.mark.parametrize(("everywhere", "share"), [(0.0, _all), (0.15, _all), (2.0, _all), (2.0, _by_length)])
def test_a_search_in_a_large_branch_finds_whom_the_policy_allows(
    large: Cast, name: str, everywhere: float, share: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_FEW_UNITS", 0)
    monkeypatch.setattr("tochuc.members.common_names._EVERYWHERE", everywhere)
    monkeypatch.setattr(_counted, "share", share)
    viewer = Viewer(getattr(large, name), TODAY)
    allowed, scope = gate.visible(viewer, "member.search", "person"), search.scope_of(viewer)
    assert scope.branch is not None
    for typed in _TYPED:
        assert list(search.first(scope, typed)) == list(search.find(allowed, typed)), typed


def test_people_of_a_cell_that_left_the_branch_are_in_its_list_but_not_shown(
    large: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_FEW_UNITS", 0)
    monkeypatch.setattr(search, "MOST", 2)
    happened(large.a1, "moved", date(2022, 6, 1), large.commune_b)
    viewer = Viewer(large.secretary_a, TODAY)
    assert "Bùi Thị Lan" in _listed(large.commune_a) & _listed(large.commune_b)

    found = {person.full_name for person in search.first(search.scope_of(viewer), "thi")}
    assert found == {"Đặng Thị Hồng"}
    neighbour = Viewer(large.secretary_b, TODAY)
    assert [p.full_name for p in search.first(search.scope_of(neighbour), "bui thi lan")] == ["Bùi Thị Lan"]


def test_people_of_a_cell_that_ended_are_listed_with_those_who_answer_for_it(large: Cast) -> None:
    was = _listed(large.commune_b)
    ended = _told(large.a2, "ended", date(2023, 2, 1), data={"successors": [large.b1.pk]})
    assert "Đặng Thị Hồng" in _listed(large.commune_b) - was
    assert _amiss() == []

    _told(large.a2, "void", date(2023, 2, 1), corrects=ended)
    assert _listed(large.commune_b) == was


def test_another_name_birth_year_or_merged_record_is_listed_as_such(large: Cast) -> None:
    person = large.people["member_a1"]
    rows = BranchName.objects.filter(person=person, branch=large.commune_a)
    Person.objects.filter(pk=person.pk).update(fold="bui thi hue", sort_key="x", birth_on="1987-01-01")
    assert list(rows.values_list("fold", "sort_key", "born")) == [("bui thi hue", "x", 1987)]

    Person.objects.filter(pk=person.pk).update(merged_into=large.people["other_a1"])
    assert not rows.exists()
    assert _amiss() == []


def test_people_written_many_at_once_are_listed_at_once(large: Cast) -> None:
    Person.objects.bulk_create(
        Person(
            full_name=name, fold=name.lower(), sort_key=name, gender="male", birth_on="1960-01-01", home=home
        )
        for name, home in (("Mot", large.a1), ("Hai", large.b1), ("Ba", None))
    )
    assert "Mot" in _listed(large.commune_a)
    assert "Hai" in _listed(large.commune_b)
    assert _amiss() == []


def test_a_branch_that_becomes_large_is_listed_and_one_that_ceases_to_be_is_not(cast: Cast) -> None:
    assert not BranchName.objects.exists()
    converted = _told(cast.commune_a, "converted", date(2023, 4, 1), data={"kind": LARGE_KINDS[0]})
    assert "Bùi Thị Lan" in _listed(cast.commune_a)
    _told(cast.commune_a, "void", date(2023, 4, 1), corrects=converted)
    assert not BranchName.objects.exists()


def test_a_list_that_is_not_as_the_records_is_named_and_mended(large: Cast) -> None:
    BranchName.objects.filter(person=large.people["canary"]).update(born=1900)
    assert _amiss() == ["xa-b"]
    branch_names.mend({"xa-b"})
    assert _amiss() == []


def test_the_database_takes_the_same_kinds_for_large_as_the_totals(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_viewdef('members_branchofunit'::regclass)")
        (defined,) = cursor.fetchone()
    assert all(defined.count(f"'{kind}'") == 2 for kind in LARGE_KINDS)

"""Whoever works for the topmost organisation sees everyone, by a question that doesn't ask the tree of each."""

from __future__ import annotations

from datetime import date

import pytest

from cast import TODAY, Cast
from tochuc.access import gate
from tochuc.access.models import Assignment
from tochuc.access.viewer import Viewer
from tochuc.members.models import Person
from tochuc.org.models import Organisation, OrganisationSpan

pytestmark = pytest.mark.django_db


def _officer(cast: Cast, organisation: Organisation) -> Viewer:
    account = cast.accounts["nobody"]
    Assignment.objects.create(
        account=account, role="organisation_officer", organisation=organisation, since=date(2020, 1, 1)
    )
    return Viewer(account, TODAY)


def test_the_officer_of_the_topmost_organisation_sees_everyone_who_has_a_place(cast: Cast) -> None:
    seen = gate.visible(_officer(cast, cast.province), "member.search", "person")

    tops = OrganisationSpan.objects.on(TODAY).filter(parent=None).values_list("organisation__code", flat=True)
    assert set(tops) == {"tinh"}
    assert set(seen) == set(Person.objects.exclude(home=None))
    assert "org_under" not in str(seen.query)


def test_beside_another_topmost_one_each_sees_their_own(cast: Cast) -> None:
    span = OrganisationSpan.objects.get(organisation=cast.other_district)
    OrganisationSpan.objects.filter(pk=span.pk).update(parent=None)
    viewer = _officer(cast, cast.province)

    assert "org_under" in str(gate.visible(viewer, "member.search", "person").query)


def test_an_officer_further_down_is_asked_by_the_tree(cast: Cast) -> None:
    seen = gate.visible(_officer(cast, cast.other_district), "member.search", "person")

    assert {p.home_id for p in seen} == {cast.other_cell.pk}
    assert "org_under" in str(seen.query)

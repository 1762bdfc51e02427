"""The demonstration's life in the new order of 2025: late entries are taken along, and everything still adds up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from databases import Own, Server
from demonstrated import demonstration
from tochuc.audit.record import NOBODY
from tochuc.members.branches import statements
from tochuc.members.invariants import violations
from tochuc.members.models import MemberEvent, Membership
from tochuc.org.models import Organisation
from tochuc.reorganise import actions
from tochuc.reorganise.models import Reorganisation
from tochuc.reorganise.undoing import ChangedSince

TODAY = date(2025, 9, 30)


@pytest.fixture(scope="module")
def loaded(server: Server, django_db_setup: Own, django_db_blocker: Any) -> Iterator[None]:
    """The demonstration until three months after the second reform."""
    with django_db_blocker.unblock(), demonstration(TODAY, server, django_db_setup):
        yield


@pytest.fixture(autouse=True)
def _on_its_day(loaded: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_the_record_is_whole_and_adds_up_over_both_reforms() -> None:
    assert list(violations()) == []
    own = Organisation.objects.filter(code__regex=r"^(qn|dx|dn)(-|$)")
    for first in (date(2024, 12, 31), date(2025, 6, 15), date(2025, 7, 2)):
        found, _ = statements(own, first, TODAY)
        assert all(one.reconciles for one in found.values())


def test_life_goes_on_in_the_organisations_that_are_there() -> None:
    since = MemberEvent.objects.filter(happened_on__gte=date(2025, 7, 1), corrected_by=None)
    came = since.filter(kind__in=("admitted", "arrived", "transferred"), person__ref__startswith="p")
    assert came.count() > 20
    assert came.filter(organisation__code__startswith="dn-").exists()
    assert not came.filter(organisation__until__lt="9999-12-31").exists()
    assert not Membership.objects.filter(until="9999-12-31", organisation__until__lte=TODAY).exists()


def test_what_was_recorded_since_stands_in_the_way_of_undoing() -> None:
    with pytest.raises(ChangedSince) as refused:
        actions.undo(Reorganisation.objects.get(day=date(2025, 7, 1)), by=NOBODY, today=TODAY)
    assert len(refused.value.entries) > 5
    assert list(violations()) == []

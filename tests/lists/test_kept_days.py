"""The Party days beside the events give every list what the events themselves give, on any day."""

from __future__ import annotations

from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction
from hypothesis import given

from cast import TODAY, Cast
from members.office import DATABASE, Attempt, Office, attempts
from tochuc.lists import party_days
from tochuc.members import joining_days
from tochuc.members.models import MemberEvent, PartyDays, Person
from tochuc.org.invariants import rows_that_break

pytestmark = pytest.mark.django_db
_DAYS = [date(2020, 6, 1), date(2021, 6, 1), date(2022, 3, 1), TODAY]


def _days(of: str, rows: Any, on: date) -> list[Any]:
    shown = rows.annotate(age=party_days.age_from(of, on), came=party_days.admitted_on(of, on))
    return list(shown.order_by("pk").values_list("pk", "age", "came"))


def _by_the_events(of: str, rows: Any, on: date) -> list[Any]:
    with patch.object(party_days, "_kept", lambda _of, _field, _on, asked: asked):
        return _days(of, rows, on)


@given(done=attempts(20))
@DATABASE
def test_lists_have_the_days_that_the_events_give(cast: Cast, done: list[Attempt]) -> None:
    with transaction.atomic():
        office = Office(cast)
        for act in done:
            office.attempt(act)
        for on in _DAYS:
            assert _days("", Person.objects, on) == _by_the_events("", Person.objects, on)
        events = MemberEvent.objects.all()
        assert _days("person__", events, _DAYS[1]) == _by_the_events("person__", events, _DAYS[1])
        assert not list(rows_that_break(joining_days.COUNTED))
        transaction.set_rollback(True)


def test_days_that_are_not_as_the_events_say_are_named_and_mended(cast: Cast) -> None:
    PartyDays.objects.filter(person=cast.people["canary"]).update(age_from="1999-01-01")
    PartyDays.objects.filter(person=cast.people["member_a1"]).delete()
    named = {one.key for one in rows_that_break(joining_days.COUNTED)}
    assert named == {cast.people["canary"].ref, cast.people["member_a1"].ref}
    joining_days.mend(named)
    assert not list(rows_that_break(joining_days.COUNTED))

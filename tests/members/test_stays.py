"""The database itself holds that nobody stands in two places at once."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connections, transaction

from cast import Cast
from tochuc.kernel.days import FOREVER
from tochuc.members.models import Membership

pytestmark = pytest.mark.django_db

_STAY = (date(1960, 1, 2), date(1999, 12, 31))


def _store(cast: Cast, since: date, until: date) -> None:
    Membership.objects.create(
        person=cast.canary, organisation=cast.a1, standing="official", since=since, until=until
    )


@pytest.fixture
def stayed(cast: Cast) -> Cast:
    Membership.objects.filter(person=cast.canary).delete()
    _store(cast, *_STAY)
    return cast


@pytest.mark.parametrize(
    ("since", "until"),
    [
        _STAY,
        (date(1999, 12, 30), FOREVER),
        (date(1950, 1, 1), date(1960, 1, 3)),
        (date(1970, 1, 1), date(1970, 1, 2)),
        (date(1900, 1, 1), FOREVER),
    ],
)
def test_a_stay_that_shares_a_day_with_another_is_refused(stayed: Cast, since: date, until: date) -> None:
    with pytest.raises(IntegrityError, match="membership_stays_apart"), transaction.atomic():
        _store(stayed, since, until)


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (date(1999, 12, 31), FOREVER),
        (date(1, 1, 1), date(1960, 1, 2)),
        (date(1999, 12, 31), date(2000, 1, 1)),
    ],
)
def test_a_stay_that_begins_as_another_ends_is_stored(stayed: Cast, since: date, until: date) -> None:
    _store(stayed, since, until)


def test_the_same_days_of_neighbouring_people_never_meet(stayed: Cast) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT bool_or(box(point(n, 0), point(n, 9)) && box(point(n + 1, 0), point(n + 1, 9)))"
            " FROM unnest(ARRAY[1, 5600000, 900000000, 900000000000]::float8[]) n"
        )
        assert cursor.fetchone() == (False,)

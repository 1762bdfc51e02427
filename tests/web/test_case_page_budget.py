"""How many questions the pages of a case ask of the database, whatever has been recorded in it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cases.walk import Walker
from cast import Cast
from tochuc.cases import actions
from tochuc.cases.declare import Count
from web.browsing import entered, own_folders  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")
# The budget of the design for any page of a commune.
MOST_QUERIES = 15
TODAY = date(2023, 6, 1)


@pytest.fixture
def walker(cast: Cast, settings: Any) -> Walker:
    """An admission on its way, with half its steps taken."""
    settings.TOCHUC_TODAY = TODAY
    cast.today = TODAY
    person = cast.people["sympathiser_a1"]
    case = actions.open_case(
        "admission",
        on=date(2023, 2, 1),
        by=cast.actor(),
        today=TODAY,
        person=person,
        answers={"route": "members"},
    )
    walker, people = Walker(cast, case), cast.people
    walker.take("course", date(2023, 3, 1), issued_on="2023-02-28")
    walker.take("apply", date(2023, 3, 6))
    walker.take("verify", date(2023, 4, 3), "qualified")
    walker.take("introduce", date(2023, 4, 4), introducers=[people["member_a1"].ref, people["other_a1"].ref])
    walker.take("opinions", date(2023, 4, 5))
    return walker


@pytest.mark.parametrize("who", ["cell_a1", "secretary_a", "officer"])
def test_a_case_asks_few_questions_however_far_it_is(
    walker: Walker, who: str, django_assert_max_num_queries: Any
) -> None:
    client = entered(getattr(walker.cast, who))
    path = f"/ho-so/{walker.case.ref}/"
    client.get(path)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(path).status_code == 200
    walker.take("resolve", date(2023, 5, 5), "agreed", count=Count(6, 6, 6), method="secret")
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(path).status_code == 200


def test_what_was_just_recorded_is_on_the_page_that_follows(walker: Walker) -> None:
    """Answers are remembered for one reading only."""
    client = entered(walker.cast.cell_a1)
    path = f"/ho-so/{walker.case.ref}/"
    before = client.get(path).content.decode()
    walker.take("resolve", date(2023, 5, 5), "agreed", count=Count(6, 6, 6), method="secret")
    after = client.get(path).content.decode()
    assert "Tán thành đủ tỷ lệ" not in before
    assert "Tán thành đủ tỷ lệ" in after

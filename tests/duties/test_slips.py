"""Slips count what is due without working it out: they agree with the duties, and limits with ``due_after``."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from access.places import ACTORS
from cast import TODAY, Cast
from org.moving import happened
from tochuc.access import gate
from tochuc.duties import asking
from tochuc.duties.deadlines import after, with_workdays
from tochuc.duties.duty import collect, providers
from tochuc.kernel.errors import NotInForce
from tochuc.rules.ask import history, rule
from tochuc.rules.limits import due_after


@pytest.mark.parametrize(
    "limit", ["probation.length", "probation.recognise_cell_deadline", "transfer.present_deadline"]
)
def test_a_limit_ends_on_the_same_day_in_the_database(db: None, limit: str) -> None:
    chance = random.Random(limit)
    days = [date(2010, 1, 1) + timedelta(days=chance.randrange(17 * 365)) for _ in range(400)]
    edges = [one.since + timedelta(days=n) for one in history(limit) for n in (-1, 0, 1)]
    month_ends = [date(2020, 2, 29), date(2023, 1, 31), date(2023, 8, 31), date(2025, 12, 31)]
    asked = [*days, *edges, *month_ends]
    sql = f"SELECT {after(limit, 'd.day')} FROM unnest(%s::date[]) WITH ORDINALITY AS d(day, n) ORDER BY n"
    head = with_workdays(sql, TODAY)
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {head}nothing AS (SELECT 1) {sql}", [asked])
        answers = [row[0] for row in cursor.fetchall()]
    assert answers == [_due(limit, day) for day in asked]


def _due(limit: str, day: date) -> date | None:
    try:
        return due_after(rule(limit, on=day), day)
    except NotInForce:
        return None


@pytest.mark.parametrize("who", [actor for actor in ACTORS if actor != "anonymous"])
def test_counts_and_pages_agree_with_the_duties_worked_out(cast: Cast, who: str) -> None:
    viewer = cast.viewer(who)
    duties = collect(viewer)
    found = asking.look(viewer, size=500)
    assert found.total == len(duties)
    assert sorted(found.duties(), key=repr) == sorted(duties, key=repr)
    counted = Counter({(one.kind, one.group): one.n for one in found.by_kind})
    assert counted == Counter((one.kind, one.group(viewer.today)) for one in duties)


@pytest.mark.parametrize("who", [actor for actor in ACTORS if actor != "anonymous"])
def test_the_query_of_today_is_put_together_from_what_its_key_holds(
    cast: Cast, who: str, django_assert_num_queries: Any
) -> None:
    reader = cast.viewer(who).reader()
    gate.stands_on(reader)
    with django_assert_num_queries(0):
        several = [one.slips(reader, None) for one in providers() if one.slips is not None]
    assert len(several) > 10


def test_who_reaches_other_units_than_before_is_shown_what_is_due_there(cast: Cast) -> None:
    def shown(name: str) -> set[str]:
        return {one.whom for one in asking.look(cast.viewer(name), size=500).duties()}

    before = {name: shown(name) for name in ("secretary_a", "secretary_b")}
    happened(cast.a1, "moved", date(2022, 6, 1), cast.commune_b)
    for name, was in before.items():
        assert shown(name) == {one.whom for one in collect(cast.viewer(name))} != was

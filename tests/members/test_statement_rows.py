"""Each kind of movement stands in its row of the statement form, in every edition of the form."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cast import Cast, recorded_on
from tochuc.kernel.known_dates import parse_known_date
from tochuc.members import actions
from tochuc.members.actions import Decision
from tochuc.members.ledger import statement
from tochuc.members.models import Person
from tochuc.members.statement_form import DECREASE, INCREASE, SHIFT, rows
from tochuc.rules.tables import movement_reasons

EDITIONS = [date(2012, 5, 17), date(2017, 6, 5), date(2021, 12, 13)]
"""The first days of the editions; ``test_the_editions_are_those_of_the_table`` holds them against it."""
# What happens to a member, after what, and the row in which it counts. Rows come from the table of each edition.
KINDS = [
    ("admitted", "", "admitted", INCREASE),
    ("readmitted", "removed", "readmitted", INCREASE),
    ("arrived", "left_for", "transferred_in", INCREASE),
    ("restored", "expelled", "restored", INCREASE),
    ("died", "opening", "deceased", DECREASE),
    ("expelled", "opening", "expelled", DECREASE),
    ("removed", "opening", "removed", DECREASE),
    ("departed", "opening", "left", DECREASE),
    ("left_for", "opening", "transferred_out", DECREASE),
    ("recognised", "admitted", "recognised", SHIFT),
]


def _append(cast: Cast, person: Person, kind: str, on: date) -> None:
    data = {
        "opening": {"standing": "official"},
        "arrived": {"standing": "official", "origin": "Đảng bộ nơi khác"},
        "left_for": {"destination": "Đảng bộ nơi khác"},
    }.get(kind, {})
    placed = kind in {"opening", "admitted", "readmitted", "arrived", "restored"}
    with recorded_on(on):
        actions.append(
            person,
            kind,
            on=on,
            by=cast.actor(),
            today=on,
            organisation=cast.a1 if placed else None,
            decision=Decision("1-QĐ/HU", on - timedelta(days=1), "Ban Thường vụ"),
            data=data,
        )


def _someone(cast: Cast) -> Person:
    born = parse_known_date("01/02/1980")
    return actions.register(full_name="Trần Thị Thử", gender="female", birth=born, by=cast.actor())


def test_the_editions_are_those_of_the_table():
    cited = [movement_reasons(day)[0].cite.source.number for day in EDITIONS]
    before = [movement_reasons(day - timedelta(days=1))[0].cite.source.number for day in EDITIONS[1:]]
    assert len(set(cited)) == len(EDITIONS)
    assert before == cited[:-1]


@pytest.mark.parametrize("edition", EDITIONS, ids=str)
@pytest.mark.parametrize(("kind", "after", "code", "part"), KINDS, ids=[one[0] for one in KINDS])
def test_a_movement_stands_in_its_row(cast: Cast, edition: date, kind: str, after: str, code: str, part: str):
    person, first = _someone(cast), edition + timedelta(days=30)
    before = first - timedelta(days=10)
    if after and after not in {"opening", "admitted"}:
        _append(cast, person, "opening", before - timedelta(days=10))
    if after:
        _append(cast, person, after, before)
    _append(cast, person, kind, first)
    found = rows(statement(cast.a1, first, first))
    standing = {"admitted": "probationary", "readmitted": "probationary"}.get(kind, "official")
    hit = [(row.code, row.part) for row in found if row.count.total and not row.total]
    if part == SHIFT:
        (shift,) = [row for row in found if row.part == SHIFT]
        assert (shift.code, shift.count.official, shift.count.probationary) == (code, 1, -1)
        return
    assert hit == [(code, part)]
    (row,) = [row for row in found if (row.code, row.part) == (code, part)]
    assert getattr(row.count, standing) == 1
    (said,) = [one for one in movement_reasons(first) if one.code == code]
    assert (row.label, said.side) == (said.label, part)
    sums = {one.code: one.count.total for one in found if one.total}
    assert sums["opening"] + sums[INCREASE] - sums[DECREASE] == sums["closing"]


@pytest.mark.parametrize("edition", EDITIONS, ids=str)
def test_the_rows_come_in_the_order_of_the_edition(cast: Cast, edition: date):
    found = [
        row.code for row in rows(statement(cast.a1, edition, edition)) if row.code not in {INCREASE, DECREASE}
    ]
    assert found == [one.code for one in sorted(movement_reasons(edition), key=lambda one: one.order)]

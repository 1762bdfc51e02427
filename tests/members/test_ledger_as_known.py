"""Behind every figure of a statement as known on a past day stand as many people, and those who stood there then."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from django.db import transaction
from hypothesis import given

from cast import TODAY, Cast
from members.office import DATABASE, Attempt, Office
from members.test_ledger_moving_tree import PERIODS, Move, acts, do
from org.moving import happened
from tochuc.audit.record import NOBODY
from tochuc.members import actions, figures, known, known_lines, ledger
from tochuc.members.figures import Figure
from tochuc.members.kinds import IN_PARTY
from tochuc.members.statement_form import DECREASE, FOOT, HEAD, INCREASE, rows
from tochuc.members.statement_form import SHIFT as CHANGED
from tochuc.org.models import Organisation

_PART = {ledger.IN: INCREASE, ledger.OUT: DECREASE, ledger.SHIFT: CHANGED}


def _listed(branch: Organisation, first: date, last: date, moment: datetime) -> Counter[Figure]:
    """How many people the lists name behind each figure."""
    found = Counter[Figure]()
    for part, code, day in ((HEAD, "opening", first - date.resolution), (FOOT, "closing", last)):
        for one in known.stood(branch, day, IN_PARTY, moment):
            found[Figure(part, code, one.standing)] += 1
    for entry in known_lines.entries(branch, first, last, moment):
        found[Figure(_PART[entry.side], entry.reason, entry.standing)] += 1
    return found


def _stated(branch: Organisation, first: date, last: date, moment: datetime) -> Counter[Figure]:
    """The figures of the statement; of a change of standing those in the column that people come to."""
    found = Counter[Figure]()
    for row in rows(ledger.statement(branch, first, last, known=moment)):
        # The sums are those of the rows below them.
        if row.part in {INCREASE, DECREASE} and row.total:
            continue
        for standing in IN_PARTY:
            found[Figure(row.part, row.code, standing)] = max(0, getattr(row.count, standing))
    return +found


@given(done=acts(14))
@DATABASE
def test_as_many_people_as_the_figure_for_any_organisation_period_and_day_of_knowledge(
    cast: Cast, done: list[Attempt | Move]
) -> None:
    with transaction.atomic():
        office = Office(cast)
        for act in done:
            do(office, act)
        for moment in office.moments[::6]:
            for branch in (cast.a1, cast.commune_a, cast.other_district):
                for first, last in PERIODS[1:]:
                    asked = branch, first, last, moment
                    assert _listed(*asked) == _stated(*asked), asked
        transaction.set_rollback(True)


@given(done=acts(10))
@DATABASE
def test_the_lists_as_known_are_those_that_stood_there_then(cast: Cast, done: list[Attempt | Move]) -> None:
    first, last = PERIODS[-1]
    watched = [cast.a1, cast.commune_a, cast.district]
    with transaction.atomic():
        office, then = Office(cast), []
        for act in done:
            do(office, act)
            then.append([_told(ledger.lines(branch, first, last)) for branch in watched])
        for moment, listed in list(zip(office.moments, then, strict=True))[::3]:
            for branch, lines in zip(watched, listed, strict=True):
                entries = known_lines.entries(branch, first, last, moment)
                assert _told(known_lines.told(entries, moment)) == lines
        transaction.set_rollback(True)


def _told(lines: list[ledger.Line]) -> list[ledger.Line]:
    """Within a day the order of one person's own movements is nobody's promise."""
    return sorted(lines, key=lambda line: (line.on, line.person, line.reason, line.side, line.from_name))


def test_a_place_has_the_name_it_was_known_by(cast: Cast) -> None:
    person, on = cast.people["member_a1"], date(2023, 3, 1)
    office = Office(cast)
    with office.day():
        actions.transfer(person, to=cast.b1, on=on, by=NOBODY, today=TODAY)
    with office.day():
        happened(cast.b1, "renamed", date(2023, 2, 1), name="Chi bộ thôn Tên Mới")
    then, now = (
        known_lines.told(known_lines.entries(cast.commune_a, on, on, moment), moment)
        for moment in office.moments
    )
    assert [line.to_name for line in then] == ["Chi bộ thôn Thượng"]
    assert [line.to_name for line in now] == ["Chi bộ thôn Tên Mới"]


def test_a_correction_recorded_later_is_not_in_the_list_known_before(cast: Cast) -> None:
    person, on = cast.people["member_a1"], date(2023, 3, 1)
    office = Office(cast)
    with office.day():
        wrong = actions.transfer(person, to=cast.b1, on=on, by=NOBODY, today=TODAY)
    with office.day():
        actions.correct(wrong, reason="Ghi sai.", replacement=None, by=NOBODY, today=TODAY)
    then, now = (known_lines.entries(cast.commune_a, on, on, moment) for moment in office.moments)
    assert [(entry.person, entry.reason) for entry in then] == [(person.pk, "transferred_out")]
    assert now == []
    assert figures.people_behind(cast.commune_a, on, on).keys() == {
        Figure(part, code, standing)
        for part, code in ((HEAD, "opening"), (FOOT, "closing"))
        for standing in IN_PARTY
    }

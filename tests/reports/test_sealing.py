"""A sealed report: exactly what was sent, for ever, and what has changed since."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from hypothesis import given

from cast import TODAY, Cast, decided, recorded_on
from members.office import DATABASE, Attempt, Office, attempts
from tochuc.audit.models import Entry
from tochuc.audit.record import NOBODY
from tochuc.kernel.errors import Refused
from tochuc.members import actions, ledger
from tochuc.members.figures import figures_of, people_behind
from tochuc.members.folds import fold
from tochuc.members.ledger import Count
from tochuc.members.models import Person
from tochuc.org.known import units_through_time
from tochuc.reports.models import SealedReport
from tochuc.reports.sealing import digest, intact, seal
from tochuc.reports.since import since, touched

_FAR = datetime(2100, 1, 1, tzinfo=UTC)
YEAR_2022 = (date(2022, 1, 1), date(2022, 12, 31))
PAPER = {"number": "12-BC/ĐU", "signed_on": date(2023, 1, 5), "sent_to": "Ban Tổ chức Huyện ủy"}


def _seal(cast: Cast, organisation=None, period=YEAR_2022, **changed) -> SealedReport:
    said = PAPER | {"by": cast.actor(), "today": TODAY} | changed
    with recorded_on(TODAY):
        return seal(organisation or cast.commune_a, *period, **said)


def _late(cast: Cast, person: str, kind: str, on: date, **more):
    with recorded_on(date(2023, 5, 3)):
        return actions.append(
            cast.people[person], kind, on=on, by=cast.actor(), today=date(2023, 5, 3), **more
        )


def test_the_sealed_figures_are_the_statement_with_the_people_behind_each(cast: Cast) -> None:
    report = _seal(cast)
    statement = ledger.statement(cast.commune_a, *YEAR_2022)
    sealed = {(r["part"], r["code"]): Count(r["official"], r["probationary"]) for r in report.content["rows"]}
    assert sealed["head", "opening"] == statement.opening
    assert sealed["foot", "closing"] == statement.closing
    assert sealed["decrease", "removed"] == statement.decreases["removed"]
    people = report.content["people"]
    assert people["decrease/removed/official"] == [cast.people["removed_a"].pk]
    assert len(people["foot/closing/official"]) == statement.closing.official
    assert intact(report)
    entry = Entry.objects.get(action="report.sealed")
    assert entry.data["digest"] == report.digest


def test_nothing_recorded_since_means_nothing_changed(cast: Cast) -> None:
    found = since(_seal(cast))
    assert not found.differs
    assert not any(row.differs for row in found.rows)


def test_a_death_recorded_late_shows_who_what_and_who_recorded_it(cast: Cast) -> None:
    report = _seal(cast)
    _late(cast, "other_a1", "died", date(2022, 11, 30))
    found = since(report)

    changed = {(row.part, row.code): row.difference for row in found.rows if row.differs}
    assert changed == {("decrease", "decrease"): 1, ("decrease", "deceased"): 1, ("foot", "closing"): -1}
    (one,) = found.people
    assert one.person == cast.people["other_a1"]
    assert one.then == (("Đảng viên có cuối kỳ", "official"),)
    assert one.now == (("Từ trần", "official"),)
    (event,) = one.events
    assert (event.kind, event.recorded_by) == ("died", cast.officer)


def test_a_correction_is_shown_with_its_reason(cast: Cast) -> None:
    report = _seal(cast)
    wrong = cast.people["removed_a"].events.get(kind="removed")
    with recorded_on(date(2023, 5, 3)):
        actions.correct(wrong, by=cast.actor(), today=TODAY, reason="Nhầm người trùng tên.", replacement=None)
    (one,) = since(report).people
    assert one.events[0].reason == "Nhầm người trùng tên."
    assert one.events[0].corrects == wrong
    assert {code for code, _ in one.then} == {"Xóa tên"}
    assert {code for code, _ in one.now} == {"Đảng viên có cuối kỳ"}


def test_a_swap_of_two_people_is_seen_though_no_figure_changes(cast: Cast) -> None:
    report = _seal(cast)
    _late(cast, "other_a1", "died", date(2022, 11, 30))
    wrong = cast.people["died_a"].events.get(kind="died")
    with recorded_on(date(2023, 5, 4)):
        actions.correct(wrong, by=NOBODY, today=TODAY, reason="Nhầm người.", replacement=None)
    found = since(report)
    assert not any(row.differs for row in found.rows)
    assert {one.person for one in found.people} == {cast.people["other_a1"], cast.people["died_a"]}
    assert found.differs


def test_what_happened_after_the_period_changes_nothing_of_it(cast: Cast) -> None:
    report = _seal(cast)
    _late(cast, "other_a1", "died", date(2023, 2, 1))
    assert not since(report).differs


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"number": "  "}, "no_number", "number"),
        ({"sent_to": ""}, "no_addressee", "sent_to"),
        ({"signed_on": date(2022, 12, 30)}, "signed_on", "signed_on"),
        ({"signed_on": date(2023, 5, 1)}, "signed_on", "signed_on"),
        ({"period": (date(2023, 1, 1), date(2023, 12, 31))}, "period_open", "last"),
        ({"period": (date(2022, 2, 1), date(2022, 1, 1))}, "period", "first"),
    ],
)
def test_what_can_not_be_sealed_is_refused_at_its_field(cast: Cast, changed, code: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        _seal(cast, **changed)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not SealedReport.objects.exists()


def test_a_number_is_used_once_by_one_organisation(cast: Cast) -> None:
    _seal(cast)
    with pytest.raises(Refused) as refused:
        _seal(cast)
    assert (refused.value.code, refused.value.field) == ("number_used", "number")
    _seal(cast, cast.commune_b)
    assert SealedReport.objects.count() == 2


@pytest.mark.parametrize(
    "verb", ["UPDATE reports_sealedreport SET number = 'x'", "DELETE FROM reports_sealedreport"]
)
def test_the_application_can_not_change_a_sealed_report(cast: Cast, verb: str) -> None:
    report = _seal(cast)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(verb)
    report.content["rows"][0]["official"] += 1
    assert not intact(report)


def test_only_reports_whose_figures_change_are_touched(cast: Cast) -> None:
    commune, cell = _seal(cast), _seal(cast, cast.a1)
    district, other = _seal(cast, cast.district), _seal(cast, cast.commune_b)
    early = _seal(cast, period=(date(2021, 1, 1), date(2021, 12, 31)), number="11-BC/ĐU")
    person = cast.people["other_a1"]
    before = fold(person.events.all())
    _late(cast, "other_a1", "died", date(2022, 11, 30))
    after = fold(person.events.all())
    assert set(touched(before, after)) == {commune, cell, district}
    assert not {other, early} & set(touched(before, after))
    assert touched(before, before) == []


def test_a_transfer_within_the_commune_touches_the_cells_reports_only(cast: Cast) -> None:
    commune, cell = _seal(cast), _seal(cast, cast.a1)
    person = cast.people["other_a1"]
    before = fold(person.events.all())
    _late(cast, "other_a1", "transferred", date(2022, 11, 30), organisation=cast.a2, decision=decided(TODAY))
    assert touched(before, fold(person.events.all())) == [cell]
    assert commune not in touched(before, fold(person.events.all()))


@given(tried=attempts(14))
@DATABASE
def test_a_sealed_report_never_changes_whatever_is_recorded_later(cast: Cast, tried: list[Attempt]) -> None:
    period = (date(2021, 1, 1), date(2022, 6, 30))
    with transaction.atomic():
        office, half = Office(cast), len(tried) // 2
        for attempt in tried[:half]:
            office.attempt(attempt)
        places = [cast.a1, cast.commune_a, cast.province]
        sent = [_seal(cast, place, period=period) for place in places]
        for attempt in tried[half:]:
            office.attempt(attempt)
        for report, place in zip(sent, places, strict=True):
            kept = SealedReport.objects.get(pk=report.pk)
            assert kept.content == report.content
            assert digest(kept) == report.digest
            found, now = since(kept), ledger.statement(place, *period)
            opening = next(row for row in found.rows if row.part == "head")
            closing = next(row for row in found.rows if row.part == "foot")
            assert (opening.now, closing.now) == (now.opening, now.closing)
            assert found.differs == (kept.content["people"] != _people_now(place, period))
            assert all(one.events for one in found.people)
            by_fold = _by_fold(place, period)
            assert by_fold == {f: len(ids) for f, ids in people_behind(place, *period).items()}
        transaction.set_rollback(True)


def _people_now(place, period) -> dict[str, list[int]]:
    return {"/".join(f): sorted(ids) for f, ids in people_behind(place, *period).items()}


def _by_fold(place, period):
    """The same figures, each person folded by itself."""
    units = units_through_time(place, _FAR)
    found: dict = {}
    for person in Person.objects.prefetch_related("events"):
        for figure, n in figures_of(fold(person.events.all()), units, *period).items():
            found[figure] = found.get(figure, 0) + n
    return found

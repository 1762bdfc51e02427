"""Conditions: what holds of a member for a time without changing where they stand."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from cast import TODAY, Cast, decided
from members.happenings import Happened, folded, it
from tochuc.audit.record import NOBODY
from tochuc.kernel.errors import Refused
from tochuc.members import actions, ledger
from tochuc.members.conditions import BEGUN_BY, CONDITIONS
from tochuc.members.folds import Contradiction
from tochuc.members.kinds import EVENT_KINDS
from tochuc.members.models import Condition, MemberEvent

A, B, C = 1, 2, 3
OFFICIAL = it("opening", "1/1/2020", A, standing="official")


def _days(*events: Happened) -> list[tuple[str, date, date]]:
    return [(c.kind, c.since, c.until) for c in folded(OFFICIAL, *events).conditions]


def test_a_later_discipline_takes_the_place_of_the_one_in_force() -> None:
    first, second = it("disciplined", "1/3/2021"), it("disciplined", "1/9/2021")
    assert _days(first, second) == [
        ("disciplined", date(2021, 3, 1), date(2021, 9, 1)),
        ("disciplined", date(2021, 9, 1), date.max),
    ]


@pytest.mark.parametrize("kind", CONDITIONS.values(), ids=lambda k: k.code)
def test_each_condition_is_begun_and_ended_by_its_own_kinds(kind) -> None:
    begun, ended = it(kind.begun_by, "1/3/2021"), it(kind.ended_by, "1/9/2021")
    assert _days(begun) == [(kind.code, date(2021, 3, 1), date.max)]
    assert _days(begun, ended) == [(kind.code, date(2021, 3, 1), date(2021, 9, 1))]
    impossible = [([ended], "not"), ([begun, ended, ended], "not")]
    if not kind.renewed:
        impossible.append(([begun, begun], "already"))
    for events, code in impossible:
        with pytest.raises(Contradiction) as refused:
            _days(*events)
        assert refused.value.code == f"{code}_{kind.code}"


@pytest.mark.parametrize("kind", CONDITIONS.values(), ids=lambda k: k.code)
@pytest.mark.parametrize("way_out", ["died", "expelled", "removed", "departed", "left_for"])
def test_whoever_leaves_leaves_every_condition_behind(kind, way_out: str) -> None:
    assert _days(it(kind.begun_by, "1/3/2021"), it(way_out, "1/5/2021")) == [
        (kind.code, date(2021, 3, 1), date(2021, 5, 1))
    ]


@pytest.mark.parametrize("kind", CONDITIONS.values(), ids=lambda k: k.code)
def test_a_transfer_ends_what_it_settles_and_nothing_else(kind) -> None:
    [(_, _, until)] = _days(it(kind.begun_by, "1/3/2021"), it("transferred", "1/5/2021", B))
    settled = kind.code in {"temporary", "in_transfer"}
    assert until == (date(2021, 5, 1) if settled else date.max)


@pytest.mark.parametrize("kind", [k for k in BEGUN_BY if EVENT_KINDS[k].elsewhere])
def test_nobody_is_on_the_way_to_where_they_are(kind: str) -> None:
    with pytest.raises(Contradiction) as refused:
        _days(it(kind, "1/3/2021", A))
    assert (refused.value.code, refused.value.field) == ("same_place", "organisation")
    moved = it("reorganised", "1/5/2021", B, **{"from": A, "reorganisation": "x"})
    assert _days(it(kind, "1/3/2021", B), moved)[0][2] == date(2021, 5, 1)
    assert _days(it(kind, "1/3/2021", C), moved)[0][2] == date.max


def test_a_prolongation_moves_the_planned_end_only() -> None:
    life = folded(
        OFFICIAL,
        it("suspended", "1/3/2021", until_on="2021-06-01"),
        it("suspension_extended", "1/6/2021", until_on="2021-09-01"),
    )
    [span] = life.conditions
    assert (span.since, span.until, span.planned) == (date(2021, 3, 1), date.max, date(2021, 9, 1))
    assert span.event == 2


# --- in the database --------------------------------------------------------------------------------------


def _append(cast: Cast, kind: str, on: date = date(2023, 4, 1), **more) -> MemberEvent:
    said = {"decision": decided(on)} | more
    return actions.append(cast.people["other_a1"], kind, on=on, by=NOBODY, today=TODAY, **said)


def test_one_whose_papers_are_out_is_counted_where_they_were_until_accepted(cast: Cast) -> None:
    day = date(2023, 4, 1)
    before = [ledger.headcount(o, TODAY) for o in (cast.a1, cast.b1, cast.district)]
    _append(cast, "papers_out", day, organisation=cast.commune_b)
    assert [ledger.headcount(o, TODAY) for o in (cast.a1, cast.b1, cast.district)] == before
    open_one = Condition.objects.get(kind="in_transfer")
    assert (open_one.organisation, open_one.until) == (cast.commune_b, date.max)

    _append(cast, "transferred", date(2023, 4, 10), organisation=cast.b1)
    came = ledger.headcount(cast.b1, TODAY) - before[1]
    went = before[0] - ledger.headcount(cast.a1, TODAY)
    assert came == went == ledger.Count(official=1)
    assert ledger.headcount(cast.district, TODAY) == before[2]
    assert Condition.objects.get(kind="in_transfer").until == date(2023, 4, 10)


def test_suspension_and_stays_elsewhere_change_no_figure(cast: Cast) -> None:
    asked = (cast.commune_a, date(2023, 1, 1), TODAY)
    before = ledger.statement(*asked)
    _append(cast, "suspended", data={"until_on": "2023-07-01"})
    _append(cast, "went_abroad", data={"destination": "Nhật Bản"})
    _append(cast, "sent_temporarily", organisation=cast.b1, data={"until_on": "2023-09-01"})
    assert ledger.statement(*asked) == before


@pytest.mark.parametrize(
    ("kind", "more", "code", "field"),
    [
        ("papers_out", {}, "no_destination", "destination"),
        ("sent_temporarily", {"data": {"until_on": "2023-09-01"}}, "no_destination", "destination"),
        ("went_abroad", {}, "no_destination", "destination"),
        ("suspended", {"decision": actions.NO_DECISION}, "no_decision", "decision_number"),
        ("suspended", {"data": {"until_on": "2023-04-01"}}, "end_before_start", "until_on"),
        ("suspension_extended", {}, "no_end", "until_on"),
        ("suspension_extended", {"data": {"until_on": "2023-09-01"}}, "not_suspended", "on"),
    ],
)
def test_what_is_missing_is_refused_at_its_field(cast: Cast, kind: str, more, code: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        _append(cast, kind, **more)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not cast.people["other_a1"].events.filter(kind=kind).exists()


def test_papers_may_go_to_a_committee_but_not_to_a_board_and_a_host_is_a_cell(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        _append(cast, "papers_out", organisation=cast.organisation_board)
    assert refused.value.code == "not_a_receiver"
    with pytest.raises(Refused) as refused:
        _append(cast, "sent_temporarily", organisation=cast.commune_b, data={"until_on": "2023-09-01"})
    assert refused.value.code == "not_a_cell"


def test_the_database_itself_refuses_the_same_condition_twice_at_once(cast: Cast) -> None:
    begun = _append(cast, "suspended", data={"until_on": "2023-07-01"})
    twice = {"person": begun.person, "event": begun, "since": date(2023, 4, 5)}
    with pytest.raises(IntegrityError, match="condition_suspended_never_twice"), transaction.atomic():
        Condition.objects.create(kind="suspended", **twice)
    Condition.objects.create(kind="abroad", **twice)


def test_an_annulled_admission_leaves_no_party_age_and_lets_one_be_admitted_properly(cast: Cast) -> None:
    person = cast.people["probation_a1"]
    said = {"by": NOBODY, "today": TODAY, "decision": decided(date(2023, 2, 1))}
    actions.append(person, "admission_annulled", on=date(2023, 2, 1), **said)
    person.refresh_from_db()
    assert person.standing == "outside"
    found = ledger.statement(cast.a1, date(2023, 1, 1), TODAY)
    assert found.decreases["annulled"] == ledger.Count(probationary=1)
    actions.append(person, "admitted", on=date(2023, 3, 1), organisation=cast.a1, **said)
    assert found.reconciles


def test_an_annulled_recognition_moves_one_back_to_the_other_column(cast: Cast) -> None:
    said = {"by": NOBODY, "today": TODAY, "decision": decided(date(2023, 2, 1))}
    actions.append(cast.people["recognised_a3"], "recognition_annulled", on=date(2023, 2, 1), **said)
    found = ledger.statement(cast.a3, date(2023, 1, 1), TODAY)
    assert found.shifts["unrecognised"] == ledger.Count(official=-1, probationary=1)
    assert found.reconciles

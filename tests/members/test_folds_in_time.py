"""Several events on one day, events recorded late, corrections, and what was known when."""

from datetime import UTC, date, datetime

import pytest

from members.happenings import OUT, Happened, folded, it, spans, tell
from tochuc.members.folds import Contradiction, Place, fold, known_at

A, B, C = 1, 2, 3
SECRETARY = 7
OFFICIAL = it("opening", "1/1/2020", A, standing="official")


# --- several events on one day ----------------------------------------------------------------------------


def test_events_of_one_day_happen_in_the_order_in_which_they_were_recorded() -> None:
    day = "1/3/2021"
    life = folded(OFFICIAL, it("transferred", day, B), it("transferred", day, C))
    assert life.last == Place(C, "official")
    assert spans(life.places) == [
        (A, "official", "01/01/2020", "01/03/2021"),
        (C, "official", "01/03/2021", "-"),
    ]


def test_a_cell_one_only_passed_through_on_a_day_is_left_on_that_day() -> None:
    life = folded(OFFICIAL, it("transferred", "1/3/2021", B), it("transferred", "1/3/2021", C))
    assert [(s.from_on, s.on) for s in life.steps[1:]] == [
        (date(2021, 2, 28), date(2021, 3, 1)),
        (date(2021, 3, 1), date(2021, 3, 1)),
    ]


def test_there_and_back_on_one_day_leaves_no_gap() -> None:
    life = folded(OFFICIAL, it("transferred", "1/3/2021", B), it("transferred", "1/3/2021", A))
    assert life.at(date(2021, 2, 28)) == life.at(date(2021, 3, 1)) == Place(A, "official")
    assert len(life.steps) == 3


def test_one_admitted_and_dead_on_one_day_never_stood_anywhere() -> None:
    life = folded(it("admitted", "1/3/2021", A), it("died", "1/3/2021"))
    assert (life.places, life.last) == ([], OUT)
    assert [s.reason for s in life.steps] == ["admitted", "deceased"]


def test_a_post_and_an_exemption_of_no_day_leave_no_span() -> None:
    life = folded(
        OFFICIAL,
        it("took_post", "1/3/2021", post=SECRETARY),
        it("exempted", "1/3/2021"),
        it("died", "1/3/2021"),
    )
    assert (life.held, life.conditions) == ([], [])


# --- recorded late ----------------------------------------------------------------------------------------


def test_what_is_recorded_late_stands_where_it_happened() -> None:
    in_order = folded(
        it("admitted", "3/2/2019", A), it("recognised", "3/2/2020"), it("transferred", "1/6/2021", B)
    )
    late = folded(
        it("admitted", "3/2/2019", A), it("transferred", "1/6/2021", B), it("recognised", "3/2/2020")
    )
    assert late.places == in_order.places
    assert [(s.on, s.frm, s.to) for s in late.steps] == [(s.on, s.frm, s.to) for s in in_order.steps]


def test_what_is_recorded_late_may_make_a_later_event_impossible() -> None:
    with pytest.raises(Contradiction) as refused:
        folded(it("admitted", "3/2/2019", A), it("recognised", "3/2/2020"), it("died", "1/1/2020"))
    assert refused.value.happening.kind == "recognised"


# --- corrections --------------------------------------------------------------------------------------------


def test_a_voided_event_never_happened() -> None:
    life = folded(it("admitted", "3/2/2019", A), it("died", "9/9/2022"), it("void", "9/9/2022", corrects=2))
    assert life.last == Place(A, "probationary")
    assert [s.event for s in life.steps] == [1]


def test_a_replaced_event_happened_as_the_correction_says() -> None:
    life = folded(
        it("admitted", "3/2/2019", A),
        it("transferred", "1/6/2021", B),
        it("transferred", "1/7/2021", C, corrects=2),
    )
    assert spans(life.places) == [
        (A, "probationary", "03/02/2019", "01/07/2021"),
        (C, "probationary", "01/07/2021", "-"),
    ]
    assert [s.event for s in life.steps] == [1, 3]


def test_a_correction_can_be_corrected_in_turn() -> None:
    twice = (
        it("admitted", "3/2/2019", A),
        it("transferred", "1/6/2021", B),
        it("transferred", "1/7/2021", C, corrects=2),
        it("transferred", "1/8/2021", B, corrects=3),
    )
    assert spans(folded(*twice).places)[1:] == [(B, "probationary", "01/08/2021", "-")]
    assert folded(*twice, it("void", "1/8/2021", corrects=4)).last == Place(A, "probationary")


def test_a_correction_takes_the_place_of_the_wrong_event_among_those_of_its_day() -> None:
    day = "1/3/2021"
    life = folded(
        it("sympathiser_listed", day, A),
        it("admitted", day, A),
        it("sympathiser_listed", day, A, corrects=1, note="x"),
    )
    assert life.last == Place(A, "probationary")
    through = folded(
        OFFICIAL,
        it("transferred", day, B),
        it("transferred", day, C),
        it("transferred", day, B, corrects=2),
        it("transferred", day, 4, corrects=4),
    )
    assert through.last == Place(C, "official")


def test_a_correction_may_not_make_a_later_event_impossible() -> None:
    with pytest.raises(Contradiction) as refused:
        folded(
            it("admitted", "3/2/2019", A),
            it("recognised", "3/2/2020"),
            it("void", "3/2/2019", corrects=1),
        )
    assert refused.value.happening.kind == "recognised"


def _at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


def test_a_correction_recorded_later_is_not_known_earlier() -> None:
    events = [
        Happened("admitted", date(2019, 2, 3), A, id=1, recorded_at=_at(2019, 2, 4)),
        Happened("died", date(2022, 9, 9), id=2, recorded_at=_at(2022, 9, 10)),
        Happened("void", date(2022, 9, 9), corrects_id=2, id=3, recorded_at=_at(2022, 10, 1)),
    ]
    assert fold(known_at(events, _at(2022, 9, 9))).last == Place(A, "probationary")
    assert fold(known_at(events, _at(2022, 9, 30))).last == OUT
    assert fold(known_at(events, _at(2022, 10, 1))).last == Place(A, "probationary")


def test_folding_reads_any_iterable_once() -> None:
    told = tell(OFFICIAL, it("transferred", "1/3/2021", B))
    assert fold(event for event in told) == fold(told)

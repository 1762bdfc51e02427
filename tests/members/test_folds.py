"""What each kind of event does to where a person stands, and what can't have happened."""

from datetime import date

import pytest

from members.happenings import OUT, Happened, folded, it, spans
from tochuc.members.conditions import BEGUN_BY, ENDED_BY, PROLONGED_BY
from tochuc.members.folds import Contradiction, Place
from tochuc.members.kinds import EVENT_KINDS

A, B, C = 1, 2, 3
SECRETARY = 7

# Ways to stand somewhere before the event under test.
BEFORE = {
    "outside": [],
    "sympathiser": [it("sympathiser_listed", "1/1/2020", A)],
    "probationary": [it("opening", "1/1/2020", A, standing="probationary")],
    "official": [it("opening", "1/1/2020", A, standing="official")],
}
# kind: the event, and the place it leads to from each standing; a standing not named is refused.
LEADS_TO = {
    "opening": (it("opening", "1/3/2021", B, standing="official"), {"outside": Place(B, "official")}),
    "sympathiser_listed": (it("sympathiser_listed", "1/3/2021", B), {"outside": Place(B, "sympathiser")}),
    "sympathiser_closed": (it("sympathiser_closed", "1/3/2021"), {"sympathiser": OUT}),
    "admitted": (
        it("admitted", "1/3/2021", A),
        {"outside": Place(A, "probationary"), "sympathiser": Place(A, "probationary")},
    ),
    "readmitted": (
        it("readmitted", "1/3/2021", A),
        {"outside": Place(A, "probationary"), "sympathiser": Place(A, "probationary")},
    ),
    "recognised": (it("recognised", "1/3/2021"), {"probationary": Place(A, "official")}),
    "transferred": (
        it("transferred", "1/3/2021", B),
        {
            "sympathiser": Place(B, "sympathiser"),
            "probationary": Place(B, "probationary"),
            "official": Place(B, "official"),
        },
    ),
    "arrived": (it("arrived", "1/3/2021", B, standing="probationary"), {"outside": Place(B, "probationary")}),
    "left_for": (it("left_for", "1/3/2021"), {"probationary": OUT, "official": OUT}),
    "died": (it("died", "1/3/2021"), {"sympathiser": OUT, "probationary": OUT, "official": OUT}),
    "expelled": (it("expelled", "1/3/2021"), {"probationary": OUT, "official": OUT}),
    "removed": (it("removed", "1/3/2021"), {"probationary": OUT, "official": OUT}),
    "departed": (it("departed", "1/3/2021"), {"probationary": OUT, "official": OUT}),
    "took_post": (
        it("took_post", "1/3/2021", post=SECRETARY),
        {"probationary": Place(A, "probationary"), "official": Place(A, "official")},
    ),
}
for kind in BEGUN_BY:
    stays = {standing: Place(A, standing) for standing in ("probationary", "official")}
    if kind == "papers_out":
        stays["sympathiser"] = Place(A, "sympathiser")
    LEADS_TO[kind] = (it(kind, "1/3/2021"), stays)
# What is given to a member or taken in again changes nothing of where one stands, in the Party or no more.
for kind in (code for code, told in EVENT_KINDS.items() if told.noted):
    stays = {standing: Place(A, standing) for standing in EVENT_KINDS[kind].frm - {"outside"}}
    LEADS_TO[kind] = (it(kind, "1/3/2021"), stays | dict.fromkeys(EVENT_KINDS[kind].frm & {"outside"}, OUT))
LEADS_TO["admission_annulled"] = (
    it("admission_annulled", "1/3/2021"),
    {"probationary": OUT, "official": OUT},
)
LEADS_TO["recognition_annulled"] = (
    it("recognition_annulled", "1/3/2021"),
    {"official": Place(A, "probationary")},
)
# These need more than a standing before them; each has a test of its own below.
NEED_MORE = {"restored", "reconnected", "left_post", "void", "reorganised", *ENDED_BY, *PROLONGED_BY}


def test_every_kind_of_event_is_tested_here() -> None:
    assert set(LEADS_TO) | NEED_MORE == set(EVENT_KINDS)


@pytest.mark.parametrize("standing", BEFORE)
@pytest.mark.parametrize("kind", LEADS_TO)
def test_a_kind_leads_from_the_standings_it_may_and_no_other(kind: str, standing: str) -> None:
    event, places = LEADS_TO[kind]
    before = BEFORE[standing]
    if standing in places:
        found = folded(*before, event)
        assert found.last == places[standing]
        assert found.at(date(2021, 3, 1)) == places[standing]
        return
    with pytest.raises(Contradiction) as refused:
        folded(*before, event)
    assert (refused.value.code, refused.value.field) == ("standing", "on")
    assert EVENT_KINDS[kind].label in refused.value.message
    assert refused.value.happening.kind == kind


def test_no_events_are_outside() -> None:
    assert (folded().last, folded().home, folded().at(date(2020, 1, 1))) == (OUT, None, OUT)


# --- the ordinary life of a member ------------------------------------------------------------------------


def test_from_sympathiser_to_official_to_another_cell_to_the_end() -> None:
    life = folded(
        it("sympathiser_listed", "5/1/2018", A),
        it("admitted", "3/2/2019", A),
        it("recognised", "3/2/2020"),
        it("transferred", "1/6/2021", B),
        it("died", "9/9/2022"),
    )
    assert spans(life.places) == [
        (A, "sympathiser", "05/01/2018", "03/02/2019"),
        (A, "probationary", "03/02/2019", "03/02/2020"),
        (A, "official", "03/02/2020", "01/06/2021"),
        (B, "official", "01/06/2021", "09/09/2022"),
    ]
    assert [(s.reason, s.frm.organisation, s.to.organisation) for s in life.steps] == [
        ("", None, A),
        ("admitted", A, A),
        ("recognised", A, A),
        ("transferred", A, B),
        ("deceased", B, None),
    ]
    assert (life.last, life.home) == (OUT, B)


def test_the_day_of_an_event_belongs_to_what_begins() -> None:
    life = folded(it("admitted", "3/2/2019", A), it("transferred", "1/6/2021", B))
    assert life.at(date(2019, 2, 2)) == OUT
    assert life.at(date(2019, 2, 3)) == Place(A, "probationary")
    assert life.at(date(2021, 5, 31)) == Place(A, "probationary")
    assert life.at(date(2021, 6, 1)) == Place(B, "probationary")


@pytest.mark.parametrize("way_out", ["expelled", "removed", "departed", "died", "left_for"])
def test_home_stays_the_last_cell_after_leaving(way_out: str) -> None:
    life = folded(*BEFORE["official"], it("transferred", "1/3/2021", B), it(way_out, "1/4/2021"))
    assert (life.last, life.home) == (OUT, B)


def test_one_who_left_may_arrive_again() -> None:
    life = folded(
        *BEFORE["official"], it("left_for", "1/4/2021"), it("arrived", "1/4/2022", B, standing="official")
    )
    assert spans(life.places)[1:] == [(B, "official", "01/04/2022", "-")]
    assert life.at(date(2021, 12, 31)) == OUT


@pytest.mark.parametrize("kind", ["opening", "arrived"])
@pytest.mark.parametrize(
    "data", [{}, {"standing": "sympathiser"}, {"standing": "outside"}, {"standing": "x"}]
)
def test_one_comes_in_from_elsewhere_as_probationary_or_official_only(
    kind: str, data: dict[str, str]
) -> None:
    with pytest.raises(Contradiction) as refused:
        folded(it(kind, "1/1/2020", A, **data))
    assert (refused.value.code, refused.value.field) == ("no_standing", "standing")


@pytest.mark.parametrize("kind", [k.code for k in EVENT_KINDS.values() if k.place])
def test_coming_somewhere_needs_a_cell(kind: str) -> None:
    before = BEFORE["official"] if kind in {"transferred", "reorganised"} else []
    with pytest.raises(Contradiction) as refused:
        folded(*before, it(kind, "1/3/2021", standing="official"))
    assert (refused.value.code, refused.value.field) == ("no_organisation", "organisation")


def test_a_transfer_to_where_one_already_is_is_refused() -> None:
    with pytest.raises(Contradiction) as refused:
        folded(*BEFORE["official"], it("transferred", "1/3/2021", A))
    assert (refused.value.code, refused.value.field) == ("same_place", "organisation")


def test_a_sympathiser_of_another_cell_is_transferred_before_being_admitted() -> None:
    with pytest.raises(Contradiction) as refused:
        folded(*BEFORE["sympathiser"], it("admitted", "1/3/2021", B))
    assert (refused.value.code, refused.value.field) == ("other_cell", "organisation")
    after = folded(*BEFORE["sympathiser"], it("transferred", "1/2/2021", B), it("admitted", "1/3/2021", B))
    assert after.last == Place(B, "probationary")


@pytest.mark.parametrize("standing", ["probationary", "official"])
@pytest.mark.parametrize("way_out", ["expelled", "removed", "departed"])
def test_one_restored_stands_as_before_leaving(way_out: str, standing: str) -> None:
    life = folded(*BEFORE[standing], it(way_out, "1/4/2021"), it("restored", "1/4/2022", B))
    assert life.last == Place(B, standing)
    assert life.steps[-1].reason == "restored"


def test_one_who_never_was_a_member_is_not_restored() -> None:
    with pytest.raises(Contradiction) as refused:
        folded(it("restored", "1/4/2022", B))
    assert refused.value.code == "never_member"
    with pytest.raises(Contradiction) as refused:
        folded(*BEFORE["sympathiser"], it("sympathiser_closed", "1/2/2021"), it("restored", "1/4/2022", B))
    assert refused.value.code == "never_member"


def test_a_member_is_not_restored() -> None:
    with pytest.raises(Contradiction) as refused:
        folded(*BEFORE["official"], it("restored", "1/4/2022", B))
    assert refused.value.code == "standing"


# --- exemption and posts ------------------------------------------------------------------------------------


def _conditions(*events: Happened) -> list[tuple[date, date]]:
    return [(c.since, c.until) for c in folded(*BEFORE["official"], *events).conditions]


def test_an_exemption_lasts_until_it_is_ended() -> None:
    assert _conditions(it("exempted", "1/3/2021")) == [(date(2021, 3, 1), date.max)]
    assert _conditions(it("exempted", "1/3/2021"), it("exemption_ended", "1/9/2021")) == [
        (date(2021, 3, 1), date(2021, 9, 1))
    ]


def test_an_exemption_goes_along_with_a_transfer_and_ends_on_leaving() -> None:
    moved = (it("exempted", "1/3/2021"), it("transferred", "1/4/2021", B))
    assert _conditions(*moved) == [(date(2021, 3, 1), date.max)]
    assert _conditions(*moved, it("died", "1/5/2021")) == [(date(2021, 3, 1), date(2021, 5, 1))]


def test_one_exempt_already_is_not_exempted_again() -> None:
    with pytest.raises(Contradiction) as refused:
        _conditions(it("exempted", "1/3/2021"), it("exempted", "1/4/2021"))
    assert (refused.value.code, refused.value.field) == ("already_exempt", "on")


def test_an_exemption_that_does_not_hold_cannot_end() -> None:
    with pytest.raises(Contradiction) as refused:
        _conditions(it("exemption_ended", "1/4/2021"))
    assert (refused.value.code, refused.value.field) == ("not_exempt", "on")


def _held(*events: Happened) -> list[tuple[int, date, date]]:
    return [(h.post, h.since, h.until) for h in folded(*BEFORE["official"], *events).held]


def test_a_post_is_held_from_taking_to_leaving_it() -> None:
    took = it("took_post", "1/3/2021", post=SECRETARY)
    assert _held(took) == [(SECRETARY, date(2021, 3, 1), date.max)]
    assert _held(took, it("left_post", "1/9/2021", post=SECRETARY)) == [
        (SECRETARY, date(2021, 3, 1), date(2021, 9, 1))
    ]


def test_posts_are_held_side_by_side_and_through_a_transfer() -> None:
    took = [it("took_post", "1/3/2021", post=SECRETARY), it("took_post", "1/4/2021", post=8)]
    assert _held(*took, it("transferred", "1/5/2021", B), it("left_post", "1/6/2021", post=SECRETARY)) == [
        (SECRETARY, date(2021, 3, 1), date(2021, 6, 1)),
        (8, date(2021, 4, 1), date.max),
    ]


@pytest.mark.parametrize("way_out", ["expelled", "removed", "departed", "died", "left_for"])
def test_leaving_the_party_or_our_records_ends_posts(way_out: str) -> None:
    took = it("took_post", "1/3/2021", post=SECRETARY)
    assert _held(took, it(way_out, "1/9/2021")) == [(SECRETARY, date(2021, 3, 1), date(2021, 9, 1))]


@pytest.mark.parametrize("standing", ["official", "outside"])
def test_a_post_not_held_cannot_be_left(standing: str) -> None:
    with pytest.raises(Contradiction) as refused:
        folded(*BEFORE[standing], it("left_post", "1/3/2021", post=SECRETARY))
    assert (refused.value.code, refused.value.field) == ("post_not_held", "post")


def test_a_post_held_already_is_not_taken_again() -> None:
    with pytest.raises(Contradiction) as refused:
        _held(it("took_post", "1/3/2021", post=SECRETARY), it("took_post", "1/4/2021", post=SECRETARY))
    assert (refused.value.code, refused.value.field) == ("post_already_held", "post")


@pytest.mark.parametrize("kind", ["took_post", "left_post"])
def test_taking_or_leaving_a_post_names_it(kind: str) -> None:
    with pytest.raises(Contradiction) as refused:
        folded(*BEFORE["official"], it(kind, "1/3/2021"))
    assert (refused.value.code, refused.value.field) == ("no_post", "post")

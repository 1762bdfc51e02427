"""What organisations make due: the Charter's least numbers, committees to elect, terms, empty posts; each with its why."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from cast import TODAY, Cast
from tochuc.duties import from_organisations as due
from tochuc.duties.duty import WAITING, Duty, collect
from tochuc.kernel.errors import Refused
from tochuc.members.strength import EmptyPost, Strength, strengths
from tochuc.org.congresses import congresses, hold_congress, take_back
from tochuc.org.models import Organisation, Post


def body(kind: str = "cell", **more: object) -> Strength:
    return Strength("xa-a-thon-dong", "Chi bộ thôn Đông", kind, "Đảng bộ xã An Hòa", **more)  # type: ignore[arg-type]


def only(duties: object) -> Duty:
    (duty,) = duties  # type: ignore[misc]
    return duty


# --- Điều lệ, Điều 21 and 24: sizes -----------------------------------------------------------------------


def test_a_cell_with_less_than_three_official_members_is_for_the_committee_above() -> None:
    duty = only(due.sizes(body(official=2, members=9), TODAY))
    assert "chưa đủ số tối thiểu" in duty.what
    assert "Điều 21" in duty.why.source
    assert duty.why.confirmed
    assert ("Đảng viên chính thức", "2") in duty.why.facts
    assert list(due.sizes(body(official=3, members=3), TODAY)) == []


def test_from_thirty_members_a_grassroots_cell_may_be_a_committee_as_a_reminder_only() -> None:
    duty = only(due.sizes(body("grassroots_cell", official=28, members=30), TODAY))
    assert duty.what == "Xem xét lập đảng bộ cơ sở"
    assert not duty.why.confirmed
    assert list(due.sizes(body("grassroots_cell", official=29, members=29), TODAY)) == []
    assert list(due.sizes(body("cell", official=60, members=60), TODAY)) == []


def test_a_grassroots_committee_below_thirty_needs_a_written_consent() -> None:
    assert "bằng văn bản" in only(due.sizes(body("grassroots_committee", members=29), TODAY)).why.sentence
    assert list(due.sizes(body("grassroots_committee", members=30), TODAY)) == []


def test_before_the_rule_was_in_force_nothing_is_due() -> None:
    assert list(due.sizes(body(official=1), date(2010, 1, 1))) == []


# --- Điều 24 khoản 4: the committee of a cell -------------------------------------------------------------


def test_a_cell_of_nine_with_a_secretary_alone_must_elect_a_committee() -> None:
    alone = Counter({"secretary": 1})
    assert only(due.committees(body(official=9, seats=alone), TODAY)).what == "Bầu chi ủy"
    assert list(due.committees(body(official=8, seats=alone), TODAY)) == []
    with_deputy = Counter({"secretary": 1, "deputy_secretary": 1})
    assert list(due.committees(body(official=9, seats=with_deputy), TODAY)) == []


def test_a_cell_whose_posts_arent_recorded_is_left_alone() -> None:
    assert list(due.committees(body(official=40), TODAY)) == []


@pytest.mark.parametrize(
    ("kind", "seats", "on", "words"),
    [
        ("cell", {"secretary": 1, "committee_member": 7}, TODAY, "8 chi ủy viên, nhiều nhất là 7"),
        ("cell", {"secretary": 1, "deputy_secretary": 2}, TODAY, "2 phó bí thư chi bộ, nhiều nhất là 1"),
        (
            "commune_committee",
            {"secretary": 1, "committee_member": 33},
            date(2025, 8, 1),
            "34 cấp ủy viên, nhiều nhất là 33",
        ),
    ],
)
def test_more_people_than_there_may_be_are_shown(
    kind: str, seats: dict[str, int], on: date, words: str
) -> None:
    assert words in only(due.committees(body(kind, seats=Counter(seats), merged_of=3), on)).why.sentence


def test_a_commune_of_two_has_the_smaller_committee() -> None:
    seats = Counter({"secretary": 1, "committee_member": 27})
    assert (
        "nhiều nhất là 27"
        in only(
            due.committees(body("commune_committee", seats=seats, merged_of=2), date(2025, 8, 1))
        ).why.sentence
    )


# --- Điều 22, Điều 24 khoản 3: terms ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "congress", "ends"),
    [
        ("cell", date(2022, 9, 10), date(2025, 3, 10)),
        ("cell", date(2025, 7, 10), date(2030, 7, 10)),
        ("grassroots_cell", date(2020, 3, 1), date(2025, 3, 1)),
        ("grassroots_committee", date(2020, 5, 31), date(2025, 5, 31)),
    ],
)
def test_a_term_is_counted_by_the_rule_of_the_day_of_its_congress(
    kind: str, congress: date, ends: date
) -> None:
    duty = only(due.terms(body(kind, congress=congress), ends))
    assert (duty.due_on, duty.page) == (ends, "organisation_cases")


def test_a_term_shows_four_months_ahead_and_not_where_no_congress_is_known() -> None:
    held = body("cell", congress=date(2022, 9, 10))
    assert list(due.terms(held, date(2024, 11, 9))) == []
    assert only(due.terms(held, date(2024, 11, 10))).due_on == date(2025, 3, 10)
    assert list(due.terms(body("cell"), date(2030, 1, 1))) == []


def test_an_empty_leading_post_says_since_when() -> None:
    duty = only(due.empty_posts(body(empty=[EmptyPost("Bí thư Chi bộ", date(2023, 1, 9))])))
    assert duty.group(TODAY) == WAITING
    assert "Bí thư Chi bộ" in duty.what
    assert "từ ngày 09/01/2023" in duty.why.sentence


# --- on the record ----------------------------------------------------------------------------------------


def kinds_for(cast: Cast, who: str, today: date = TODAY) -> set[tuple[str, str]]:
    found = collect(cast.viewer(who, today))
    return {(d.kind, d.organisation) for d in found if d.kind.startswith("organisation_")}


def test_sizes_are_for_the_level_above_and_committees_for_the_cell_too(cast: Cast) -> None:
    assert ("organisation_size", "xa-a-thon-tay") in kinds_for(cast, "secretary_a")
    assert ("organisation_size", "xa-a-thon-tay") in kinds_for(cast, "officer")
    assert kinds_for(cast, "cell_a2") == set()
    assert not any(code == "xa-a-thon-tay" for _, code in kinds_for(cast, "secretary_b"))
    for who in ("member_a1", "expired", "nobody"):
        assert kinds_for(cast, who) == set()


def test_strength_counts_each_cell_once_and_committees_by_their_branch(cast: Cast) -> None:
    found = {one.code: one for one in strengths(Organisation.objects.all(), TODAY)}
    cells = [found[cell.code] for cell in (cast.a1, cast.a2, cast.a3)]
    assert found["xa-a"].members == sum(cell.members for cell in cells) > 0
    assert found["xa-a"].official == sum(cell.official for cell in cells)
    assert found["xa-a-thon-dong"].seats == Counter({"secretary": 1})
    assert "xa-b-tram-y-te" not in {
        one.code for one in strengths(Organisation.objects.all(), date(2021, 6, 1))
    }


def test_a_post_without_holder_is_due(cast: Cast) -> None:
    Post.objects.create(
        code="bt-truong", organisation=cast.a3, kind="secretary", title="Bí thư", since=date(2021, 2, 3)
    )
    assert ("organisation_post", "xa-a-truong") in kinds_for(cast, "secretary_a")


def test_recording_a_congress_ends_the_duty_and_taking_it_back_brings_it_again(cast: Cast) -> None:
    first = hold_congress(cast.a1, on=date(2020, 2, 1), today=TODAY, by=cast.actor())
    assert ("organisation_term", "xa-a-thon-dong") in kinds_for(cast, "cell_a1")
    second = hold_congress(cast.a1, on=date(2022, 9, 1), today=TODAY, by=cast.actor(), decision="9-QĐ/ĐU")
    assert ("organisation_term", "xa-a-thon-dong") not in kinds_for(cast, "cell_a1")
    take_back(cast.a1, second.pk, by=cast.actor(), reason="Nhầm chi bộ")
    assert ("organisation_term", "xa-a-thon-dong") in kinds_for(cast, "cell_a1")
    assert list(congresses(cast.a1)) == [first]


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2023, 5, 1), "chưa tới"),
        (date(1970, 1, 1), "không hoạt động"),
        (date(2020, 2, 1), "đã được ghi"),
    ],
)
def test_a_congress_that_cannot_be_is_refused(cast: Cast, on: date, words: str) -> None:
    hold_congress(cast.a1, on=date(2020, 2, 1), today=TODAY, by=cast.actor())
    with pytest.raises(Refused, match=words):
        hold_congress(cast.a1, on=on, today=TODAY, by=cast.actor())


def test_a_board_has_no_congress_and_taking_back_needs_a_reason(cast: Cast) -> None:
    with pytest.raises(Refused, match="không có đại hội"):
        hold_congress(cast.organisation_board, on=TODAY, today=TODAY, by=cast.actor())
    held = hold_congress(cast.a1, on=date(2020, 2, 1), today=TODAY, by=cast.actor())
    with pytest.raises(Refused, match="lý do"):
        take_back(cast.a1, held.pk, by=cast.actor(), reason=" ")
    with pytest.raises(Refused, match="không còn trong sổ"):
        take_back(cast.a2, held.pk, by=cast.actor(), reason="Nhầm")

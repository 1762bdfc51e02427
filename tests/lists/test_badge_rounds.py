"""The list of an occasion for Party badges: from the ledger to the award, for a whole list at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cast import TODAY, Cast
from tochuc.access.viewer import Viewer
from tochuc.cases import many
from tochuc.cases.models import Case
from tochuc.duties.duty import collect
from tochuc.kernel.known_dates import KnownDate
from tochuc.lists import badge_rounds
from tochuc.members import actions
from tochuc.members.keeping import keep_row
from tochuc.members.models import Person
from tochuc.procedures.badge import PROCEDURE
from web.browsing import entered, errors, filled, own_folders, words  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")

OCCASION = date(2023, 5, 19)
LIST = "/to-chuc/xa-a/huy-hieu-dang/"


def veteran(cast: Cast, name: str, decided: date, cell: Any = None) -> Person:
    """An official member since long, entered when the ledger began."""
    person = actions.register(
        full_name=name, gender="male", birth=KnownDate(date(1950, 1, 1), "year"), by=cast.actor()
    )
    data = {
        "standing": "official",
        "admitted_on": decided.isoformat(),
        "official_on": decided.replace(year=decided.year + 1).isoformat(),
    }
    actions.append(
        person,
        "opening",
        on=date(2020, 1, 1),
        by=cast.actor(),
        today=TODAY,
        organisation=cell or cast.a1,
        data=data,
    )
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def three(cast: Cast) -> list[Person]:
    """Two of one cell and one of another who are full thirty years between the two occasions."""
    return [
        veteran(cast, "Lê Văn Tuổi", date(1993, 5, 10)),
        veteran(cast, "Hồ Thị Cao", date(1993, 3, 1)),
        veteran(cast, "Trần Văn Niên", date(1993, 4, 30), cast.a3),
    ]


def names(cast: Cast, organisation: Any) -> set[str]:
    due = badge_rounds.reaching(organisation, date(2023, 2, 3), OCCASION, TODAY)
    return {one.person.full_name for one in due}


def test_the_list_holds_whoever_is_full_after_the_last_occasion_and_by_this_one(
    cast: Cast, three: list[Person]
) -> None:
    """Huy hiệu Đảng, mục 18: đủ mốc tính đến ngày của đợt; ngày của đợt trước thuộc đợt trước."""
    veteran(cast, "Võ Đợt Trước", date(1993, 2, 3))
    veteran(cast, "Võ Đúng Ngày", date(1993, 5, 19))
    veteran(cast, "Võ Hôm Sau", date(1993, 5, 20))
    found = names(cast, cast.commune_a)
    assert {one.full_name for one in three} | {"Võ Đúng Ngày"} <= found
    assert not {"Võ Đợt Trước", "Võ Hôm Sau"} & found
    assert "Trần Văn Niên" not in names(cast, cast.a1)


def _walk(cast: Cast, step: str, who: Any, **sent: Any) -> Any:
    client = entered(who)
    path = f"{LIST}{step}/?dot=19/05/2023"
    return client.post(path, filled(client.get(path), **sent), follow=True)


def test_a_whole_list_goes_from_the_ledger_to_the_award_and_the_record_knows_the_badge(
    cast: Cast, three: list[Person]
) -> None:
    client = entered(cast.secretary_a)
    page = client.get(LIST + "?dot=19/05/2023")
    opened = client.post(LIST + "?dot=19/05/2023", filled(page), follow=True)
    assert "Đã lập hồ sơ đề nghị cho 3 đảng viên." in words(opened)

    answer = _walk(cast, "declare", cast.secretary_a, on="20/4/2023", have_badge_declaration="on")
    assert "Đã ghi «Tờ khai đề nghị tặng Huy hiệu Đảng» cho 3 đảng viên." in words(answer)
    _walk(cast, "consider", cast.secretary_a, on="20/4/2023", outcome="agreed")
    _walk(cast, "propose", cast.secretary_a, on="20/4/2023", outcome="proposed", have_badge_list="on")
    _walk(cast, "examine", cast.officer, on="20/4/2023", outcome="put_up")
    decided = {"on": "20/4/2023", "outcome": "decided", "number": "15-QĐ/TU", "have_badge_decision": "on"}
    assert "cho 3 đảng viên" in words(_walk(cast, "decide", cast.officer, **decided))

    for person in three:
        event = person.events.get(kind="badge_awarded")
        assert (event.data["years"], event.decision_number) == (30, "15-QĐ/TU")
    record = words(entered(cast.officer).get(f"/dang-vien/{three[0].ref}/"))
    assert "Được tặng Huy hiệu Đảng 30 năm" in record
    assert "đủ 40 năm tuổi đảng ngày 10/05/2033" in record
    _walk(cast, "present", cast.secretary_a, on="20/4/2023")
    assert set(Case.objects.values_list("result", flat=True)) == {"awarded"}
    later = badge_rounds.round_of(cast.commune_a, Case.objects.all(), OCCASION, TODAY)
    assert not later.without


def test_who_is_refused_is_named_and_does_not_hold_up_the_others(cast: Cast, three: list[Person]) -> None:
    wanted = [(one, {"years": 30, "occasion": "2023-05-19", "manner": "full"}) for one in three]
    wanted[1] = (three[1], {"years": 40, "occasion": "2023-05-19", "manner": "full"})
    done = many.open_many("badge", wanted, on=TODAY, by=cast.actor(), today=TODAY)
    assert [case.person for case in done.cases] == [three[0], three[2]]
    assert [whom for whom, _ in done.refused] == ["Hồ Thị Cao"]
    assert "Đủ 40 năm tuổi đảng ngày 01/03/2033" in done.refused[0][1]


def test_without_anybody_marked_nothing_is_opened_and_the_page_says_so(
    cast: Cast, three: list[Person]
) -> None:
    client = entered(cast.secretary_a)
    sent = filled(client.get(LIST + "?dot=19/05/2023"), chosen=[])
    answer = client.post(LIST + "?dot=19/05/2023", sent)
    assert "Chưa chọn ai" in errors(answer)
    assert not Case.objects.exists()


def test_a_name_from_another_branch_cannot_be_sent_into_the_list(cast: Cast, three: list[Person]) -> None:
    stranger = veteran(cast, "Ngô Văn Lạ", date(1993, 5, 1), cast.b1)
    client = entered(cast.secretary_a)
    sent = filled(client.get(LIST + "?dot=19/05/2023"), chosen=[f"{stranger.ref}-30"])
    assert client.post(LIST + "?dot=19/05/2023", sent).status_code == 200
    assert not Case.objects.exists()


def test_the_money_that_goes_with_the_badges_is_counted_by_the_rules_of_the_day(
    cast: Cast, three: list[Person]
) -> None:
    """Hướng dẫn 56-HD/VPTW: 30 năm 1,5 lần mức lương cơ sở, 1.490.000 đồng vào tháng 5/2023."""
    assert badge_rounds.bonus(30, OCCASION) == 2_235_000
    assert badge_rounds.bonus(30, date(2015, 1, 1)) is None


def due(cast: Cast, who: str, day: date = TODAY) -> list[Any]:
    viewer = Viewer(cast.accounts[who], today=day)
    return [one for one in collect(viewer) if one.kind in {"badge_list", "badge_step"}]


def test_the_base_is_reminded_of_its_list_and_of_each_step_in_one_row(
    cast: Cast, three: list[Person]
) -> None:
    rows = due(cast, "secretary_a")
    assert [one.kind for one in rows] == ["badge_list"]
    assert rows[0].whom.endswith("3 đảng viên chưa lập hồ sơ")
    assert rows[0].due_on == date(2023, 3, 20), "sixty days before the occasion, by habit"
    assert not rows[0].why.confirmed
    wanted = [(one, {"years": 30, "occasion": "2023-05-19", "manner": "full"}) for one in three]
    many.open_many(PROCEDURE.code, wanted, on=TODAY, by=cast.actor(), today=TODAY)
    rows = due(cast, "cell_a1")
    assert [one.kind for one in rows] == ["badge_step"]
    assert rows[0].whom.endswith("2 đảng viên")
    assert not [one for one in collect(Viewer(cast.accounts["cell_a1"], today=TODAY)) if one.kind == "case"]
    assert due(cast, "cell_b1") == []


def test_a_badge_list_of_a_commune_opens_in_few_queries(
    cast: Cast, three: list[Person], django_assert_max_num_queries: Any
) -> None:
    client = entered(cast.secretary_a)
    with django_assert_max_num_queries(25):
        client.get(LIST + "?dot=19/05/2023")


def test_a_discipline_that_still_counts_is_told_with_its_end(cast: Cast, three: list[Person]) -> None:
    """Điểm 27.3: cảnh cáo thì sáu tháng chưa xét; bản của năm 2021 chưa đối chiếu nên chỉ nhắc."""
    row = {"what": "Cảnh cáo", "on": "1/2/2023", "decision": "3-QĐ/UBKT", "decided_by": "UBKT Huyện ủy"}
    keep_row(three[0], "discipline", row, by=cast.actor(), today=TODAY)
    wanted = [(three[0], {"years": 30, "occasion": "2023-05-19", "manner": "full"})]
    done = many.open_many("badge", wanted, on=TODAY, by=cast.actor(), today=TODAY)
    assert len(done.cases) == 1

"""A transfer between two cells: papers out, expected on the other side, accepted or sent back."""

from datetime import date

import pytest

from cast import TODAY, Cast
from tochuc.access.viewer import Viewer
from tochuc.audit.record import NOBODY
from tochuc.duties.duty import collect
from tochuc.members import actions, ledger
from tochuc.members.models import Condition, MemberEvent, Person
from web.browsing import entered, field_error, own_folders, words  # noqa: F401
from web.recording import confirm, record, send

pytestmark = pytest.mark.usefixtures("own_folders")

LETTER = {"decision_number": "12-GTSHĐ", "decision_on": "30/3/2023", "decision_by": "Đảng ủy xã An Hòa"}


def _papers(cast: Cast, to: str = "b1", on: date = date(2023, 4, 1)) -> MemberEvent:
    person = cast.people["other_a1"]
    return actions.append(person, "papers_out", on=on, organisation=getattr(cast, to), by=NOBODY, today=TODAY)


def _kinds(cast: Cast, account: str, today: date = TODAY) -> set[tuple[str, str]]:
    viewer = Viewer(account=getattr(cast, account), today=today)
    return {(d.kind, d.whom) for d in collect(viewer) if d.kind in {"arrival", "condition"}}


def test_the_cell_gives_papers_and_the_other_cell_accepts(cast: Cast) -> None:
    person, leaving, coming = cast.people["other_a1"], entered(cast.cell_a1), entered(cast.cell_b1)

    answer = confirm(
        leaving, record(person, "giay-gioi-thieu"), organisation="xa-b-thon-thuong", on="1/4/2023", **LETTER
    )
    assert answer["Location"] == f"/dang-vien/{person.ref}/"
    assert "Đang chuyển sinh hoạt đảng: Chi bộ thôn Thượng, từ 01/04/2023" in words(
        leaving.get(answer["Location"])
    )
    assert person.full_name in words(leaving.get("/to-chuc/xa-a-thon-dong/tinh-trang/?xem=dang-di"))
    assert person.full_name in words(coming.get("/to-chuc/xa-b-thon-thuong/tinh-trang/"))
    assert coming.get(f"/dang-vien/{person.ref}/").status_code == 404

    papers = person.events.get(kind="papers_out")
    path = f"/chuyen-sinh-hoat/{papers.pk}/"
    assert "Giấy giới thiệu số 12-GTSHĐ" in words(coming.get(path))
    asked = send(coming, path, on="10/4/2023")
    rows = {row["label"]: (row["before"], row["after"]) for row in asked.context["changes"]}
    assert rows["Tình trạng"] == ("Đang chuyển sinh hoạt đảng", "không còn tình trạng riêng")

    assert confirm(coming, path, on="10/4/2023")["Location"] == f"/dang-vien/{person.ref}/"
    person.refresh_from_db()
    assert person.home == cast.b1
    assert person.events.get(kind="transferred").decision_number == "12-GTSHĐ"
    assert leaving.get(f"/dang-vien/{person.ref}/").status_code == 404


def test_papers_to_a_committee_are_accepted_into_a_cell_of_its_own_only(cast: Cast) -> None:
    papers, client = _papers(cast, "commune_b"), entered(cast.secretary_b)
    path = f"/chuyen-sinh-hoat/{papers.pk}/"

    elsewhere = send(client, path, organisation="xa-a-truong", on="10/4/2023")
    assert "không thuộc phạm vi của đồng chí" in field_error(elsewhere, "organisation")
    early = send(client, path, organisation="xa-b-thon-thuong", on="31/3/2023")
    assert "không thể nhận trước" in field_error(early, "on")
    assert "Cần tìm rồi chọn" in field_error(send(client, path, on="10/4/2023"), "organisation")
    confirm(client, path, organisation="xa-b-thon-thuong", on="10/4/2023")
    assert Person.objects.get(pk=papers.person_id).home == cast.b1
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("other", ["cell_a1", "cell_a2", "secretary_a", "member_a1", "nobody"])
def test_nobody_but_the_receiving_side_opens_the_papers(cast: Cast, other: str) -> None:
    papers = _papers(cast)
    assert entered(getattr(cast, other)).get(f"/chuyen-sinh-hoat/{papers.pk}/").status_code == 404


def test_papers_sent_back_leave_the_member_where_they_were_with_the_reason(cast: Cast) -> None:
    papers, client = _papers(cast), entered(cast.cell_b1)
    before = ledger.headcount(cast.a1, TODAY)
    path = f"/chuyen-sinh-hoat/{papers.pk}/tra-lai/"

    assert "Cần điền mục này" in field_error(send(client, path, why=""), "why")
    answer = send(client, path, why="Gửi nhầm nơi đến")

    assert answer["Location"] == "/to-chuc/xa-b-thon-thuong/tinh-trang/"
    assert ledger.headcount(cast.a1, TODAY) == before
    assert Condition.objects.get(kind="in_transfer").until == TODAY
    assert "Gửi nhầm nơi đến" in words(entered(cast.cell_a1).get(f"/dang-vien/{papers.person.ref}/"))


def test_a_move_at_once_is_for_who_answers_for_both_cells(cast: Cast) -> None:
    person = cast.people["other_a1"]
    offered = [label for label, _, _ in entered(cast.cell_a1).get(record(person)).context["choices"]]
    assert "Chuyển sinh hoạt đảng" not in offered
    assert "Cấp giấy giới thiệu chuyển sinh hoạt" in offered

    path = record(person, "chuyen-sinh-hoat")
    answer = send(entered(cast.secretary_a), path, organisation="xa-b-thon-thuong", on="1/4/2023")
    assert "nơi đến sẽ ghi tiếp nhận" in field_error(answer, "organisation")


def test_the_receiving_side_is_reminded_at_once_and_the_giving_side_after_the_limit(cast: Cast) -> None:
    # 30 days to show the letter, by the guidance of 2017 and 2022.
    _papers(cast, on=date(2023, 3, 1))
    name = cast.people["other_a1"].full_name
    assert _kinds(cast, "cell_b1", date(2023, 3, 31)) == {("arrival", f"{name}, từ Thôn Đông")}
    assert _kinds(cast, "cell_a1", date(2023, 3, 31)) == set()
    assert _kinds(cast, "cell_a1", date(2023, 4, 1)) == {("condition", f"{name}, Thôn Đông")}
    # Who may accept isn't told to ask the other side.
    assert _kinds(cast, "officer", date(2023, 4, 1)) == {("arrival", f"{name}, từ Thôn Đông")}


def test_a_planned_end_reminds_the_member_s_own_side(cast: Cast) -> None:
    data = {"destination": "Hàn Quốc", "until_on": "2023-05-10"}
    person = cast.people["other_a1"]
    actions.append(person, "went_abroad", on=date(2023, 4, 1), data=data, by=NOBODY, today=TODAY)
    assert _kinds(cast, "cell_a1") == {("condition", f"{person.full_name}, Thôn Đông")}
    assert _kinds(cast, "cell_b1") == set()


@pytest.mark.parametrize(
    ("slug", "more"),
    [
        (
            "sinh-hoat-tam-thoi",
            {"organisation": "xa-b-thon-thuong", "purpose": "work", "until_on": "1/10/2023"},
        ),
        (
            "sinh-hoat-tam-thoi",
            {"destination": "Đảng bộ tỉnh bạn", "purpose": "study", "until_on": "1/4/2024"},
        ),
        ("ra-nuoc-ngoai", {"destination": "Nhật Bản, học tập", "until_on": ""}),
        ("dinh-chi", {"until_on": "1/7/2023", **LETTER}),
        ("giay-gioi-thieu", {"destination": "Đảng ủy Quân sự tỉnh bạn"}),
    ],
)
def test_each_condition_is_recorded_through_its_own_form_and_shown(cast: Cast, slug: str, more) -> None:
    client, person = entered(cast.secretary_a), cast.people["other_a1"]
    before = ledger.headcount(cast.commune_a, TODAY)
    assert confirm(client, record(person, slug), on="1/4/2023", **more).status_code == 302
    said = words(client.get(f"/dang-vien/{person.ref}/"))
    assert "từ 01/04/2023" in said
    assert all(value in said for key, value in more.items() if key == "destination")
    assert ledger.headcount(cast.commune_a, TODAY) == before


def test_without_a_place_the_form_asks_for_one(cast: Cast) -> None:
    path = record(cast.people["other_a1"], "giay-gioi-thieu")
    answer = send(entered(cast.cell_a1), path, on="1/4/2023")
    assert "Cần nêu nơi đến" in field_error(answer, "destination")


def test_a_suspension_is_recorded_above_the_cell(cast: Cast) -> None:
    offered = entered(cast.cell_a1).get(record(cast.people["other_a1"])).context["choices"]
    assert "Đình chỉ sinh hoạt đảng" not in [label for label, _, _ in offered]

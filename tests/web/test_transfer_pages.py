"""A transfer between two cells: papers out, expected on the other side, accepted or sent back."""

from datetime import date

import pytest
from django.http import HttpResponse

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


PAPERS = {
    "have_transfer_decision": "on",
    "have_transfer_self_review": "on",
    "have_transfer_introduction": "on",
}


def _step(client, path: str, step: str, **fields: str) -> HttpResponse:
    return send(client, f"{path}buoc/{step}/", **fields)


def _on_the_way(cast: Cast, to: str = "xa-b-thon-thuong", on: str = "1/4/2023") -> str:
    """A transfer of other_a1 from the cell's request to the papers that the commune gave; its address."""
    person, cell, commune = cast.people["other_a1"], entered(cast.cell_a1), entered(cast.secretary_a)
    begin = cell.get(record(person, "giay-gioi-thieu"))["Location"]
    assert begin == f"/dang-vien/{person.ref}/quy-trinh/transfer/"
    asked = {"reason": "residence", "effective_on": on, "organisation": to, "on": on}
    path = send(cell, begin, **asked)["Location"]
    assert _step(cell, path, "request", on=on, **PAPERS).status_code == 302
    given = {"number": "12-GTSHĐ", "fees_to": "3/2023"}
    assert _step(commune, path, "introduce", on=on, **given, **PAPERS).status_code == 302
    return path


def test_a_transfer_is_one_case_from_the_request_to_the_acceptance(cast: Cast) -> None:
    person, leaving, coming = cast.people["other_a1"], entered(cast.cell_a1), entered(cast.cell_b1)
    path = _on_the_way(cast)
    assert "Đang chuyển sinh hoạt đảng: Chi bộ thôn Thượng, từ 01/04/2023" in words(
        leaving.get(f"/dang-vien/{person.ref}/")
    )
    assert person.full_name in words(coming.get("/to-chuc/xa-b-thon-thuong/tinh-trang/"))
    assert coming.get(f"/dang-vien/{person.ref}/").status_code == 404

    papers = person.events.get(kind="papers_out")
    assert coming.get(f"/chuyen-sinh-hoat/{papers.pk}/")["Location"] == f"{path}buoc/receive/"
    assert leaving.get(record(person, "thu-lai-giay"))["Location"] == path
    assert _step(coming, path, "receive", on="10/4/2023", outcome="received").status_code == 302
    person.refresh_from_db()
    assert person.home == cast.b1
    assert person.events.get(kind="transferred").decision_number == "12-GTSHĐ"
    assert leaving.get(f"/dang-vien/{person.ref}/").status_code == 404


def test_papers_of_a_case_are_due_once_for_each_side(cast: Cast) -> None:
    """The receiving cell from the day of the papers, the giving side once the time to show them has run out."""
    _on_the_way(cast, on="1/3/2023")

    def due(account: str, today: date) -> list[tuple[str, str]]:
        viewer = Viewer(account=getattr(cast, account), today=today)
        name = cast.people["other_a1"].full_name
        return [(d.kind, d.what) for d in collect(viewer) if name in d.whom]

    assert due("cell_b1", date(2023, 3, 31)) == [("case", "Nơi đến tiếp nhận")]
    assert due("cell_a1", date(2023, 3, 31)) == []
    assert due("cell_a1", date(2023, 4, 1)) == [("case", "Hỏi nơi đến về giấy chưa được tiếp nhận")]
    assert due("cell_b1", date(2023, 4, 1)) == [("case", "Nơi đến tiếp nhận")]


def test_a_case_s_papers_sent_back_need_a_reason_that_the_giving_side_reads(cast: Cast) -> None:
    path, coming = _on_the_way(cast), entered(cast.cell_b1)
    answer = _step(coming, path, "receive", on="10/4/2023", outcome="sent_back")
    assert "Cần ghi lý do trả lại" in field_error(answer, "why")
    sent = _step(coming, path, "receive", on="10/4/2023", outcome="sent_back", why="Gửi nhầm nơi đến")
    assert sent.status_code == 302
    assert "Gửi nhầm nơi đến" in words(
        entered(cast.cell_a1).get(f"/dang-vien/{cast.people['other_a1'].ref}/")
    )


def test_papers_of_a_case_to_a_committee_name_the_cell_on_acceptance(cast: Cast) -> None:
    path, coming = _on_the_way(cast, to="xa-b"), entered(cast.secretary_b)
    assert "cần chọn chi bộ tiếp nhận" in field_error(
        _step(coming, path, "receive", on="10/4/2023", outcome="received", cell=""), "cell"
    )
    taken = _step(coming, path, "receive", on="10/4/2023", outcome="received", cell="xa-b-khoi-ha")
    assert taken.status_code == 302
    assert Person.objects.get(pk=cast.people["other_a1"].pk).home == cast.b2


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
        ("dinh-chi", {"until_on": "1/7/2023", **LETTER}),
        ("mien-sinh-hoat", {"until_on": "1/7/2023"}),
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
    client = entered(cast.cell_a1)
    path = client.get(record(cast.people["other_a1"], "giay-gioi-thieu"))["Location"]
    answer = send(client, path, on="1/4/2023", reason="work", effective_on="1/4/2023")
    assert "Cần ghi tổ chức đảng nơi đến" in field_error(answer, "destination")


@pytest.mark.parametrize(
    ("slug", "code"), [("sinh-hoat-tam-thoi", "temporary_transfer"), ("ra-nuoc-ngoai", "abroad")]
)
def test_going_elsewhere_for_a_time_is_a_case_too(cast: Cast, slug: str, code: str) -> None:
    person = cast.people["other_a1"]
    there = entered(cast.secretary_a).get(record(person, slug))["Location"]
    assert there == f"/dang-vien/{person.ref}/quy-trinh/{code}/"


def test_a_suspension_is_recorded_above_the_cell(cast: Cast) -> None:
    offered = entered(cast.cell_a1).get(record(cast.people["other_a1"])).context["choices"]
    assert "Đình chỉ sinh hoạt đảng" not in [label for label, _, _ in offered]

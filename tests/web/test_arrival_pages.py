"""A member from outside our records, through the pages: letter, dossier, acceptance, the cell; or the record we have."""

from __future__ import annotations

from typing import Any

import pytest

from cast import TODAY, Cast
from tochuc.access.viewer import Viewer
from tochuc.cases.models import Case
from tochuc.duties.duty import collect
from tochuc.members.models import Person
from tochuc.members.queries import membership_on
from web.browsing import entered, errors, filled, own_folders, words  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")

COMMUNE = "/to-chuc/xa-a/tiep-nhan-dang-vien/"
LETTER = {
    "on": "3/4/2023",
    "full_name": "Tôn Nữ Hạnh Dung",
    "gender": "female",
    "birth": "1988",
    "origin": "Đảng ủy phường Vỹ Dạ, Huế",
    "letter_number": "41-GGT",
    "letter_on": "27/3/2023",
    "effective_on": "20/3/2023",
    "fees_to": "3/2023",
    "said_standing": "official",
    "said_admitted_on": "19/5/2012",
    "said_official_on": "19/5/2013",
    "said_card": "46.001234",
}


def received(who: Any, path: str = COMMUNE, **changed: str) -> Any:
    """The letter as it is filled in and sent."""
    client = entered(who)
    return client.post(path, filled(client.get(path), **{**LETTER, **changed}), follow=True)


def step(case: Case, code: str, who: Any, on: str, **sent: Any) -> Any:
    client = entered(who)
    path = f"/ho-so/{case.ref}/buoc/{code}/"
    answer = client.post(path, filled(client.get(path), on=on, **sent), follow=True)
    assert not errors(answer)
    return answer


def test_a_newcomer_is_received_from_the_letter_to_the_cell_and_counted_from_that_day(cast: Cast) -> None:
    answer = received(cast.secretary_a)
    assert "Đã nhận giấy giới thiệu của đồng chí Tôn Nữ Hạnh Dung" in words(answer), errors(answer)
    case = Case.objects.get(procedure="arrival")
    assert membership_on(case.person, TODAY) is None
    papers = {f"have_{form}": "on" for form in ("arrival_letter", "arrival_member_file", "transfer_decision")}
    papers |= {"have_transfer_self_review": "on"}
    step(case, "check", cast.secretary_a, "4/4/2023", outcome="complete", **papers)
    step(case, "accept", cast.secretary_a, "5/4/2023", outcome="accepted", cell="xa-a-thon-dong")
    home = words(entered(cast.cell_a1).get("/"))
    assert "Chi bộ tiếp nhận" in home
    assert "Tôn Nữ Hạnh Dung" in home
    step(case, "receive", cast.cell_a1, "10/4/2023", outcome="received")
    stands = membership_on(case.person, TODAY)
    assert stands is not None
    assert (stands.organisation, stands.standing, str(stands.since)) == (cast.a1, "official", "2023-04-10")
    shown = words(entered(cast.cell_a1).get(f"/dang-vien/{case.person.ref}/"))
    assert "Đảng ủy phường Vỹ Dạ, Huế" in shown
    answer = step(case, "report", cast.secretary_a, "11/4/2023", have_arrival_notice="on")
    assert "đã tiếp nhận sinh hoạt đảng" in words(answer)


def test_a_letter_that_lies_becomes_due_for_the_committee(cast: Cast) -> None:
    received(cast.secretary_a, letter_on="3/1/2023", effective_on="2/1/2023", late_reason="Ốm")
    found = [one for one in collect(Viewer(cast.secretary_a, TODAY)) if "Tôn Nữ" in one.whom]
    assert ["Kiểm tra giấy giới thiệu và hồ sơ" in one.what for one in found] == [True]
    assert found[0].due_on < TODAY


def test_a_dossier_with_doubts_is_asked_of_the_sending_side_with_a_drafted_letter(cast: Cast) -> None:
    received(cast.secretary_a)
    case = Case.objects.get(procedure="arrival")
    said = {"outcome": "doubt", "missing": "Thiếu bản tự kiểm điểm", "have_arrival_letter": "on"}
    step(case, "check", cast.secretary_a, "4/4/2023", **said)
    page = words(entered(cast.secretary_a).get(f"/ho-so/{case.ref}/soan/ask/"))
    assert "Công văn hỏi nơi giới thiệu" in page
    step(case, "ask", cast.secretary_a, "5/4/2023", number="7-CV", have_arrival_inquiry="on")
    assert "Nơi giới thiệu trả lời" in words(entered(cast.secretary_a).get("/"))


def test_who_was_here_before_joins_the_record_there_is(cast: Cast) -> None:
    known = {"full_name": "Mai Xuân Trường", "gender": "male", "birth": "17/6/1993", "said_card": ""}
    answer = received(cast.secretary_a, **known)
    assert "Đã có hồ sơ của người giống như trên giấy" in words(answer)
    assert "Cần chọn" in errors(answer)
    assert not Case.objects.filter(procedure="arrival").exists()
    client, person = entered(cast.secretary_a), cast.people["left_a"]
    days = {"said_admitted_on": "19/5/2018", "said_official_on": "19/5/2019"}
    answer = client.post(COMMUNE, filled(answer, whom=person.ref, **days), follow=True)
    assert not errors(answer)
    assert Case.objects.get(procedure="arrival").person == person
    assert Person.objects.filter(full_name="Mai Xuân Trường").count() == 1


def test_somebody_else_of_the_same_name_gets_a_record_of_their_own(cast: Cast) -> None:
    known = {"full_name": "Mai Xuân Trường", "gender": "male", "birth": "17/6/1993"}
    answer = received(cast.secretary_a, **known)
    entered(cast.secretary_a).post(COMMUNE, filled(answer, whom="moi"), follow=True)
    assert Case.objects.get(procedure="arrival").person != cast.people["left_a"]


def test_who_is_a_member_here_goes_by_the_transfer_of_their_cell(cast: Cast) -> None:
    known = {"full_name": "Bùi Thị Lan", "birth": "20/10/1988"}
    answer = received(cast.secretary_a, **known)
    answer = entered(cast.secretary_a).post(COMMUNE, filled(answer, whom=cast.people["member_a1"].ref))
    assert "đang sinh hoạt tại Chi bộ thôn Đông" in errors(answer)


def test_a_card_of_somebody_whom_one_may_not_see_is_refused_without_naming_them(cast: Cast) -> None:
    Person.objects.filter(pk=cast.people["canary"].pk).update(card_number="46.001234")
    answer = received(cast.secretary_a)
    assert "đã có ở một hồ sơ khác" in errors(answer)
    assert "Kim Oanh" not in words(answer)
    assert not Person.objects.filter(full_name="Tôn Nữ Hạnh Dung").exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"valid_until": "31/3/2023"}, "chỉ có giá trị đến ngày 31/03/2023"),
        ({"letter_on": "5/4/2023"}, "không thể sau ngày nhận giấy 03/04/2023"),
        ({"said_official_on": "19/5/2011"}, "không thể sau ngày công nhận chính thức"),
        ({"said_official_on": ""}, "cần ghi ngày công nhận chính thức"),
        ({"on": "3/4/2024"}, "chưa tới"),
        ({"full_name": "Dung"}, "Cần ghi đủ họ và tên"),
        ({"letter_on": "ngày kia"}, "ngày kia"),
    ],
)
def test_a_letter_that_can_not_be_so_is_refused_and_nothing_is_kept(
    cast: Cast, changed: dict[str, str], said: str
) -> None:
    before = Person.objects.count()
    answer = received(cast.secretary_a, **changed)
    assert said in words(answer)
    assert "Đảng ủy phường Vỹ Dạ, Huế" in answer.content.decode()
    assert not Case.objects.filter(procedure="arrival").exists()
    assert Person.objects.count() == before


def test_nobody_receives_a_letter_for_a_commune_that_is_not_theirs_nor_at_a_district(cast: Cast) -> None:
    assert entered(cast.secretary_b).get(COMMUNE).status_code == 404
    assert entered(cast.member_a1).get(COMMUNE).status_code in {403, 404}
    assert entered(cast.officer).get("/to-chuc/huyen/tiep-nhan-dang-vien/").status_code == 404
    assert entered(cast.officer).get(COMMUNE).status_code == 200


def test_the_way_there_is_on_the_pages_of_the_procedure_and_of_those_on_the_way(cast: Cast) -> None:
    client = entered(cast.secretary_a)
    for path in ("/quy-trinh/arrival/", "/to-chuc/xa-a/tinh-trang/?xem=dang-den"):
        assert COMMUNE in client.get(path).content.decode()

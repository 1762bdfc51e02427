"""Recording what happened to a person, in two steps: what is offered, asked, refused, shown, written."""

from __future__ import annotations

import pytest
from django.test import Client

from cast import Cast
from tochuc.audit.models import Entry
from tochuc.members.models import MemberEvent, Person
from web.browsing import entered, errors, field_error, filled, own_folders, shown, words  # noqa: F401
from web.recording import PAPER, confirm, record, send

pytestmark = pytest.mark.usefixtures("own_folders")


def _offered(client: Client, person: Person) -> list[str]:
    return [label for label, _about, _url in client.get(record(person)).context["choices"]]


def test_only_what_the_present_standing_allows_is_offered(cast: Cast) -> None:
    client = entered(cast.secretary_a)

    assert _offered(client, cast.people["sympathiser_a1"]) == [
        "Kết nạp đảng viên",
        "Chuyển sinh hoạt đảng",
        "Cấp giấy giới thiệu chuyển sinh hoạt",
        "Từ trần",
        "Đưa ra khỏi danh sách cảm tình đảng",
    ]
    assert _offered(client, cast.people["removed_a"]) == ["Kết nạp lại", "Phục hồi quyền đảng viên"]
    assert _offered(client, cast.people["left_a"]) == [
        "Chuyển sinh hoạt đến",
        "Nối lại sinh hoạt đảng",
    ]
    assert _offered(client, cast.people["died_a"]) == []
    assert "Thôi miễn sinh hoạt đảng" in _offered(client, cast.people["elder_a1"])


def test_expulsion_is_not_offered_for_a_probationary_member(cast: Cast) -> None:
    offered = _offered(entered(cast.secretary_a), cast.people["probation_a1"])

    assert "Công nhận chính thức" in offered
    assert "Khai trừ" not in offered


def test_the_cell_secretary_admits_a_sympathiser_and_the_record_says_so(cast: Cast) -> None:
    client, person = entered(cast.cell_a1), cast.people["sympathiser_a1"]

    answer = confirm(client, record(person, "ket-nap"), on="15/4/2023", **PAPER)

    assert answer["Location"] == f"/dang-vien/{person.ref}/"
    person.refresh_from_db()
    assert (person.standing, person.home) == ("probationary", cast.a1)
    said = words(client.get(answer["Location"]))
    assert "Đã ghi nhận: Trần Văn Hậu, được kết nạp vào Đảng, Chi bộ thôn Đông, ngày 15/04/2023." in said
    assert "Quyết định số 15-QĐ/HU ngày 10/04/2023 của Ban Thường vụ Huyện ủy" in said


def test_before_writing_the_page_shows_who_from_where_and_the_members_before_and_after(cast: Cast) -> None:
    client, person = entered(cast.secretary_a), cast.people["other_a1"]

    asked = send(client, record(person, "chuyen-sinh-hoat"), organisation="xa-a-truong", on="1/4/2023")

    rows = {row["label"]: (row["before"], row["after"]) for row in asked.context["changes"]}
    assert rows["Chi bộ"] == ("Chi bộ thôn Đông", "Chi bộ Trường Tiểu học An Hòa")
    assert rows["Chi bộ thôn Đông"] == (
        "7 đảng viên (6 chính thức, 1 dự bị)",
        "6 đảng viên (5 chính thức, 1 dự bị)",
    )
    assert "Chưa ghi gì" in words(asked)


def test_showing_what_would_change_writes_nothing(cast: Cast) -> None:
    person = cast.people["other_a1"]
    before = (MemberEvent.objects.count(), Entry.objects.filter(action="member.event").count())

    send(entered(cast.cell_a1), record(person, "tu-tran"), on="1/4/2023")

    assert (MemberEvent.objects.count(), Entry.objects.filter(action="member.event").count()) == before
    assert Person.objects.get(pk=person.pk).standing == "official"


def test_going_back_to_change_something_finds_everything_typed(cast: Cast) -> None:
    client, path = entered(cast.cell_a1), record(cast.people["sympathiser_a1"], "ket-nap")
    asked = send(client, path, on="15/4/2023", **PAPER)

    again = client.post(path, filled(asked, step="back"))

    assert errors(again) == ""
    for typed in ("15/4/2023", *PAPER.values()):
        assert f'value="{typed}"' in again.content.decode()


def test_the_same_confirmation_sent_twice_writes_one_event(cast: Cast) -> None:
    client, person = entered(cast.cell_a1), cast.people["sympathiser_a1"]
    path = record(person, "ket-nap")
    sent = filled(send(client, path, on="15/4/2023", **PAPER), step="confirm")

    first, second = client.post(path, sent), client.post(path, sent)

    assert first["Location"] == second["Location"]
    assert person.events.filter(kind="admitted").count() == 1


def test_a_departure_sent_twice_is_answered_the_same_and_written_once(cast: Cast) -> None:
    client, person = entered(cast.secretary_a), cast.people["other_a1"]
    path = record(person, "chuyen-di")
    sent = filled(send(client, path, destination="Đảng bộ tỉnh khác", on="1/4/2023"), step="confirm")

    first, second = client.post(path, sent), client.post(path, sent)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert person.events.filter(kind="left_for").count() == 1


def test_the_same_thing_from_a_second_window_is_refused_with_what_to_look_at(cast: Cast) -> None:
    client, person = entered(cast.cell_a1), cast.people["sympathiser_a1"]
    path = record(person, "ket-nap")
    first = filled(send(client, path, on="15/4/2023", **PAPER), step="confirm")
    second = filled(send(client, path, on="16/4/2023", **PAPER), step="confirm")

    client.post(path, first)
    answer = client.post(path, second)

    assert answer.status_code == 422
    assert "vừa được ghi rồi" in words(answer)
    assert person.events.filter(kind="admitted").count() == 1


def test_a_day_that_does_not_exist_is_refused_beside_its_field_with_everything_kept(cast: Cast) -> None:
    path = record(cast.people["sympathiser_a1"], "ket-nap")

    answer = send(entered(cast.cell_a1), path, **{**PAPER, "on": "31/4/2023"})

    assert answer.status_code == 422
    assert "Không có ngày 31/04/2023" in field_error(answer, "on")
    assert "Không có ngày 31/04/2023" in errors(answer)
    for typed in ("31/4/2023", *PAPER.values()):
        assert f'value="{typed}"' in answer.content.decode()


def test_an_admission_needs_its_decision(cast: Cast) -> None:
    answer = send(entered(cast.cell_a1), record(cast.people["sympathiser_a1"], "ket-nap"), on="15/4/2023")

    assert "Cần điền mục này." in field_error(answer, "decision_number")


def test_a_ceremony_before_the_decision_is_refused_at_its_day(cast: Cast) -> None:
    path = record(cast.people["sympathiser_a1"], "ket-nap")

    answer = send(entered(cast.cell_a1), path, on="9/4/2023", **PAPER)

    assert "không thể trước ngày ký quyết định" in field_error(answer, "on")


def test_article_1_of_the_charter_no_one_under_eighteen_is_admitted(cast: Cast) -> None:
    person = cast.people["sympathiser_a1"]
    Person.objects.filter(pk=person.pk).update(birth_on="2005-05-01")

    answer = send(entered(cast.cell_a1), record(person, "ket-nap"), on="15/4/2023", **PAPER)

    assert answer.status_code == 422
    assert "mới 17 tuổi 11 tháng, cần đủ 18 năm" in field_error(answer, "on")


def test_a_birth_known_only_to_the_year_never_refuses_one_who_may_be_old_enough(cast: Cast) -> None:
    person = cast.people["sympathiser_a1"]
    Person.objects.filter(pk=person.pk).update(birth_on="2005-01-01", birth_precision="year")

    answer = send(entered(cast.cell_a1), record(person, "ket-nap"), on="15/4/2023", **PAPER)

    assert answer.status_code == 200


def test_over_the_usual_age_the_form_warns_and_still_records(cast: Cast) -> None:
    person = cast.people["sympathiser_a1"]
    Person.objects.filter(pk=person.pk).update(birth_on="1960-01-01")
    client, path = entered(cast.cell_a1), record(person, "ket-nap")

    assert "60 năm" in words(client.get(path))
    assert confirm(client, path, on="15/4/2023", **PAPER).status_code == 302


def test_point_4_2b_recognition_is_dated_the_day_probation_ends(cast: Cast) -> None:
    client, person = entered(cast.cell_b1), cast.people["probation_b1"]
    path = record(person, "cong-nhan")

    assert 'value="03/02/2023"' in client.get(path).content.decode()
    late = send(client, path, **{**PAPER, "on": "10/4/2023"})
    assert "đúng ngày hết thời gian dự bị, tức 03/02/2023" in field_error(late, "on")
    assert confirm(client, path, on="3/2/2023", **PAPER).status_code == 302
    assert Person.objects.get(pk=person.pk).standing == "official"


def test_a_transfer_to_where_one_is_already_is_refused_at_the_destination(cast: Cast) -> None:
    path = record(cast.people["other_a1"], "chuyen-sinh-hoat")

    answer = send(entered(cast.officer), path, organisation="xa-a-thon-dong", on="1/4/2023")

    assert "Nơi đến trùng với nơi đang sinh hoạt" in field_error(answer, "organisation")


def test_a_transfer_before_one_came_is_refused(cast: Cast) -> None:
    path = record(cast.people["moved_to_a"], "chuyen-sinh-hoat")

    answer = send(entered(cast.officer), path, organisation="xa-a-truong", on="1/1/2019")

    assert "Ngày 01/01/2019 không thể ghi" in field_error(answer, "on")


def test_without_javascript_the_destination_is_found_by_a_button_of_the_form(cast: Cast) -> None:
    client, path = entered(cast.officer), record(cast.people["other_a1"], "chuyen-sinh-hoat")

    found = send(client, path, organisation_q="thuong binh lam", on="1/4/2023", find="organisation")

    assert errors(found) == ""
    assert 'value="1/4/2023"' in found.content.decode()
    choices = shown(found).xpath("//input[@type='radio' and @name='organisation']/@value")
    assert choices == ["xa-b-thon-thuong"]
    assert "Đảng bộ xã Bình Lâm" in words(found)


def test_a_destination_typed_but_not_chosen_is_asked_for_again(cast: Cast) -> None:
    path = record(cast.people["other_a1"], "chuyen-sinh-hoat")

    answer = send(entered(cast.officer), path, organisation_q="thuong", on="1/4/2023")

    assert "chọn một chi bộ trong danh sách" in field_error(answer, "organisation")
    assert 'value="thuong"' in answer.content.decode()


@pytest.mark.parametrize("code", ["xa-b", "khong-co", "x" * 300])
def test_a_destination_that_is_no_cell_is_refused(cast: Cast, code: str) -> None:
    path = record(cast.people["other_a1"], "chuyen-sinh-hoat")

    answer = send(entered(cast.officer), path, organisation=code, on="1/4/2023")

    assert answer.status_code == 422
    assert field_error(answer, "organisation")


def test_leaving_for_another_district_keeps_the_destination_in_words(cast: Cast) -> None:
    client, person = entered(cast.secretary_a), cast.people["other_a1"]

    confirm(client, record(person, "chuyen-di"), destination="Đảng bộ huyện Đại Lộc", on="1/4/2023")

    event = person.events.get(kind="left_for")
    assert event.data == {"destination": "Đảng bộ huyện Đại Lộc"}
    assert "Đảng bộ huyện Đại Lộc" in words(client.get(f"/dang-vien/{person.ref}/"))


def test_one_who_holds_a_post_is_warned_what_becomes_of_it(cast: Cast) -> None:
    asked = send(entered(cast.secretary_a), record(cast.people["cell_a1"], "tu-tran"), on="1/4/2023")

    assert "Bí thư Chi bộ thôn Đông. Các chức vụ này kết thúc cùng ngày." in words(asked)


@pytest.mark.parametrize(
    ("slug", "standing"),
    [
        ("khai-tru", "outside"),
        ("xoa-ten", "outside"),
        ("ra-khoi-dang", "outside"),
        ("mien-sinh-hoat", "official"),
    ],
)
def test_each_kind_is_recorded_through_its_own_form(cast: Cast, slug: str, standing: str) -> None:
    client, person = entered(cast.secretary_a), cast.people["other_a1"]

    assert confirm(client, record(person, slug), on="15/4/2023", **PAPER).status_code == 302
    assert Person.objects.get(pk=person.pk).standing == standing


def test_one_who_left_comes_back_with_the_days_known_elsewhere(cast: Cast) -> None:
    client, person = entered(cast.secretary_a), cast.people["left_a"]

    confirm(
        client,
        record(person, "chuyen-den"),
        origin="Đảng bộ Quân đội",
        standing="official",
        admitted_on="19/5/2018",
        official_on="19/5/2019",
        on="1/4/2023",
    )

    person.refresh_from_db()
    assert (person.standing, person.home) == ("official", cast.a1)
    assert "4 năm 11 tháng" in words(client.get(f"/dang-vien/{person.ref}/"))


@pytest.mark.parametrize("kind", ["khong-co", "admitted", "lap-so"])
def test_a_kind_nobody_may_record_writes_nothing(cast: Cast, kind: str) -> None:
    client, before = entered(cast.secretary_a), MemberEvent.objects.count()

    answer = client.post(record(cast.people["other_a1"], kind), {"on": "1/4/2023", "step": "confirm"})

    assert answer.status_code in {404, 422}
    assert MemberEvent.objects.count() == before


def test_a_member_may_not_record_anything_of_themselves(cast: Cast) -> None:
    assert entered(cast.member_a1).get(record(cast.people["member_a1"])).status_code == 403


def test_a_secretary_may_not_record_in_another_branch(cast: Cast) -> None:
    answer = entered(cast.cell_a1).post(record(cast.canary, "tu-tran"), {"on": "1/4/2023", "step": "confirm"})

    assert answer.status_code == 404
    assert Person.objects.get(pk=cast.canary.pk).standing == "official"


def test_leaving_the_party_is_recorded_above_the_cell(cast: Cast) -> None:
    person = cast.people["other_a1"]

    for_cell = _offered(entered(cast.cell_a1), person)
    for_commune = _offered(entered(cast.secretary_a), person)

    exits = {"Khai trừ", "Xóa tên", "Xin ra khỏi Đảng"}
    assert not exits & set(for_cell)
    assert exits <= set(for_commune)
    refused = entered(cast.cell_a1).post(record(person, "khai-tru"), {"step": "confirm", "on": "1/4/2023"})
    assert refused.status_code == 422
    assert not person.events.filter(kind="expelled").exists()

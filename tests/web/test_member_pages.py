"""Finding people, reading a record, recording what happened in two steps, and correcting it."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from cast import CANARY_NAME, Cast
from tochuc.audit.models import Entry
from tochuc.members.kinds import EVENT_KINDS
from tochuc.members.models import MemberEvent, Person
from tochuc.web.members.forms import KIND_OF_SLUG, LAYOUTS
from web.browsing import entered, errors, field_error, filled, own_folders, shown, words  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")
MOST_QUERIES = 15
PAPER = {
    "decision_number": "15-QĐ/HU",
    "decision_on": "10/4/2023",
    "decision_by": "Ban Thường vụ Huyện ủy",
}


def record(person: Person, kind: str = "") -> str:
    return f"/dang-vien/{person.ref}/ghi/" + (f"{kind}/" if kind else "")


def send(client: Client, path: str, **fields: Any) -> HttpResponse:
    """Open a page and send its form with these fields."""
    return client.post(path, filled(client.get(path), **fields))


def confirm(client: Client, path: str, **fields: Any) -> HttpResponse:
    """Fill in a form, read what would change, press the button that writes it."""
    asked = send(client, path, **fields)
    assert asked.status_code == 200, errors(asked)
    return client.post(path, filled(asked, step="confirm"))


# Finding people


def test_the_list_shows_the_members_of_ones_workplace_in_the_order_of_vietnamese_names(cast: Cast) -> None:
    rows = entered(cast.cell_a1).get("/dang-vien/").context["rows"]

    assert [row["name"] for row in rows] == [
        "Võ Đình Cường",
        "Bùi Thị Lan",
        "Phan Thị Mai",
        "Hồ Thị Bích Ngọc",
        "Ngô Văn Sáu",
        "Nguyễn Thị Thảo",
        "Lý Thanh Tùng",
    ]


@pytest.mark.parametrize("words_typed", ["kim oanh", "Ca Oanh", "OANH SON", "sơn kim"])
def test_a_person_is_found_by_any_part_of_the_name_in_any_order_without_tones(
    cast: Cast, words_typed: str
) -> None:
    page = entered(cast.secretary_b).get("/dang-vien/", {"q": words_typed})

    assert [row["name"] for row in page.context["rows"]] == [CANARY_NAME]


def test_a_person_is_found_by_the_number_of_the_card(cast: Cast) -> None:
    Person.objects.filter(pk=cast.canary.pk).update(card_number="49.123456")

    assert CANARY_NAME in words(entered(cast.officer).get("/dang-vien/?q=123456"))


def test_search_reaches_no_further_than_ones_branch(cast: Cast) -> None:
    page = entered(cast.secretary_a).get("/dang-vien/?q=oanh")

    assert page.context["page"].paginator.count == 0
    assert "Chỉ tìm trong phạm vi của đồng chí" in words(page)


def test_a_former_member_is_found_by_name_and_said_to_be_one(cast: Cast) -> None:
    page = entered(cast.secretary_a).get("/dang-vien/?q=trinh+cong+phu")

    assert "Không còn trong danh sách" in words(page)


def test_the_list_is_filtered_by_standing_and_organisation(cast: Cast) -> None:
    client = entered(cast.secretary_a)

    probation = client.get("/dang-vien/?la=du-bi").context["rows"]
    assert [row["name"] for row in probation] == ["Nguyễn Thị Thảo"]
    school = client.get("/dang-vien/?to-chuc=xa-a-truong").context["rows"]
    assert {row["cells"][0] for row in school} == {"Chi bộ Trường Tiểu học An Hòa"}


def test_another_branch_in_the_filter_counts_as_none(cast: Cast) -> None:
    rows = entered(cast.secretary_a).get("/dang-vien/?to-chuc=xa-b").context["rows"]

    assert CANARY_NAME not in {row["name"] for row in rows}


def test_suggestions_give_name_birth_year_and_cell_within_scope(cast: Cast) -> None:
    found = entered(cast.cell_b1).get("/dang-vien/goi-y/?q=oanh").json()["results"]

    assert found == [
        {"value": cast.canary.ref, "label": CANARY_NAME, "hint": "sinh 1992, Chi bộ thôn Thượng"}
    ]
    assert entered(cast.cell_a1).get("/dang-vien/goi-y/?q=oanh").json()["results"] == []


def test_a_finder_gets_suggestions_as_choices_of_its_field(cast: Cast) -> None:
    answer = entered(cast.cell_b1).get("/dang-vien/goi-y/?q=oanh&name=who&id=id_who")

    assert shown(answer).xpath("//input[@type='radio' and @name='who']/@value") == [cast.canary.ref]


def test_a_cell_elsewhere_may_be_named_as_destination_but_shows_no_people(cast: Cast) -> None:
    answer = entered(cast.cell_a1).get("/goi-y/chi-bo/?q=thuong")

    assert answer.json()["results"] == [
        {"value": "xa-b-thon-thuong", "label": "Chi bộ thôn Thượng", "hint": "Đảng bộ xã Bình Lâm"}
    ]


# Reading a record


def test_a_member_sees_their_own_record_and_nothing_else(cast: Cast) -> None:
    client = entered(cast.member_a1)
    own = cast.people["member_a1"]

    assert client.get("/ho-so-cua-toi/", follow=True).redirect_chain == [(f"/dang-vien/{own.ref}/", 302)]
    assert "Bùi Thị Lan" in words(client.get(f"/dang-vien/{own.ref}/"))
    assert client.get(f"/dang-vien/{cast.people['other_a1'].ref}/").status_code == 404
    assert client.get("/dang-vien/").status_code == 403


def test_an_account_without_a_record_is_told_so_in_plain_words(cast: Cast) -> None:
    answer = entered(cast.nobody).get("/ho-so-cua-toi/")

    assert answer.status_code == 404
    assert "chưa gắn với hồ sơ đảng viên nào" in words(answer)


def test_reading_someone_elses_record_is_noted_once_and_ones_own_is_not(cast: Cast) -> None:
    other = cast.people["other_a1"]
    client = entered(cast.cell_a1)

    client.get(f"/dang-vien/{other.ref}/")
    client.get(f"/dang-vien/{cast.people['cell_a1'].ref}/")

    noted = Entry.objects.filter(action="person.read")
    assert [(n.object_key, n.account, n.stream) for n in noted] == [
        (other.ref, cast.cell_a1.pk, "xa-a-thon-dong")
    ]


def test_sensitive_fields_stay_closed_until_opened_and_opening_is_noted_by_itself(cast: Cast) -> None:
    other = cast.people["other_a1"]
    Person.objects.filter(pk=other.pk).update(religion="Phật giáo", phone="0905 000 111")
    client = entered(cast.cell_a1)

    assert "Phật giáo" not in words(client.get(f"/dang-vien/{other.ref}/"))
    opened = words(client.get(f"/dang-vien/{other.ref}/rieng/"))
    assert "Phật giáo" in opened
    assert "được ghi lại" in opened
    assert [n.data for n in Entry.objects.filter(action="person.read")] == [{}, {"part": "sensitive"}]


def test_the_card_gives_party_age_in_words_from_the_admission_decision(cast: Cast) -> None:
    person = cast.people["recognised_a3"]
    page = words(entered(cast.secretary_a).get(f"/dang-vien/{person.ref}/"))

    assert "1 năm 11 tháng" in page
    assert "tính từ ngày quyết định kết nạp 19/05/2021" in page


def test_a_probationary_member_has_no_party_age_yet(cast: Cast) -> None:
    page = words(entered(cast.secretary_a).get(f"/dang-vien/{cast.people['probation_a1'].ref}/"))

    assert "Đang dự bị" in page
    assert "Tuổi đảng" not in page


def test_the_card_names_posts_and_exemption(cast: Cast) -> None:
    client = entered(cast.cell_a1)

    facts = client.get(f"/dang-vien/{cast.people['cell_a1'].ref}/").context["card"].facts
    assert {"label": "Chức vụ", "value": "Bí thư Chi bộ thôn Đông", "note": "từ 02/01/2020"} in facts
    assert "Miễn công tác và sinh hoạt đảng từ 01/06/2021" in words(
        client.get(f"/dang-vien/{cast.people['elder_a1'].ref}/")
    )


@pytest.mark.parametrize(
    ("who", "state"),
    [
        ("left_a", "Đã chuyển sinh hoạt đi"),
        ("died_a", "Đã từ trần"),
        ("removed_a", "Đã bị xóa tên"),
    ],
)
def test_a_former_members_record_says_how_they_left(cast: Cast, who: str, state: str) -> None:
    assert state in words(entered(cast.secretary_a).get(f"/dang-vien/{cast.people[who].ref}/"))


def test_the_record_says_why_one_may_see_it(cast: Cast) -> None:
    page = words(entered(cast.cell_a1).get(f"/dang-vien/{cast.people['other_a1'].ref}/"))

    assert "Vì sao tôi xem được hồ sơ này?" in page
    assert "Đồng chí là Bí thư chi bộ; hồ sơ thuộc Chi bộ thôn Đông." in page


@pytest.mark.parametrize("path", ["", "ghi/", "ghi/tu-tran/", "ghi/chuyen-sinh-hoat/"])
def test_pages_of_a_record_ask_at_most_fifteen_queries(
    cast: Cast, path: str, django_assert_max_num_queries: Any
) -> None:
    client = entered(cast.officer)

    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(f"/dang-vien/{cast.people['moved_to_a'].ref}/{path}").status_code == 200


@pytest.mark.parametrize("path", ["/dang-vien/", "/dang-vien/?q=van", "/dang-vien/?la=khong-con"])
def test_the_search_asks_at_most_fifteen_queries(
    cast: Cast, path: str, django_assert_max_num_queries: Any
) -> None:
    client = entered(cast.secretary_a)

    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(path).status_code == 200


# Recording what happened


def _offered(client: Client, person: Person) -> list[str]:
    return [label for label, _about, _url in client.get(record(person)).context["choices"]]


def test_only_what_the_present_standing_allows_is_offered(cast: Cast) -> None:
    client = entered(cast.secretary_a)

    assert _offered(client, cast.people["sympathiser_a1"]) == [
        "Kết nạp đảng viên",
        "Chuyển sinh hoạt đảng",
        "Từ trần",
        "Đưa ra khỏi danh sách cảm tình đảng",
    ]
    assert _offered(client, cast.people["removed_a"]) == ["Kết nạp lại", "Phục hồi quyền đảng viên"]
    assert _offered(client, cast.people["left_a"]) == ["Chuyển sinh hoạt đến"]
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
    client, person = entered(cast.cell_a1), cast.people["other_a1"]

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
    assert "mới 17 tuổi, cần đủ 18 năm" in field_error(answer, "on")


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

    answer = send(entered(cast.cell_a1), path, organisation="xa-a-thon-dong", on="1/4/2023")

    assert "Nơi đến trùng với nơi đang sinh hoạt" in field_error(answer, "organisation")


def test_a_transfer_before_one_came_is_refused(cast: Cast) -> None:
    path = record(cast.people["moved_to_a"], "chuyen-sinh-hoat")

    answer = send(entered(cast.cell_a1), path, organisation="xa-a-truong", on="1/1/2019")

    assert "Ngày 01/01/2019 không thể ghi" in field_error(answer, "on")


def test_without_javascript_the_destination_is_found_by_a_button_of_the_form(cast: Cast) -> None:
    client, path = entered(cast.cell_a1), record(cast.people["other_a1"], "chuyen-sinh-hoat")

    found = send(client, path, organisation_q="thuong binh lam", on="1/4/2023", find="organisation")

    assert errors(found) == ""
    assert 'value="1/4/2023"' in found.content.decode()
    choices = shown(found).xpath("//input[@type='radio' and @name='organisation']/@value")
    assert choices == ["xa-b-thon-thuong"]
    assert "Đảng bộ xã Bình Lâm" in words(found)


def test_a_destination_typed_but_not_chosen_is_asked_for_again(cast: Cast) -> None:
    path = record(cast.people["other_a1"], "chuyen-sinh-hoat")

    answer = send(entered(cast.cell_a1), path, organisation_q="thuong", on="1/4/2023")

    assert "chọn một chi bộ trong danh sách" in field_error(answer, "organisation")
    assert 'value="thuong"' in answer.content.decode()


@pytest.mark.parametrize("code", ["xa-b", "khong-co", "x" * 300])
def test_a_destination_that_is_no_cell_is_refused(cast: Cast, code: str) -> None:
    path = record(cast.people["other_a1"], "chuyen-sinh-hoat")

    answer = send(entered(cast.cell_a1), path, organisation=code, on="1/4/2023")

    assert answer.status_code == 422
    assert field_error(answer, "organisation")


def test_after_a_transfer_out_of_ones_scope_one_is_led_to_the_list_with_the_message(cast: Cast) -> None:
    client, person = entered(cast.cell_a1), cast.people["other_a1"]

    answer = confirm(
        client, record(person, "chuyen-sinh-hoat"), organisation="xa-b-thon-thuong", on="1/4/2023"
    )

    assert answer["Location"] == "/dang-vien/"
    assert "đến Chi bộ thôn Thượng, ngày 01/04/2023" in words(client.get("/dang-vien/"))
    assert client.get(f"/dang-vien/{person.ref}/").status_code == 404


def test_leaving_for_another_district_keeps_the_destination_in_words(cast: Cast) -> None:
    client, person = entered(cast.cell_a1), cast.people["other_a1"]

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


# Correcting


def _correct(person: Person, event: MemberEvent) -> str:
    return f"/dang-vien/{person.ref}/dinh-chinh/{event.pk}/"


def test_an_event_is_recorded_anew_and_the_wrong_one_stays_struck_through_with_the_reason(cast: Cast) -> None:
    client, person = entered(cast.officer), cast.people["moved_within_a"]
    wrong = person.events.get(kind="transferred")

    asked = send(
        client, _correct(person, wrong), on="20/3/2022", reason="Ghi nhầm ngày theo giấy giới thiệu."
    )
    assert "Chưa ghi gì" in words(asked)
    assert not MemberEvent.objects.filter(corrects=wrong).exists()

    answer = client.post(_correct(person, wrong), filled(asked, step="confirm"))
    assert answer.status_code == 302
    page = client.get(f"/dang-vien/{person.ref}/")
    struck = " ".join(shown(page).xpath("//s")[0].text_content().split())
    assert struck == "Đã bị đính chính: Chuyển sinh hoạt đảng đến Chi bộ thôn Đông"
    assert "Đã đính chính: Ghi nhầm ngày theo giấy giới thiệu." in words(page)
    assert person.memberships.get(organisation=cast.a1).since.isoformat() == "2022-03-20"


def test_striking_an_event_out_shows_what_it_brings_back(cast: Cast) -> None:
    client, person = entered(cast.officer), cast.people["removed_a"]
    wrong = person.events.get(kind="removed")

    path = _correct(person, wrong) + "?cach=huy"
    asked = client.post(path, filled(client.get(path), reason="Quyết định đã bị thu hồi."))
    rows = {row["label"]: (row["before"], row["after"]) for row in asked.context["changes"]}
    assert rows["Tư cách"] == ("Ngoài Đảng", "Đảng viên chính thức")

    client.post(path, filled(asked, step="confirm"))
    assert Person.objects.get(pk=person.pk).standing == "official"


def test_a_correction_needs_its_reason(cast: Cast) -> None:
    person = cast.people["removed_a"]

    answer = send(entered(cast.officer), _correct(person, person.events.get(kind="removed")), reason=" ")

    assert answer.status_code == 422
    assert field_error(answer, "reason")


def test_a_correction_that_contradicts_what_came_after_is_refused_and_says_why(cast: Cast) -> None:
    client, person = entered(cast.officer), cast.people["recognised_a3"]
    admitted = person.events.get(kind="admitted")
    path = _correct(person, admitted) + "?cach=huy"

    answer = client.post(path, filled(client.get(path), reason="Ghi nhầm người."))

    assert answer.status_code == 422
    assert "không thể ghi «Công nhận chính thức»" in errors(answer)
    assert not MemberEvent.objects.filter(corrects=admitted).exists()


def test_every_kind_of_event_that_stands_in_a_record_has_a_form_to_correct_it() -> None:
    assert set(LAYOUTS) == set(EVENT_KINDS) - {"void"}
    assert len(KIND_OF_SLUG) == len(LAYOUTS)


def test_what_was_already_corrected_is_not_corrected_again(cast: Cast) -> None:
    client, person = entered(cast.officer), cast.people["removed_a"]
    wrong = person.events.get(kind="removed")
    path = _correct(person, wrong) + "?cach=huy"
    confirm(client, path, reason="Quyết định đã bị thu hồi.")

    assert client.get(path).status_code == 404


def test_only_the_organisation_board_corrects(cast: Cast) -> None:
    person = cast.people["removed_a"]
    wrong = person.events.get(kind="removed")

    assert entered(cast.secretary_a).get(_correct(person, wrong)).status_code == 403
    assert "Đính chính:" not in words(entered(cast.secretary_a).get(f"/dang-vien/{person.ref}/"))


def test_an_event_of_someone_else_cannot_be_corrected_through_ones_record(cast: Cast) -> None:
    other = cast.people["died_a"].events.get(kind="died")

    assert entered(cast.officer).get(_correct(cast.people["removed_a"], other)).status_code == 404

"""Finding people and reading a record."""

from __future__ import annotations

from typing import Any

import pytest

from cast import CANARY_NAME, Cast
from tochuc.audit.models import Entry
from tochuc.members import search
from tochuc.members.models import Person
from web.browsing import entered, own_folders, shown, words  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")
MOST_QUERIES = 15


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


def test_of_a_common_name_the_page_says_that_it_shows_the_first(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MOST", 2)
    page = entered(cast.officer).get("/dang-vien/?q=van")

    assert len(page.context["rows"]) == 2
    assert "Mới hiện 2 người đầu theo thứ tự tên" in words(page)
    assert "Mới hiện" not in words(entered(cast.officer).get("/dang-vien/?q=oanh"))


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

    assert answer.status_code == 200
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
    assert [n.data for n in Entry.objects.filter(action="person.read").order_by("sequence")] == [
        {},
        {"part": "sensitive"},
    ]


def test_the_card_gives_party_age_in_words_from_the_admission_decision(cast: Cast) -> None:
    person = cast.people["recognised_a3"]
    page = words(entered(cast.secretary_a).get(f"/dang-vien/{person.ref}/"))

    assert "1 năm 11 tháng" in page
    assert "tính từ ngày quyết định kết nạp 19/05/2021" in page


def test_of_a_day_before_the_birth_the_card_gives_no_age(cast: Cast) -> None:
    person = cast.people["recognised_a3"]
    page = entered(cast.secretary_a).get(f"/dang-vien/{person.ref}/", {"ngay": "1/1/1901"})

    assert page.context["card"].facts[0]["note"] == "chưa sinh vào ngày đang xem"


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

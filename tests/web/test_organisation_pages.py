"""The tree of organisations, an organisation's overview and history, and its list of sympathisers."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from cast import CANARY_NAME, Cast
from tochuc.members.models import MemberEvent, Person
from tochuc.org.models import Organisation, Post
from web.browsing import entered as enter
from web.browsing import filled, own_folders  # noqa: F401
from web.browsing import words as text

pytestmark = pytest.mark.usefixtures("own_folders")
NEW = "/to-chuc/xa-a-thon-dong/cam-tinh-dang/moi/"


def sent_form(client: Client, path: str, **fields: Any) -> HttpResponse:
    """Open a page and send its form with these fields."""
    return client.post(path, filled(client.get(path), **fields))


SOMEONE = {
    "full_name": "đoàn thị kim chi",
    "gender": "female",
    "birth": "4/2001",
    "hometown": "An Hòa",
    "residence": "thôn Đông",
    "occupation": "Giáo viên",
    "listed_on": "1/4/2023",
}


def test_the_tree_holds_the_whole_branch_and_nothing_outside_it(cast: Cast) -> None:
    page = text(enter(cast.secretary_a).get("/to-chuc/"))

    assert "Chi bộ thôn Đông" in page
    assert "Chi bộ thôn Thượng" not in page
    assert "Đảng bộ huyện Thu Giang" not in page


def test_each_organisation_of_the_tree_shows_its_members_of_today(cast: Cast) -> None:
    nodes = enter(cast.officer).get("/to-chuc/").context["roots"]

    assert [node.name for node in nodes] == ["Đảng bộ huyện Thu Giang"]
    commune = next(node for node in nodes[0].below if node.name == "Đảng bộ xã An Hòa")
    assert commune.count.total == sum(node.count.total for node in commune.below)


def test_the_tree_is_searched_without_tones_and_shows_the_way_to_what_it_found(cast: Cast) -> None:
    page = enter(cast.officer).get("/to-chuc/?q=thon+thuong")

    assert page.context["found"] == 1
    assert "Đảng bộ xã Bình Lâm" in text(page)
    assert "Chi bộ thôn Đông" not in text(page)


def test_a_search_that_finds_nothing_says_what_to_try(cast: Cast) -> None:
    assert "Thử gõ ít chữ hơn" in text(enter(cast.officer).get("/to-chuc/?q=khongco"))


def test_the_overview_names_leaders_with_since_when(cast: Cast) -> None:
    page = text(enter(cast.secretary_a).get("/to-chuc/xa-a/"))

    assert "Nguyễn Văn Thành" in page
    assert "từ 02/01/2020" in page


def test_a_leading_post_without_a_holder_is_said_to_be_vacant(cast: Cast) -> None:
    Post.objects.create(
        code="bt-truong", organisation=cast.a3, kind="secretary", title="Bí thư Chi bộ", since=cast.a3.since
    )

    assert "Khuyết" in text(enter(cast.secretary_a).get("/to-chuc/xa-a-truong/"))


def test_the_overview_gives_members_and_the_year_in_one_line(cast: Cast) -> None:
    page = text(enter(cast.cell_a1).get("/to-chuc/xa-a-thon-dong/"))

    assert "7 đảng viên" in page
    assert "1 dự bị" in page
    assert "Từ đầu năm 2023: đầu kỳ 7, tăng 0, giảm 0, nay 7 đảng viên." in page


def test_the_figures_of_a_past_day_lead_to_the_people_of_that_day(cast: Cast) -> None:
    client = enter(cast.officer)
    page = client.get("/to-chuc/xa-a/?ngay=31/12/2021")
    (total, _official, _probationary), then = page.context["members"], page.context["statement"]

    assert total[2] == "/to-chuc/xa-a/dang-vien/?ngay=31%2F12%2F2021"
    assert client.get(total[2]).context["page"].paginator.count == total[0] == then.closing.total
    assert client.get(page.context["statement_url"]).context["own"].closing == then.closing
    assert client.get("/to-chuc/xa-a/").context["members"][0][2] == "/to-chuc/xa-a/dang-vien/"


def test_a_board_has_leaders_but_no_list_of_members(cast: Cast) -> None:
    page = text(enter(cast.officer).get("/to-chuc/huyen-btc/"))

    assert "Lê Thị Thu Hà" in page
    assert "Biến động" not in page


def test_superiors_outside_ones_scope_are_named_but_not_linked(cast: Cast) -> None:
    page = enter(cast.secretary_a).get("/to-chuc/xa-a/").content.decode()

    assert "Đảng bộ huyện Thu Giang" in page
    assert 'href="/to-chuc/huyen/"' not in page


def test_history_tells_the_founding_and_who_led(cast: Cast) -> None:
    page = text(enter(cast.secretary_a).get("/to-chuc/xa-a/lich-su/"))

    assert "19/05/1976 Thành lập" in page
    assert "từ 02/01/2020 đến nay" in page


@pytest.mark.parametrize(
    "path", ["", "dang-vien/", "bien-dong/", "lich-su/", "cam-tinh-dang/", "dang-vien.xlsx"]
)
def test_an_organisation_outside_ones_branch_is_not_found(cast: Cast, path: str) -> None:
    assert enter(cast.secretary_a).get(f"/to-chuc/xa-b/{path}").status_code == 404


@pytest.mark.parametrize(
    "path", ["/to-chuc/", "/to-chuc/xa-a/", "/to-chuc/xa-a/lich-su/", "/to-chuc/xa-a/cam-tinh-dang/"]
)
def test_pages_of_a_commune_ask_at_most_fifteen_queries(
    cast: Cast, path: str, django_assert_max_num_queries: Any
) -> None:
    client = enter(cast.secretary_a)

    with django_assert_max_num_queries(15):
        assert client.get(path).status_code == 200


def test_listing_a_sympathiser_opens_their_record_and_puts_them_on_the_list(cast: Cast) -> None:
    answer = sent_form(enter(cast.cell_a1), NEW, **SOMEONE)

    person = Person.objects.get(full_name="Đoàn Thị Kim Chi")
    assert answer.status_code == 302
    assert (person.standing, person.home, person.birth.vn) == ("sympathiser", cast.a1, "04/2001")
    assert person.occupation == "Giáo viên"


def test_a_birth_date_that_does_not_exist_is_refused_beside_its_field_and_nothing_typed_is_lost(
    cast: Cast,
) -> None:
    answer = sent_form(enter(cast.cell_a1), NEW, **{**SOMEONE, "birth": "30/2/2001"})

    assert "Không có ngày 30/02/2001" in text(answer)
    assert 'value="đoàn thị kim chi"' in answer.content.decode()
    assert 'value="30/2/2001"' in answer.content.decode()
    assert not Person.objects.filter(fold="doan thi kim chi").exists()


def test_a_day_of_listing_to_come_leaves_no_record_behind(cast: Cast) -> None:
    answer = sent_form(enter(cast.cell_a1), NEW, **{**SOMEONE, "listed_on": "1/5/2023"})

    assert answer.status_code == 200
    assert "chưa tới" in text(answer)
    assert not Person.objects.filter(fold="doan thi kim chi").exists()


def test_a_name_without_family_name_is_refused(cast: Cast) -> None:
    assert "Cần ghi đủ họ và tên" in text(
        sent_form(enter(cast.cell_a1), NEW, **{**SOMEONE, "full_name": "Chi"})
    )


def test_the_same_form_sent_twice_lists_one_person(cast: Cast) -> None:
    client = enter(cast.cell_a1)
    sent = filled(client.get(NEW), **SOMEONE)
    first, second = client.post(NEW, sent), client.post(NEW, sent)

    assert first["Location"] == second["Location"]
    assert Person.objects.filter(full_name="Đoàn Thị Kim Chi").count() == 1
    assert MemberEvent.objects.filter(person__full_name="Đoàn Thị Kim Chi").count() == 1


def test_a_namesake_born_alike_is_shown_before_a_second_record_is_opened(cast: Cast) -> None:
    client = enter(cast.cell_a1)
    alike = {**SOMEONE, "full_name": "Trần Văn Hậu", "birth": "1998"}

    asked = sent_form(client, NEW, **alike)
    assert "Đã có người cùng tên trong hồ sơ" in text(asked)
    assert Person.objects.filter(full_name="Trần Văn Hậu").count() == 1

    assert sent_form(client, NEW, **alike, other_person="on").status_code == 302
    assert Person.objects.filter(full_name="Trần Văn Hậu").count() == 2


def test_a_namesake_outside_ones_scope_is_not_betrayed(cast: Cast) -> None:
    answer = sent_form(
        enter(cast.cell_a1), NEW, **{**SOMEONE, "full_name": CANARY_NAME, "birth": "29/2/1992"}
    )

    assert answer.status_code == 302


def test_only_a_cell_has_the_button_to_list_someone(cast: Cast) -> None:
    client = enter(cast.secretary_a)

    assert "Đưa người vào danh sách" in text(client.get("/to-chuc/xa-a-thon-dong/cam-tinh-dang/"))
    assert "Đưa người vào danh sách" not in text(client.get("/to-chuc/xa-a/cam-tinh-dang/"))


def test_an_organisation_with_a_hostile_name_is_shown_as_text(cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.a1.pk).update(name="<script>alert(1)</script>")

    page = enter(cast.cell_a1).get("/to-chuc/xa-a-thon-dong/").content.decode()
    assert "<script>alert(1)" not in page


def test_a_birth_year_of_two_digits_is_one_of_the_last_century(cast: Cast) -> None:
    sent_form(enter(cast.cell_a1), NEW, **SOMEONE | {"birth": "2/4/45"})

    assert Person.objects.get(full_name="Đoàn Thị Kim Chi").birth.vn == "02/04/1945"

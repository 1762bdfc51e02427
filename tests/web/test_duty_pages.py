"""*Việc cần làm* through the pages: filters, what lies in which unit, six months ahead, the list for the notice board."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from cast import CANARY_NAME, Cast, recorded_on
from tochuc.duties import asking
from tochuc.duties.sifting import Asked, key_of
from tochuc.members import actions
from web.browsing import entered, own_folders, shown, words  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folders")]
# The budget of the design for any page of a commune.
MOST_QUERIES = 15


def rows(client: Client, query: str = "") -> list[str]:
    """What each row of the list says of whom it concerns."""
    page = shown(client.get(f"/{query}"))
    return [one.text_content().strip() for one in page.xpath("//ul[@class='tasks']//p[@class='task-whom']")]


def test_a_group_a_kind_and_words_without_tones_each_narrow_the_list(cast: Cast) -> None:
    client = entered(cast.officer)
    everything = rows(client)
    late = rows(client, "?nhom=qua-han")
    assert 0 < len(late) < len(everything)
    recognitions = rows(client, "?loai=recognition")
    assert any("Phùng Gia Huy" in one for one in recognitions)
    assert rows(client, "?q=phung+gia") == [one for one in recognitions if "Phùng Gia Huy" in one]
    assert rows(client, "?q=binh+lam+recognition") == []
    assert rows(client, f"?nguoi={cast.people['probation_b1'].ref}") == rows(client, "?q=phung+gia+huy")


def test_a_branch_is_itself_and_all_below_and_nobody_elses(cast: Cast) -> None:
    of_b = rows(entered(cast.officer), "?to-chuc=xa-b")
    assert any("Phùng Gia Huy" in one for one in of_b)
    assert not any("Thôn Đông" in one or "thôn Đông" in one for one in of_b)
    assert rows(entered(cast.secretary_a), "?to-chuc=xa-b") == []
    assert rows(entered(cast.secretary_a), "?nguoi=" + cast.people["probation_b1"].ref) == []


@pytest.mark.parametrize(
    "query",
    [
        "?trang=x",
        "?trang=999999",
        "?nhom=khac",
        "?loai=khac",
        "?thang=2023-13",
        "?thang=9999-12",
        "?trang=-1",
        "?q=%25%27",
    ],
)
def test_what_an_address_can_t_mean_is_left_out(cast: Cast, query: str) -> None:
    client = entered(cast.officer)
    for path in (
        "/",
        "/viec-can-lam/don-vi/",
        "/viec-can-lam/sap-toi/",
        "/viec-can-lam/bang-tin/",
        "/viec-can-lam.xlsx",
    ):
        assert client.get(f"{path}{query}").status_code == 200


def test_a_page_past_the_last_is_the_last(cast: Cast) -> None:
    client = entered(cast.officer)
    assert rows(client, "?trang=99") == rows(client)
    assert rows(client, "?trang=3&q=khongaicotenthe") == []


def test_pages_by_where_the_last_ended_give_everything_once(cast: Cast) -> None:
    viewer = cast.viewer("officer")
    whole = asking.look(viewer, size=500)
    after, found = None, []
    while slips := asking.look(viewer, size=3, after=after).slips:
        found += slips
        after = key_of(slips[-1])
    assert found == list(whole.slips)
    assert list(asking.everything(viewer, at_once=4)) == whole.duties()


def test_each_unit_has_as_much_as_its_own_list(cast: Cast) -> None:
    """What ended is counted where its heirs are; here nothing ended, so the units add up."""
    viewer = cast.viewer("officer")
    found = asking.look(viewer, split=[cast.district.pk])
    places = {one.place for one in found.by_place}
    for place in places - {None}:
        n = sum(one.n for one in found.by_place if one.place == place)
        assert n == asking.look(viewer, Asked(branch=place)).total
    assert sum(one.n for one in found.by_place) == found.total


def test_the_table_of_units_opens_the_rows_behind_each_number(cast: Cast) -> None:
    client = entered(cast.officer)
    page = shown(client.get("/viec-can-lam/don-vi/"))
    links = page.xpath("//table//td//a")
    assert links
    for link in links[:6]:
        n = int(link.text_content().replace(".", ""))
        opened = shown(client.get(link.get("href")))
        assert len(opened.xpath("//ul[@class='tasks']/li")) == n
    assert "Đảng bộ xã Bình Lâm" in words(client.get("/viec-can-lam/don-vi/"))
    commune = words(entered(cast.secretary_a).get("/viec-can-lam/don-vi/"))
    assert "Chi bộ thôn Đông" in commune
    assert "Bình Lâm" not in commune


def test_six_months_ahead_hold_what_will_arise_and_nothing_later(cast: Cast) -> None:
    """Admitted on 10 May 2022: on 1 January nothing shows yet, but the plan of six months has it in June."""
    day = date(2023, 1, 1)
    client = entered(cast.cell_a1)
    with recorded_on(day):
        assert not any("Nguyễn Thị Thảo" in one for one in rows(client))
        plan = words(client.get("/viec-can-lam/sap-toi/"))
        assert "Công nhận đảng viên chính thức" in plan
        june = client.get("/viec-can-lam/sap-toi/?thang=2023-06")
        assert "Nguyễn Thị Thảo" in words(june)
        assert "Nguyễn Thị Thảo" not in words(client.get("/viec-can-lam/sap-toi/?thang=2023-05"))
    sheet = client.get("/viec-can-lam/sap-toi.xlsx")
    assert sheet.status_code == 200
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")


def test_the_notice_board_names_nobody(cast: Cast) -> None:
    papers = {"destination": "Đảng bộ khác"}
    actions.append(
        cast.canary, "papers_out", on=date(2023, 1, 5), by=cast.actor(), today=cast.today, data=papers
    )
    client = entered(cast.secretary_b)
    assert any(CANARY_NAME in one for one in rows(client))
    said = words(client.get("/viec-can-lam/bang-tin/"))
    assert "Công nhận đảng viên chính thức" in said
    assert "dưới 3" in said
    for person in cast.people.values():
        if person.full_name != cast.secretary_b.full_name:
            assert person.full_name not in said


def test_a_member_alone_has_no_notice_board_and_no_units(cast: Cast) -> None:
    client = entered(cast.member_a1)
    assert "Không có bảng tin để in" in words(client.get("/viec-can-lam/bang-tin/"))
    assert "thôn Tây" not in words(client.get("/viec-can-lam/don-vi/"))


def test_home_and_units_ask_few_questions(cast: Cast, django_assert_max_num_queries: object) -> None:
    client = entered(cast.secretary_a)
    for path in ("/", "/viec-can-lam/don-vi/", "/viec-can-lam/bang-tin/"):
        client.get(path)
        with django_assert_max_num_queries(MOST_QUERIES):  # type: ignore[operator]
            assert client.get(path).status_code == 200

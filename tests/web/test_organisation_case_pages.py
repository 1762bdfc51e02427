"""Posts to fill and elections through the pages: from the vacancy to the post in the record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cast import TODAY, Cast
from tochuc.access.viewer import Viewer
from tochuc.cases.models import Case
from tochuc.duties.duty import collect
from tochuc.members.models import Holds
from tochuc.org.congresses import congresses
from tochuc.org.models import Post
from web.browsing import entered, errors, filled, own_folders, shown, words  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")

CELL = "/to-chuc/xa-a-thon-dong/kien-toan/"


@pytest.fixture
def vacant(cast: Cast) -> Post:
    """A deputy's post in the cell that nobody holds."""
    return Post.objects.create(
        organisation=cast.a1,
        code="a1-pho-bi-thu",
        kind="deputy_secretary",
        title="Phó Bí thư Chi bộ thôn Đông",
        since=date(2020, 1, 1),
    )


def step(case: Case, code: str, who: Any, **sent: Any) -> Any:
    client = entered(who)
    path = f"/ho-so/{case.ref}/buoc/{code}/"
    answer = client.post(path, filled(client.get(path), on="20/4/2023", **sent), follow=True)
    assert not errors(answer)
    return answer


def test_a_vacant_post_is_filled_from_its_page_to_the_record(cast: Cast, vacant: Post) -> None:
    client = entered(cast.cell_a1)
    page = client.get(CELL)
    assert "Phó Bí thư Chi bộ thôn Đông Còn khuyết" in words(page)
    begin = CELL + "appointment/?post=a1-pho-bi-thu"
    answer = client.post(begin, filled(client.get(begin), manner="designate"))
    case = Case.objects.get()
    assert answer.url == f"/ho-so/{case.ref}/", errors(answer)
    assert "Đang kiện toàn" in words(client.get(CELL))
    assert "Kiện toàn chức danh: Phó Bí thư Chi bộ thôn Đông" in words(client.get(CELL))

    member = cast.people["other_a1"]
    papers = {"have_appointment_proposal": "on", "have_appointment_profile": "on"}
    step(case, "propose", cast.cell_a1, candidate=member.ref, **papers)
    step(case, "opinions", cast.cell_a1, have_appointment_opinions="on")
    step(case, "agree", cast.secretary_a, outcome="agreed")
    answer = step(
        case, "decide", cast.secretary_a, outcome="decided", number="5-QĐ/ĐU", have_appointment_decision="on"
    )
    assert "Hồ sơ kết thúc: đã có người giữ chức danh" in words(answer)
    assert Holds.objects.on(TODAY).get(post=vacant).person == member
    assert "Nhận chức vụ Phó Bí thư Chi bộ thôn Đông" in words(client.get(f"/dang-vien/{member.ref}/"))
    told = words(client.get(f"/ho-so/{case.ref}/"))
    assert f"Nhân sự: {member.full_name}." in told
    assert "Phó Bí thư Chi bộ thôn Đông" in told.split("Nội dung hồ sơ")[1]
    assert member.ref not in told
    assert vacant.code not in told


def test_where_nobody_holds_a_post_the_page_of_leaving_one_says_there_is_nothing_to_choose(
    cast: Cast,
) -> None:
    Holds.objects.filter(post__organisation=cast.a1).delete()
    page = entered(cast.cell_a1).get(CELL + "leaving_post/")
    assert "Sổ chưa ghi chức danh nào của tổ chức này" in words(page)
    assert not shown(page).xpath("//main//form[@method='post']")


def test_only_the_committee_above_decides_and_another_cell_sees_nothing(cast: Cast, vacant: Post) -> None:
    client = entered(cast.cell_a1)
    begin = CELL + "appointment/?post=a1-pho-bi-thu"
    client.post(begin, filled(client.get(begin), manner="designate"))
    case = Case.objects.get()
    assert client.get(f"/ho-so/{case.ref}/buoc/agree/").status_code == 404
    assert (
        entered(cast.cell_b1).get(CELL).status_code == 403
        or entered(cast.cell_b1).get(CELL).status_code == 404
    )
    assert entered(cast.cell_a2).get(f"/ho-so/{case.ref}/").status_code in {403, 404}


def test_a_small_cell_is_told_on_the_page_that_it_elects_no_committee(cast: Cast, vacant: Post) -> None:
    """Điều 24 khoản 4 Điều lệ Đảng."""
    client = entered(cast.cell_a1)
    begin = CELL + "cell_election/"
    client.post(begin, filled(client.get(begin)))
    case = Case.objects.get()
    path = f"/ho-so/{case.ref}/buoc/plan/"
    sent = filled(client.get(path), on="20/4/2023", seats="5", have_election_scheme="on")
    answer = client.post(path, sent)
    assert "thì không bầu chi ủy, chỉ bầu bí thư" in errors(answer)
    assert filled(answer)["seats"] == ["5"]


def test_a_congress_puts_whom_it_elected_into_the_record_and_begins_a_term(cast: Cast, vacant: Post) -> None:
    client = entered(cast.cell_a1)
    begin = CELL + "cell_election/"
    client.post(begin, filled(client.get(begin)))
    case = Case.objects.get()
    step(case, "plan", cast.cell_a1, seats="2", have_election_scheme="on")
    step(case, "approve", cast.secretary_a, outcome="approved", have_election_approval="on")
    member = cast.people["other_a1"]
    elected = {
        "results:a1-pho-bi-thu:person": member.ref,
        "results:a1-pho-bi-thu:votes": "6",
        "have_election_minutes": "on",
    }
    step(case, "congress", cast.cell_a1, outcome="short", summoned="7", present="7", **elected)
    step(case, "report", cast.cell_a1, have_election_report="on")
    answer = step(
        case,
        "confirm",
        cast.secretary_a,
        outcome="confirmed",
        number="6-QĐ/ĐU",
        have_election_confirmation="on",
    )
    assert "Hồ sơ kết thúc: đã chuẩn y" in words(answer)
    assert [one.post.code for one in Holds.objects.on(TODAY).filter(post__organisation=cast.a1)] == [
        "a1-pho-bi-thu"
    ]
    assert congresses(cast.a1)[0].happened_on == TODAY
    told = words(client.get(f"/ho-so/{case.ref}/"))
    assert f"Phó Bí thư Chi bộ thôn Đông: {member.full_name}, 6 phiếu" in told
    assert vacant.code not in told


def test_an_empty_leading_post_is_due_and_leads_to_where_it_is_filled(cast: Cast) -> None:
    Post.objects.create(
        organisation=cast.a3,
        code="a3-bi-thu-moi",
        kind="secretary",
        title="Bí thư lâm thời",
        since=date(2022, 1, 1),
    )
    due = [
        one
        for one in collect(Viewer(cast.accounts["secretary_a"], today=TODAY))
        if one.kind == "organisation_post" and "Bí thư lâm thời" in one.what
    ]
    assert [(one.page, one.action) for one in due] == [("organisation_cases", "Kiện toàn")]

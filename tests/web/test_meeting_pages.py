"""The pages of meetings, and of a member's year of meetings and dues."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast import Cast
from tochuc.cases.models import Case
from tochuc.meetings.models import Meeting
from web.browsing import entered as enter
from web.browsing import errors, filled, own_folders, shown  # noqa: F401
from web.browsing import words as text

pytestmark = pytest.mark.usefixtures("own_folders")
NEW = "/to-chuc/xa-a-thon-dong/sinh-hoat/moi/"


def record(cast: Cast, day: str, **states: str) -> Meeting:
    client = enter(cast.cell_a1)
    changed = {f"tt-{cast.people[key].ref}": state for key, state in states.items()}
    sent = client.post(NEW, filled(client.get(NEW), held_on=day, kind="regular", **changed))
    assert sent.status_code == 302, errors(sent)
    return Meeting.objects.latest("pk")


def test_a_meeting_takes_one_screen_and_everybody_is_there_until_said_otherwise(cast: Cast) -> None:
    meeting = record(cast, "5/3/2023", member_a1="absent")
    page = text(enter(cast.cell_a1).get(f"/sinh-hoat/{meeting.ref}/"))
    assert "vắng không lý do: 1" in page
    listed = text(enter(cast.secretary_a).get("/to-chuc/xa-a/sinh-hoat/"))
    assert "Chi bộ thôn Đông" in listed
    assert "05/03/2023" in listed


def test_an_excuse_without_a_reason_is_told_at_its_line_and_what_was_typed_stays(cast: Cast) -> None:
    client, who = enter(cast.cell_a1), cast.people["member_a1"]
    answer = client.post(
        NEW, filled(client.get(NEW), held_on="5/3/2023", kind="regular", **{f"tt-{who.ref}": "excused"})
    )
    assert "Bùi Thị Lan: cần ghi lý do vắng" in errors(answer)
    assert shown(answer).xpath(f"//input[@id='tt-{who.ref}-excused']/@checked")
    assert not Meeting.objects.exists()


def test_a_line_is_put_right_with_the_reason_and_a_meeting_withdrawn(cast: Cast) -> None:
    meeting, who = record(cast, "5/3/2023", member_a1="absent"), cast.people["member_a1"]
    client, path = enter(cast.cell_a1), f"/sinh-hoat/{meeting.ref}/"
    sent = client.post(path, filled(client.get(path), **{f"tt-{who.ref}": "present", "why": "Đến muộn"}))
    assert sent.status_code == 302
    assert "trước khi sửa: vắng không lý do" in text(client.get(path))
    away = f"{path}bo-ghi/"
    assert client.post(away, filled(client.get(away), reason="Ghi nhầm ngày")).status_code == 302
    assert "đã được bỏ ghi" in text(client.get(path))


def test_only_the_cell_and_its_committee_record_and_read(cast: Cast) -> None:
    meeting = record(cast, "5/3/2023")
    assert enter(cast.cell_b1).get(f"/sinh-hoat/{meeting.ref}/").status_code == 404
    assert enter(cast.member_a1).get(f"/sinh-hoat/{meeting.ref}/").status_code == 404
    assert enter(cast.officer).get(NEW).status_code == 403
    assert enter(cast.cell_a1).get("/to-chuc/xa-a/sinh-hoat/moi/").status_code in {403, 404}


def test_three_months_lead_to_the_page_of_consideration_and_to_a_prepared_removal(cast: Cast) -> None:
    for month in (1, 2, 3):
        record(cast, f"5/{month}/2023", member_a1="absent")
    who = cast.people["member_a1"]
    client, path = enter(cast.cell_a1), f"/dang-vien/{who.ref}/sinh-hoat-dang-phi/"
    assert "Chi bộ cần xem xét việc sinh hoạt" in text(client.get("/"))
    page = client.get(path)
    assert "Các tháng 1/2023, 2/2023, 3/2023" in text(page)
    (link,) = shown(page).xpath("//a[contains(@href, 'quy-trinh/removal')]/@href")
    begin = client.get(link)
    assert shown(begin).xpath("//input[@name='months']/@value") == ["1/2023 2/2023 3/2023"]
    assert client.post(link, filled(begin)).status_code == 302
    assert Case.objects.filter(person=who, procedure="removal").exists()
    sent = client.post(path, filled(client.get(path), outcome="reminded", note="Đã nghe, nhắc nhở"))
    assert sent.status_code == 302
    assert "Đã nghe, nhắc nhở" in text(enter(cast.member_a1).get(path))


def test_a_member_sees_their_own_year_and_nobody_elses(cast: Cast) -> None:
    record(cast, "5/3/2023")
    client = enter(cast.member_a1)
    own, other = cast.people["member_a1"], cast.people["other_a1"]
    assert "05/03/2023" in text(client.get(f"/dang-vien/{own.ref}/sinh-hoat-dang-phi/"))
    assert client.get(f"/dang-vien/{other.ref}/sinh-hoat-dang-phi/").status_code == 404
    assert enter(cast.officer).get(f"/dang-vien/{own.ref}/sinh-hoat-dang-phi/").status_code == 403


def test_the_pages_ask_few_questions(cast: Cast) -> None:
    record(cast, "5/3/2023")
    for account, path in (
        (cast.cell_a1, NEW),
        (cast.cell_a1, "/to-chuc/xa-a-thon-dong/sinh-hoat/"),
        (cast.secretary_a, "/to-chuc/xa-a/sinh-hoat/"),
    ):
        client = enter(account)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        assert len(asked) <= 15, f"{path}: {len(asked)}"


def test_a_day_to_come_is_refused_at_its_field(cast: Cast) -> None:
    client = enter(cast.cell_a1)
    answer = client.post(NEW, filled(client.get(NEW), held_on="5/5/2023", kind="regular"))
    assert "chưa tới" in errors(answer)
    assert not Meeting.objects.filter(held_on=date(2023, 5, 5)).exists()

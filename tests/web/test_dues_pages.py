"""The pages of dues: the sheet of a month, a member's year, the sums of a branch."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast import Cast
from tochuc.audit.models import Entry
from tochuc.dues.models import Payment
from web.browsing import entered as enter
from web.browsing import errors, filled, own_folders  # noqa: F401
from web.browsing import words as text

pytestmark = pytest.mark.usefixtures("own_folders")
SHEET = "/to-chuc/xa-a-thon-dong/dang-phi/?tu=3/2023"


def ticked(cast: Cast, *people: str, month: str = "2023-03") -> list[str]:
    return [f"{cast.people[key].ref}-{month}" for key in people]


def test_a_cell_records_its_month_on_one_sheet(cast: Cast) -> None:
    client = enter(cast.cell_a1)
    sheet = client.get(SHEET)
    assert "Bùi Thị Lan" in text(sheet)
    sent = client.post(SHEET, filled(sheet, nop=ticked(cast, "member_a1", "elder_a1"), paid_on="5/4/2023"))
    assert sent.status_code == 302
    assert {p.person for p in Payment.objects.all()} == {cast.people["member_a1"], cast.people["elder_a1"]}
    again = text(client.get(sent.url))
    assert "2 trong" in again
    assert "Đã nộp, ngày 05/04/2023" in again
    assert Entry.objects.filter(action="dues.collected").exists()


def test_a_wrong_sum_is_told_at_its_line_and_everything_typed_stays(cast: Cast) -> None:
    client = enter(cast.cell_a1)
    sheet, (key, other) = client.get(SHEET), ticked(cast, "member_a1", "other_a1")
    answer = client.post(
        SHEET, filled(sheet, **{"nop": [key, other], f"tien-{key}": "mười nghìn", f"tien-{other}": "7.500"})
    )
    assert "cần ghi số tiền" in errors(answer)
    for sum_typed in ("15.000,50", "15.5", "1.50.000", "-15.000"):
        refused = client.post(SHEET, filled(sheet, **{"nop": [key], f"tien-{key}": sum_typed}))
        assert "cần ghi số tiền" in errors(refused), sum_typed
    assert 'value="mười nghìn"' in answer.content.decode()
    assert 'value="7.500"' in answer.content.decode()
    assert not Payment.objects.exists()


def test_several_months_go_at_once_and_all_can_be_ticked(cast: Cast) -> None:
    client = enter(cast.cell_a1)
    path = "/to-chuc/xa-a-thon-dong/dang-phi/?tu=1/2023&den=3/2023&chon=tat-ca"
    assert client.post(path, filled(client.get(path))).status_code == 302
    assert set(Payment.objects.values_list("month__month", flat=True)) == {1, 2, 3}


def test_months_that_can_not_be_read_are_said(cast: Cast) -> None:
    client = enter(cast.cell_a1)
    assert "Không đọc được tháng" in text(client.get("/to-chuc/xa-a-thon-dong/dang-phi/?tu=xyz"))
    assert "ghi trước nhiều nhất 12 tháng" in text(
        client.get("/to-chuc/xa-a-thon-dong/dang-phi/?tu=1/2022&den=12/2099")
    )
    assert "nhiều nhất 6 tháng" in text(client.get("/to-chuc/xa-a-thon-dong/dang-phi/?tu=1/2022&den=3/2023"))
    assert "nhiều nhất 12 tháng" in text(client.get("/to-chuc/xa-a-thon-dong/dang-phi/?tu=1/2022&den=3/2030"))


def test_a_member_sees_their_own_dues_and_nobody_elses(cast: Cast) -> None:
    own, other = cast.people["member_a1"], cast.people["other_a1"]
    client = enter(cast.member_a1)
    assert "Đảng phí năm 2023" in text(client.get(f"/dang-vien/{own.ref}/dang-phi/"))
    assert client.get(f"/dang-vien/{other.ref}/dang-phi/").status_code == 404
    assert client.get(f"/dang-vien/{own.ref}/dang-phi/nhom/").status_code == 403


def test_an_officer_sees_sums_and_no_single_payment(cast: Cast) -> None:
    client = enter(cast.officer)
    assert client.get("/to-chuc/xa-a-thon-dong/dang-phi/").url.endswith("/dang-phi/tong-hop/")
    assert "Tổng hợp thu, nộp đảng phí" in text(client.get("/to-chuc/xa-a/dang-phi/tong-hop/"))
    assert client.get(f"/dang-vien/{cast.people['member_a1'].ref}/dang-phi/").status_code == 403


def test_a_month_is_put_right_and_what_stood_stays_readable(cast: Cast) -> None:
    client = enter(cast.cell_a1)
    client.post(SHEET, filled(client.get(SHEET), nop=ticked(cast, "member_a1"), paid_on="5/4/2023"))
    path = f"/dang-vien/{cast.people['member_a1'].ref}/dang-phi/2023-03/"
    refused = client.post(path, filled(client.get(path), amount="5.000"))
    assert "Cần ghi lý do" in errors(refused)
    sent = client.post(path, filled(client.get(path), amount="5.000", reason="Ghi nhầm"))
    page = text(client.get(sent.url))
    assert "5.000" in page
    assert "Đã nộp 6.000 đồng" in page


def test_the_category_asks_for_the_pay_it_counts_from(cast: Cast) -> None:
    client = enter(cast.cell_a1)
    path = f"/dang-vien/{cast.people['member_a1'].ref}/dang-phi/nhom/"
    refused = client.post(path, filled(client.get(path), category="pension", base=""))
    assert "Cần ghi lương hưu một tháng" in errors(refused)
    assert (
        client.post(path, filled(client.get(path), category="pension", base="4.000.000")).status_code == 302
    )
    assert "Mỗi tháng 20.000 đồng" in text(client.get(f"/dang-vien/{cast.people['member_a1'].ref}/dang-phi/"))


def test_the_sheet_and_the_sums_ask_few_questions(cast: Cast) -> None:
    for account, path in ((cast.cell_a1, SHEET), (cast.secretary_a, "/to-chuc/xa-a/dang-phi/tong-hop/")):
        client = enter(account)
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        assert len(asked) <= 15, "\n".join(q["sql"][:160] for q in asked)


def test_the_workbook_has_the_sums(cast: Cast) -> None:
    answer = enter(cast.secretary_a).get("/to-chuc/xa-a/dang-phi.xlsx?tu=1/2023&den=3/2023")
    assert answer.status_code == 200
    assert "dang-phi-xa-a-2023-01-2023-03" in answer["Content-Disposition"]

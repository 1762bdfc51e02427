"""Cases through the pages: open, take a step, what is missing is said, take back; closed files stay closed."""

from __future__ import annotations

import pytest
from django.test import Client

from cast import Cast
from tochuc.audit.models import Entry
from tochuc.cases.models import Case, CaseMove
from web.browsing import entered, errors, filled, own_folders, shown, words  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")


def opened(client: Client, cast: Cast) -> Case:
    path = f"/dang-vien/{cast.people['sympathiser_a1'].ref}/quy-trinh/admission/"
    answer = client.post(path, filled(client.get(path), on="1/2/2023", route="members"))
    assert answer.status_code == 302, errors(answer)
    return Case.objects.get()


def test_a_cell_secretary_opens_an_admission_and_takes_its_first_step(cast: Cast) -> None:
    client = entered(cast.cell_a1)
    case = opened(client, cast)
    page = client.get(f"/ho-so/{case.ref}/")
    assert "Học lớp bồi dưỡng nhận thức về Đảng Đang chờ Chi bộ thôn Đông" in words(page)
    step = f"/ho-so/{case.ref}/buoc/course/"
    sent = filled(client.get(step), on="1/3/2023", issued_on="28/2/2023", have_admission_certificate="on")
    answer = client.post(step, sent, follow=True)
    assert "Bước tiếp theo: Đơn xin vào Đảng và lý lịch tự khai." in words(answer)
    assert CaseMove.objects.get().answers == {"issued_on": "2023-02-28"}


def test_a_missing_paper_is_said_on_the_page_and_what_was_typed_stays(cast: Cast) -> None:
    client = entered(cast.cell_a1)
    step = f"/ho-so/{opened(client, cast).ref}/buoc/course/"
    answer = client.post(step, filled(client.get(step), on="1/3/2023", issued_on="28/2/2023"))
    assert "Còn thiếu giấy tờ: Giấy chứng nhận học lớp bồi dưỡng nhận thức về Đảng" in errors(answer)
    assert filled(answer)["issued_on"] == ["28/2/2023"]
    assert not CaseMove.objects.exists()


def test_a_step_of_another_level_is_not_there_for_the_cell(cast: Cast) -> None:
    client = entered(cast.cell_a1)
    case = opened(client, cast)
    assert client.get(f"/ho-so/{case.ref}/buoc/decide/").status_code == 404
    assert client.get(f"/ho-so/{case.ref}/buoc/khong-co/").status_code == 404


def test_a_step_that_was_taken_meanwhile_or_is_not_next_says_so_and_keeps_what_was_typed(cast: Cast) -> None:
    client = entered(cast.cell_a1)
    case = opened(client, cast)
    step = f"/ho-so/{case.ref}/buoc/course/"
    given = filled(client.get(step), on="1/3/2023", issued_on="28/2/2023", have_admission_certificate="on")
    client.post(step, given)
    again = client.post(
        step, filled(client.get(f"/ho-so/{case.ref}/buoc/apply/")) | {"issued_on": "27/2/2023"}
    )
    assert again.status_code == 409
    assert "đã xong ngày 01/03/2023" in words(again)
    assert "27/2/2023" in words(again)
    early = client.get(f"/ho-so/{case.ref}/buoc/resolve/")
    assert early.status_code == 409
    assert "Chưa tới bước «Chi bộ xét, biểu quyết đề nghị kết nạp»" in words(early)


def test_a_step_recorded_wrongly_is_taken_back_with_its_reason(cast: Cast) -> None:
    client = entered(cast.cell_a1)
    case = opened(client, cast)
    step = f"/ho-so/{case.ref}/buoc/course/"
    client.post(
        step, filled(client.get(step), on="1/3/2023", issued_on="28/2/2023", have_admission_certificate="on")
    )
    back = f"/ho-so/{case.ref}/rut-lai/"
    answer = client.post(back, filled(client.get(back), reason="Ghi nhầm người"), follow=True)
    assert "Đã rút lại: Ghi nhầm người" in words(answer)
    assert "Đang chờ Chi bộ thôn Đông" in words(answer)


def test_a_removal_without_enough_months_says_what_it_needs(cast: Cast) -> None:
    client = entered(cast.cell_a1)
    path = f"/dang-vien/{cast.people['other_a1'].ref}/quy-trinh/removal/"
    answer = client.post(path, filled(client.get(path), on="10/4/2023", ground="absence", months="1/2023"))
    assert "Mới ghi 1 tháng, căn cứ này cần 3 tháng trong năm" in errors(answer)
    assert not Case.objects.exists()


def test_a_closed_file_is_seen_by_those_who_act_in_it_and_each_look_is_noted(cast: Cast) -> None:
    client = entered(cast.cell_a1)
    path = f"/dang-vien/{cast.people['member_a1'].ref}/quy-trinh/removal/"
    client.post(path, filled(client.get(path), on="10/4/2023", ground="card"))
    case = Case.objects.get()
    page = f"/ho-so-kin/{case.ref}/"
    assert entered(cast.member_a1).get(page).status_code == 200
    assert not Entry.objects.filter(action="case.read").exists()
    assert client.get(page).status_code == 200
    assert entered(cast.secretary_a).get(page).status_code == 200
    assert Entry.objects.filter(action="case.read").count() == 2
    for other in (cast.secretary_b, cast.cell_a2, cast.cell_b1, cast.nobody):
        assert entered(other).get(page).status_code == 404
    assert client.get(f"/ho-so/{case.ref}/").status_code == 404


def test_an_open_step_is_on_the_list_of_whoever_may_take_it(cast: Cast) -> None:
    client = entered(cast.cell_a1)
    opened(client, cast)
    assert "Học lớp bồi dưỡng nhận thức về Đảng" in words(client.get("/"))
    assert "Học lớp bồi dưỡng nhận thức về Đảng" not in words(entered(cast.cell_b1).get("/"))


def test_a_step_says_first_what_the_rule_asks_there_and_where_that_stands(cast: Cast) -> None:
    client = entered(cast.cell_a1)
    path = f"/dang-vien/{cast.people['other_a1'].ref}/quy-trinh/exemption/"
    client.post(path, filled(client.get(path), on="1/4/2023", ground="maternity", until_on="1/6/2023"))
    case = Case.objects.get()
    step = f"/ho-so/{case.ref}/buoc/request/"
    client.post(step, filled(client.get(step), on="2/4/2023"))
    page = words(client.get(f"/ho-so/{case.ref}/buoc/resolve/"))
    assert page.index("quá nửa") < page.index("Ngày làm bước này")
    assert "Điều lệ Đảng" in page


def test_what_cannot_begin_for_a_person_is_not_offered_and_says_why(cast: Cast) -> None:
    page = entered(cast.cell_a1).get(f"/dang-vien/{cast.people['other_a1'].ref}/quy-trinh/")
    offered = [link.text_content() for link in shown(page).xpath("//main//ul[@class='links']//a")]
    assert "Chuyển sinh hoạt đảng chính thức" in offered
    assert "Kết nạp đảng viên" not in offered
    why = "Kết nạp đảng viên. Ngày 20/04/2023 người này là đảng viên chính thức; quy trình này dành cho"
    assert why in words(page)


def test_what_cannot_run_beside_a_running_case_is_not_offered(cast: Cast) -> None:
    client = entered(cast.cell_a1)
    opened(client, cast)
    page = words(client.get(f"/dang-vien/{cast.people['sympathiser_a1'].ref}/quy-trinh/"))
    assert "Kết nạp lại. Đang có hồ sơ «Kết nạp đảng viên»; chờ hồ sơ đó kết thúc." in page

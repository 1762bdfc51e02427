"""Discipline, appeals and a member's own word through the pages: on one's own phone, by who settles, and by nobody else."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cases.walk import Walker
from cast import TODAY, Cast, recorded_on
from tochuc.cases import actions
from tochuc.cases.declare import Count
from tochuc.cases.models import Case, CasePaper
from web.browsing import entered, errors, filled, own_folders, words  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")


def warned(cast: Cast, key: str = "member_a1") -> Case:
    """A warning by the cell, delivered on 10/04/2023."""
    on = date(2023, 3, 1)
    with recorded_on(on):
        case = actions.open_case(
            "discipline",
            on=on,
            by=cast.actor("cell_a1"),
            today=on,
            person=cast.people[key],
            answers={
                "basis": "minutes",
                "basis_number": "Biên bản 12/CB",
                "what": "Theo biên bản",
                "violated_on": "2022-12-01",
                "concluded_on": "2023-02-20",
            },
        )
    walker = Walker(cast, case)
    walker.take("tell", date(2023, 3, 2), meeting_on="2023-04-05")
    walker.take("self_review", date(2023, 3, 20), "made")
    walker.take("hear", date(2023, 4, 1), "heard")
    walker.take("resolve", date(2023, 4, 5), "warning", count=Count(6, 6, 5, 1))
    walker.take("issue", date(2023, 4, 6), "issued", number="03-QĐ/CB", announced_on="2023-04-05")
    walker.take("deliver", date(2023, 4, 10), "delivered", received_on="2023-04-10")
    return walker.case


def own_page(cast: Cast, code: str) -> str:
    return f"/dang-vien/{cast.people['member_a1'].ref}/quy-trinh/{code}/"


def appealed(cast: Cast, client: Client) -> Case:
    path = own_page(cast, "discipline_appeal")
    page = client.get(path)
    (against,) = [key for key, label in _choices(page) if "03-QĐ/CB" in label]
    sent = filled(page, on="20/4/2023", against=against, received_on="10/4/2023", content="Mức quá nặng")
    answer = client.post(path, sent)
    assert answer.status_code == 302, errors(answer)
    return Case.objects.get(procedure="discipline_appeal")


def _choices(page: object) -> list[tuple[str, str]]:
    from web.browsing import shown

    return [
        (one.get("value"), " ".join(one.getparent().text_content().split()))
        for one in shown(page).xpath("//input[@name='against']")
    ]


def test_a_member_sees_until_when_to_appeal_and_appeals_on_their_own_page(cast: Cast) -> None:
    source = warned(cast)
    client = entered(cast.member_a1)
    assert "Thời hạn khiếu nại quyết định kỷ luật" in words(client.get("/"))
    offered = words(client.get(f"/dang-vien/{cast.people['member_a1'].ref}/quy-trinh/"))
    assert "Khiếu nại kỷ luật đảng" in offered
    assert "Kiến nghị, phản ánh của đảng viên" in offered
    assert "Mở hồ sơ mới Kết nạp" not in offered
    case = appealed(cast, client)
    assert (case.to, case.closed_file) == (cast.commune_a, True)
    assert "Đang chờ Đảng bộ xã An Hòa" in words(client.get(f"/ho-so-kin/{case.ref}/"))
    settler = entered(cast.secretary_a)
    step = f"/ho-so-kin/{case.ref}/buoc/accept/"
    sent = filled(settler.get(step), on="20/4/2023", outcome="accepted", ground="")
    answer = settler.post(step, sent, follow=True)
    assert "Mức quá nặng" in words(answer), errors(answer)
    source.refresh_from_db()
    assert source.moves.filter(step="wait", outcome="appealed").exists()


def test_the_cell_that_decided_has_no_part_in_the_appeal(cast: Cast) -> None:
    warned(cast)
    case = appealed(cast, entered(cast.member_a1))
    for other in (cast.cell_a1, cast.officer, cast.secretary_b):
        assert entered(other).get(f"/ho-so-kin/{case.ref}/").status_code == 404
    settling = f"/ho-so-kin/{case.ref}/buoc/settle/"
    assert entered(cast.member_a1).get(settling).status_code == 404


def test_a_late_appeal_is_refused_on_the_page_and_what_was_written_stays(cast: Cast, settings) -> None:
    warned(cast)
    settings.TOCHUC_TODAY = date(2023, 5, 11)
    client = entered(cast.member_a1)
    path = own_page(cast, "discipline_appeal")
    page = client.get(path)
    (against,) = [key for key, _ in _choices(page)]
    answer = client.post(
        path, filled(page, on="11/5/2023", against=against, received_on="1/5/2023", content="Mức quá nặng")
    )
    assert "được khiếu nại đến hết ngày 10/05/2023 (1 tháng, Điều 39 khoản 7" in errors(answer)
    assert filled(answer)["content"][0].strip() == "Mức quá nặng"


def test_nobody_opens_an_appeal_on_another_members_page(cast: Cast) -> None:
    warned(cast)
    other = f"/dang-vien/{cast.people['other_a1'].ref}/quy-trinh/discipline_appeal/"
    assert entered(cast.member_a1).get(other).status_code == 404
    client = entered(cast.member_a1)
    answer = client.post(
        own_page(cast, "discipline_appeal"),
        {"on": "20/4/2023", "against": "event:1", "received_on": "10/4/2023", "content": "x"},
    )
    assert answer.status_code != 302
    assert not Case.objects.filter(procedure="discipline_appeal").exists()


def test_a_member_writes_to_the_commune_and_only_the_commune_answers(cast: Cast) -> None:
    client = entered(cast.member_a1)
    path = own_page(cast, "complaint")
    sent = filled(client.get(path), on="20/4/2023", addressee="base", subject="rights", content="Chưa có sổ")
    answer = client.post(path, sent, follow=True)
    assert "Chưa có sổ" in words(answer)
    case = Case.objects.get(procedure="complaint")
    assert entered(cast.cell_a1).get(f"/ho-so-kin/{case.ref}/").status_code == 404
    commune = entered(cast.secretary_a)
    assert "Tiếp nhận kiến nghị" in words(commune.get("/"))
    step = f"/ho-so-kin/{case.ref}/buoc/receive/"
    commune.post(step, filled(commune.get(step), on="20/4/2023", outcome="received"))
    step = f"/ho-so-kin/{case.ref}/buoc/answer/"
    sent = filled(commune.get(step), on="20/4/2023", outcome="answered")
    commune.post(step, {**sent, "answer": "Đã cấp hôm nay"})
    assert "Đã cấp hôm nay" in words(client.get(f"/ho-so-kin/{case.ref}/"))


def test_a_letter_has_no_field_for_an_unnamed_sender_or_a_named_target(cast: Cast) -> None:
    page = entered(cast.member_a1).get(own_page(cast, "complaint"))
    assert set(filled(page)) - {"once"} == {"on", "content"}


def test_a_scan_of_a_closed_file_is_handed_out_through_the_file_only(cast: Cast) -> None:
    case = warned(cast)
    client = entered(cast.cell_a1)
    with recorded_on(TODAY):
        actions.take_back(case, reason="Kèm bản quét", by=cast.actor("cell_a1"), today=TODAY)
        actions.take_back(case, reason="Kèm bản quét", by=cast.actor("cell_a1"), today=TODAY)
    step = f"/ho-so-kin/{case.ref}/buoc/issue/"
    scan = SimpleUploadedFile("quyet-dinh.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    sent = filled(client.get(step), on="20/4/2023", number="03-QĐ/CB", announced_on="5/4/2023")
    answer = client.post(step, {**sent, "scan_discipline_decision": scan})
    assert answer.status_code == 302, errors(answer)
    file = CasePaper.objects.exclude(file=None).get().file
    assert client.get(f"/ho-so-kin/{case.ref}/giay-to/{file.pk}/").status_code == 200
    for other in (cast.secretary_b, cast.cell_a2):
        assert entered(other).get(f"/ho-so-kin/{case.ref}/giay-to/{file.pk}/").status_code == 404
    for reader in (cast.cell_a1, cast.secretary_a, cast.officer):
        assert entered(reader).get(f"/tep/{file.pk}/").status_code == 404


def test_without_a_decision_there_is_nothing_to_appeal_and_the_page_says_so(cast: Cast) -> None:
    client = entered(cast.member_a1)
    offered = words(client.get(f"/dang-vien/{cast.people['member_a1'].ref}/quy-trinh/"))
    assert "Khiếu nại kỷ luật đảng. Trong hồ sơ không có quyết định hay kết quả nào" in offered
    page = words(client.get(own_page(cast, "discipline_appeal")))
    assert "Chưa có gì để chọn" in page
    assert "Gửi khiếu nại" not in page

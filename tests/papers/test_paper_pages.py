"""Papers through the pages: what is missing is named with the way to mend it, then Word, PDF, a preview, a signed scan."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cast import TODAY, Cast
from documents.office import JPG, PDF, word_file
from papers.full import full_record
from papers.test_every_form import texts_of
from tochuc.audit.models import Entry
from tochuc.cases.models import Case, CasePaper
from tochuc.documents.drafting import pdf
from tochuc.documents.models import CASE_PAPER
from tochuc.members import identity
from tochuc.members.facts import Ground
from tochuc.members.keeping import keep
from tochuc.members.ledger import headcount
from web.browsing import entered, errors, field_error, filled, own_folders, words  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")
MOTIVE = "Tôi muốn góp sức {{ xây dựng }} quê hương & thôn xóm."


def opened(client: Client, cast: Cast, key: str = "member_a1", **answers: Any) -> Case:
    """A case of exemption, opened by the secretary of the cell."""
    path = f"/dang-vien/{cast.people[key].ref}/quy-trinh/exemption/"
    sent = {"on": "1/3/2023", "ground": "age_health", **answers}
    answer = client.post(path, filled(client.get(path), **sent))
    assert answer.status_code == 302, errors(answer)
    return Case.objects.get()


def asked(client: Client, path: str, act: str, **typed: str) -> Any:
    """The papers page sent with this button."""
    return client.post(path, filled(client.get(path), act=act, **typed))


def test_what_the_record_lacks_is_named_with_the_way_to_mend_it_and_nothing_is_printed(cast: Cast) -> None:
    client = entered(cast.cell_a1)
    case = opened(client, cast)
    path = f"/ho-so/{case.ref}/soan/request/"
    page = client.get(path)
    assert "Nơi thường trú: ghi ở Nơi cư trú, điện thoại" in words(page)
    assert f"/dang-vien/{cast.people['member_a1'].ref}/sua/noi-o/" in page.content.decode()
    answer = asked(client, path, "docx-1", g1_own_clinic="Trạm Y tế xã", g1_own_health="Yếu")
    assert answer.status_code == 422
    assert "còn thiếu «Nơi thường trú»" in errors(answer)
    assert "Cần điền mục này trước khi in." in field_error(answer, "g1_own_signer")
    assert filled(answer)["g1_own_clinic"] == ["Trạm Y tế xã"]
    assert not Entry.objects.filter(action="paper.drafted").exists()


def test_a_paper_is_drafted_to_word_with_what_was_typed_and_stays_in_the_trail(cast: Cast) -> None:
    full_record(cast)
    client = entered(cast.cell_a1)
    case = opened(client, cast)
    answer = asked(client, f"/ho-so/{case.ref}/soan/request/", "docx-0", g0_own_reason=MOTIVE)
    assert answer.status_code == 200, errors(answer)
    assert "attachment" in answer["Content-Disposition"]
    text = " ".join(texts_of(answer.content))
    assert MOTIVE in text
    assert "Lý do: Tuổi cao và sức khỏe yếu, không thể tham gia sinh hoạt." in text
    entry = Entry.objects.get(action="paper.drafted")
    assert entry.data == {"form": "exemption.request", "as": "docx"}


def test_what_a_case_was_opened_with_is_not_typed_again_for_its_paper(cast: Cast) -> None:
    client = entered(cast.cell_a1)
    begin = f"/dang-vien/{cast.people['member_a1'].ref}/quy-trinh/temporary_transfer/"
    sent = {
        "on": "1/3/2023",
        "purpose": "work",
        "destination": "Chi bộ khu công nghiệp",
        "from_on": "5/3/2023",
    }
    client.post(begin, filled(client.get(begin), **sent, until_on="5/9/2023"))
    case = Case.objects.get()
    step = f"/ho-so/{case.ref}/buoc/request/"
    client.post(step, filled(client.get(step), on="1/3/2023", have_transfer_decision="on"))
    paper = filled(entered(cast.secretary_a).get(f"/ho-so/{case.ref}/soan/introduce/"))
    assert paper["g0_own_destination"] == ["Chi bộ khu công nghiệp"]
    assert paper["g0_own_until_on"] == ["05/09/2023"]


def test_a_paper_for_one_without_a_computer_has_room_to_write_only_when_asked_for(cast: Cast) -> None:
    client = entered(cast.cell_a1)
    case = opened(client, cast)
    answer = asked(client, f"/ho-so/{case.ref}/soan/request/", "blank-0")
    text = " ".join(texts_of(answer.content))
    assert "………" in text
    assert cast.people["member_a1"].full_name in text
    assert Entry.objects.get(action="paper.drafted").data["as"] == "blank"


def test_all_papers_of_a_step_come_as_one_file(cast: Cast) -> None:
    full_record(cast)
    client = entered(cast.cell_a1)
    case = opened(client, cast)
    typed = {
        "g0_own_reason": "Tuổi cao",
        "g1_own_clinic": "Trạm Y tế",
        "g1_own_health": "Yếu",
        "g1_own_signer": "Bùi Văn Y",
    }
    answer = asked(client, f"/ho-so/{case.ref}/soan/request/", "zip", **typed)
    assert answer["Content-Type"] == "application/zip", errors(answer)
    with zipfile.ZipFile(BytesIO(answer.content)) as package:
        assert len(package.namelist()) == 2
        assert all(name.endswith(".docx") for name in package.namelist())


def test_a_preview_shows_the_paper_and_can_be_printed_only_when_nothing_is_missing(cast: Cast) -> None:
    full_record(cast)
    client = entered(cast.cell_a1)
    path = f"/ho-so/{opened(client, cast).ref}/soan/request/"
    assert "Chưa in được" in words(asked(client, path, "look-0"))
    answer = asked(client, path, "look-0", g0_own_reason=MOTIVE)
    assert "In giấy này" in words(answer)
    assert "…………" not in words(answer)
    assert "{{ xây dựng }} quê hương & thôn xóm" in words(answer)


def test_a_vote_of_nobody_against_is_a_number_and_the_share_is_counted(cast: Cast) -> None:
    full_record(cast)
    client = entered(cast.cell_a1)
    case = opened(client, cast)
    step = f"/ho-so/{case.ref}/buoc/request/"
    client.post(step, filled(client.get(step), on="2/3/2023", have_exemption_health="on"))
    path = f"/ho-so/{case.ref}/soan/resolve/"
    known = filled(client.get(path))["g0_this_entitled"]
    assert known == [str(headcount(cast.a1, TODAY).official)]
    lacking = asked(client, path, "docx-0")
    assert "Tỷ lệ tán thành" not in errors(lacking)
    assert "Số phiếu tán thành" in errors(lacking)
    vote = {"g0_this_entitled": "8", "g0_this_present": "7", "g0_this_agree": "6", "g0_this_against": "0"}
    typed = {"g0_number": "04-NQ/CB", "g0_this_outcome": "granted", "g0_own_opinion": "Nhất trí."}
    answer = asked(client, path, "docx-0", **vote, **typed)
    assert answer.status_code == 200, errors(answer)
    text = " ".join(texts_of(answer.content))
    assert "tán thành 6, đạt 75%; không tán thành 0" in text
    assert "NGHỊ QUYẾT" in text
    assert "Số 04-NQ/CB" in text


@pytest.mark.skipif(not pdf.available(), reason="LibreOffice isn't on this machine")
def test_a_paper_comes_as_pdf_where_the_server_can(cast: Cast) -> None:
    full_record(cast)
    client = entered(cast.cell_a1)
    path = f"/ho-so/{opened(client, cast).ref}/soan/request/"
    answer = asked(client, path, "pdf-0", g0_own_reason="Tuổi cao")
    assert answer.content.startswith(b"%PDF"), errors(answer)


def test_without_libreoffice_the_page_says_that_only_word_is_there(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    full_record(cast)
    client = entered(cast.cell_a1)
    path = f"/ho-so/{opened(client, cast).ref}/soan/request/"
    assert "chưa có LibreOffice nên chỉ tải được bản Word" in words(client.get(path))
    answer = asked(client, path, "pdf-0", g0_own_reason="Tuổi cao")
    assert "Máy chủ chưa có LibreOffice" in errors(answer)


def test_a_signed_scan_is_brought_later_shown_and_each_download_noted(cast: Cast) -> None:
    client = entered(cast.cell_a1)
    case = opened(client, cast)
    step = f"/ho-so/{case.ref}/buoc/request/"
    client.post(step, filled(client.get(step), on="2/3/2023", have_exemption_health="on"))
    path = f"/ho-so/{case.ref}/ban-ky/request/exemption.health/"
    refused = client.post(path, {"scan": SimpleUploadedFile("giay.docx", word_file("Giấy"))})
    assert "không phải tệp soạn thảo" in field_error(refused, "scan")
    assert client.post(path, {}).status_code == 422
    answer = client.post(path, {"scan": SimpleUploadedFile("giay.jpg", JPG)}, follow=True)
    assert "Đã thêm bản quét: Giấy tờ về sức khỏe" in words(answer)
    client.post(path, {"scan": SimpleUploadedFile("giay.pdf", PDF)})
    latest = CasePaper.objects.order_by("pk").last()
    assert latest is not None
    assert latest.file is not None
    assert latest.file.purpose == CASE_PAPER
    page = client.get(f"/ho-so/{case.ref}/giay-to/")
    assert "Có bản quét đã nộp" in words(page)
    assert f"/giay-to/{latest.file_id}/" in page.content.decode()
    assert client.get(f"/ho-so/{case.ref}/giay-to/{latest.file_id}/").status_code == 200
    assert Entry.objects.filter(action="case.scan_added").count() == 2
    assert Entry.objects.filter(action="file.read").count() == 1
    assert entered(cast.cell_b1).get(f"/ho-so/{case.ref}/giay-to/{latest.file_id}/").status_code == 404


def test_papers_of_a_closed_file_are_for_those_in_it(cast: Cast) -> None:
    client = entered(cast.cell_a1)
    path = f"/dang-vien/{cast.people['member_a1'].ref}/quy-trinh/removal/"
    client.post(path, filled(client.get(path), on="10/4/2023", ground="card"))
    case = Case.objects.get()
    page = f"/ho-so-kin/{case.ref}/soan/tell/"
    assert client.get(page).status_code == 200
    for other in (cast.secretary_b, cast.cell_a2, cast.cell_b1, cast.nobody, cast.officer):
        assert entered(other).get(page).status_code == 404 or other is cast.officer
    assert client.get(f"/ho-so/{case.ref}/soan/tell/").status_code == 404


@pytest.mark.parametrize("step", ["khong-co", "resolve", "tell"])
def test_a_step_that_is_not_there_yet_or_has_no_papers_has_no_page(cast: Cast, step: str) -> None:
    client = entered(cast.cell_a1)
    assert client.get(f"/ho-so/{opened(client, cast).ref}/soan/{step}/").status_code == 404


@pytest.mark.parametrize(
    "name", ["H'Hen Niê", "Y Thông Ktla & {{ 7*7 }}", "Nguyễn “Tí” <b>Văn</b> Ðức", "A" + " Dài" * 25]
)
def test_names_of_every_kind_stand_as_they_were_typed(cast: Cast, name: str) -> None:
    person = cast.people["member_a1"]
    full_record(cast)
    type(person).objects.filter(pk=person.pk).update(full_name=name)
    keep(person, {"other_names": "Ê Đê {x}"}, ground=Ground(words="Lý lịch"), by=cast.actor(), today=TODAY)
    client = entered(cast.cell_a1)
    path = f"/ho-so/{opened(client, cast).ref}/soan/request/"
    answer = asked(client, path, "docx-0", g0_own_reason="[x] {member.full_name} {{ y }}")
    text = " ".join(texts_of(answer.content))
    assert name in text
    assert "[x] {member.full_name} {{ y }}" in text


def test_the_members_sheet_and_history_are_drafted_from_the_record(cast: Cast) -> None:
    person = full_record(cast)
    path = f"/dang-vien/{person.ref}/soan/"
    for account, letter in ((cast.cell_a1, True), (cast.member_a1, False)):
        client = entered(account)
        page = client.get(path)
        assert "Phiếu đảng viên (mẫu 2-HSĐV)" in words(page)
        assert ("Giấy giới thiệu sinh hoạt đảng" in words(page)) is letter
        answer = asked(client, path, "docx-0")
        assert answer.status_code == 200, errors(answer)
        text = " ".join(texts_of(answer.content))
        assert "PHIẾU ĐẢNG VIÊN" in text
        assert person.full_name in text
    assert entered(cast.cell_b1).get(path).status_code == 404


def test_the_identity_number_stands_only_in_what_one_who_may_see_it_prints(cast: Cast) -> None:
    person = full_record(cast)
    identity.set_national_id(person, "049188000123", by=cast.actor())
    path = f"/dang-vien/{person.ref}/soan/"
    by_cell = asked(entered(cast.cell_a1), path, "docx-0")
    assert "049188000123" not in " ".join(texts_of(by_cell.content))
    assert not Entry.objects.filter(action="identity.read").exists()
    assert "Mục không in" in words(entered(cast.cell_a1).get(path))
    client = entered(cast.secretary_a)
    client.get(path)
    assert not Entry.objects.filter(action="identity.read").exists()
    assert "049188000123" in " ".join(texts_of(asked(client, path, "docx-0").content))
    assert Entry.objects.filter(action="identity.read").count() == 1


@pytest.mark.parametrize("year", ["0", "20233", "-1", "năm nay"])
def test_a_year_that_can_not_be_is_told_at_its_field(year: str, cast: Cast) -> None:
    client, path = entered(cast.cell_a1), f"/dang-vien/{cast.people['member_a1'].ref}/soan/"
    page = client.get(path)
    (name,) = [field for field in filled(page) if field.endswith("_own_year")]
    answer = client.post(path, filled(page, **{name: year}))
    assert answer.status_code == 422
    assert field_error(answer, name)
    assert filled(answer)[name] == [year]

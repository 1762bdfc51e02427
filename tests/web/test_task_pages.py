"""Tasks at work, through the pages: given, reported on, seen at a glance, each by whom it concerns only."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cast import Cast, recorded_on
from programme.meeting import CANARY, assignment, at_work, drafted, tasks_of
from tochuc.documents.models import StoredFile
from tochuc.programme import actions
from tochuc.programme.models import DONE, IN_PROGRESS, Conference, ProgressReport
from web.browsing import address, entered, errors, field_error, filled, own_folders, shown, words  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folders")]
MOST_QUERIES = 15
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def officer(cast: Cast) -> Client:
    return entered(cast.officer)


def _report(client: Client, url: str, **given: object):
    return client.post(url, filled(client.get(url), **given))


def _file(name: str, raw: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, raw)


def test_a_commune_finds_its_task_with_its_day_and_its_why(cast: Cast):
    conference = at_work(cast)
    client = entered(cast.secretary_a)
    one = assignment(conference, cast.commune_a, place=1)
    assert shown(client.get(reverse("conferences"))).xpath(f"//a[@href='{address('assignment', one.ref)}']")
    page = client.get(address("assignment", one.ref))
    said = words(page)
    assert "Thời hạn 20/05/2023" in said
    assert "Còn 30 ngày, đến 20/05/2023" in said
    assert conference.title in said
    assert "01-TB/BTCHU" in said
    assert "213-QĐ/TW" in said
    links = set(shown(page).xpath("//main//a/@href"))
    assert address("conclusion_file", conference.conclusion.document.ref) in links
    assert any(link.startswith("/van-ban/") for link in links)


def test_a_report_with_a_note_and_a_file_is_seen_and_can_be_opened_by_the_officer(
    cast: Cast, officer: Client
):
    one = assignment(at_work(cast), cast.commune_a)
    url = address("assignment", one.ref)
    secretary = entered(cast.secretary_a)
    sent = _report(
        secretary, url, status="in_progress", note="Đã họp.\nCòn hai chi bộ.", file=_file("bc.pdf", PDF)
    )
    assert sent.url == url
    assert "Đã gửi báo cáo" in words(secretary.get(url))
    assert "Đã họp. Còn hai chi bộ." in words(officer.get(address("task", one.task.ref)))
    page = officer.get(url)
    assert "Đã họp." in words(page)
    file = officer.get(shown(page).xpath("//main//a[starts-with(@href, '/tep/')]/@href")[0])
    assert file.content == PDF
    assert file["Content-Disposition"] == 'attachment; filename="bc.pdf"'
    assert file["X-Content-Type-Options"] == "nosniff"


def test_a_file_keeps_its_vietnamese_name_without_its_folders(cast: Cast):
    one = assignment(at_work(cast), cast.commune_a)
    name = "..\\..\\Báo cáo tháng 4.pdf"
    _report(
        entered(cast.secretary_a),
        address("assignment", one.ref),
        status="done",
        note="Xong",
        file=_file(name, PDF),
    )
    kept = StoredFile.objects.get(organisation=cast.commune_a)
    assert kept.name == "Báo cáo tháng 4.pdf"
    answer = entered(cast.secretary_a).get(address("file", kept.pk))
    assert "filename*=utf-8''B%C3%A1o%20c%C3%A1o%20th%C3%A1ng%204.pdf" in answer["Content-Disposition"]


def _archive(*names: str) -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return kept.getvalue()


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("trang.pdf", b"<html><script>alert(1)</script>"),
        ("anh.png", PDF),
        ("chay.exe", b"MZ\x90\x00" + b"\0" * 300),
        ("ve.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        ("goi.zip", _archive("a.txt")),
        ("hong.docx", b"PK\x03\x04 hong"),
        ("rong.pdf", b""),
        ("lon.pdf", PDF + b"0" * (10 * 1024 * 1024)),
    ],
)
def test_a_file_that_isn_t_what_it_should_be_is_refused_and_the_note_stays(cast: Cast, name: str, raw: bytes):
    one = assignment(at_work(cast), cast.commune_a)
    url = address("assignment", one.ref)
    answer = _report(
        entered(cast.secretary_a), url, status="done", note="Đã xong việc", file=_file(name, raw)
    )
    assert answer.status_code == 200
    assert field_error(answer, "file")
    assert shown(answer).xpath("//textarea[@name='note']")[0].text.strip() == "Đã xong việc"
    assert shown(answer).xpath("//input[@name='status'][@value='done'][@checked]")
    assert not ProgressReport.objects.exists()
    assert not StoredFile.objects.filter(organisation=cast.commune_a).exists()


@pytest.mark.parametrize(
    ("given", "field"), [({"note": "Xong"}, "status"), ({"status": "done", "note": " "}, "note")]
)
def test_a_report_that_lacks_something_says_what(cast: Cast, given: dict[str, str], field: str):
    one = assignment(at_work(cast), cast.commune_a)
    url = address("assignment", one.ref)
    client = entered(cast.secretary_a)
    sent = {k: v for k, v in filled(client.get(url)).items() if k == "once"}
    answer = client.post(url, sent | given)
    assert field_error(answer, field) if field == "note" else errors(answer)
    assert not ProgressReport.objects.exists()


def test_a_report_sent_twice_is_one_report(cast: Cast):
    one = assignment(at_work(cast), cast.commune_a)
    url = address("assignment", one.ref)
    client = entered(cast.secretary_a)
    sent = filled(client.get(url), status="in_progress", note="Một lần")
    assert client.post(url, sent).url == client.post(url, sent).url
    assert one.reports.count() == 1


def test_earlier_reports_stay_on_the_page_newest_first(cast: Cast):
    one = assignment(at_work(cast), cast.commune_a)
    url = address("assignment", one.ref)
    client = entered(cast.secretary_a)
    _report(client, url, status="in_progress", note="Đợt một")
    _report(client, url, status="done", note="Đợt hai")
    page = client.get(url)
    assert words(page).index("Đợt hai") < words(page).index("Đợt một")
    assert not shown(page).xpath("//main//form[@method='post']")


def test_the_officer_sees_who_is_done_late_and_silent_in_words(cast: Cast, officer: Client):
    conference = at_work(cast)
    done = assignment(conference, cast.commune_a)
    actions.report_progress(
        done, status=DONE, note="Xong rồi", file=None, by=cast.actor("secretary_a"), today=cast.today
    )
    with recorded_on(date(2023, 5, 23)):
        page = officer.get(address("task", done.task.ref))
        assert "1/2 tổ chức đã xong, 1 quá hạn, 1 chưa báo cáo" in words(page)
        assert "Quá hạn 3 ngày, chưa báo cáo" in words(page)
        assert "Đã xong 20/04/2023" in words(page)
        late = officer.get(f"{address('task', done.task.ref)}?loc=late")
        assert "xã Bình Lâm" in words(late).replace("Xã", "xã")
        assert "Xong rồi" not in words(late)
        assert "1 quá hạn" in words(officer.get(reverse("conferences")))


@pytest.mark.parametrize(
    ("words_typed", "found"), [("RA SOAT", True), ("cham diem sinh hoat", True), ("bo cau", False)]
)
def test_tasks_are_found_without_tones(cast: Cast, officer: Client, words_typed: str, found: bool):
    at_work(cast)
    page = officer.get(reverse("conferences"), {"q": words_typed})
    assert bool(shown(page).xpath("//ul[contains(@class, 'glances')]/li")) is found


@pytest.mark.parametrize(
    ("stage", "count"), [("qua-han", 0), ("chua-bao-cao", 3), ("chua-xong", 3), ("da-xong", 0), ("lạ", 3)]
)
def test_tasks_can_be_filtered_by_how_they_stand(cast: Cast, officer: Client, stage: str, count: int):
    conference = at_work(cast)
    assert len(tasks_of(conference)) == 3
    page = officer.get(reverse("conferences"), {"loc": stage})
    assert len(shown(page).xpath("//ul[contains(@class, 'glances')]/li")) == count


def _assign_url(conference: Conference) -> str:
    return address("task_assign", tasks_of(conference)[0].ref)


def test_a_new_task_is_offered_to_all_communes(cast: Cast, officer: Client):
    conference = drafted(cast)
    url = _assign_url(conference)
    page = officer.get(url)
    assert "Cả 2 xã, thị trấn" in words(page)
    answer = officer.post(url, filled(page, due_on="20.5.2023"))
    assert answer.status_code == 302
    assert tasks_of(conference)[0].assignments.count() == 2


def test_an_organisation_is_found_by_its_name_and_nothing_typed_is_lost(cast: Cast, officer: Client):
    conference = drafted(cast)
    url = _assign_url(conference)
    sent = filled(
        officer.get(url), due_on="20/5/2023", text="Lời đã sửa", who="some", tim="tuyen giao", find="tim"
    )
    found = officer.post(url, sent)
    page = shown(found)
    assert page.xpath("//input[@name='organisations'][@value='huyen-btg']")
    assert page.xpath("//input[@name='due_on']")[0].get("value") == "20/5/2023"
    assert page.xpath("//textarea[@name='text']")[0].text.strip() == "Lời đã sửa"
    assert not errors(found)
    assert not tasks_of(conference)[0].assignments.exists()
    officer.post(url, filled(found, organisations=["huyen-btg", "xa-a"], tim=""))
    given = {a.organisation.code for a in tasks_of(conference)[0].assignments.all()}
    assert given == {"huyen-btg", "xa-a"}


def test_an_organisation_outside_the_branch_is_neither_found_nor_taken(cast: Cast, officer: Client):
    conference = drafted(cast)
    url = _assign_url(conference)
    page = officer.get(url)
    found = officer.post(url, filled(page, tim="song bac", find="tim"))
    assert not shown(found).xpath("//input[@value='huyen-2-cq' or @value='huyen-2']")
    answer = officer.post(url, filled(page, due_on="20/5/2023", who="some", organisations=["huyen-2-cq"]))
    assert "không có trong danh sách" in errors(answer)
    assert not tasks_of(conference)[0].assignments.exists()


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"due_on": "30/2/2023"}, "due_on", ""),
        ({"due_on": "1/4/2023"}, "due_on", "đã qua"),
        ({"due_on": ""}, "due_on", "Cần điền"),
        ({"due_on": "20/5/2023", "text": " "}, "text", "Cần điền"),
    ],
)
def test_a_task_given_wrongly_says_so_beside_the_field(
    cast: Cast, officer: Client, given: dict[str, str], field: str, said: str
):
    conference = drafted(cast)
    url = _assign_url(conference)
    answer = officer.post(url, filled(officer.get(url), **given))
    assert said in field_error(answer, field)
    assert field_error(answer, field)
    assert not tasks_of(conference)[0].assignments.exists()


def test_two_people_editing_one_task_see_both_versions_and_nothing_is_lost(cast: Cast, officer: Client):
    conference = drafted(cast)
    task = tasks_of(conference)[0]
    url = address("task_assign", task.ref)
    mine = filled(officer.get(url), due_on="20/5/2023", text="Lời của tôi")
    actions.assign(
        task,
        version=1,
        text="Lời của người kia",
        due_on=date(2023, 6, 1),
        to=[cast.commune_b],
        by=cast.actor(),
        today=cast.today,
    )
    answer = officer.post(url, mine)
    assert "Lê Thị Thu Hà đã lưu" in errors(answer)
    compared = shown(answer).xpath("//table[@class='compare']")[0].text_content()
    for said in ("Lời của tôi", "Lời của người kia", "20/05/2023", "01/06/2023"):
        assert said in compared
    task.refresh_from_db()
    assert task.text == "Lời của người kia"
    assert officer.post(url, filled(answer)).status_code == 302
    task.refresh_from_db()
    assert (task.text, task.due_on) == ("Lời của tôi", date(2023, 5, 20))


def test_a_commune_sees_its_own_assignments_and_no_others(cast: Cast):
    conference = at_work(cast)
    theirs = assignment(conference, cast.commune_b)
    actions.report_progress(
        theirs, status=IN_PROGRESS, note=CANARY, file=None, by=cast.actor("secretary_b"), today=cast.today
    )
    client = entered(cast.secretary_a)
    assert client.get(address("assignment", theirs.ref)).status_code == 404
    assert client.post(address("assignment", theirs.ref), {"status": "done", "note": "x"}).status_code == 404
    for url in (
        reverse("home"),
        reverse("conferences"),
        reverse("documents"),
        address("conclusion", conference.conclusion.document.ref),
        address("assignment", assignment(conference, cast.commune_a).ref),
    ):
        said = words(client.get(url))
        assert CANARY not in said
        assert "Bình Lâm" not in said


def test_the_officer_reads_reports_but_can_t_report_for_a_commune(cast: Cast, officer: Client):
    one = assignment(at_work(cast), cast.commune_a)
    url = address("assignment", one.ref)
    assert not shown(officer.get(url)).xpath("//main//form[@method='post']")
    assert officer.post(url, {"status": "done", "note": "x"}).status_code == 403


def test_a_file_of_a_report_stays_in_its_branch(cast: Cast):
    one = assignment(at_work(cast), cast.commune_b)
    _report(
        entered(cast.secretary_b),
        address("assignment", one.ref),
        status="done",
        note="x",
        file=_file("b.pdf", PDF),
    )
    kept = StoredFile.objects.get(organisation=cast.commune_b)
    for account, status in (
        (cast.secretary_b, 200),
        (cast.officer, 200),
        (cast.secretary_a, 404),
        (cast.cell_b1, 404),
    ):
        assert entered(account).get(address("file", kept.pk)).status_code == status


def test_an_assignment_of_a_draft_is_nobody_s_yet(cast: Cast, officer: Client):
    conference = drafted(cast)
    task = tasks_of(conference)[0]
    actions.assign(
        task,
        version=1,
        text=task.text,
        due_on=date(2023, 5, 20),
        to=[cast.commune_a],
        by=cast.actor(),
        today=cast.today,
    )
    one = assignment(conference, cast.commune_a)
    assert entered(cast.secretary_a).get(address("assignment", one.ref)).status_code == 404
    assert task.text not in words(entered(cast.secretary_a).get(reverse("conferences")))
    page = officer.get(address("task", task.ref))
    assert "chưa nhìn thấy nhiệm vụ này" in words(page)


def test_each_page_of_a_commune_asks_the_database_few_questions(cast: Cast, django_assert_max_num_queries):
    conference = at_work(cast)
    one = assignment(conference, cast.commune_a, place=1)
    for _ in range(3):
        actions.report_progress(
            one,
            status=IN_PROGRESS,
            note="Đang làm",
            file=None,
            by=cast.actor("secretary_a"),
            today=cast.today,
        )
    client = entered(cast.secretary_a)
    for url in (
        reverse("conferences"),
        address("assignment", one.ref),
        address("conclusion", conference.conclusion.document.ref),
    ):
        with django_assert_max_num_queries(MOST_QUERIES, info=url):
            assert client.get(url).status_code == 200


def test_words_that_no_database_stores_are_looked_for_without_failing(cast: Cast, officer: Client):
    at_work(cast)
    for url in (reverse("conferences"), reverse("documents")):
        for name in ("q", "loc", "loai", "tt", "trang"):
            assert officer.get(
                url, {name: "\x00\ud800'".encode("utf-8", "replace").decode()}
            ).status_code in {200, 400}
    assert entered(cast.secretary_a).get(reverse("conferences"), {"q": "%\x00_"}).status_code in {200, 400}
    sent = {"tim": "\x00", "find": "tim", "organisations": ["\x00"], "due_on": "\x00", "version": "9" * 40}
    url = _assign_url(drafted(cast))
    assert officer.post(url, sent).status_code in {200, 400}
    for key in ("9" * 30, "-1", "mot", "\x00"):
        assert officer.get(f"/muc-hoi-nghi/{key}/sua/").status_code == 404


def test_a_report_that_comes_back_says_to_choose_its_file_again(cast: Cast):
    one = assignment(at_work(cast), cast.commune_a)
    answer = _report(
        entered(cast.secretary_a), address("assignment", one.ref), status="done", file=_file("a.pdf", PDF)
    )
    assert "chọn lại tệp" in field_error(answer, "file")

"""Giving a conference's tasks and issuing its conclusions, through the pages."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document as WordFile

from cast import Cast
from programme.meeting import assigned, at_work, drafted, issued, tasks_of
from tochuc.audit.models import Entry
from tochuc.programme import actions
from tochuc.programme.models import Conclusion, Conference
from web.browsing import address, entered, errors, field_error, filled, own_folders, shown, words  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folders")]
MOST_QUERIES = 15


@pytest.fixture
def officer(cast: Cast) -> Client:
    return entered(cast.officer)


def test_all_tasks_are_given_to_all_communes_with_one_date(cast: Cast, officer: Client):
    conference = drafted(cast)
    url = address("conference_assign", conference.ref)
    answer = officer.post(url, filled(officer.get(url), common="20/5/2023"))
    assert answer.status_code == 302, errors(answer)
    for task in tasks_of(conference):
        assert task.due_on == date(2023, 5, 20)
        assert {a.organisation.code for a in task.assignments.all()} == {"xa-a", "xa-b"}


def test_a_task_without_a_date_is_named_and_nothing_is_given(cast: Cast, officer: Client):
    conference = drafted(cast)
    url = address("conference_assign", conference.ref)
    first = tasks_of(conference)[0].pk
    sent = filled(officer.get(url), **{f"viec-{first}-due_on": "30/5/2023"})
    answer = officer.post(url, sent)
    assert "Nhiệm vụ 2" in errors(answer)
    assert "Nhiệm vụ 1" not in errors(answer)
    assert shown(answer).xpath(f"//input[@name='viec-{first}-due_on']")[0].get("value") == "30/5/2023"
    assert all(t.due_on is None and not t.assignments.exists() for t in tasks_of(conference))


def test_giving_all_tasks_meets_a_change_made_meanwhile(cast: Cast, officer: Client):
    conference = drafted(cast)
    url = address("conference_assign", conference.ref)
    mine = filled(officer.get(url), common="20/5/2023")
    task = tasks_of(conference)[0]
    actions.assign(
        task,
        version=1,
        text=task.text,
        due_on=date(2023, 6, 1),
        to=[cast.commune_b],
        by=cast.actor(),
        today=cast.today,
    )
    answer = officer.post(url, mine)
    assert "Nhiệm vụ 1" in errors(answer)
    compared = shown(answer).xpath("//table[@class='compare']")[0].text_content()
    assert "01/06/2023" in compared
    assert "20/05/2023" in compared
    assert tasks_of(conference)[1].due_on is None
    assert officer.post(url, filled(answer)).status_code == 302
    assert tasks_of(conference)[0].due_on == date(2023, 5, 20)


def test_what_is_missing_is_named_before_issuing(cast: Cast, officer: Client):
    conference = drafted(cast)
    page = officer.get(address("conference_issue", conference.ref))
    said = words(page)
    assert "Còn thiếu trước khi phát hành" in said
    assert "Thời hạn của nhiệm vụ 1" in said
    assert not shown(page).xpath("//button[@value='issue']")
    sent = filled(page, number="1", act="issue")
    answer = officer.post(address("conference_issue", conference.ref), sent)
    assert answer.status_code == 200
    assert not Conclusion.objects.exists()


def _ready(cast: Cast) -> Conference:
    conference = drafted(cast)
    assigned(cast, conference)
    cast.organisation_board.symbol = "BTCHU"
    cast.organisation_board.save(update_fields=["symbol"])
    return conference


def test_the_notice_is_previewed_with_what_was_typed_and_nothing_goes_out(cast: Cast, officer: Client):
    conference = _ready(cast)
    url = address("conference_issue", conference.ref)
    page = officer.get(url)
    assert "Lê Thị Thu Hà" in str(filled(page))
    looked = officer.post(url, filled(page, place="Thu Giang Thượng", act="look"))
    assert "Thu Giang Thượng, ngày 20 tháng 4 năm 2023" in words(looked)
    assert "01-TB/BTCHU" in words(looked)
    assert not Conclusion.objects.exists()


def test_issued_conclusions_come_down_as_a_word_file_that_opens(cast: Cast, officer: Client):
    conference = _ready(cast)
    url = address("conference_issue", conference.ref)
    answer = officer.post(url, filled(officer.get(url), act="issue"))
    conclusion = Conclusion.objects.get()
    assert answer.url == address("conclusion", conclusion.document.ref)
    page = officer.get(answer.url)
    assert "Đã phát hành Thông báo kết luận số 01-TB/BTCHU" in words(page)
    file = officer.get(address("conclusion_file", conclusion.document.ref))
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Disposition"].startswith("attachment")
    assert zipfile.ZipFile(BytesIO(file.content)).testzip() is None
    said = "\n".join(p.text for p in WordFile(BytesIO(file.content)).paragraphs)
    assert tasks_of(conference)[0].text[1:] in said
    assert Entry.objects.filter(action="file.read", object_key=str(conclusion.file_id)).exists()


@pytest.mark.parametrize(
    ("field", "given", "said"),
    [
        ("number", {"number": "mười hai"}, "Số văn bản là một số"),
        ("number", {"number": "0"}, "từ 1 trở lên"),
        ("issued_on", {"issued_on": "1/4/2023"}, "trước ngày họp"),
        ("issued_on", {"issued_on": "21/4/2023"}, "chưa tới"),
        ("signer_name", {"signer_name": " "}, "Cần điền"),
        ("recipients", {"recipients": "\n"}, "Cần điền"),
    ],
)
def test_a_notice_that_can_t_go_out_says_why_at_its_field(
    cast: Cast, officer: Client, field: str, given: dict[str, str], said: str
):
    url = address("conference_issue", _ready(cast).ref)
    answer = officer.post(url, filled(officer.get(url), act="issue", **given))
    assert answer.status_code == 200
    assert said in field_error(answer, field)
    assert not Conclusion.objects.exists()


def test_conclusions_issued_twice_are_issued_once(cast: Cast, officer: Client):
    conference = _ready(cast)
    url = address("conference_issue", conference.ref)
    page = officer.get(url)
    one, other = filled(page, act="issue"), filled(officer.get(url), act="issue")
    first = officer.post(url, one)
    assert officer.post(url, one).url == first.url
    assert "đã được phát hành" in errors(officer.post(url, other))
    assert Conclusion.objects.count() == 1


def test_after_issuing_the_record_is_only_to_be_read(cast: Cast, officer: Client):
    conference = at_work(cast)
    page = officer.get(address("conference", conference.ref))
    assert not shown(page).xpath("//main//form[@method='post']")
    assert shown(page).xpath("//a[contains(@href, 'thong-bao.docx')]")
    item = conference.items.first()
    for name, key in (("conference_edit", conference.ref), ("item_edit", item.pk), ("item_drop", item.pk)):
        assert officer.get(address(name, key)).status_code == 302


def test_a_form_opened_before_issuing_is_refused_and_keeps_what_was_typed(cast: Cast, officer: Client):
    conference = drafted(cast)
    url = address("conference_edit", conference.ref)
    mine = filled(officer.get(url), place="Hội trường huyện")
    assigned(cast, conference)
    issued(cast, conference)
    answer = officer.post(url, mine)
    assert "đã phát hành" in errors(answer)
    assert shown(answer).xpath("//input[@name='place']")[0].get("value") == "Hội trường huyện"


def test_who_holds_no_conferences_finds_no_address_of_them(cast: Cast):
    conference = at_work(cast)
    item = conference.items.first()
    pages = [
        ("conference", conference.ref),
        ("conference_edit", conference.ref),
        ("conference_assign", conference.ref),
        ("conference_issue", conference.ref),
        ("item_edit", item.pk),
        ("item_drop", item.pk),
        ("task", tasks_of(conference)[0].ref),
    ]
    for account in (cast.secretary_a, cast.cell_a1, cast.member_a1):
        for name, key in pages:
            assert entered(account).get(address(name, key)).status_code == 404, (account, name)


def test_a_commune_reads_the_conclusions_that_give_it_work_and_no_others(cast: Cast):
    mine = at_work(cast, [cast.commune_a]).conclusion
    answer = entered(cast.secretary_a).get(address("conclusion", mine.document.ref))
    assert answer.status_code == 200
    assert "xã Bình Lâm" not in words(answer)
    assert entered(cast.secretary_a).get(address("conclusion_file", mine.document.ref)).status_code == 200
    for name in ("conclusion", "conclusion_file"):
        assert entered(cast.secretary_b).get(address(name, mine.document.ref)).status_code == 404


def test_each_page_asks_the_database_few_questions(
    cast: Cast, officer: Client, django_assert_max_num_queries
):
    draft, work = _ready(cast), at_work(cast)
    item = draft.items.first()
    urls = [
        reverse("conferences"),
        f"{reverse('conferences')}?xem=hoi-nghi",
        reverse("conference_import"),
        address("conference", draft.ref),
        address("conference", work.ref),
        address("conference_edit", draft.ref),
        address("conference_assign", draft.ref),
        address("conference_issue", draft.ref),
        address("conclusion", work.conclusion.document.ref),
        address("item_add", draft.ref),
        address("item_edit", item.pk),
        address("item_drop", item.pk),
        address("task", tasks_of(work)[0].ref),
        address("task_assign", tasks_of(work)[0].ref),
    ]
    for url in urls:
        with django_assert_max_num_queries(MOST_QUERIES, info=url):
            assert officer.get(url).status_code == 200, url

"""The document registry, through the pages."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from cast import Cast
from programme.meeting import CANARY, at_work, drafted
from tochuc.documents import actions
from tochuc.documents.models import Document
from web.browsing import address, entered, errors, field_error, filled, own_folders, shown, words  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folders")]
MOST_QUERIES = 15
KEY = "213-QĐ/TW"


@pytest.fixture
def officer(cast: Cast) -> Client:
    return entered(cast.officer)


def _document(cast: Cast) -> Document:
    drafted(cast)
    return Document.objects.get(key=KEY)


def _names(answer) -> list[str]:
    return [" ".join(a.text_content().split()) for a in shown(answer).xpath("//main//tbody//th/a")]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"Quy định 213-QĐ/TW", "Nghị quyết 21-NQ/TW"}),
        ({"q": "213-qd"}, {"Quy định 213-QĐ/TW"}),
        ({"q": "nghi quyet"}, {"Nghị quyết 21-NQ/TW"}),
        ({"loai": "Quy định"}, {"Quy định 213-QĐ/TW"}),
        ({"tt": "unverified"}, {"Quy định 213-QĐ/TW", "Nghị quyết 21-NQ/TW"}),
        ({"tt": "verified"}, set()),
        ({"q": "không có gì như thế"}, set()),
    ],
)
def test_the_registry_is_searched_without_tones_and_filtered(
    cast: Cast, officer: Client, asked: dict[str, str], found: set[str]
):
    drafted(cast)
    assert set(_names(officer.get(reverse("documents"), asked))) == found


def test_an_empty_registry_says_what_fills_it(cast: Cast, officer: Client):
    assert "Sổ chưa có văn bản nào" in words(officer.get(reverse("documents")))


def test_a_document_says_where_it_is_cited_and_leads_to_the_place(cast: Cast, officer: Client):
    document = _document(cast)
    page = officer.get(address("document", document.ref))
    assert "Chưa xác minh" in words(page)
    assert "Quy định số 213-QĐ/TW" in words(page)
    link = shown(page).xpath("//main//a[contains(@href, '#nguon-van-ban-')]/@href")[0]
    place = link.split("#")[1]
    assert shown(officer.get(link)).xpath(f"//*[@id='{place}']")


def test_the_rule_packs_give_hints_and_verify_nothing_by_themselves(cast: Cast, officer: Client):
    document = _document(cast)
    page = officer.get(address("document", document.ref))
    assert "02/01/2020" in words(page)
    hint = shown(page).xpath("//a[contains(@href, 'goi-y=')]/@href")[0]
    offered = officer.get(address("document", document.ref) + hint)
    assert "Bộ Chính trị" in str(filled(offered))
    document.refresh_from_db()
    assert document.status == "unverified"
    assert officer.post(address("document", document.ref), filled(offered)).status_code == 302
    document.refresh_from_db()
    assert (document.status, document.issued_on) == ("verified", date(2020, 1, 2))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": ""}, "title"),
        ({"issuer_name": "  "}, "issuer_name"),
        ({"issued_on": "31/4/2020"}, "issued_on"),
        ({"issued_on": "21/4/2023"}, "issued_on"),
        ({"title": "v" * 501}, "title"),
    ],
)
def test_a_confirmation_that_lacks_something_keeps_what_was_typed(
    cast: Cast, officer: Client, given: dict[str, str], field: str
):
    document = _document(cast)
    url = address("document", document.ref)
    whole = {"title": "về nơi cư trú", "issuer_name": "Bộ Chính trị", "issued_on": "2/1/2020"}
    answer = officer.post(url, filled(officer.get(url), **(whole | given)))
    assert field_error(answer, field)
    kept = {k: v[0] if isinstance(v, list) else v for k, v in filled(answer).items()}
    assert {k: kept[k].strip() for k in whole} == {k: v.strip() for k, v in (whole | given).items()}
    document.refresh_from_db()
    assert document.status == "unverified"


def test_two_people_verifying_one_document_see_both_versions(cast: Cast, officer: Client):
    document = _document(cast)
    url = address("document", document.ref)
    mine = filled(officer.get(url), title="về bản của tôi", issuer_name="Bộ Chính trị", issued_on="2/1/2020")
    actions.verify(
        document,
        version=1,
        title="về bản kia",
        issuer_name="Ban Bí thư",
        issued_on=date(2020, 1, 3),
        by=cast.actor(),
    )
    answer = officer.post(url, mine)
    assert "người khác" in errors(answer)
    compared = shown(answer).xpath("//table[@class='compare']")[0].text_content()
    assert "về bản của tôi" in compared
    assert "về bản kia" in compared
    assert officer.post(url, filled(answer)).status_code == 302
    document.refresh_from_db()
    assert document.title == "về bản của tôi"


def test_two_documents_with_one_number_warn_of_each_other(cast: Cast, officer: Client):
    document = _document(cast)
    Document.objects.create(key=KEY, type_name="Quy định", issued_on=date(2009, 9, 9), issuer_name="Ban khác")
    assert "Còn văn bản khác cùng số" in words(officer.get(address("document", document.ref)))


def test_a_notice_of_ours_leads_to_its_conclusion_and_needs_no_confirmation(cast: Cast, officer: Client):
    conclusion = at_work(cast).conclusion
    page = officer.get(address("document", conclusion.document.ref))
    assert shown(page).xpath(f"//a[@href='{address('conclusion', conclusion.document.ref)}']")
    assert not shown(page).xpath("//main//form[@method='post']")


def test_a_commune_reads_what_is_cited_but_not_what_others_issue_or_discuss(cast: Cast):
    title = "Hội nghị kín của Ban"
    conference = drafted(cast)
    conference.title = title
    conference.save(update_fields=["title"])
    mine = at_work(cast, [cast.commune_b])
    client = entered(cast.secretary_a)
    page = client.get(address("document", Document.objects.get(key=KEY).ref))
    assert page.status_code == 200
    assert title not in words(page)
    assert mine.title not in words(page)
    assert not shown(page).xpath("//main//form[@method='post']")
    own = Document.objects.create(
        key="05-NQ/ĐU", type_name="Nghị quyết", status="issued", organisation=cast.commune_b, title=CANARY
    )
    assert client.get(address("document", own.ref)).status_code == 404
    assert CANARY not in words(client.get(reverse("documents"), {"q": "05-NQ"}))


def test_a_commune_that_carries_a_task_out_sees_which_conclusion_cites_the_document(cast: Cast):
    conference = at_work(cast, [cast.commune_a])
    page = entered(cast.secretary_a).get(address("document", Document.objects.get(key=KEY).ref))
    assert shown(page).xpath(f"//a[@href='{address('conclusion', conference.conclusion.document.ref)}']")


def test_only_who_may_verify_can(cast: Cast):
    document = _document(cast)
    url = address("document", document.ref)
    assert entered(cast.secretary_a).post(url, {"title": "x"}).status_code == 403
    assert entered(cast.member_a1).get(url).status_code == 404


def test_each_page_asks_the_database_few_questions(
    cast: Cast, officer: Client, django_assert_max_num_queries
):
    document = _document(cast)
    for url in (reverse("documents"), address("document", document.ref)):
        with django_assert_max_num_queries(MOST_QUERIES, info=url):
            assert officer.get(url).status_code == 200

"""A conference from its text to a record that somebody has checked, through the pages."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document as WordFile

from cast import Cast
from programme.meeting import TEXT, drafted
from tochuc.programme import actions
from tochuc.programme.models import LIMITATION, TASK, Conference
from web.browsing import address, entered, errors, field_error, filled, own_folders, shown, words  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folders")]


@pytest.fixture
def officer(cast: Cast) -> Client:
    return entered(cast.officer)


def _file(name: str, raw: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, raw)


def _import(client: Client, **given: object):
    page = client.get(address("conference_import"))
    return client.post(address("conference_import"), filled(page, **given))


def test_a_pasted_text_becomes_a_record_and_leads_to_it(officer: Client):
    answer = _import(officer, text=TEXT)
    conference = Conference.objects.get()
    assert answer.url == address("conference", conference.ref)
    assert conference.organisation.code == "huyen-btc"
    page = words(officer.get(answer.url))
    assert "Đã lập hồ sơ hội nghị từ văn bản" in page
    assert "11/04/2023" in page
    assert "Lê Thị Thu Hà" in page


def test_the_organisation_board_is_offered_first(officer: Client):
    page = shown(officer.get(address("conference_import")))
    offered = [
        label.text_content().strip() for label in page.xpath("//fieldset[@id='id_organisation']//label")
    ]
    assert offered[0] == "Ban Tổ chức Huyện ủy"
    assert set(offered) >= {"Ban Tuyên giáo Huyện ủy", "Đảng bộ huyện Thu Giang"}


def test_an_uploaded_text_or_word_file_does_the_same(officer: Client):
    word = WordFile()
    for line in TEXT.splitlines():
        word.add_paragraph(line)
    kept = BytesIO()
    word.save(kept)
    for name, raw in (("tin.txt", TEXT.encode()), ("tin.docx", kept.getvalue())):
        answer = _import(officer, file=_file(name, raw))
        assert answer.status_code == 302, errors(answer)
    assert Conference.objects.count() == 2
    assert {c.held_on for c in Conference.objects.all()} == {date(2023, 4, 11)}


@pytest.mark.parametrize(
    ("field", "given", "said"),
    [
        ("text", {"text": ""}, "Hãy dán nội dung"),
        ("text", {"text": "  \n\x00 "}, "Hãy dán nội dung"),
        ("text", {"text": "Hội nghị ngày 11/4/2023."}, "quá ngắn"),
        ("text", {"text": "Hội nghị. " * 40_000}, "nhiều nhất là 300.000"),
        ("file", {"text": TEXT, "file": _file("a.txt", TEXT.encode())}, "bỏ một trong hai"),
        ("file", {"file": _file("a.txt", b"")}, "rỗng"),
        ("file", {"file": _file("a.docx", b"PK\x03\x04 hong")}, "Tệp"),
        ("file", {"file": _file("a.pdf", b"%PDF-1.4\n")}, "PDF"),
        ("file", {"file": _file("a.exe", b"MZ\x90\x00" + b"\0" * 200)}, "Tệp"),
        ("file", {"file": _file("a.txt", bytes(range(256)) * 8)}, "Tệp"),
        ("file", {"file": _file("a.txt", "Ngắn quá.".encode())}, "quá ngắn"),
        ("file", {"file": _file("a.txt", ("Chữ " * 100_000).encode())}, "dài hơn một hội nghị"),
        ("file", {"file": _file("to.txt", b"a" * (10 * 1024 * 1024 + 1))}, "lớn hơn 10 MB"),
        ("organisation", {"text": TEXT, "organisation": "xa-a"}, "không có trong danh sách"),
    ],
    ids=["nothing", "invisible", "short", "long", "both", "empty file", "damaged", "pdf", "program", "binary",
         "short file", "long file", "oversized", "other organisation"],
)  # fmt: skip
def test_what_can_t_be_read_is_refused_beside_its_field_and_nothing_is_kept(
    officer: Client, field: str, given: dict[str, object], said: str
):
    for value in given.values():
        if hasattr(value, "seek"):
            value.seek(0)
    answer = _import(officer, **given)
    assert answer.status_code == 200
    assert said in field_error(answer, field)
    assert said in errors(answer)
    assert not Conference.objects.exists()


def test_a_pasted_text_is_still_there_after_a_refusal(officer: Client):
    answer = _import(officer, text=TEXT, file=_file("a.txt", b"x"))
    assert shown(answer).xpath("//textarea[@name='text']")[0].text.strip() == TEXT.strip()


def test_a_form_sent_twice_makes_one_conference(officer: Client):
    sent = filled(officer.get(address("conference_import")), text=TEXT)
    first = officer.post(address("conference_import"), sent)
    second = officer.post(address("conference_import"), sent)
    assert Conference.objects.count() == 1
    assert first.url == second.url


def test_the_same_text_again_warns_and_links_to_the_record_there_is(officer: Client):
    first = _import(officer, text=TEXT)
    again = _import(officer, text=TEXT.replace("\n", "\r\n"))
    assert again.status_code == 200
    assert shown(again).xpath(f"//main//a[@href='{first.url}']")
    assert Conference.objects.count() == 1
    anyway = officer.post(address("conference_import"), filled(again, again="on"))
    assert anyway.status_code == 302
    assert Conference.objects.count() == 2


def test_a_file_that_was_read_before_comes_back_as_pasted_text(officer: Client):
    _import(officer, text=TEXT.strip())
    again = _import(officer, file=_file("tin.txt", TEXT.strip().encode()))
    assert "đã có hồ sơ" in words(again)
    assert officer.post(address("conference_import"), filled(again, again="on")).status_code == 302


def test_what_is_in_the_text_can_t_become_part_of_the_page(cast: Cast, officer: Client):
    evil = TEXT.replace("củng cố cấp ủy", "<script>alert(1)</script><img src=x onerror=alert(2)> củng cố")
    answer = _import(officer, text=evil)
    page = shown(officer.get(answer.url))
    assert not page.xpath("//main//img | //main//script")
    assert "<script>alert(1)</script>" in page.text_content()


def test_every_piece_of_the_record_leads_to_its_place_in_the_text_and_back(cast: Cast, officer: Client):
    conference = drafted(cast)
    page = shown(officer.get(address("conference", conference.ref)))
    ids = {e.get("id") for e in page.xpath("//*[@id]")}
    links = {a.get("href")[1:] for a in page.xpath("//main//a[starts-with(@href, '#')]")}
    assert {"nguon-held_on", "muc-held_on", "nguon-chair_name"} <= ids
    assert {f"muc-{i.pk}" for i in conference.items.all()} <= ids
    assert links <= ids
    source = page.xpath("//*[contains(@class, 'source-text')]")[0].text_content()
    assert source == conference.source.text


def test_a_citation_inside_a_longer_passage_keeps_its_own_mark(cast: Cast, officer: Client):
    conference = drafted(cast)
    citation = conference.source.citations.get(document__key="213-QĐ/TW")
    around = conference.items.get(start__lte=citation.start, end__gte=citation.end)
    page = shown(officer.get(address("conference", conference.ref)))
    assert page.get_element_by_id(f"nguon-van-ban-{citation.pk}").text_content() == citation.surface
    pieces = [m.text_content() for m in page.xpath(f"//mark[a[@href='#muc-{around.pk}']]")]
    assert len(pieces) == 2
    assert citation.surface.join(pieces) == conference.source.text[around.start : around.end]


def test_an_unverified_document_is_marked_and_linked(cast: Cast, officer: Client):
    page = officer.get(address("conference", drafted(cast).ref))
    assert "213-QĐ/TW" in words(page)
    assert "Chưa xác minh" in words(page)
    assert shown(page).xpath("//a[starts-with(@href, '/van-ban/')]")


def test_the_head_and_the_delegates_can_be_corrected(cast: Cast, officer: Client):
    conference = drafted(cast)
    url = address("conference_edit", conference.ref)
    sent = filled(
        officer.get(url), title="Hội nghị sơ kết quý I", held_on="12.04.23", delegates="Nhóm một\n\nNhóm hai"
    )
    assert officer.post(url, sent).status_code == 302
    conference.refresh_from_db()
    assert (conference.title, conference.held_on) == ("Hội nghị sơ kết quý I", date(2023, 4, 12))
    assert [d.text for d in conference.delegates.all()] == ["Nhóm một", "Nhóm hai"]


@pytest.mark.parametrize("day", ["31/2/2023", "hôm qua", "32.1.23"])
def test_a_day_that_doesn_t_exist_is_refused_and_everything_typed_stays(
    cast: Cast, officer: Client, day: str
):
    url = address("conference_edit", drafted(cast).ref)
    answer = officer.post(url, filled(officer.get(url), held_on=day, place="Hội trường lớn"))
    assert field_error(answer, "held_on")
    page = shown(answer)
    assert page.xpath("//input[@name='held_on']")[0].get("value") == day
    assert page.xpath("//input[@name='place']")[0].get("value") == "Hội trường lớn"


def test_two_people_editing_the_head_see_both_versions_and_lose_nothing(cast: Cast, officer: Client):
    conference = drafted(cast)
    url = address("conference_edit", conference.ref)
    mine = filled(officer.get(url), title="Tên của tôi", place="Hội trường A")
    actions.change_conference(conference, version=1, fields={"title": "Tên của người kia"}, by=cast.actor())
    answer = officer.post(url, mine)
    assert answer.status_code == 200
    assert "Lê Thị Thu Hà" in errors(answer)
    compared = shown(answer).xpath("//table[@class='compare']")[0].text_content()
    assert "Tên của người kia" in compared
    assert "Tên của tôi" in compared
    assert officer.post(url, filled(answer)).status_code == 302
    conference.refresh_from_db()
    assert (conference.title, conference.place) == ("Tên của tôi", "Hội trường A")


def test_items_are_added_reworded_moved_and_dropped_one_by_one(cast: Cast, officer: Client):
    conference = drafted(cast)
    add = f"{address('item_add', conference.ref)}?loai={LIMITATION}"
    answer = officer.post(add, filled(officer.get(add), text="Hồ sơ còn thiếu"))
    item = conference.items.get(text="Hồ sơ còn thiếu")
    assert item.kind == LIMITATION
    assert answer.url.endswith(f"#muc-{item.pk}")
    edit = address("item_edit", item.pk)
    officer.post(edit, filled(officer.get(edit), text="Bổ sung hồ sơ còn thiếu", kind=TASK))
    item.refresh_from_db()
    assert item.task.text == "Bổ sung hồ sơ còn thiếu"
    officer.post(address("item_move", item.pk), {"huong": "len"})
    order = list(conference.items.filter(kind=TASK).order_by("order").values_list("pk", flat=True))
    assert order[-2] == item.pk
    drop = address("item_drop", item.pk)
    assert "Bổ sung hồ sơ còn thiếu" in words(officer.get(drop))
    assert conference.items.filter(pk=item.pk).exists()
    officer.post(drop, filled(officer.get(drop)))
    assert not conference.items.filter(pk=item.pk).exists()


def test_an_item_edited_by_two_people_shows_both_versions(cast: Cast, officer: Client):
    item = drafted(cast).items.filter(kind=LIMITATION).first()
    url = address("item_edit", item.pk)
    mine = filled(officer.get(url), text="Lời của tôi")
    actions.change_item(item, version=1, kind=LIMITATION, text="Lời của người kia", by=cast.actor())
    answer = officer.post(url, mine)
    compared = shown(answer).xpath("//table[@class='compare']")[0].text_content()
    assert "Lời của người kia" in compared
    assert "Lời của tôi" in compared
    officer.post(url, filled(answer))
    item.refresh_from_db()
    assert item.text == "Lời của tôi"

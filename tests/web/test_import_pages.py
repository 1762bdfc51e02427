"""Importing a list through the pages: chosen, looked at, written, looked at again, undone."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from cast import TODAY, Cast
from exchange.lists import dump, person, sheet
from tochuc.audit.models import Entry
from tochuc.changes.models import ChangeSet
from tochuc.documents.models import StoredFile
from tochuc.members import actions
from tochuc.members.models import Person
from web.browsing import address, entered, errors, field_error, filled, own_folders, shown, words  # noqa: F401
from web.sheet import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folders")]

NEW = "Nguyễn Thị Lan;02/04/1975;Nữ;Duy Xuyên;19/05/2001;19/05/2002;49.012345;Chi bộ thôn Đông;"
CHANGED = "Bùi Thị Lan;20/10/1988;Nữ;Điện Bàn;;;;Thôn Đông;"
SAME = "Hồ Thị Bích Ngọc;04/05/1990;Nữ;;;;;Thôn Đông;"
BAD_DATE = "Trần Văn Hùng;31/02/1960;Nam;;;;;Thôn Đông;"
NO_CELL = "Lê Văn Nghĩa;1961;Nam;;;;;Chi bộ thôn Đoài;"
ROWS = (NEW, CHANGED, SAME, BAD_DATE, NO_CELL)


@pytest.fixture
def officer(cast: Cast) -> Client:
    return entered(cast.officer)


def _choose(
    client: Client, raw: bytes, code: str = "xa-a", name: str = "ds.csv", **given: Any
) -> HttpResponse:
    url = address("import_members", code)
    form = filled(client.get(url), **{"file": SimpleUploadedFile(name, raw), **given})
    return client.post(url, form)


def _checked(client: Client, raw: bytes, code: str = "xa-a") -> tuple[str, HttpResponse]:
    url = _choose(client, raw, code).url
    return url, client.get(url)


def _import(client: Client, raw: bytes, code: str = "xa-a") -> HttpResponse:
    url, page = _checked(client, raw, code)
    return client.post(url, filled(page), follow=True)


def test_the_members_list_leads_whoever_may_to_the_import(cast: Cast, officer: Client):
    url = address("import_members", "xa-a")
    for client, leads in ((officer, True), (entered(cast.secretary_a), True)):
        links = shown(client.get(address("organisation_members", "xa-a"))).xpath("//main//a/@href")
        assert (url in links) == leads
    cell = shown(entered(cast.cell_a1).get(address("organisation_members", cast.a1.code)))
    assert address("import_members", cast.a1.code) not in cell.xpath("//main//a/@href")


def test_looking_writes_nothing_and_shows_counts_columns_and_reasons(cast: Cast, officer: Client):
    before = dump()
    _, page = _checked(officer, sheet(*ROWS))
    said = words(page)
    assert dump() == before
    counted = shown(page).xpath("//ul[@class='figures']/li")
    assert [" ".join(one.text_content().split()) for one in counted][:4] == [
        "1 Tạo mới",
        "1 Thay đổi",
        "1 Giữ nguyên",
        "2 Từ chối",
    ]
    assert "Cột C: Ngày sinh" in said
    assert "02/04/1975" in said
    assert "Cột C «31/02/1960»" in said
    assert "Không có chi bộ «Chi bộ thôn Đoài» trong Đảng bộ xã An Hòa. Gần giống: «Chi bộ thôn Đông»" in said
    assert "Điện Bàn" in said
    assert "Nhập 2 người vào sổ" in said


def test_an_unused_column_is_named_with_what_stands_in_it(officer: Client):
    raw = "STT;Họ và tên;Ngày sinh;Cỡ giày\n1;Nguyễn Thị Lan;02/04/1975;39\n".encode()
    _, page = _checked(officer, raw, "xa-a-thon-dong")
    row = next(r for r in shown(page).xpath("//tr") if "Cỡ giày" in r.text_content())
    assert "Không dùng" in row.text_content()
    assert "39" in row.text_content()


def test_confirming_writes_what_was_shown_and_leads_to_the_change_set(cast: Cast, officer: Client):
    page = _import(officer, sheet(*ROWS))
    made = ChangeSet.objects.get()
    assert page.redirect_chain[-1][0] == address("changeset", made.ref)
    assert made.summary == {"create": 1, "change": 1, "same": 1, "refuse": 2}
    assert (made.made_by, made.file.sha256) == (cast.officer, made.sha256)
    assert person("Nguyễn Thị Lan").home == cast.a1
    said = words(page)
    assert "Đã nhập: 1 người tạo mới, 1 người thay đổi." in said
    assert "Quê quán: Điện Bàn" in said


def test_the_same_form_sent_twice_writes_once(officer: Client):
    url, page = _checked(officer, sheet(*ROWS))
    form = filled(page)
    first, second = officer.post(url, form), officer.post(url, form)
    assert first.url == second.url
    assert ChangeSet.objects.count() == 1


def test_the_same_file_again_has_nothing_to_write(officer: Client):
    _import(officer, sheet(NEW))
    people = Person.objects.count()
    _, page = _checked(officer, sheet(NEW))
    assert "mọi người trong danh sách đã có trong sổ" in words(page)
    assert Person.objects.count() == people


def test_another_file_than_the_one_shown_is_not_written(officer: Client):
    url, page = _checked(officer, sheet(NEW))
    answer = officer.post(url, filled(page, sha256="0" * 64))
    assert "không phải là một" in errors(answer)
    assert not ChangeSet.objects.exists()


@pytest.mark.parametrize(
    ("name", "raw", "why"),
    [
        ("ds.xlsx", b"", "rỗng"),
        ("ds.xlsx", b"%PDF-1.4\n", ""),
        ("ds.csv", "Thông báo\nHọp chi bộ tối thứ bảy\n".encode(), ""),
        ("ds.xlsx", b"PK\x03\x04hong", ""),
    ],
)
def test_a_file_that_is_no_list_is_refused_beside_its_field(officer: Client, name: str, raw: bytes, why: str):
    answer = _choose(officer, raw, name=name, as_of="31/12/2022")
    assert answer.status_code == 200
    assert why in field_error(answer, "file")
    assert len(field_error(answer, "file")) > 20
    assert shown(answer).xpath("//input[@name='as_of']/@value") == ["31/12/2022"]
    assert not StoredFile.objects.exists()


def test_no_file_and_a_day_to_come_are_refused_together(officer: Client):
    url = address("import_members", "xa-a")
    answer = officer.post(url, filled(officer.get(url), as_of="01/05/2023"))
    assert field_error(answer, "file").endswith("Hãy chọn tệp danh sách.")
    assert "chưa tới" in field_error(answer, "as_of")


def test_the_list_counts_from_the_day_it_speaks_of(cast: Cast, officer: Client):
    url = _choose(officer, sheet(NEW), as_of="31/12/2022").url
    officer.post(url, filled(officer.get(url)))
    assert str(person("Nguyễn Thị Lan").memberships.get().since) == "2022-12-31"


def test_the_marked_workbook_holds_the_same_cells_and_a_comment_in_each_that_is_wrong(officer: Client):
    _, page = _checked(officer, sheet(*ROWS))
    (url,) = shown(page).xpath("//main//a[@download]/@href")
    raw = officer.get(url).content
    rows = read(raw).rows
    assert rows[1]["B"] == "Nguyễn Thị Lan"
    assert rows[4]["C"] == "31/02/1960"
    with zipfile.ZipFile(BytesIO(raw)) as book:
        comments = book.read("xl/comments1.xml").decode()
    assert set(re.findall(r'ref="([A-Z]+\d+)"', comments)) >= {"C5", "I6"}
    assert "thôn Đoài" in comments
    assert Entry.objects.filter(action="file.read", object_key=url.split("/")[2]).count() == 1


def test_a_change_set_is_undone_as_one_after_a_look_and_with_a_reason(cast: Cast, officer: Client):
    before = dump()
    _import(officer, sheet(*ROWS))
    url = address("changeset_undo", ChangeSet.objects.get().ref)
    look = officer.get(url)
    assert "1 người đã tạo mới ra khỏi sổ, 1 người trở lại như trước" in words(look)
    refused = officer.post(url, filled(look, reason=""))
    assert field_error(refused, "reason")
    page = officer.post(url, filled(look, reason="Nhập nhầm tệp"), follow=True)
    assert "Đã hoàn tác 2 hồ sơ." in words(page)
    assert "Lý do: Nhập nhầm tệp" in words(page)
    assert dump() == before
    assert "đã được hoàn tác trọn vẹn" in words(officer.get(url))


def test_who_changed_since_is_shown_with_why_and_stays(cast: Cast, officer: Client):
    _import(officer, sheet(*ROWS))
    lan = person("Nguyễn Thị Lan")
    actions.transfer(lan, to=cast.a3, on=TODAY, by=cast.actor(), today=TODAY)
    made = ChangeSet.objects.get()
    assert "Đã ghi «Chuyển sinh hoạt đảng»" in words(officer.get(address("changeset", made.ref)))
    look = officer.get(address("changeset_undo", made.ref))
    assert "Giữ nguyên: 1 người" in words(look)
    page = officer.post(address("changeset_undo", made.ref), filled(look, reason="Nhầm"), follow=True)
    assert "1 hồ sơ giữ nguyên" in words(page)
    assert "Mới hoàn tác một phần" in words(page)
    lan.refresh_from_db()
    assert lan.home == cast.a3


def test_another_branch_finds_neither_the_file_nor_the_change_set(cast: Cast, officer: Client):
    _import(officer, sheet(NEW))
    made = ChangeSet.objects.get()
    stranger = entered(cast.secretary_b)
    assert stranger.get(address("changeset", made.ref)).status_code == 404
    assert stranger.get(address("import_check", made.file_id)).status_code == 404
    assert stranger.get(address("import_members", "xa-a")).status_code == 404


def test_a_commune_secretary_imports_into_their_branch_only(cast: Cast):
    client = entered(cast.secretary_a)
    _import(client, sheet(NEW))
    assert ChangeSet.objects.get().made_by == cast.secretary_a


def test_a_thousand_rows_are_looked_at_with_few_queries(
    cast: Cast, officer: Client, django_assert_max_num_queries: Any
):
    rows = [f"Nguyễn Văn {chr(65 + n % 26)}{'a' * (n // 26)};1960;Nam;;;;;Thôn Đông;" for n in range(1000)]
    url = _choose(officer, sheet(*rows)).url
    with django_assert_max_num_queries(30):
        assert "Nhập 1.000 người vào sổ" in words(officer.get(url))


def test_who_was_met_again_is_no_question(officer: Client):
    _, page = _checked(officer, sheet(CHANGED, SAME))
    assert "0 Cần xem lại" in words(page)


def test_who_only_resembles_someone_known_is_asked_about(officer: Client):
    _, page = _checked(officer, sheet("Bùi Thị Lân;10/1988;Nữ;;;;;Thôn Đông;"))
    assert "1 Tạo mới" in words(page)
    assert "1 Cần xem lại" in words(page)

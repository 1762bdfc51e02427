"""Correcting how a list's columns are read, through the page; remembered for that kind of list."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cast import Cast
from tochuc.documents.models import StoredFile
from tochuc.exchange.models import KeptColumns
from tochuc.members.models import Person
from web.browsing import address, entered, errors, filled, own_folders, words  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folders")]

ODD = "Theo dõi đảng viên;;;;\nStt;Người;Mốc một;Mốc hai;Chi bộ\n1;Nguyễn Thị Lan Anh;02/04/1975;3/2/1996;Chi bộ thôn Đông\n"
PLAIN = "Stt;Họ và tên;Mốc một;Chi bộ\n1;Nguyễn Thị Lan Anh;02/04/1975;Chi bộ thôn Đông\n"


@pytest.fixture
def officer(cast: Cast) -> Client:
    return entered(cast.officer)


def _bring(client: Client, text: str, code: str = "xa-a") -> Any:
    url = address("import_members", code)
    given = filled(client.get(url), file=SimpleUploadedFile("ds.csv", text.encode()))
    return client.post(url, given)


def _columns(client: Client) -> str:
    return address("import_columns", str(StoredFile.objects.latest("pk").pk))


def _tell(client: Client, **said: str) -> Any:
    url = _columns(client)
    return client.post(url, filled(client.get(url), **said))


def test_a_file_without_a_known_header_leads_to_telling_its_row_and_columns(cast: Cast, officer: Client):
    page = officer.get(_bring(officer, ODD).url)
    assert _columns(officer) in page.content.decode()
    assert "Theo dõi đảng viên" in words(officer.get(_columns(officer)))
    again = _tell(officer, doc_0="on", dong_0="2")
    assert again.url.startswith(_columns(officer))
    assert "Nguyễn Thị Lan Anh" in words(officer.get(again.url))
    checked = _tell(officer, cot_0_B="full_name", cot_0_C="birth", cot_0_D="admitted_on")
    page = officer.get(checked.url)
    officer.post(checked.url, filled(page), follow=True)
    assert Person.objects.get(full_name="Nguyễn Thị Lan Anh").birth_on.year == 1975


def test_what_was_told_is_remembered_for_that_kind_of_list_of_that_organisation(cast: Cast, officer: Client):
    _bring(officer, PLAIN)
    _tell(officer, cot_0_C="birth")
    assert [one.columns for one in KeptColumns.objects.all()] == [{"C": "birth"}]
    page = officer.get(_bring(officer, PLAIN.replace("Lan Anh", "Lan Chi")).url)
    assert "Giá trị đọc được" in words(page)
    assert "1 Tạo mới" in words(page)
    other = officer.get(_bring(officer, PLAIN, "xa-b").url)
    assert "0 Tạo mới" in words(other)


def test_saying_again_what_the_headings_say_forgets_what_was_remembered(cast: Cast, officer: Client):
    _bring(officer, PLAIN)
    _tell(officer, cot_0_C="birth")
    _tell(officer, cot_0_C="khong")
    assert not KeptColumns.objects.exists()


def test_a_list_that_is_read_otherwise_since_it_was_shown_is_not_written(cast: Cast, officer: Client):
    url = _bring(officer, PLAIN).url
    _tell(officer, cot_0_C="birth")
    shown = officer.get(url)
    _tell(officer, cot_0_C="khong")
    before = Person.objects.count()
    answer = officer.post(url, filled(shown))
    assert "vừa được sửa" in words(answer)
    assert Person.objects.count() == before


def test_no_column_for_names_no_sheet_and_no_number_are_said_at_their_fields(cast: Cast, officer: Client):
    _bring(officer, PLAIN)
    assert "cột nào là «Họ và tên»" in errors(_tell(officer, cot_0_B="khong"))
    url = _columns(officer)
    told = filled(officer.get(url), dong_0="năm")
    assert "số của dòng" in errors(officer.post(url, told))
    del told["doc_0"]
    assert "ít nhất một bảng" in errors(officer.post(url, {**told, "dong_0": "1"}))

"""A large list through the pages: checked and written as work of its own, found again afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cast import Cast
from exchange.lists import sheet
from tochuc.jobs.models import Job
from tochuc.jobs.work import work_once
from tochuc.members.models import Person
from tochuc.web.imports import jobs
from web.browsing import address, entered, filled, own_folders, words  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folders")]

ROWS = tuple(f"Nguyễn Văn {name};02/04/1975;Nam;;;;;Thôn Đông;" for name in ("An", "Bình", "Chi"))


@pytest.fixture(autouse=True)
def _small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_LARGE_PLAIN", 1)


def _bring(client: Any, raw: bytes) -> Any:
    url = address("import_members", "xa-a")
    return client.post(url, filled(client.get(url), file=SimpleUploadedFile("ds.csv", raw)))


def test_a_large_list_is_checked_then_written_beside_the_pages(cast: Cast):
    officer = entered(cast.officer)
    sent = _bring(officer, sheet(*ROWS))
    assert sent.url.startswith("/cong-viec/")
    assert "Đang chờ" in words(officer.get(sent.url))
    work_once()
    checked = officer.get(sent.url, follow=True)
    assert "3 Tạo mới" in words(checked)
    assert "Kiểm tra lúc" in words(checked)
    written = officer.post(checked.redirect_chain[-1][0], filled(checked))
    assert not Person.objects.filter(full_name="Nguyễn Văn Bình").exists()
    work_once()
    assert "Nguyễn Văn Bình" in words(officer.get(written.url, follow=True))
    assert Person.objects.filter(full_name="Nguyễn Văn Bình").exists()
    assert not Job.objects.get(kind="import.check").answer


def test_a_list_that_cannot_be_read_says_so_and_can_be_told_otherwise(cast: Cast):
    officer = entered(cast.officer)
    sent = _bring(officer, "Mã;Mốc;Nơi\n1;2;3\n3;4;5\n".encode())
    work_once()
    page = officer.get(sent.url, follow=True)
    assert "Không thấy dòng tiêu đề" in words(page)


def test_a_day_for_which_it_was_not_checked_asks_for_a_check_first(cast: Cast):
    officer = entered(cast.officer)
    sent = _bring(officer, sheet(*ROWS))
    work_once()
    url = officer.get(sent.url).url.partition("?")[0]
    page = officer.get(url + "?ngay=01/01/2023")
    assert "Kiểm tra danh sách" in words(page)
    again = officer.post(url + "?ngay=01/01/2023", filled(page))
    assert again.url.startswith("/cong-viec/")

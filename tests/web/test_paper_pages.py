"""Scans in a person's file: added, handed out on record, taken out with a reason; wrong files are refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cast import Cast
from tochuc.audit.models import Entry
from tochuc.members.models import Paper, Person
from web.browsing import address, entered, errors, field_error, filled, own_folders, words  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def lan(cast: Cast) -> Person:
    return cast.people["member_a1"]


def add(cast: Cast, person: Person, name: str = "qd.pdf", raw: bytes = PDF, **typed: Any) -> Any:
    client, path = entered(cast.cell_a1), address("member_papers", person.ref)
    sent = {"kind": "decision", "title": "Quyết định kết nạp", "dated_on": "1/3/2014", **typed}
    return client.post(path, filled(client.get(path), **sent, file=SimpleUploadedFile(name, raw)))


def test_a_scan_is_kept_shown_in_the_timeline_and_handed_out_on_record(cast: Cast, lan: Person):
    answer = add(cast, lan)
    assert answer.status_code == 302, errors(answer)
    officer = entered(cast.officer)
    assert "Giấy tờ: Quyết định kết nạp" in words(officer.get(address("member", lan.ref)))
    paper = Paper.objects.get()
    got = officer.get(address("paper", paper.ref))
    assert got.content == PDF
    assert "attachment" in got["Content-Disposition"]
    assert Entry.objects.filter(action="paper.read", object_key=lan.ref, account=cast.officer.pk).count() == 1


def test_a_member_opens_their_own_papers_and_nobody_elses(cast: Cast, lan: Person):
    add(cast, lan)
    add(cast, cast.people["other_a1"])
    mine, other = Paper.objects.get(person=lan), Paper.objects.exclude(person=lan).get()
    client = entered(cast.member_a1)
    assert client.get(address("paper", mine.ref)).status_code == 200
    assert client.get(address("paper", other.ref)).status_code == 404
    assert entered(cast.secretary_b).get(address("paper", mine.ref)).status_code == 404


def test_a_paper_is_no_file_that_others_open_under_the_right_to_files(cast: Cast, lan: Person):
    add(cast, lan)
    assert entered(cast.cell_a1).get(address("file", Paper.objects.get().file_id)).status_code == 404


def test_a_paper_taken_out_with_its_reason_is_handed_out_no_more(cast: Cast, lan: Person):
    add(cast, lan)
    paper, client = Paper.objects.get(), entered(cast.cell_a1)
    path = address("paper_take_out", paper.ref)
    assert "Cần điền" in field_error(client.post(path, filled(client.get(path))), "reason")
    assert client.post(path, filled(client.get(path), reason="Của người khác")).status_code == 302
    assert client.get(address("paper", paper.ref)).status_code == 404
    assert "Chưa có giấy tờ nào" in words(client.get(address("member_papers", lan.ref)))


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("qd.pdf", b"", "Tệp rỗng"),
        ("qd.pdf", b"<html><script>alert(1)</script></html>", "trang web"),
        ("qd.jpg", PDF, "đuôi"),
        ("qd.exe", b"MZ\x90\x00" + b"\x00" * 200, "chương trình"),
    ],
)
def test_a_file_that_is_no_scan_is_refused(cast: Cast, lan: Person, name: str, raw: bytes, said: str):
    answer = add(cast, lan, name, raw)
    assert answer.status_code == 422
    assert said in errors(answer)
    assert not Paper.objects.exists()

"""What every answer carries so that no other site, script, cache or guess of a browser can misuse it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator

import pytest
from django.http import HttpResponseBase
from django.test import Client

from access.addresses import addresses
from access.scene import Scene, keys_of
from cast import Cast

OFFICE = "application/vnd.openxmlformats-officedocument."


def _pages(scene: Scene, client: Client) -> Iterator[tuple[str, HttpResponseBase]]:
    for address in addresses():
        keys = keys_of(scene, address, "a1" if address.objects else "-", "officer") or {}
        if address.name != "account_logout":
            yield address.name, client.get(address.at(keys))
    yield "missing", client.get("/khong-co/")
    yield "forbidden", client.post("/hoi-nghi/nhap/")
    yield "not allowed", client.put("/")
    yield "unreadable", client.get("/dang-vien/?q=%00")


@pytest.mark.parametrize("actor", ["officer", "member_a1", "anonymous"])
def test_every_answer_has_its_policies_and_needs_no_script_or_style_that_they_forbid(
    actor: str, scene: Scene, entered: Callable[[str], Client]
):
    forbidden = re.compile(
        r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=|javascript:|https?://(?!127|local)", re.I
    )
    for name, answer in _pages(scene, entered(actor)):
        policy = answer["Content-Security-Policy"]
        assert "default-src 'self'" in policy, name
        assert "frame-ancestors 'none'" in policy, name
        assert "form-action 'self'" in policy, name
        assert "unsafe" not in policy, name
        assert answer["X-Frame-Options"] == "DENY", name
        assert answer["X-Content-Type-Options"] == "nosniff", name
        assert answer["Referrer-Policy"] == "same-origin", name
        assert "no-store" in answer["Cache-Control"], name
        assert len(answer["X-Request-ID"]) == 36, name
        if answer.get("Content-Type", "").startswith("text/html"):
            found = forbidden.search(answer.content.decode())
            assert found is None, f"{name}: {found and found[0]}"


@pytest.mark.parametrize("name", ["file", "conclusion_file", "organisation_members_sheet"])
def test_files_are_handed_out_as_files_of_their_own_kind(
    name: str, scene: Scene, entered: Callable[[str], Client]
):
    address = next(a for a in addresses() if a.name == name)
    answer = entered("officer").get(address.at(keys_of(scene, address, "a1", "officer") or {}))
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert answer["Content-Type"].split(";")[0] in {
        "text/plain",
        f"{OFFICE}wordprocessingml.document",
        f"{OFFICE}spreadsheetml.sheet",
    }


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil.example", "a b", ""]
)
def test_a_foreign_host_is_refused_and_not_repeated(host: str, cast: Cast, client: Client):
    answer = client.get("/dang-nhap/", HTTP_HOST=host)
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/to-chuc/%00/",
        "/dang-vien/%00/",
        "/hoi-nghi/khong-phai-uuid/",
        "/van-ban/0/",
        "/tep/../../etc/passwd/",
        "/muc-hoi-nghi/99999999999999999999999/sua/",
        "/muc-hoi-nghi/-1/sua/",
        "/muc-hoi-nghi/%D9%A1/sua/",
        "/ket-luan/%27%20OR%201=1/",
        "/to-chuc/%ff%fe/",
        "/dang-vien/" + "a" * 3000 + "/",
    ],
)
def test_a_key_that_can_not_be_one_is_not_there(path: str, scene: Scene, entered: Callable[[str], Client]):
    assert entered("officer").get(path).status_code == 404


def test_a_zero_byte_in_a_question_is_refused(scene: Scene, entered: Callable[[str], Client]):
    client = entered("officer")
    for address in addresses():
        if not address.is_api and not address.public:
            keys = keys_of(scene, address, "a1" if address.objects else "-", "officer") or {}
            assert client.get(address.at(keys) + "?q=%00&trang=%00").status_code == 400, address.name


@pytest.mark.parametrize("length", ["99999999999", "-1", "1e3", "\u0661\u0662"])
@pytest.mark.parametrize("actor", ["officer", "anonymous"])
def test_a_body_larger_than_any_form_is_refused_unread(
    length: str, actor: str, entered: Callable[[str], Client]
):
    class Unread(io.RawIOBase):
        def readinto(self, _into: object) -> int:
            raise AssertionError("the body was read")

    client = entered(actor)
    answer = client.post("/hoi-nghi/nhap/", CONTENT_LENGTH=length, **{"wsgi.input": Unread()})
    assert answer.status_code == 413
    assert "tệp quá lớn" in answer.content.decode()
    assert len(answer["X-Request-ID"]) == 36

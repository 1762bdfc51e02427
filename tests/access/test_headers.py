"""What every answer carries so that no other site, script, cache or guess of a browser can misuse it."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.test import Client

from access.addresses import addresses
from access.policies import careless
from access.scene import Scene, keys_of
from cast import Cast

OFFICE = "application/vnd.openxmlformats-officedocument."


@pytest.mark.parametrize("actor", ["officer", "anonymous"])
def test_an_answer_that_refuses_has_its_policies_too(actor: str, entered: Callable[[str], Client]):
    """Every page and operation is held to the same in ``test_matrix``, where all of them are asked."""
    client = entered(actor)
    answers = {
        "missing": client.get("/khong-co/"),
        "forbidden": client.post("/hoi-nghi/nhap/"),
        "not allowed": client.put("/"),
        "unreadable": client.get("/dang-vien/?q=%00"),
    }
    assert {name: careless(answer) for name, answer in answers.items()} == dict.fromkeys(answers, "")


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

"""The second factor: turned on with a right code, asked for after the password, required of officers where wanted."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import call_command
from django.test import Client

from cast import PASSWORD, Cast
from tochuc.access import factors
from tochuc.audit.models import Entry
from tochuc.web import held
from web.browsing import entered, own_folders  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")
PAGE = "/xac-thuc-hai-buoc/"


@pytest.fixture(autouse=True)
def _still() -> Iterator[None]:
    """A code holds for half a minute; on a busy machine a page may take longer."""
    with time_machine.travel(datetime.now(UTC), tick=False):
        yield


def code_of(secret: str, ahead: int = 0) -> str:
    """What a telephone with the secret shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def text(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def turned_on(client: Client) -> tuple[str, list[str]]:
    """Turn it on through the page; the secret and the codes for a loss."""
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", text(client.get(PAGE)))
    assert found
    secret = found[1].replace(" ", "")
    answer = client.post(PAGE, {"code": code_of(secret), "password": PASSWORD})
    assert answer.status_code == 200, text(answer)
    return secret, re.findall(r"<code>(\d{4} \d{4})</code>", text(answer))


def log_in(username: str, **more: str) -> tuple[Client, Any]:
    client = Client()
    return client, client.post("/dang-nhap/", {"login": username, "password": PASSWORD, **more})


def test_after_it_is_on_the_password_alone_opens_nothing(cast: Cast):
    secret, codes = turned_on(entered(cast.officer))
    assert len(codes) == len(set(codes)) == 10
    client, answer = log_in(cast.officer.username)
    assert answer.url == "/dang-nhap/ma/"
    assert client.get("/").status_code == 302
    assert client.get("/api/v1/duties").status_code == 401
    assert "Mã xác thực" in text(client.get("/dang-nhap/ma/"))
    wrong = client.post("/dang-nhap/ma/", {"code": "000000"})
    assert "Mã chưa đúng" in text(wrong)
    assert client.get("/").status_code == 302
    # The code that turned it on counts too, each only once.
    right = client.post("/dang-nhap/ma/", {"code": code_of(secret)})
    assert right.status_code == 302
    assert client.get("/").status_code == 200
    actions = set(Entry.objects.values_list("action", flat=True))
    assert {"factor.on", "factor.failed", "account.logged_in"} <= actions


def test_a_code_opens_once_and_so_does_one_kept_for_a_loss(cast: Cast):
    secret, codes = turned_on(entered(cast.officer))
    for code in (code_of(secret), codes[3]):
        first, _ = log_in(cast.officer.username)
        assert first.post("/dang-nhap/ma/", {"code": code}).status_code == 302
        second, _ = log_in(cast.officer.username)
        assert second.post("/dang-nhap/ma/", {"code": code}).status_code == 200
        assert second.get("/").status_code == 302


def test_codes_can_not_be_tried_without_end(cast: Cast):
    secret, _codes = turned_on(entered(cast.officer))
    client, _ = log_in(cast.officer.username)
    for n in range(6):
        answer = client.post("/dang-nhap/ma/", {"code": f"{n:06}"})
    assert "Đã thử sai nhiều lần" in text(answer)
    client.post("/dang-nhap/ma/", {"code": code_of(secret)})
    assert client.get("/").status_code == 302


def test_without_the_password_before_nobody_is_asked_for_a_code(cast: Cast):
    turned_on(entered(cast.officer))
    client = Client()
    assert client.get("/dang-nhap/ma/").status_code == 302
    assert client.post("/dang-nhap/ma/", {"code": "000000"}).status_code == 302
    assert client.post("/dang-nhap/ma/", {}).status_code == 302


@pytest.mark.parametrize("wrong", [{"code": "000000"}, {"code": ""}, {"password": "sai"}, {"password": ""}])
def test_it_goes_on_only_with_a_right_code_and_the_password(wrong: dict[str, str], cast: Cast):
    client = entered(cast.officer)
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", text(client.get(PAGE)))
    assert found
    sent = {"code": code_of(found[1].replace(" ", "")), "password": PASSWORD} | wrong
    answer = client.post(PAGE, sent)
    assert answer.status_code == 422
    assert found[1] in text(answer)
    assert not factors.is_on(cast.officer)


def test_the_secret_lies_sealed(cast: Cast):
    client = entered(cast.officer)
    client.get(PAGE)
    kept = str(dict(client.session))
    secret, codes = turned_on(client)
    stored = str(list(Authenticator.objects.values()))
    assert secret not in kept
    assert secret not in stored
    assert codes[0].replace(" ", "") not in stored


def test_it_goes_off_with_the_password(cast: Cast):
    client = entered(cast.officer)
    turned_on(client)
    assert client.post(PAGE, {"password": "sai"}).status_code == 422
    assert factors.is_on(cast.officer)
    assert client.post(PAGE, {"password": PASSWORD}).status_code == 302
    assert not Authenticator.objects.exists()
    _, answer = log_in(cast.officer.username)
    assert answer.url == "/"


def test_where_officers_must_an_officer_does_nothing_before(cast: Cast, settings: Any):
    settings.TOCHUC_SECOND_FACTOR = True
    client = entered(cast.officer)
    assert client.get("/").url == PAGE
    assert client.get("/ma-truy-cap/moi/").url == PAGE
    refused = client.get("/api/v1/duties")
    assert (refused.status_code, refused.json()["code"]) == (403, "second_factor")
    assert "Cán bộ Ban Tổ chức phải bật" in text(client.get(PAGE))
    turned_on(client)
    assert client.get("/").status_code == 200
    assert client.get("/api/v1/duties").status_code == 200
    assert client.post(PAGE, {"password": PASSWORD}).status_code == 422
    assert factors.is_on(cast.officer)
    assert entered(cast.secretary_a).get("/").status_code == 200


def test_what_was_held_when_the_session_ended_comes_back_after_the_code(cast: Cast):
    secret, _codes = turned_on(entered(cast.officer))
    expired = Client().post("/noi-lam-viec/", {"workplace": "huyen"})
    found = re.search(r'name="held" value="([^"]*)"', expired.content.decode())
    assert found
    word = html.unescape(found[1])
    assert held.release(word)
    client, answer = log_in(cast.officer.username, held=word)
    assert answer.url == "/dang-nhap/ma/"
    offered = client.post("/dang-nhap/ma/", {"code": code_of(secret)})
    assert offered.status_code == 200
    assert "/noi-lam-viec/" in text(offered)


def test_who_lost_both_is_helped_from_the_machine(cast: Cast):
    turned_on(entered(cast.officer))
    call_command("second_factor", "off", cast.officer.username, "--reason", "Mất điện thoại.")
    assert not factors.is_on(cast.officer)
    assert Entry.objects.get(action="factor.off").reason == "Mất điện thoại."

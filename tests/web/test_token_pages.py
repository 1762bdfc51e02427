"""The pages of one's tokens: made with one's password, shown once, revoked."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from cast import PASSWORD, Cast
from tochuc.access.models import AccessToken
from tochuc.audit.models import Entry
from web.browsing import entered, own_folders  # noqa: F401

NEW = "/ma-truy-cap/moi/"
GIVEN = {"name": "Phần mềm Văn phòng", "reach": "doc", "days": "90", "password": PASSWORD}


pytestmark = pytest.mark.usefixtures("own_folders")


@pytest.fixture
def browser(cast: Cast) -> Client:
    return entered(cast.officer)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_token_is_shown_once_and_works(browser: Client):
    made = browser.post(NEW, GIVEN)
    assert made.status_code == 200
    secret = re.search(r"<code>(tochuc_[\w-]{43})</code>", text(made))
    assert secret
    assert made["Cache-Control"] == "no-store"
    asked = Client().get("/api/v1/duties", headers={"Authorization": f"Bearer {secret[1]}"})
    assert asked.status_code == 200
    listed = text(browser.get("/ma-truy-cap/"))
    assert "Phần mềm Văn phòng" in listed
    assert "Chỉ đọc" in listed
    assert "19/07/2023" in listed
    assert secret[1] not in listed
    assert secret[1] not in str(dict(browser.session))


@pytest.mark.parametrize(
    "wrong",
    [{"password": "sai-mat-khau"}, {"password": ""}, {"name": ""}, {"days": "9999"}, {"reach": "tat-ca"}],
)
def test_one_that_can_not_be_made_says_why_and_keeps_what_was_typed(wrong: dict[str, str], browser: Client):
    answer = browser.post(NEW, GIVEN | wrong)
    assert answer.status_code == 422
    assert 'class="errors"' in text(answer) or "Cần sửa" in text(answer)
    if "name" not in wrong:
        assert "Phần mềm Văn phòng" in text(answer)
    assert GIVEN["password"] not in text(answer)
    assert not AccessToken.objects.exists()


def test_passwords_can_not_be_tried_without_end(browser: Client):
    codes = [browser.post(NEW, GIVEN | {"password": f"thu-lan-{n}"}).status_code for n in range(12)]
    assert codes[0] == 422
    assert codes[-1] == 429
    assert browser.post(NEW, GIVEN).status_code == 429


def test_sent_twice_it_is_made_once(browser: Client):
    browser.post(NEW, GIVEN)
    again = browser.post(NEW, GIVEN)
    assert again.status_code == 422
    assert "Đã có mã tên" in text(again)
    assert AccessToken.objects.count() == 1


def test_revoking_asks_first_and_then_nothing_gets_in(browser: Client, cast: Cast):
    browser.post(NEW, GIVEN)
    token = AccessToken.objects.get()
    path = f"/ma-truy-cap/{token.ref}/thu-hoi/"
    assert "Thu hồi mã" in text(browser.get(path))
    assert AccessToken.objects.filter(revoked_at=None).exists()
    other = Client()
    other.force_login(cast.secretary_a)
    assert other.post(path).status_code == 404
    done = browser.post(path, follow=True)
    assert "Đã thu hồi mã" in text(done)
    assert browser.get(path).status_code == 404
    assert Entry.objects.filter(action="token.revoked", object_key=token.ref).exists()

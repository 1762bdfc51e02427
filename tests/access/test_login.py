"""Logging in: one message for every failure, throttled by account, told in the trail without the password."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from cast import PASSWORD, Cast
from tochuc.audit.models import Entry
from tochuc.audit.verify import broken

LOGIN = "/dang-nhap/"
WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng"
THROTTLED = "xin chờ 5 phút"
BAD = "sai-mat-khau-2023"


def log_in(client: Client, name: str, password: str = PASSWORD, **more: Any) -> HttpResponseBase:
    """Send the log-in form."""
    return client.post(LOGIN, {"login": name, "password": password} | more.pop("data", {}), **more)


def is_in(client: Client) -> bool:
    """Whether the browser is logged in."""
    return client.get("/").status_code == 200


def trail() -> str:
    """Everything that the audit trail says."""
    return json.dumps(list(Entry.objects.values()), ensure_ascii=False, default=str)


def test_the_right_password_opens_home(cast: Cast, client: Client):
    answer = log_in(client, "officer")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_in(client)


@pytest.mark.parametrize("name", ["officer", "khong-co-ai"])
def test_a_wrong_password_and_an_unknown_name_say_the_same(name: str, cast: Cast, client: Client):
    answer = log_in(client, name, BAD)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert WRONG in text
    assert f'value="{name}"' in text
    assert BAD not in text
    assert not is_in(client)


def test_after_five_failures_the_right_password_is_refused_for_five_minutes(cast: Cast, client: Client):
    for _ in range(5):
        assert WRONG in log_in(client, "officer", BAD).content.decode()
    refused = log_in(client, "officer")
    assert THROTTLED in refused.content.decode()
    assert not is_in(client)
    assert log_in(Client(), "secretary_a").status_code == 302
    with time_machine.travel(timezone.now() + timedelta(minutes=5, seconds=1)):
        assert log_in(client, "officer").status_code == 302


@pytest.mark.parametrize(
    "disguise",
    [{"HTTP_HOST": "localhost:8123"}, {"HTTP_HOST": "127.0.0.1:{n}"}, {"HTTP_X_FORWARDED_FOR": "10.0.0.{n}"}],
)
def test_throttling_is_not_evaded_by_headers_or_by_how_the_name_is_written(
    disguise: dict[str, str], cast: Cast
):
    names = ("officer", "OFFICER", " Officer ", "oFFicer", "officer")
    for n, name in enumerate(names, 1):
        log_in(Client(), name, BAD, **{k: v.format(n=n) for k, v in disguise.items()})
    assert THROTTLED in log_in(Client(), "officer").content.decode()


def test_who_sends_very_many_log_ins_is_asked_to_wait_in_plain_words_and_loses_nothing(
    cast: Cast, client: Client, settings: Any
):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "1/m/ip"}
    log_in(client, "officer", BAD)
    answer = log_in(client, "officer", data={"held": "gi-do", "next": "/to-chuc/"})
    text = answer.content.decode()
    assert answer.status_code == 429
    assert THROTTLED in text
    assert 'value="gi-do"' in text
    assert 'value="/to-chuc/"' in text


def test_log_ins_good_and_bad_are_in_the_trail_without_any_password(cast: Cast, client: Client):
    log_in(client, "officer", BAD)
    log_in(client, "Mat-khau-go-nham-o-ten", BAD)
    log_in(client, "officer")
    client.post("/dang-xuat/")
    acts = list(
        Entry.objects.filter(action__startswith="account.log")
        .order_by("pk")
        .values_list("action", "object_key")
    )
    assert acts == [
        ("account.login_failed", "officer"),
        ("account.login_failed", ""),
        ("account.logged_in", "officer"),
        ("account.logged_out", "officer"),
    ]
    text = trail()
    for secret in (BAD, PASSWORD, "Mat-khau-go-nham-o-ten", cast.officer.password):
        assert secret not in text
    for session in Session.objects.all():
        assert session.session_key not in text
    assert list(broken()) == []


def test_a_closed_account_is_told_so_only_to_who_knows_its_password(cast: Cast, client: Client):
    cast.officer.is_active = False
    cast.officer.save()
    assert WRONG in log_in(client, "officer", BAD).content.decode()
    assert "ngừng dùng" in log_in(client, "officer").content.decode()
    assert not is_in(client)


def test_a_session_ends_when_its_account_is_closed(cast: Cast, client: Client):
    log_in(client, "officer")
    cast.officer.is_active = False
    cast.officer.save()
    assert client.get("/").status_code == 302


@pytest.mark.parametrize(
    "away",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        " //evil.example",
        "https://testserver@evil.example/",
    ],
)
def test_logging_in_and_out_never_leads_elsewhere(away: str, cast: Cast, client: Client):
    assert log_in(client, "officer", data={"next": away})["Location"] == "/"
    assert client.get(LOGIN, {"next": away})["Location"] == "/"
    assert client.post("/dang-xuat/", {"next": away})["Location"] == LOGIN


def test_logging_in_leads_to_the_page_that_was_asked_for(cast: Cast, client: Client):
    asked = client.get("/to-chuc/?q=a&b=1")
    assert asked["Location"] == "/dang-nhap/?next=%2Fto-chuc%2F%3Fq%3Da%26b%3D1"
    assert log_in(client, "officer", data={"next": "/to-chuc/?q=a&b=1"})["Location"] == "/to-chuc/?q=a&b=1"


def test_a_session_from_before_the_log_in_is_worth_nothing_after_it(cast: Cast, client: Client):
    session = client.session
    session["planted"] = "x"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    log_in(client, "officer")
    assert client.session.session_key != planted
    intruder = Client()
    intruder.cookies["sessionid"] = planted
    assert intruder.get("/").status_code == 302


def test_logging_out_ends_the_session_itself(cast: Cast, client: Client):
    log_in(client, "officer")
    kept = client.cookies["sessionid"].value
    client.get("/dang-xuat/")
    assert client.get("/").status_code == 200, "a mere link logged out"
    client.post("/dang-xuat/")
    client.cookies["sessionid"] = kept
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("path", [LOGIN, "/dang-xuat/", "/noi-lam-viec/", "/mat-khau/"])
def test_no_other_site_can_send_these_forms(path: str, cast: Cast):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.officer)
    assert strict.post(path, {"login": "officer", "password": PASSWORD}).status_code == 403
    assert strict.get("/").status_code == 200


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(
    cast: Cast, client: Client, settings: Any
):
    cookie = log_in(client, "officer").cookies["sessionid"]
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    over_tls = Client()
    answer = log_in(over_tls, "officer", secure=True)
    assert answer.cookies["sessionid"]["secure"] is True
    assert over_tls.get(LOGIN, secure=True).status_code == 302


def change_password(client: Client, old: str, new: str, **headers: str) -> HttpResponseBase:
    """Send the form that changes the password."""
    return client.post(
        "/mat-khau/", {"oldpassword": old, "password1": new, "password2": new}, headers=headers
    )


@pytest.mark.parametrize(
    "headers", [{}, {"X-Requested-With": "XMLHttpRequest"}, {"Accept": "application/json"}]
)
def test_a_new_password_ends_every_session_and_is_noted(headers: dict[str, str], cast: Cast, client: Client):
    other = Client()
    log_in(client, "officer")
    log_in(other, "officer")
    answer = change_password(client, PASSWORD, "một câu ngắn dễ nhớ", **headers)
    assert answer.status_code == 302
    assert client.get("/").status_code == other.get("/").status_code == 302
    assert Entry.objects.filter(action="account.password_changed", object_key="officer").count() == 1
    assert log_in(Client(), "officer", "một câu ngắn dễ nhớ").status_code == 302
    assert "một câu ngắn" not in trail()


def test_guessing_the_old_password_from_an_open_session_is_throttled(cast: Cast, client: Client):
    log_in(client, "officer")
    for n in range(5):
        assert change_password(client, f"{BAD}-{n}", "một câu ngắn dễ nhớ").status_code == 200
    answer = change_password(client, PASSWORD, "một câu ngắn dễ nhớ")
    assert answer.status_code == 429
    assert "xin chờ một phút" in answer.content.decode()
    cast.officer.refresh_from_db()
    assert cast.officer.check_password(PASSWORD)


@pytest.mark.parametrize("weak", ["ngan", "1234567890", "password12"])
def test_a_weak_password_is_refused_in_vietnamese(weak: str, cast: Cast, client: Client):
    log_in(client, "officer")
    answer = change_password(client, PASSWORD, weak)
    assert answer.status_code == 200
    assert "Mật khẩu" in answer.content.decode()
    cast.officer.refresh_from_db()
    assert cast.officer.check_password(PASSWORD)


def test_one_works_only_for_organisations_where_one_has_a_role(cast: Cast, client: Client):
    log_in(client, "cell_a1")
    client.post("/noi-lam-viec/", {"workplace": cast.commune_b.code})
    assert client.session.get("workplace") is None
    client.post("/noi-lam-viec/", {"workplace": cast.a1.code})
    assert client.session["workplace"] == cast.a1.code
    session = client.session
    session["workplace"] = cast.commune_b.code
    session.save()
    assert cast.commune_b.name not in client.get("/").content.decode()
    assert client.get(f"/to-chuc/{cast.commune_b.code}/").status_code == 404


def test_there_is_no_way_to_sign_up(client: Client, db: None):
    for path in ("/accounts/signup/", "/dang-ky/", "/accounts/login/", "/accounts/password/reset/"):
        assert client.get(path).status_code == 404

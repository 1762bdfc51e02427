"""Tokens: a program gets in as its account and no further, until the token ends; a write leaves its trace."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from access.scene import Scene
from api.programs import API, bearer, problem, program, token_of
from cast import CANARY_NAME, PASSWORD
from tochuc.access import tokens
from tochuc.access.clock import now
from tochuc.access.models import AccessToken
from tochuc.audit.models import Entry
from tochuc.kernel.errors import Refused
from tochuc.programme.models import ProgressReport


def report(client: Client, scene: Scene, **headers: str) -> Any:
    """Report on the task of a1."""
    path = f"{API}assignments/{scene.things['a1'].assignment.ref}/reports"
    sent = {"status": "in_progress", "note": "Đang làm."}
    return client.post(path, sent, content_type="application/json", headers=headers or None)


def test_a_token_sees_what_its_account_sees_and_no_more(scene: Scene):
    inside = program(scene, "secretary_b").get(f"{API}members", {"q": "kim oanh"}).json()["items"]
    assert [m["full_name"] for m in inside] == [CANARY_NAME]
    outside = program(scene, "secretary_a")
    assert outside.get(f"{API}members", {"q": "kim oanh"}).json()["items"] == []
    assert problem(outside.get(f"{API}organisations/xa-b"), 404)["code"] == "not_found"


def test_only_a_digest_is_kept(scene: Scene):
    token, secret = token_of(scene, "officer")
    row = AccessToken.objects.values().get(pk=token.pk)
    assert secret not in str(row)
    assert row["hint"] == secret[:11]
    assert all(secret not in str(entry.data) for entry in Entry.objects.all())


def test_one_that_ran_out_was_revoked_or_belongs_to_a_closed_account_lets_nobody_in(scene: Scene):
    expired, secret = token_of(scene, "officer", days=1)
    client = bearer(secret)
    assert client.get(f"{API}duties").status_code == 200
    AccessToken.objects.filter(pk=expired.pk).update(
        made_at=now() - timedelta(days=2), expires_at=now() - timedelta(seconds=1)
    )
    assert problem(client.get(f"{API}duties"), 401)["code"] == "token_wrong"
    AccessToken.objects.filter(pk=expired.pk).update(expires_at=now() + timedelta(days=1))
    assert client.get(f"{API}duties").status_code == 200
    account = scene.cast.officer
    account.is_active = False
    account.save()
    assert problem(client.get(f"{API}duties"), 401)["code"] == "token_wrong"
    account.is_active = True
    account.save()
    tokens.revoke(expired, at=now(), by=scene.cast.actor())
    assert problem(client.get(f"{API}duties"), 401)["code"] == "token_wrong"
    assert Entry.objects.filter(action="token.revoked", object_key=expired.ref).count() == 1


@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer x", "Bearer tochuc_x", "Basic YTpi", "Bearer " + "x" * 9000]
)
def test_a_wrong_word_is_told_so_even_beside_a_session(given: str, scene: Scene):
    client = Client(raise_request_exception=False)
    answer = client.get(f"{API}duties", headers={"Authorization": given})
    assert problem(answer, 401)["code"] in {"token_wrong", "not_logged_in"}
    assert answer["WWW-Authenticate"].startswith("Bearer")
    client.force_login(scene.cast.officer)
    wrong = client.get(f"{API}duties", headers={"Authorization": "Bearer tochuc_x"})
    assert problem(wrong, 401)["code"] == "token_wrong"


def test_too_many_wrong_tokens_are_put_off_but_a_right_one_still_comes_in(scene: Scene):
    wrong = bearer("tochuc_khong-co")
    heard = [wrong.get(f"{API}duties", REMOTE_ADDR="203.0.113.9") for _ in range(22)]
    assert [a.status_code for a in heard] == [401] * 20 + [429] * 2
    assert problem(heard[-1], 429)["code"] == "too_many"
    assert int(heard[-1]["Retry-After"]) > 0
    right = program(scene, "officer")
    assert right.get(f"{API}duties", REMOTE_ADDR="203.0.113.9").status_code == 200
    assert wrong.get(f"{API}duties", REMOTE_ADDR="203.0.113.10").status_code == 401


def test_a_token_for_reading_writes_nothing(scene: Scene):
    assert problem(report(program(scene, "cell_a1"), scene), 403)["code"] == "token_read_only"
    assert not ProgressReport.objects.filter(reported_by=scene.cast.cell_a1).exists()


def test_a_write_through_a_token_needs_no_csrf_and_is_noted_with_the_token(scene: Scene):
    token, secret = token_of(scene, "cell_a1", may_write=True)
    answer = report(bearer(secret), scene)
    assert answer.status_code == 201, answer.content
    noted = Entry.objects.get(action="token.wrote", object_key=token.ref)
    done = Entry.objects.filter(action="task.reported").latest("pk")
    assert noted.data["operation"] == "assignment_report"
    assert noted.request_id == done.request_id == answer["X-Request-ID"]
    assert noted.account == scene.cast.cell_a1.pk


def test_a_refused_write_is_not_noted_as_one(scene: Scene):
    client = program(scene, "cell_a1", may_write=True)
    path = f"{API}assignments/{scene.things['b1'].assignment.ref}/reports"
    answer = client.post(path, {"status": "done", "note": "x"}, content_type="application/json")
    assert answer.status_code == 404
    assert not Entry.objects.filter(action="token.wrote").exists()


def test_the_last_use_is_remembered_to_the_minute(scene: Scene):
    token, secret = token_of(scene, "officer")
    client = bearer(secret)
    with time_machine.travel(now(), tick=False) as clock:
        client.get(f"{API}duties")
        first = AccessToken.objects.get(pk=token.pk).used_at
        clock.shift(timedelta(seconds=30))
        client.get(f"{API}duties")
        assert AccessToken.objects.get(pk=token.pk).used_at == first
        clock.shift(timedelta(seconds=31))
        client.get(f"{API}duties")
        assert AccessToken.objects.get(pk=token.pk).used_at == first + timedelta(seconds=61)


def test_a_token_opens_no_page(scene: Scene):
    client = program(scene, "officer", may_write=True)
    assert client.get("/").status_code == 302
    assert client.get("/ma-truy-cap/").status_code == 302


@pytest.mark.parametrize(
    ("given", "field"), [({"name": "  "}, "name"), ({"days": 0}, "days"), ({"days": 366}, "days")]
)
def test_a_token_that_can_not_be_is_refused(given: dict[str, Any], field: str, scene: Scene):
    wanted: dict[str, Any] = {"name": "Thử", "may_write": False, "days": 30} | given
    with pytest.raises(Refused) as refused:
        tokens.make(scene.cast.officer, **wanted, at=now(), by=scene.cast.actor())
    assert refused.value.field == field


def test_an_account_keeps_no_more_than_it_can_watch_over_each_by_its_own_name(scene: Scene):
    made: dict[str, Any] = {"may_write": False, "days": 30, "at": now(), "by": scene.cast.actor()}
    for n in range(tokens.MOST_TOKENS):
        tokens.make(scene.cast.officer, name=f"Mã {n}", **made)
    with pytest.raises(Refused, match="nhiều nhất"):
        tokens.make(scene.cast.officer, name="Một mã nữa", **made)
    with pytest.raises(Refused, match="Đã có mã"):
        tokens.make(scene.cast.officer, name=" Mã  1 ", **made)


def test_changing_the_password_ends_every_token(scene: Scene):
    _token, secret = token_of(scene, "officer")
    browser = Client()
    browser.force_login(scene.cast.officer)
    new = "mot cau that dai de nho"
    changed = browser.post("/mat-khau/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert changed.status_code == 302
    assert bearer(secret).get(f"{API}duties").status_code == 401


def test_an_address_that_is_none_is_told_in_json(scene: Scene):
    assert problem(program(scene, "officer").get(f"{API}khong-co"), 404)["code"] == "not_found"

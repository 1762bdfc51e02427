"""A form that can't be taken in, because the session ended or the page is old, loses nothing typed."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from access.scene import Scene
from cast import PASSWORD, Cast
from tochuc.access.models import Submission
from tochuc.programme.models import ProgressReport

NOTE = "Đã họp chi bộ, phân công ba đồng chí & ghi biên bản"


class Browser:
    """A browser as a person has it: it keeps cookies and sends the token of the page it shows."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.shown = ""

    def open(self, path: str) -> HttpResponseBase:
        """Open a page."""
        return self._show(self.client.get(path))

    def send(self, path: str, **fields: Any) -> HttpResponseBase:
        """Send a form of the page on show."""
        return self._show(
            self.client.post(path, fields | {"csrfmiddlewaretoken": self.hidden("csrfmiddlewaretoken")})
        )

    def hidden(self, name: str) -> str:
        """The value of a hidden field of the page on show."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.shown)
        assert found, f"no {name} on the page"
        return html.unescape(found[1])

    def log_in(self, name: str, **fields: str) -> HttpResponseBase:
        """Log in with the form on show."""
        return self.send("/dang-nhap/", login=name, password=PASSWORD, **fields)

    def _show(self, answer: HttpResponseBase) -> HttpResponseBase:
        if answer.status_code != 302:
            self.shown = answer.content.decode()
        return answer


@pytest.fixture
def working(scene: Scene) -> tuple[Browser, str]:
    """The secretary of a1 with the form of a task before them, and its address."""
    browser = Browser()
    browser.open("/dang-nhap/")
    browser.log_in("cell_a1")
    path = f"/viec/{scene.things['a1'].assignment.ref}/"
    assert browser.open(path).status_code == 200
    return browser, path


def end_session(browser: Browser) -> None:
    """The session ends while the page stays open."""
    browser.client.session.flush()


def reports(scene: Scene) -> list[str]:
    """The notes reported by the secretary of a1."""
    mine = ProgressReport.objects.filter(reported_by=scene.cast.cell_a1).order_by("pk")
    return list(mine.values_list("note", flat=True))


def test_what_was_typed_comes_back_and_can_be_sent_again_after_the_log_in(
    scene: Scene, working: tuple[Browser, str]
):
    browser, path = working
    once = browser.hidden("once")
    end_session(browser)
    refused = browser.send(path, status="in_progress", note=NOTE, once=once)
    assert refused.status_code == 401
    assert html.escape(NOTE) in browser.shown
    assert reports(scene) == []

    resumed = browser.log_in("cell_a1", held=browser.hidden("held"))
    assert resumed.status_code == 200
    assert f'action="{path}"' in browser.shown
    assert browser.hidden("note") == NOTE
    assert browser.hidden("once") == once
    assert once not in browser.shown.partition('class="held"')[2], "a mark of the form is shown as typed"

    sent = browser.send(path, status=browser.hidden("status"), note=browser.hidden("note"), once=once)
    assert sent.status_code == 302
    assert reports(scene) == [NOTE]


def test_a_wrong_password_meanwhile_loses_nothing(scene: Scene, working: tuple[Browser, str]):
    browser, path = working
    end_session(browser)
    browser.send(path, status="in_progress", note=NOTE)
    held = browser.hidden("held")
    browser.send("/dang-nhap/", login="cell_a1", password="sai-mat-khau-2023", held=held)
    assert browser.hidden("held") == held
    browser.log_in("cell_a1", held=held)
    assert browser.hidden("note") == NOTE


def test_one_who_logged_in_again_in_another_window_is_shown_what_was_typed(
    scene: Scene, working: tuple[Browser, str]
):
    browser, path = working
    end_session(browser)
    browser.send(path, status="in_progress", note=NOTE)
    interrupted = browser.shown
    browser.open("/dang-nhap/")
    browser.log_in("cell_a1")
    browser.shown = interrupted
    old = browser.log_in("cell_a1", held=browser.hidden("held"))
    assert old.status_code == 403
    assert html.escape(NOTE) in browser.shown


def test_held_work_is_only_what_we_signed_ourselves_and_lasts_a_day(
    scene: Scene, working: tuple[Browser, str]
):
    browser, path = working
    end_session(browser)
    browser.send(path, status="in_progress", note=NOTE)
    held = browser.hidden("held")
    for forged in ("x", held[:-2] + "xx", "e30:1aaaaa:" + "a" * 43):
        visitor = Browser()
        visitor.open("/dang-nhap/")
        assert visitor.log_in("cell_a1", held=forged)["Location"] == "/"
    late = Browser()
    with time_machine.travel(timezone.now() + timedelta(days=1, seconds=5)):
        late.open("/dang-nhap/")
        assert late.log_in("cell_a1", held=held)["Location"] == "/"


def test_another_person_who_logs_in_there_still_has_only_their_own_rights(
    scene: Scene, working: tuple[Browser, str]
):
    browser, path = working
    end_session(browser)
    browser.send(path, status="in_progress", note=NOTE)
    browser.log_in("cell_a2", held=browser.hidden("held"))
    assert browser.send(path, status="in_progress", note=browser.hidden("note")).status_code == 404
    assert ProgressReport.objects.filter(note=NOTE).count() == 0


def test_passwords_are_never_held_or_shown(cast: Cast):
    browser = Browser()
    browser.open("/dang-nhap/")
    fields = {"oldpassword": "bi-mat-cu-1", "password1": "bi-mat-moi-1", "password2": "bi-mat-moi-1"}
    answer = browser.send("/mat-khau/", **fields)
    assert answer.status_code == 401
    from tochuc.web import held

    assert held.release(browser.hidden("held")) == ("/mat-khau/", [])
    assert "bi-mat" not in browser.shown
    stranger = Client(enforce_csrf_checks=True)
    old = stranger.post("/mat-khau/", fields)
    assert old.status_code == 403
    assert "bi-mat" not in old.content.decode()


def test_a_page_from_before_the_log_in_shows_what_was_typed_and_does_nothing(
    scene: Scene, working: tuple[Browser, str]
):
    browser, path = working
    before = browser.shown
    end_session(browser)
    browser.open("/dang-nhap/")
    browser.log_in("cell_a1")
    browser.shown = before
    answer = browser.send(path, status="in_progress", note=NOTE)
    assert answer.status_code == 403
    assert html.escape(NOTE) in browser.shown
    assert f'href="{path}"' in browser.shown
    assert "<form" not in browser.shown, "a page another site can bring about must not offer to send"
    assert reports(scene) == []


def test_a_form_sent_twice_is_done_once(scene: Scene, working: tuple[Browser, str]):
    browser, path = working
    once = browser.hidden("once")
    first = browser.send(path, status="in_progress", note=NOTE, once=once)
    second = browser.send(path, status="in_progress", note=NOTE, once=once)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert reports(scene) == [NOTE]


def test_a_refused_form_may_be_mended_and_sent_with_the_same_token(
    scene: Scene, working: tuple[Browser, str]
):
    browser, path = working
    once = browser.hidden("once")
    assert browser.send(path, status="in_progress", note="", once=once).status_code == 200
    assert browser.hidden("once") == once
    assert browser.send(path, status="in_progress", note=NOTE, once=once).status_code == 302
    assert reports(scene) == [NOTE]


def test_a_token_of_one_account_is_worth_nothing_to_another(scene: Scene, working: tuple[Browser, str]):
    browser, path = working
    once = browser.hidden("once")
    browser.send(path, status="in_progress", note=NOTE, once=once)
    kept = Submission.objects.get(token=once)
    thief = Client()
    thief.force_login(scene.cast.secretary_a)
    own = f"/viec/{scene.things['commune_a'].assignment.ref}/"
    thief.post(own, {"status": "in_progress", "note": "Việc khác", "once": once})
    again = Submission.objects.get(token=once)
    assert (again.account, again.path, again.answer) == (kept.account, kept.path, kept.answer)
    assert ProgressReport.objects.filter(note="Việc khác").count() == 1


@pytest.mark.parametrize("once", ["", "x", "'; --", "0" * 400, "\x00"])
def test_a_token_that_is_none_is_ignored(once: str, scene: Scene, working: tuple[Browser, str]):
    browser, path = working
    assert browser.send(path, status="in_progress", note=NOTE, once=once).status_code == 302
    assert reports(scene) == [NOTE]

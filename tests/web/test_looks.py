"""The gallery and the failure pages in a real Chromium: axe, no sideways scroll, room for fingers."""

from __future__ import annotations

import mimetypes
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, Route

from web.drawing import FRAME, STATIC

pytestmark = [pytest.mark.browser, pytest.mark.urls("web.drawing")]

TYPED = {
    "fields": [("note", "Chi bộ đã họp")],
    "shown": [("note", "Chi bộ đã họp")],
    "held": "x",
    "path": "/x/",
}
PAGES = ("gallery", "errors/404", "errors/500", "errors/expired", "errors/csrf", "login")


def opened(chromium: Browser, name: str, width: int, height: int, **given: Any) -> Page:
    """A template in a browser under the content security policy; a broken script or a refusal fails."""
    page = chromium.new_page(viewport={"width": width, "height": height}, **given)
    document = render_to_string(f"{name}.html", {**FRAME, **TYPED})

    def answer(route: Route) -> None:
        asked = route.request.url.split("/static/tochuc/")
        if len(asked) == 2:
            file = STATIC / asked[1]
            route.fulfill(path=file, content_type=mimetypes.guess_type(file)[0])
        else:
            policy = {"content-security-policy": "default-src 'self'; object-src 'none'; base-uri 'none'"}
            route.fulfill(body=document, content_type="text/html; charset=utf-8", headers=policy)

    complaints: list[str] = []
    page.route("**/*", answer)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto("http://tochuc.test/")
    assert complaints == []
    return page


_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""All that dark mode changes."""


@pytest.mark.parametrize(("scheme", "options"), [("light", None), ("dark", _COLOURS)], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(chromium: Browser, width: int, scheme: Any, options: Any) -> None:
    for name in PAGES:
        # axe is put into the page as text, which the policy would refuse.
        page = opened(chromium, name, width, 844, color_scheme=scheme, bypass_csp=True)
        found = Axe().run(page, options=options)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
        page.close()


@pytest.mark.parametrize(("width", "height"), [(320, 568), (390, 844), (640, 400), (1280, 800)])
def test_no_page_scrolls_sideways(chromium: Browser, width: int, height: int) -> None:
    for name in PAGES:
        page = opened(chromium, name, width, height)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        page.close()


def test_buttons_fields_and_navigation_leave_room_for_a_finger(chromium: Browser) -> None:
    page = opened(chromium, "gallery", 390, 844)
    small = page.evaluate(
        """() => [...document.querySelectorAll(
            ".button, .input, .nav a, .tabs a, summary, .choice, .pages a, .search input, .search button"
        )].filter((e) => e.offsetHeight && e.offsetHeight < 44).map((e) => e.outerHTML.slice(0, 80))"""
    )
    assert small == []
    page.close()


def test_a_row_on_a_phone_shows_the_rest_when_tapped(chromium: Browser) -> None:
    page = opened(chromium, "gallery", 390, 844)
    row = page.locator(".list tbody tr").first
    assert row.locator(".fact").is_visible()
    assert not row.locator(".rest").first.is_visible()
    row.locator("summary").click()
    assert row.locator(".rest").first.is_visible()
    page.close()


def test_the_summary_of_errors_has_the_focus_and_leads_to_the_field(chromium: Browser) -> None:
    page = opened(chromium, "gallery", 1280, 800)
    assert page.evaluate("document.activeElement.id") == "loi"
    page.locator(".summary-errors a").nth(1).click()
    assert page.evaluate("document.activeElement.id") == "id_when"
    page.close()


def test_a_draft_is_kept_on_the_machine_without_the_forms_tokens(chromium: Browser) -> None:
    page = opened(chromium, "gallery", 1280, 800)
    page.fill("#id_note", "Chi bộ đã thảo luận kỹ")
    page.get_by_text("Đã lưu nháp lúc").wait_for()
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "thảo luận kỹ" in kept
    assert "once" not in kept
    assert "csrf" not in kept
    page.close()

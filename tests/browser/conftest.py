"""A real server with the demonstration district, and a real Chromium at the widths of a phone and a desk."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser.running import FirstStart, free_port, interrupt, own_var, serve, start_first, wait_until_up

PASSWORD = "tochuc-2023"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
PATIENCE = 30_000
"""Milliseconds after which what should come is taken not to: a busy machine is no failure."""
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def first_start() -> Iterator[FirstStart]:
    """The demonstration as its first start leaves it; servers run on copies of it."""
    with own_var() as var:
        yield start_first(var)


@pytest.fixture(scope="session")
def server(first_start: FirstStart) -> Iterator[str]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with own_var(like=first_start.var) as var:
        process = serve(var, port)
        try:
            wait_until_up(url + "/suc-khoe/", process)
            yield url
        finally:
            interrupt(process)


Enter = Callable[..., Page]


@pytest.fixture
def enter(chromium: Browser, server: str) -> Iterator[Enter]:
    """Log in as someone, at a width; gives the page at home."""
    contexts: list[BrowserContext] = []

    def log_in(username: str, viewport: dict[str, int]) -> Page:
        context = chromium.new_context(
            viewport=viewport, locale="vi-VN", base_url=server, accept_downloads=True
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto("/dang-nhap/")
        page.fill("[name=login]", username)
        page.fill("[name=password]", PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url(re.compile(r"/$"))
        return page

    yield log_in
    for context in contexts:
        context.close()

"""Reorganisation by pages, at phone and desk width: a plan from a file, looked at, carried out, undone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import DESK, PHONE
from browser.looking import look

pytestmark = pytest.mark.browser

COMMUNE = "/to-chuc/dx-nam-phuoc/"
PLAN = """title: Sáp nhập hai chi bộ {width}
decision: {{number: {width}-QĐ/HU, on: 2023-04-10, by: Ban Thường vụ Huyện ủy}}
day: 2023-04-15
operations:
  - merge: {{of: {of}, into: {into}}}
"""


def _cells(page: Page) -> list[str]:
    """The codes of the commune's cells, as their links give them."""
    page.goto(COMMUNE)
    links = page.locator("main table a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    return [found[1] for link in links if (found := re.fullmatch(r"/to-chuc/([a-z0-9-]+)/", link or ""))]


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_two_cells_are_merged_by_a_plan_from_a_file_and_the_plan_is_undone(
    enter: Callable[..., Page], viewport: dict[str, int]
):
    page = enter("canbo", viewport)
    cells = _cells(page)
    of, into = cells[-2:] if viewport is PHONE else cells[-4:-2]
    page.goto(f"{COMMUNE}sap-xep/")
    look(page, "sap-xep")
    page.goto(f"{COMMUNE}sap-xep/tai-tep/")
    text = PLAN.format(width=viewport["width"], of=of, into=into).encode()
    page.set_input_files("[name=file]", {"name": "plan.yaml", "mimeType": "text/yaml", "buffer": text})
    page.get_by_role("button", name="Mở phương án").click()
    look(page, "sap-xep-phuong-an")
    page.get_by_role("link", name="Xem trước").click()
    expect(page.get_by_text("Không ai bị bỏ sót")).to_be_visible()
    look(page, "sap-xep-xem-truoc")
    page.get_by_role("button", name="Thực hiện").click()
    page.wait_for_url(re.compile(r"/sap-xep/[^/]+/$"))
    look(page, "sap-xep-da-lam")
    done = page.url
    page.goto(f"/to-chuc/{into}/")
    expect(page.get_by_text("Tiền thân")).to_be_visible()
    look(page, "sap-xep-ke-tuc")

    page.goto(done)
    page.get_by_role("link", name="Hủy phương án").click()
    page.fill("[name=reason]", "Nhập nhầm quyết định.")
    look(page, "sap-xep-huy")
    page.get_by_role("button", name="Hủy phương án").click()
    page.goto(f"/to-chuc/{of}/")
    expect(page.get_by_text("Kết thúc từ ngày")).not_to_be_visible()

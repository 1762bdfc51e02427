"""The list of members and a sealed report, as an officer uses them: at phone and desk width, axe clean."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import DESK, PHONE
from browser.looking import look

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_an_officer_filters_the_list_and_saves_it(enter: Callable[..., Page], viewport: dict[str, int]):
    page = enter("canbo", viewport)
    page.goto("/to-chuc/dx-nam-phuoc/dang-vien/")
    look(page, "danh-sach")
    page.goto("/to-chuc/dx-nam-phuoc/dang-vien/?q=nguyen+thi+thu+huong")
    expect(page.get_by_role("link", name="Nguyễn Thị Thu Hường").first).to_be_visible()
    look(page, "danh-sach-loc")
    page.goto("/to-chuc/dx-nam-phuoc/dang-vien/?q=khong+co+ai+ten+nay")
    look(page, "danh-sach-trong")
    page.goto("/to-chuc/dx-nam-phuoc/dang-vien/da-luu/?q=nguyen")
    look(page, "luu-danh-sach")
    name = f"Họ Nguyễn {viewport['width']}"
    page.fill("[name=name]", name)
    page.locator("main form button.primary").first.click()
    page.goto("/to-chuc/dx-nam-phuoc/dang-vien/")
    expect(page.get_by_text(name).first).to_be_visible()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_statement_is_sealed_as_sent_and_seen_again(enter: Callable[..., Page], viewport: dict[str, int]):
    page = enter("canbo", viewport)
    page.goto("/to-chuc/dx-nam-phuoc/bien-dong/?tu=01/01/2022&den=31/12/2022")
    look(page, "bien-dong")
    page.get_by_role("link", name="Chốt báo cáo đã gửi").click()
    look(page, "chot-bao-cao")
    page.fill("[name=number]", f"{viewport['width']}-BC/ĐU")
    page.fill("[name=signed_on]", "05/01/2023")
    page.fill("[name=sent_to]", "Ban Tổ chức Huyện ủy")
    page.locator("main form button.primary").first.click()
    expect(page.get_by_text(f"Đã chốt báo cáo số {viewport['width']}-BC/ĐU")).to_be_visible()
    look(page, "bao-cao-da-chot")

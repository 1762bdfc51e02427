"""A cell secretary's month, at phone and desk width: dues by keyboard, a meeting, whom to consider, the year's work."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import DESK, PHONE
from browser.looking import look

pytestmark = pytest.mark.browser
CELL = "/to-chuc/dx-nam-phuoc-my-hoa/"
BOTH = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])


@BOTH
def test_a_month_of_dues_is_recorded_by_keyboard(
    enter: Callable[..., Page], viewport: dict[str, int]
) -> None:
    page = enter("chibo", viewport)
    page.goto(f"{CELL}dang-phi/?tu=3/2023&den=3/2023")
    look(page, "dang-phi")
    before = page.locator(".roll-done").count()
    boxes = page.locator("input[name=nop]")
    for place in range(2):
        boxes.nth(place).focus()
        page.keyboard.press("Space")
    # The sum is the next stop of the Tab key.
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("mười lăm")
    page.fill("[name=paid_on]", "31/3/2023")
    page.get_by_role("button", name="Ghi những người đã đánh dấu").click()
    expect(page.locator("#loi")).to_contain_text("cần ghi số tiền")
    look(page, "dang-phi-sai")
    page.locator(".wrong .roll-sum input").fill("15.000")
    page.get_by_role("button", name="Ghi những người đã đánh dấu").click()
    expect(page.get_by_text("Đã ghi 2 lượt nộp đảng phí")).to_be_visible()
    expect(page.locator(".roll-done")).to_have_count(before + 2)
    look(page, "dang-phi-da-ghi")
    page.locator(".roll-done a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đảng phí tháng 3/2023")
    look(page, "dang-phi-sua")
    page.goto(f"{CELL}dang-phi/tong-hop/")
    look(page, "dang-phi-tong-hop")


@BOTH
def test_a_meeting_is_recorded_on_one_screen(enter: Callable[..., Page], viewport: dict[str, int]) -> None:
    page = enter("chibo", viewport)
    page.goto(f"{CELL}sinh-hoat/moi/")
    page.fill("[name=held_on]", "10/4/2023" if viewport is PHONE else "12/4/2023")
    line = page.locator(".roll > li").nth(1)
    reason = line.locator(".roll-reason input")
    expect(reason).to_be_hidden()
    line.get_by_label("Vắng có lý do").check()
    expect(reason).to_be_visible()
    look(page, "diem-danh")
    page.get_by_role("button", name="Ghi buổi sinh hoạt").click()
    expect(page.locator("#loi")).to_contain_text("cần ghi lý do vắng")
    look(page, "diem-danh-sai")
    reason.fill("Đi công tác")
    page.get_by_role("button", name="Ghi buổi sinh hoạt").click()
    expect(page.get_by_text(re.compile(r"Đã ghi buổi sinh hoạt ngày 1[02]/04/2023"))).to_be_visible()
    look(page, "buoi-sinh-hoat")


@BOTH
def test_the_list_leads_to_whom_the_cell_is_to_consider_and_to_the_years_work(
    enter: Callable[..., Page], viewport: dict[str, int]
) -> None:
    page = enter("chibo", viewport)
    page.goto("/?loai=lapse")
    look(page, "viec-xem-xet")
    # Of the same person the unpaid dues may be on the list as well, and the list itself says "Chi bộ cần xem xét".
    absent = page.locator(".tasks > .task").filter(has_text="Vắng sinh hoạt không lý do")
    absent.first.locator("a.button").click()
    page.wait_for_url(re.compile("/sinh-hoat-dang-phi/$"))
    found = page.get_by_role("heading", name=re.compile("Vắng sinh hoạt không lý do: 3 tháng"))
    expect(found).to_be_visible()
    expect(page.locator("main .status.wait").first).to_have_text("Chi bộ cần xem xét")
    look(page, "xem-xet")
    page.get_by_role("link", name="mở hồ sơ xem xét xóa tên vì vắng sinh hoạt").click()
    expect(page.locator("[name=months]")).to_have_value("1/2023 2/2023 3/2023")
    page.goto(f"{CELL}phan-cong/")
    look(page, "phan-cong")
    page.goto(f"{CELL}phan-cong/?nam=2023&xem=danh-gia")
    look(page, "danh-gia")

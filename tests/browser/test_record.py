"""A member checks their record on a phone, the cell's secretary answers, an officer edits: at phone and desk width."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import DESK, PHONE
from browser.looking import look

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_member_proposes_and_the_cell_answers(enter: Callable[..., Page], viewport: dict[str, int]):
    member = enter("dangvien", viewport)
    member.goto("/ho-so-cua-toi/")
    look(member, "ho-so-cua-toi")
    own = member.url
    member.get_by_role("link", name="Kiểm tra hồ sơ của tôi").click()
    look(member, "kiem-tra")
    member.get_by_role("link", name="Đề nghị sửa 5. Nơi đăng ký khai sinh").click()
    look(member, "de-nghi")
    place = f"xã Duy Trinh, huyện Duy Xuyên, tỉnh Quảng Nam ({viewport['width']})"
    member.fill("[name=value]", place)
    member.fill("[name=ground]", "Giấy khai sinh bản chính")
    member.get_by_role("button", name="Gửi đề nghị").click()
    expect(member.get_by_text("Đã gửi đề nghị sửa")).to_be_visible()

    secretary = enter("chibo", viewport)
    secretary.get_by_role("link", name="Xem đề nghị").first.click()
    look(secretary, "cho-duyet")
    secretary.get_by_role("link", name="Nơi đăng ký khai sinh: xã Duy Trinh").first.click()
    look(secretary, "duyet")
    secretary.get_by_role("button", name="Chấp nhận, ghi vào hồ sơ").click()
    expect(secretary.get_by_text("Đã ghi vào hồ sơ: Nơi đăng ký khai sinh")).to_be_visible()

    member.goto(own + "muc/ho-ten/")
    expect(member.get_by_text(place)).to_be_visible()
    look(member, "muc-ho-ten")
    member.goto(own + "phieu/")
    look(member, "phieu")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_an_officer_edits_a_record_and_reads_its_history(
    enter: Callable[..., Page], viewport: dict[str, int]
):
    page = enter("canbo", viewport)
    page.goto("/dang-vien/?q=nguyen+thi+thu+huong")
    page.get_by_role("link", name="Nguyễn Thị Thu Hường", exact=True).first.click()
    look(page, "ho-so")
    page.get_by_role("link", name="Nghề nghiệp, trình độ").click()
    look(page, "muc-trinh-do")
    page.get_by_role("link", name="Sửa mục này").click()
    look(page, "sua-muc")
    page.fill("[name=occupation]", f"Kế toán trưởng {viewport['width']}")
    page.fill("[name=since]", "3/2023")
    page.fill("[name=ground]", "Quyết định bổ nhiệm")
    page.get_by_role("button", name="Ghi vào hồ sơ").click()
    expect(page.get_by_text("Đã ghi vào hồ sơ của Nguyễn Thị Thu Hường")).to_be_visible()
    page.get_by_role("link", name="Lịch sử 10. Nghề nghiệp hiện nay").click()
    look(page, "lich-su-muc")
    page.get_by_role("link", name="Về mục này").click()
    page.get_by_role("link", name="Về hồ sơ").click()
    page.get_by_role("link", name="Khen thưởng, kỷ luật").click()
    page.get_by_role("link", name="Thêm lần khen thưởng").click()
    look(page, "them-khen-thuong")

"""Bringing in a list as an office has it, at phone and desk width: chosen, looked at, written, undone."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect

from browser.conftest import DESK, PHONE
from browser.looking import look

pytestmark = pytest.mark.browser

_HEAD = (
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Quê quán",
    "Ngày vào Đảng",
    "Ngày chính thức",
    "Số TĐV",
    "Cỡ áo",
)
_PEOPLE = (
    ("CHI BỘ KHỐI PHỐ LONG XUYÊN 1 (3 đ/c)",),
    (1, "NGUYỄN THỊ HOÀNG PHƯƠNG THẢO NGUYÊN", "02/04/1975", "Nữ", "Duy Xuyên, Quảng Nam", "19/05/2001", "19/05/2002", "49.812345", "M"),
    (2, "TRẦN VĂN KHÁNH TÙNG", "31/02/1960", "Nam", "Hội An", "03/02/1985", "03/02/1986", "", "L"),
    (3, "Lê Quý Bửu Đôn", "12/10/60", "Nam", "Điện Bàn", "1988", "", "", "S"),
    ("II. Chi bộ thôn Hà Nhuận Tây (1 đ/c)",),
    (4, "Phạm Tấn Bửu Lộc", 1971, "Nam", "Thăng Bình", "22/12/1999", "22/12/2000", "49.812346", "M"),
    ("Tổng cộng: 4 đồng chí",),
)  # fmt: skip


def _workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("DS đảng viên")
        sheet.write(0, 0, "ĐẢNG BỘ THỊ TRẤN NAM PHƯỚC")
        sheet.write(1, 2, "DANH SÁCH ĐẢNG VIÊN")
        for row, cells in enumerate((_HEAD, *_PEOPLE), 3):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell)
    return out.getvalue()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_list_comes_in_and_goes_out_again(enter: Callable[..., Page], viewport: dict[str, int]):
    page = enter("namphuoc", viewport)
    page.goto("/to-chuc/dx-nam-phuoc/dang-vien/")
    page.get_by_role("link", name="Nhập danh sách").click()
    look(page, "nhap-danh-sach")
    file = {"name": "ds-nam-phuoc.xlsx", "mimeType": "application/octet-stream", "buffer": _workbook()}
    page.set_input_files("[name=file]", file)
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem trước danh sách")
    expect(page.get_by_text("Không có chi bộ «Chi bộ thôn Hà Nhuận Tây»")).to_be_visible()
    look(page, "xem-truoc")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải bảng đã đánh dấu").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    page.get_by_role("button", name="Nhập 2 người vào sổ").click()
    expect(page.get_by_text("Đã nhập: 2 người tạo mới")).to_be_visible()
    look(page, "lan-nhap")
    page.get_by_role("link", name="Hoàn tác đợt này").click()
    look(page, "hoan-tac")
    page.fill("[name=reason]", "Nhập thử")
    page.get_by_role("button", name="Hoàn tác 2 người").click()
    expect(page.get_by_text("Đã hoàn tác 2 hồ sơ.")).to_be_visible()
    look(page, "da-hoan-tac")

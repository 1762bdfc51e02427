"""The clean-data desk as people use it, at phone and desk width: mending, people entered twice, a list from elsewhere."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect

from browser.conftest import DESK, PHONE
from browser.looking import look

pytestmark = pytest.mark.browser

HEAD = (
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Quê quán",
    "Ngày vào Đảng",
    "Số thẻ đảng viên",
    "Chi bộ",
)
COMMUNE = "/to-chuc/dx-nam-phuoc/"


def _workbook(*rows: tuple[object, ...]) -> dict[str, object]:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("DS")
        sheet.write(0, 1, "DANH SÁCH ĐẢNG VIÊN")
        for number, cells in enumerate((HEAD, *rows), 2):
            for column, cell in enumerate(cells):
                sheet.write(number, column, cell)
    return {"name": "csdl.xlsx", "mimeType": "application/octet-stream", "buffer": out.getvalue()}


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_secretary_mends_one_person_after_another(enter: Callable[..., Page], viewport: dict[str, int]):
    page = enter("namphuoc", viewport)
    page.goto(f"{COMMUNE}nhap-danh-sach/")
    name = "Phan Thị Ngọc Thiếu Quê" if viewport is PHONE else "Phan Thị Ngọc Chưa Quê"
    row = (
        1,
        name,
        "02/04/1975",
        "Nữ",
        "",
        "19/05/2001",
        "49" if viewport is PHONE else "491",
        "Chi bộ khối phố Long Xuyên 1",
    )
    page.set_input_files("[name=file]", _workbook(row))
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("button", name="vào sổ").click()
    page.goto(f"{COMMUNE}lam-sach/")
    look(page, "lam-sach-dang-bo")
    page.get_by_role("link", name="Chi bộ khối phố Long Xuyên 1").click()
    look(page, "lam-sach-chi-bo")
    page.get_by_role("link", name=name, exact=True).click()
    look(page, "lam-sach-dang-vien")
    page.get_by_role("link", name="Đã kiểm tra, đúng như vậy").first.click()
    page.get_by_label("Đã kiểm tra thế nào?").fill("Đã xem giấy khai sinh, đúng như đã ghi.")
    look(page, "lam-sach-dung")
    page.get_by_role("button", name="Ghi nhớ là đúng").click()
    expect(page.get_by_text("Đã ghi nhớ: mục này đúng như đã ghi")).to_be_visible()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_one_entered_twice_is_compared_and_merged(enter: Callable[..., Page], viewport: dict[str, int]):
    day = "03/04/1971" if viewport is PHONE else "05/06/1972"
    page = enter("namphuoc", viewport)
    page.goto(f"{COMMUNE}nhap-danh-sach/")
    rows = (
        (1, "Nguyễn Thị Hoàng Phương Thảo Nguyên", day, "Nữ", "Duy Xuyên", "19/05/2001", "", "Chi bộ khối phố Long Xuyên 1"),
        (2, "Nguyễn Thị Hoàng Phương Thảo Nguyễn", day, "Nữ", "Hội An", "19/05/2001", "", "Chi bộ khối phố Long Xuyên 1"),
    )  # fmt: skip
    page.set_input_files("[name=file]", _workbook(*rows))
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("button", name="vào sổ").click()
    look(page, "dot-thay-doi")
    page.goto(f"{COMMUNE}ho-so-trung/")
    look(page, "ho-so-trung")
    page.get_by_role("link", name="Nguyễn Thị Hoàng Phương Thảo").first.click()
    look(page, "so-sanh-hai-ho-so")
    page.get_by_label("Căn cứ để biết đây là một người").fill("Đã đối chiếu căn cước.")
    page.get_by_role("button", name="Gộp hai hồ sơ").click()
    expect(page.get_by_text("Đã gộp hai hồ sơ")).to_be_visible()
    look(page, "da-gop")
    page.goto(f"{COMMUNE}thay-doi/")
    look(page, "cac-dot-thay-doi")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_list_from_elsewhere_is_decided_claim_by_claim(
    enter: Callable[..., Page], viewport: dict[str, int]
):
    page = enter("namphuoc", viewport)
    page.goto(f"{COMMUNE}doi-chieu/")
    look(page, "doi-chieu-chon")
    name = "Trần Ngọc Khánh Điện Thoại" if viewport is PHONE else "Trần Ngọc Khánh Máy Bàn"
    row = (1, name, "02/04/1975", "Nữ", "Duy Xuyên", "19/05/2001", "", "Chi bộ khối phố Long Xuyên 1")
    page.set_input_files("[name=file]", _workbook(row))
    page.get_by_label("Danh sách lấy từ đâu").fill("Cơ sở dữ liệu đảng viên")
    page.get_by_role("button", name="Đối chiếu").click()
    look(page, "doi-chieu")
    page.get_by_label(f"Chọn {name}").check()
    page.get_by_label("Chấp nhận theo danh sách, ghi vào hồ sơ").check()
    page.get_by_label("Căn cứ, hoặc điều cần hỏi chi bộ").fill("Đã xem hồ sơ gốc.")
    page.get_by_role("button", name="Ghi quyết định").click()
    expect(page.get_by_text("Đã ghi 1 điểm vào hồ sơ")).to_be_visible()
    look(page, "doi-chieu-da-ghi")

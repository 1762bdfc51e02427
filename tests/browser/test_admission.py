"""An admission from the list of sympathisers to the recognised member, at the widths of a phone and a desk.

Four people log in: the secretary of the cell (who records for the person, who has no account), the commune's
secretary, the district's Organisation Board; and a member of the same cell, who sees none of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import DESK, PHONE
from browser.looking import look

pytestmark = pytest.mark.browser

CELL = "/to-chuc/dx-nam-phuoc-my-hoa/"
Enter = Callable[..., Page]
ALL_AGREE = {"entitled": "8", "present": "8", "agree": "8", "against": "0", "abstain": "0"}


@dataclass
class File:
    """One case, and those who take its steps."""

    address: str
    name: str
    looks: bool = True

    def take(self, page: Page, step: str, on: str, *, choose: tuple[str, ...] = (), **fields: str) -> None:
        """Take a step: look at its page, have every paper, answer, record."""
        page.goto(f"{self.address}buoc/{step}/")
        if self.looks:
            look(page, f"{self.name}-{step}")
        page.fill("[name=on]", on)
        for box in page.locator("[name^=have_]").all():
            box.check()
        for option in choose:
            page.get_by_label(option, exact=True).check()
        for name, value in fields.items():
            page.fill(f"[name={name}]", value)
        if page.locator("select[name=helper]").count():
            page.select_option("select[name=helper]", value=_elders(page, "select[name=helper] option")[0])
        for ref in _elders(page, "[name=introducers]")[:2]:
            page.check(f"[name=introducers][value='{ref}']")
        page.get_by_role("button", name="Ghi bước này").click()
        page.wait_for_url(re.compile(re.escape(self.address) + "$"))


def _elders(page: Page, choices: str) -> list[str]:
    """Those offered, the oldest first, who have been members long enough whatever the day."""
    found = []
    for one in page.locator(choices).all():
        value = one.get_attribute("value") or ""
        words = one.inner_text() or page.locator(f"label[for='{one.get_attribute('id')}']").inner_text()
        born = re.search(r"(19|20)\d\d", words)
        if value and born:
            found.append((born.group(), value))
    return [value for _, value in sorted(found)]


def _begin(page: Page, person: str, procedure: str, on: str, choose: str = "") -> str:
    """Open a case from the page of the person's procedures; gives its address."""
    page.goto(f"{person}quy-trinh/")
    look(page, f"quy-trinh-cua-nguoi-{procedure}")
    page.locator(f"a[href$='/quy-trinh/{procedure}/']").first.click()
    page.wait_for_url(re.compile(f"/{procedure}/$"))
    look(page, f"mo-ho-so-{procedure}")
    page.fill("[name=on]", on)
    if choose:
        page.get_by_label(choose, exact=True).check()
    page.get_by_role("button", name="Mở hồ sơ").click()
    page.wait_for_url(re.compile("/ho-so/[^/]+/$"))
    return "/" + page.url.split("/", 3)[3]


def _list(page: Page, name: str) -> str:
    """The cell puts someone on its list; gives the address of their record."""
    page.goto(f"{CELL}cam-tinh-dang/moi/")
    look(page, "cam-tinh-dang-moi")
    page.fill("[name=full_name]", name)
    page.fill("[name=birth]", "12/6/1996")
    page.get_by_label("Nữ", exact=True).check()
    page.fill("[name=listed_on]", "5/10/2020")
    page.locator("main form button.primary").click()
    page.wait_for_url(re.compile("/cam-tinh-dang/$"))
    page.get_by_role("link", name=name).first.click()
    page.wait_for_url(re.compile("/dang-vien/"))
    return "/" + page.url.split("/", 3)[3]


@pytest.mark.parametrize(
    ("viewport", "name"),
    [(PHONE, "Lê Thị Kim Điện Thoại"), (DESK, "Lê Thị Kim Máy Bàn")],
    ids=["phone", "desk"],
)
def test_an_admission_is_walked_to_the_recognised_member(enter: Enter, viewport: dict[str, int], name: str):
    cell, commune, board = (enter(who, viewport) for who in ("chibo", "namphuoc", "canbo"))
    person = _list(cell, name)
    file = File(_begin(cell, person, "admission", "1/10/2021", "Hai đảng viên chính thức"), "ket-nap")
    look(cell, "ho-so-ket-nap")

    file.take(cell, "course", "5/10/2021", issued_on="4/10/2021")
    file.take(cell, "apply", "8/10/2021", choose=("Trung học cơ sở trở lên",))
    file.take(commune, "verify", "20/10/2021", choose=("Đủ tiêu chuẩn chính trị",))
    file.take(cell, "introduce", "21/10/2021")
    file.take(cell, "opinions", "22/10/2021")
    voted = ("Tán thành đủ tỷ lệ", "Giơ thẻ đảng viên")
    file.take(cell, "resolve", "5/11/2021", choose=voted, **ALL_AGREE)
    file.take(commune, "propose", "15/11/2021", choose=("Đồng ý đề nghị",), **ALL_AGREE)
    file.take(board, "decide", "1/12/2021", choose=("Quyết định kết nạp",), number="55-QĐ/HU", **ALL_AGREE)
    file.take(cell, "receive", "3/12/2021")
    file.take(cell, "ceremony", "20/12/2021")
    file.take(cell, "profile", "5/1/2022")
    expect(cell.get_by_text("đã kết nạp").first).to_be_visible()
    look(cell, "ho-so-ket-nap-xong")

    # Its steps are drawn by the same parts as those before.
    file = File(_begin(cell, person, "recognition", "21/12/2022"), "cong-nhan", looks=False)
    file.take(cell, "course", "21/12/2022", issued_on="1/6/2022")
    for step in ("self_review", "helper_comment", "opinions"):
        file.take(cell, step, "22/12/2022")
    file.take(cell, "resolve", "28/12/2022", choose=voted, **ALL_AGREE)
    file.take(commune, "propose", "5/1/2023", choose=("Đồng ý đề nghị",), **ALL_AGREE)
    file.take(board, "decide", "16/1/2023", choose=("Quyết định công nhận",), number="77-QĐ/HU", **ALL_AGREE)
    look(board, "ho-so-cong-nhan-xong")
    cell.goto(person)
    expect(cell.get_by_text("Đảng viên chính thức").first).to_be_visible()
    expect(cell.get_by_text("20/12/2022").first).to_be_visible()
    look(cell, "dang-vien-da-cong-nhan")

    member = enter("dangvien", viewport)
    for address in (file.address, person):
        answer = member.goto(address)
        assert answer is not None
        assert answer.status == 404

"""The pages of the daily work that no other walk passes: axe, no sideways scroll, at the width of a phone and of a desk."""

from __future__ import annotations

import pytest

from browser.conftest import DESK, PHONE, Enter
from browser.looking import look

pytestmark = pytest.mark.browser

CELL, COMMUNE, DISTRICT = "/to-chuc/dx-nam-phuoc-my-hoa/", "/to-chuc/dx-nam-phuoc/", "/to-chuc/dx/"
PAGES = {
    "chibo": (
        "/viec-can-lam/bang-tin/",
        "/viec-can-lam/sap-toi/",
        "/nhac-viec/",
        f"{CELL}sinh-hoat/",
        f"{CELL}phan-cong/",
        f"{CELL}kien-toan/",
        "/quy-trinh/exemption/",
        "/huong-dan/",
        "/huong-dan/chuyen-sinh-hoat/",
        "/huong-dan/nhap-danh-sach/",
        f"{CELL}lich-su/",
    ),
    "namphuoc": (
        "/viec-can-lam/don-vi/",
        f"{COMMUNE}dang-phi/tong-hop/",
        f"{COMMUNE}tiep-nhan-dang-vien/",
        f"{COMMUNE}kien-toan/",
    ),
    "canbo": (
        "/",
        f"{DISTRICT}huy-hieu-dang/",
        f"{DISTRICT}the-dang-vien/",
        f"{DISTRICT}thoi-gian-giai-quyet/",
        "/quy-dinh/badge.occasions/",
    ),
}


@pytest.mark.parametrize("who", sorted(PAGES))
def test_the_pages_of_the_daily_work_can_be_used_by_everyone(enter: Enter, who: str) -> None:
    page = enter(who, PHONE)
    for path in PAGES[who]:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        for width in (PHONE, DESK):
            page.set_viewport_size({"width": width["width"], "height": width["height"]})
            look(page, path.strip("/").replace("/", "-") or "viec-can-lam")

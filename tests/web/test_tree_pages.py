"""The tree of organisations and an organisation's page, on any day; fast at thousands of organisations."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest

from cast import Cast
from reorganise.plans import apply, found, merge
from tochuc.kernel.names import fold
from tochuc.org import bulk
from tochuc.org.models import Organisation, OrganisationEvent
from web.browsing import entered as enter
from web.browsing import own_folders, shown  # noqa: F401
from web.browsing import words as text

pytestmark = pytest.mark.usefixtures("own_folders")
LONG_AGO = date(2019, 1, 1)


def plant(above: Organisation, communes: int, cells: int) -> None:
    """A branch of so many committees with so many cells each."""
    rows = [(f"lon-{n}", f"Đảng bộ xã Lớn {n}", "grassroots_committee", above.code) for n in range(communes)]
    rows += [
        (f"lon-{n}-{m}", f"Chi bộ thôn {m} xã Lớn {n}", "cell", f"lon-{n}")
        for n in range(communes)
        for m in range(cells)
    ]
    made = {above.code: above}
    for code, name, kind, _ in rows:
        made[code] = Organisation(
            code=code, name=name, short_name=name, kind=kind, since=LONG_AGO, fold=fold(name)
        )
    Organisation.objects.bulk_create([made[code] for code, *_ in rows])
    OrganisationEvent.objects.bulk_create(
        OrganisationEvent(
            organisation=made[code],
            kind="founded",
            happened_on=LONG_AGO,
            data={"name": name, "short_name": name, "kind": kind, "cell_kind": "", "parent": made[up].pk},
        )
        for code, name, kind, up in rows
    )
    bulk.restand([made[code] for code, *_ in rows])


def test_a_large_tree_is_loaded_branch_by_branch(cast: Cast, django_assert_max_num_queries: Any) -> None:
    plant(cast.district, 6, 80)
    client = enter(cast.officer)
    spent = {}
    for what, path in {
        "topmost": "/to-chuc/",
        "three branches open": "/to-chuc/?mo=lon-1&mo=lon-2&mo=lon-3",
        "search": "/to-chuc/?q=thon+17",
        "past day": "/to-chuc/?ngay=1/6/2020&mo=lon-1",
        "branch": "/to-chuc/lon-1/cay/",
    }.items():
        client.get(path)
        with django_assert_max_num_queries(15):
            began = time.perf_counter()
            answer = client.get(path)
            spent[what] = (time.perf_counter() - began) * 1000
        assert answer.status_code == 200
    print({what: f"{ms:.0f} ms" for what, ms in spent.items()})

    top = client.get("/to-chuc/")
    assert "mở 80 tổ chức trực thuộc" in text(top)
    assert "Chi bộ thôn 7 xã Lớn 1" not in text(top)
    link = shown(top).xpath("//li[@id='lon-1']//a[contains(., 'mở 80')]/@href")[0]
    opened = client.get(f"/to-chuc/{link.split('#')[0]}")
    assert "Chi bộ thôn 7 xã Lớn 1" in text(opened)
    assert "Chi bộ thôn 7 xã Lớn 2" not in text(opened)
    assert "Thu gọn" in text(opened)
    found_ = client.get("/to-chuc/?q=thon+79+xa+lon+5")
    assert "Chi bộ thôn 79 xã Lớn 5" in text(found_)
    assert "Đảng bộ xã Lớn 5" in text(found_)


@pytest.fixture
def merged(cast: Cast) -> Cast:
    """Commune B became another on 1 March 2023."""
    apply(cast, found("xa-moi", "grassroots_committee", "huyen"), merge(["xa-a", "xa-b"], "xa-moi"))
    return cast


def test_the_tree_of_a_past_day_is_the_one_of_that_day_and_says_so(merged: Cast) -> None:
    client = enter(merged.officer)
    now, past = text(client.get("/to-chuc/")), text(client.get("/to-chuc/?ngay=28/2/2023"))
    assert "Tổ chức xa-moi" in now
    assert "Đảng bộ xã Bình Lâm" not in now
    assert "Đảng bộ xã Bình Lâm" in past
    assert "Tổ chức xa-moi" not in past
    assert "Cây tổ chức ngày 28/02/2023" in past
    assert "chưa tới" in text(client.get("/to-chuc/?ngay=1/1/2030"))


def test_successor_and_predecessors_are_linked_and_an_ended_one_shows_its_last_day(merged: Cast) -> None:
    client = enter(merged.officer)
    new = client.get("/to-chuc/xa-moi/")
    assert shown(new).xpath("//dt[.='Tiền thân']/following-sibling::dd/a/@href") == [
        "/to-chuc/xa-a/",
        "/to-chuc/xa-b/",
    ]
    old = client.get("/to-chuc/xa-b/")
    assert "ngày 28/02/2023" in text(old)
    assert "/to-chuc/xa-moi/" in shown(old).xpath("//dt[.='Kế tục']/following-sibling::dd/a/@href")
    assert "Phạm Minh Đức" in text(old)
    assert "kế tục: Tổ chức xa-moi" in text(client.get("/to-chuc/xa-b/lich-su/"))
    after = text(client.get("/to-chuc/xa-b/?ngay=1/4/2023"))
    assert "Ngày này tổ chức không hoạt động" in after


def test_an_organisation_is_shown_as_it_was_on_a_day(merged: Cast) -> None:
    client = enter(merged.officer)
    then, now = client.get("/to-chuc/xa-b-khoi-ha/?ngay=28/2/2023"), client.get("/to-chuc/xa-b-khoi-ha/")
    assert "Đảng bộ xã Bình Lâm" in text(then)
    assert "Tổ chức xa-moi" in text(now)
    before = client.get("/to-chuc/xa-b-tram-y-te/?ngay=1/1/2021")
    assert "không hoạt động" in text(before)


@pytest.mark.parametrize("path", ["nhiem-vu/", "van-ban/", "cay/", "lich-su/", "?ngay=1/1/2022"])
def test_tabs_of_a_commune_ask_at_most_fifteen_queries(
    cast: Cast, path: str, django_assert_max_num_queries: Any
) -> None:
    client = enter(cast.secretary_a)
    with django_assert_max_num_queries(15):
        assert client.get(f"/to-chuc/xa-a/{path}").status_code == 200

"""A list of organisations enters the record as a tree, superiors first; nothing that is there is changed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cast import TODAY, Cast
from exchange.intake.books import grid, xlsx
from tochuc.access import actions as access
from tochuc.access.clock import now
from tochuc.changes import made
from tochuc.changes.actions import undo
from tochuc.exchange.imports.organisations import Founded, import_organisations
from tochuc.exchange.intake.refused import Unreadable
from tochuc.kernel.errors import Refused
from tochuc.members import actions
from tochuc.org import actions as org
from tochuc.org.models import Organisation, Post, Under
from tochuc.reorganise.models import Draft

TREE = """
DANH SÁCH TỔ CHỨC ĐẢNG
STT|Tên tổ chức đảng|Loại hình|Loại chi bộ|Trực thuộc|Ngày thành lập|Số quyết định
1|Chi bộ thôn Mới Một||Thôn|Đảng bộ xã Mới|01/02/2010|12-QĐ/HU
2|Đảng bộ xã Mới|Đảng bộ cơ sở|||d:2009-01-01|
3|Chi bộ Trường Mới|Chi bộ trực thuộc|Trường học|Đảng bộ xã Mới||
"""


def _bring(cast: Cast, table: str, **other: Any) -> Founded:
    asked = {"under": cast.district, "as_of": TODAY, "by": cast.actor()} | other
    return import_organisations(xlsx(grid("ds", table)), "to-chuc.xlsx", **asked)


def _actions(done: Founded) -> list[str]:
    return [one.action for one in done.rows]


def test_a_tree_is_founded_whatever_the_order_of_its_rows(cast: Cast):
    assert _actions(_bring(cast, TREE)) == ["create"] * 3
    cell = Organisation.objects.get(name="Chi bộ thôn Mới Một")
    assert (cell.kind, cell.cell_kind, cell.since) == ("cell", "village", date(2010, 2, 1))
    above = Under.objects.on(TODAY).filter(unit=cell, depth__gt=0).order_by("depth")
    assert [one.above.name for one in above][:2] == ["Đảng bộ xã Mới", cast.district.name]
    assert Organisation.objects.get(name="Chi bộ Trường Mới").since == TODAY


def test_the_same_list_again_founds_nobody_twice(cast: Cast):
    _bring(cast, TREE)
    before = Organisation.objects.count()
    assert _actions(_bring(cast, TREE)) == ["same"] * 3
    assert Organisation.objects.count() == before


def test_a_dry_run_says_the_same_and_writes_nothing(cast: Cast):
    before = Organisation.objects.count()
    assert _actions(_bring(cast, TREE, dry_run=True)) == ["create"] * 3
    assert Organisation.objects.count() == before


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Chi bộ Lạ||||Đảng bộ xã Không Có|", "Không có tổ chức"),
        ("Đảng bộ Lạ|Đảng bộ tỉnh||||", "không đặt trực tiếp dưới"),
        ("Đảng bộ Lạ|Liên chi||||", "Không có loại hình"),
        ("Đảng bộ Lạ|Đảng bộ cơ sở|||31/02/2010|", "ngày đầy đủ"),
        ("Đảng bộ Lạ|Đảng bộ cơ sở|Thôn|||", "không phải chi bộ"),
        (f"{'Đảng bộ ' * 40}|Đảng bộ cơ sở||||", "dài hơn"),
        ("-5|Đảng bộ cơ sở||||", "chưa có chữ"),
    ],
)
def test_a_row_that_cannot_be_founded_is_left_out_with_its_reason(cast: Cast, row: str, why: str):
    head = "Tên tổ chức đảng|Loại hình|Loại chi bộ|Trực thuộc|Ngày thành lập|Số quyết định"
    if row.startswith("Chi bộ Lạ"):
        row = "Chi bộ Lạ|||Đảng bộ xã Không Có||"
    done = _bring(cast, f"{head}\n{row}\nĐảng bộ xã Tốt|Đảng bộ cơ sở||||")
    assert _actions(done) == ["refuse", "create"]
    assert why in done.rows[0].why


def test_two_rows_that_stand_under_each_other_are_both_left_out(cast: Cast):
    head = "Tên|Loại hình|Trực thuộc"
    done = _bring(
        cast, f"{head}\nĐảng bộ Một|Đảng bộ cơ sở|Đảng bộ Hai\nĐảng bộ Hai|Đảng bộ cơ sở|Đảng bộ Một"
    )
    assert _actions(done) == ["refuse"] * 2


def test_a_file_without_a_column_of_names_is_no_list_of_organisations(cast: Cast):
    with pytest.raises(Unreadable):
        _bring(cast, "Mốc|Số\n1|2")


def _undone(cast: Cast, done: Founded) -> Any:
    assert done.changeset is not None
    return undo(done.changeset, by=cast.actor(), reason="Nhập nhầm tệp")


def _under(cast: Cast) -> list[str]:
    rows = Under.objects.on(TODAY).filter(above=cast.district).select_related("unit")
    return sorted(one.unit.name for one in rows)


def test_an_import_of_organisations_is_undone_as_one(cast: Cast):
    before = _under(cast)
    done = _bring(cast, TREE)
    assert _undone(cast, done).made == 3
    assert _under(cast) == before
    assert not Organisation.objects.get(name="Đảng bộ xã Mới").exists_on(TODAY)
    with pytest.raises(Refused, match="đã được hoàn tác"):
        _undone(cast, done)


def test_what_was_undone_can_come_in_again_under_its_own_code(cast: Cast):
    coded = TREE.replace("Tên tổ chức đảng|", "Mã|Tên tổ chức đảng|").replace(
        "|Chi bộ thôn", "|xm-1|Chi bộ thôn"
    )
    coded = coded.replace("2|Đảng", "2|xm|Đảng").replace("3|Chi", "3|xm-truong|Chi")
    _undone(cast, _bring(cast, coded))
    assert _actions(_bring(cast, coded)) == ["create"] * 3
    assert Organisation.objects.get(code="xm").exists_on(TODAY)


def test_what_came_in_twice_is_undone_twice(cast: Cast):
    before = _under(cast)
    for _ in range(2):
        _undone(
            cast,
            _bring(
                cast,
                TREE.replace("Tên tổ chức đảng|", "Mã|Tên tổ chức đảng|")
                .replace("|Chi", "||Chi")
                .replace("2|Đảng", "2|xm|Đảng"),
            ),
        )
        assert _under(cast) == before


@pytest.mark.parametrize("built", ["member", "child", "renamed", "role", "post", "reorganised"])
def test_an_import_of_organisations_that_something_rests_on_is_not_undone(cast: Cast, built: str):
    done = _bring(cast, TREE)
    cell = Organisation.objects.get(name="Chi bộ thôn Mới Một")
    commune = Organisation.objects.get(name="Đảng bộ xã Mới")
    if built == "member":
        actions.transfer(cast.people["member_a1"], to=cell, on=TODAY, by=cast.actor(), today=TODAY)
        says = "Bùi Thị Lan"
    elif built == "child":
        _found_under(cast, commune)
        says = "Chi bộ thôn Thêm trực thuộc Đảng bộ xã Mới"
    elif built == "renamed":
        org.rename(cell, name="Chi bộ thôn Khác", short_name="Khác", on=TODAY, by=cast.actor(), decision="1")
        says = "thay đổi ngày"
    elif built == "role":
        access.give_role(cast.nobody, "cell_secretary", cell, since=TODAY, by=cast.actor())
        says = "Vai trò"
    elif built == "post":
        Post.objects.create(organisation=cell, code="bt-moi", kind="secretary", title="Bí thư", since=TODAY)
        says = "Chức vụ «Bí thư»"
    else:
        Draft.objects.create(organisation=commune, title="Phương án", day=TODAY, changed_at=now())
        says = "Phương án đang soạn"
    with pytest.raises(Refused, match=says):
        _undone(cast, done)
    assert commune.exists_on(TODAY)
    assert "Đảng bộ xã Mới" in _under(cast)


def _found_under(cast: Cast, commune: Organisation) -> Organisation:
    return org.found(
        code="xm-them",
        name="Chi bộ thôn Thêm",
        short_name="Thôn Thêm",
        kind="cell",
        cell_kind="village",
        parent=commune,
        on=TODAY,
        by=cast.actor(),
    )


def test_looking_at_what_stands_against_undoing_changes_nothing(cast: Cast):
    done = _bring(cast, TREE)
    assert done.changeset is not None
    _found_under(cast, Organisation.objects.get(name="Đảng bộ xã Mới"))
    before = _under(cast)
    told = made.against(done.changeset, by=cast.actor(), at=now())
    assert [one.split(" từ ngày")[0] for one in told] == ["Chi bộ thôn Thêm trực thuộc Đảng bộ xã Mới"]
    assert _under(cast) == before

"""What can't be is refused before anything is written, in plain sentences, all objections together. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from reorganise.plans import DAY, dissolve, found, merge, move, plan, split
from tochuc.kernel.errors import DomainError, Refusals, Refused
from tochuc.reorganise.changes import Change, Unit
from tochuc.reorganise.outcome import resolve

LONG_AGO = date(1990, 1, 1)


def unit(code: str, kind: str, parent: str | None, **more: Any) -> Unit:
    return replace(
        Unit(code, f"Tổ chức {code}", code, kind, "", parent, LONG_AGO, changed_on=LONG_AGO), **more
    )


WORLD = {
    one.code: one
    for one in (
        unit("tinh", "province_committee", None),
        unit("huyen", "district_committee", "tinh"),
        unit("xa", "grassroots_committee", "huyen"),
        unit("xa-2", "grassroots_committee", "huyen"),
        unit("thon", "cell", "xa", people=9, cell_kind="village"),
        unit("thon-2", "cell", "xa", people=5, cell_kind="quarter"),
        unit("co-quan", "grassroots_cell", "huyen", people=4),
        unit("bo-phan", "sectional_committee", "xa"),
        unit("ban", "board", "huyen"),
        unit("sau", "cell", "xa", since=DAY, changed_on=DAY),
        unit("het", "cell", "xa", until=DAY - timedelta(days=30), changed_on=DAY - timedelta(days=30)),
        unit("doi", "cell", "xa", changed_on=DAY),
    )
}


def come_to(*operations: dict[str, Any], **more: Any) -> dict[str, Change]:
    return resolve(plan(*operations, **more), WORLD)


def objections(*operations: dict[str, Any], **more: Any) -> list[DomainError]:
    with pytest.raises((Refused, Refusals)) as refused:
        come_to(*operations, **more)
    error = refused.value
    return list(error.errors) if isinstance(error, Refusals) else [error]


def rename(of: str, name: str = "Chi bộ Mới", **more: Any) -> dict[str, Any]:
    return {"op": "rename", "of": of, "name": name, "short_name": name} | more


def convert(of: str, **more: Any) -> dict[str, Any]:
    return {"op": "convert", "of": of} | more


@pytest.mark.parametrize(
    ("code", "words", "operations"),
    [
        ("unknown_code", "Không có tổ chức mã «khong»", [move("khong", "xa")]),
        ("unknown_code", "«khong»", [move("thon", "khong")]),
        ("unknown_code", "«khong»", [merge("thon", "khong")]),
        ("unknown_code", "«khong»", [found("moi", "cell", "khong")]),
        ("code_taken", "Mã «thon» đã dùng", [found("thon", "cell", "xa")]),
        ("code_taken", "Mã «moi» đã dùng", [found("moi", "cell", "xa"), found("moi", "cell", "xa-2")]),
        ("kind_unknown", "loại hình tổ chức «club»", [found("moi", "club", "xa")]),
        ("kind_unknown", "loại chi bộ «club»", [found("moi", "cell", "xa", cell_kind="club")]),
        ("kind_unknown", "loại hình tổ chức hoặc loại chi bộ", [convert("thon", kind="club")]),
        ("kind_unknown", "loại hình tổ chức hoặc loại chi bộ", [convert("thon")]),
        ("not_yet", "thành lập ngày 01/03/2023, không trước ngày sắp xếp", [move("sau", "xa-2")]),
        ("already_ended", "đã kết thúc hoạt động từ ngày", [move("het", "xa-2")]),
        ("changed_later", "đã có thay đổi ghi ngày 01/03/2023", [move("doi", "xa-2")]),
        ("contradiction", "Hai thao tác trái nhau", [move("thon", "xa-2"), move("thon", "bo-phan")]),
        ("contradiction", "Hai thao tác trái nhau", [rename("thon"), rename("thon", "Chi bộ Khác")]),
        ("contradiction", "trái nhau", [move("thon", "xa-2"), merge("thon", "thon-2")]),
        ("contradiction", "trái nhau", [merge("thon", "thon-2"), dissolve("thon", members_to="thon-2")]),
        ("contradiction", "kết thúc nên không đồng thời", [merge("thon", "thon-2"), convert("thon", cell_kind="school")]),
        ("contradiction", "vừa được thành lập", [found("moi", "cell", "xa"), move("moi", "xa-2")]),
        ("nothing", "ít nhất một tổ chức khác", [merge("thon", "thon")]),
        ("nothing", "Không có tổ chức nào", [{"op": "convert", "below": "xa-2", "was": "cell", "kind": "cell"}]),
        ("nothing", "ít nhất một nơi đến khác", [split("thon", {"to": "thon"}, rest="thon")]),
        ("successor_not_there", "không tiếp nhận được", [merge("thon", "thon-2"), dissolve("thon-2", members_to="co-quan")]),
        ("already_ended", "đã kết thúc hoạt động", [merge("thon", "het")]),
        ("not_yet", "không trước ngày sắp xếp", [merge("thon", "sau")]),
        ("not_a_cell", "không phải chi bộ nên không tiếp nhận", [merge("thon", "xa-2")]),
        ("not_a_cell", "không phải chi bộ nên không tiếp nhận", [split("thon", {"to": "thon-2"}, rest="xa")]),
        ("not_a_cell", "không phải chi bộ nên không chia", [split("xa", {"to": "thon"}, rest="thon")]),
        ("no_place", "còn 9 người; hãy nêu nơi chuyển đến", [dissolve("thon")]),
        ("no_place", "còn 4 người mà đảng bộ cơ sở không có", [convert("co-quan", kind="grassroots_committee")]),
        ("superior_not_there", "còn trực thuộc Tổ chức xa (xa)", [dissolve("xa")]),
        ("wrong_parent", "không đặt trực tiếp dưới", [move("thon", "huyen")]),
        ("wrong_parent", "không đặt trực tiếp dưới", [merge("xa", "huyen")]),
        ("wrong_parent", "Chi bộ cơ sở không đặt trực tiếp dưới Đảng bộ cơ sở", [convert("thon", kind="grassroots_cell")]),
        ("wrong_parent", "không đặt trực tiếp dưới", [convert("huyen", kind="grassroots_committee")]),
        ("no_superior", "cần có cấp trên trực tiếp", [found("moi", "cell", None)]),
        ("kind_unknown", "loại chức vụ «king»", [
            found("moi", "cell", "xa", posts=[{"code": "moi-vua", "kind": "king", "title": "Vua"}]),
        ]),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(code: str, words: str, operations: list[dict[str, Any]]) -> None:
    found_ones = objections(*operations)
    assert code in {error.code for error in found_ones}
    assert any(words in error.message for error in found_ones), [error.message for error in found_ones]


def test_no_organisation_comes_to_stand_under_itself() -> None:
    circle = {
        "a": unit("a", "sectional_committee", "b"),
        "b": unit("b", "grassroots_committee", "c"),
        "c": unit("c", "district_committee", None),
    }
    with pytest.raises(Refusals) as refused:
        resolve(plan(move("c", "a")), circle)
    said = {error.code: error.message for error in refused.value.errors}
    assert "không thể trực thuộc một tổ chức nằm dưới chính nó" in said["circle"]


def test_all_objections_come_together_with_their_places_in_the_file() -> None:
    operations = [move("khong", "xa") | {"line": 7}, found("thon", "cell", "xa") | {"line": 9}]
    words = [error.message for error in objections(*operations, source="plan.yaml")]
    assert sorted(one.split(": ")[0] for one in words) == ["plan.yaml, dòng 7", "plan.yaml, dòng 9"]


def test_roles_go_only_where_something_is() -> None:
    words = [
        error.message
        for error in objections(
            merge("thon", "thon-2"),
            roles=[{"role": "king", "of": "thon", "to": ["khong"]}],
        )
    ]
    assert words == ["Không có tổ chức mã «khong».", "Không có vai trò «king»."]


# What can be


def test_several_changes_of_one_organisation_come_together() -> None:
    changes = come_to(
        move("thon", "xa-2"), rename("thon", "Chi bộ Đông"), convert("thon", cell_kind="school")
    )
    after = changes["thon"].after
    assert after is not None
    assert (after.parent, after.name, after.cell_kind, after.kind) == (
        "xa-2",
        "Chi bộ Đông",
        "school",
        "cell",
    )
    assert changes["thon"].before == WORLD["thon"]


def test_what_stood_under_a_merged_committee_goes_along() -> None:
    world = {code: one for code, one in WORLD.items() if code not in {"sau", "doi"}}
    changes = resolve(plan(merge("xa", "xa-2"), merge("thon", "thon-2")), world)
    assert changes["xa"].ends
    assert changes["thon"].ends
    assert changes["thon"].members_to == "thon-2"
    stays = {code: change.after.parent for code, change in changes.items() if change.after}
    assert stays == {"thon-2": "xa-2", "bo-phan": "xa-2", "xa-2": "huyen"}


def test_what_came_under_a_merged_committee_after_the_day_is_in_the_way() -> None:
    codes = {error.code for error in objections(merge("xa", "xa-2"), merge("thon", "thon-2"))}
    assert codes == {"not_yet", "changed_later"}


def test_kinds_are_chosen_by_the_new_tree() -> None:
    changes = come_to(
        found("xa-moi", "commune_committee", "tinh"),
        move("thon", "xa-moi"),
        {"op": "convert", "below": "xa-moi", "was": "cell", "kind": "grassroots_cell"},
    )
    assert changes["thon"].after
    assert changes["thon"].after.kind == "grassroots_cell"
    assert "thon-2" not in changes


def test_superiors_that_are_founded_come_before_what_is_founded_under_them() -> None:
    changes = come_to(
        found("thon-moi", "cell", "xa-moi"),
        found("xa-moi", "grassroots_committee", "huyen-moi"),
        found("huyen-moi", "district_committee", "tinh"),
    )
    assert list(changes) == ["huyen-moi", "xa-moi", "thon-moi"]

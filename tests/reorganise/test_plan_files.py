"""A plan file is read strictly: what is unknown or misspelt is refused, with the file and the line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tochuc.exchange.demo import reform
from tochuc.kernel.errors import BadInput, Refusals
from tochuc.reorganise.files import read_plan
from tochuc.reorganise.plan import Merge, Move, Plan

HEAD = """\
title: Sáp nhập hai thôn
decision: {number: 12-QĐ/HU, on: 2023-02-20, by: Ban Thường vụ Huyện ủy}
day: 2023-03-01
operations:
"""


def read(tmp_path: Path, text: str) -> Plan:
    file = tmp_path / "plan.yaml"
    file.write_text(text, encoding="utf-8")
    return read_plan(file)


def test_a_plan_says_its_decision_its_day_and_its_operations(tmp_path: Path) -> None:
    plan = read(tmp_path, HEAD + "  - merge: {of: [a, b], into: c}\n  - move: {of: d, to: e}\n")
    assert (plan.title, plan.decision.number, plan.day) == ("Sáp nhập hai thôn", "12-QĐ/HU", date(2023, 3, 1))
    merge, move = plan.operations
    assert isinstance(merge, Merge)
    assert isinstance(move, Move)
    assert (merge.of, merge.into, merge.line) == (("a", "b"), "c", 5)
    assert (move.of, move.to, move.line) == (("d",), "e", 6)
    assert plan.named() == {"a", "b", "c", "d", "e"}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("  - merge: {of: [a], into: c, inot: d}\n", 5, "inot: khóa này không có"),
        ("  - merge: {of: [a]}\n", 5, "into: thiếu khóa này"),
        ("  - merg: {of: [a], into: c}\n", 5, "mỗi mục là một thao tác"),
        ("  - merge: {of: [a], into: c}\n    move: {of: b, to: d}\n", 5, "mỗi mục là một thao tác"),
        ("  - merge: {of: [a], into: c, op: move}\n", 5, "mỗi mục là một thao tác"),
        ("  - merge:\n      of: []\n      into: c\n", 6, "of: cần ít nhất một mục"),
        ("  - merge:\n      of: a\n      into: Xã C\n", 7, "into: chỉ dùng chữ thường không dấu"),
        ("  - move: {of: a, to: b, posts: perhaps}\n", 5, "posts: giá trị này không có"),
        (
            "  - found: {code: a, name: '', short_name: A, kind: cell, under: b}\n",
            5,
            "name: không được để trống",
        ),
        ("  - rename: {of: a, name: '-5', short_name: A1b}\n", 5, "«-5» chưa có chữ"),
        ("  - move: {of: a, to: b}\ntype: x\n", 6, "type: khóa này không có"),
        ("  - move: {of: a, to: b}\nsource: x\n", 6, "source: khóa này không có"),
    ],
)
def test_a_mistake_is_named_by_file_line_and_key(tmp_path: Path, text: str, line: int, words: str) -> None:
    with pytest.raises(BadInput) as refused:
        read(tmp_path, HEAD + text)
    assert refused.value.message.startswith(f"plan.yaml, dòng {line}: ")
    assert words in refused.value.message


def test_several_mistakes_are_named_together(tmp_path: Path) -> None:
    with pytest.raises(Refusals) as refused:
        read(tmp_path, HEAD + "  - move: {of: a, to: B}\n  - rename: {of: a, name: A}\n")
    assert [error.message.split(":")[0] for error in refused.value.errors] == [
        "plan.yaml, dòng 5",
        "plan.yaml, dòng 6",
    ]


@pytest.mark.parametrize(
    "text", ["", "- a\n", "title: [\n", "title: A\ntitle: B\n", HEAD.replace("2023-03-01", "2023-02-30")]
)
def test_what_is_no_plan_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInput, match=r"plan\.yaml"):
        read(tmp_path, text)


def test_a_day_that_is_none_and_a_plan_without_operations_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="dòng 3: day: cần một ngày"):
        read(tmp_path, HEAD.replace("2023-03-01", "tháng ba") + "  - move: {of: a, to: b}\n")
    with pytest.raises(BadInput, match="operations: cần ít nhất một mục"):
        read(tmp_path, HEAD)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"khong-co\.yaml"):
        read_plan(tmp_path / "khong-co.yaml")


def test_a_plan_that_was_stored_reads_back_as_it_was() -> None:
    for plan in reform.plans(date(2025, 7, 1)):
        assert Plan.model_validate(plan.model_dump(mode="json")) == plan


def test_the_plans_of_2025_take_effect_on_their_days() -> None:
    assert [plan.day for plan in reform.plans(date(2025, 12, 31))] == [date(2025, 1, 1), date(2025, 7, 1)]
    assert reform.plans(date(2024, 12, 31)) == []

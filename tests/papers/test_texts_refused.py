"""A text of a form that can't be right is refused with its form and what is wrong; none of them reaches a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tochuc.papers.check import problems_of
from tochuc.papers.wording import BadText, filled, pieces

GOOD = """
- form: exemption.request
  type: Đơn xin miễn công tác và sinh hoạt đảng
  asks: [{name: reason, title: Lý do, kind: long}]
  body: [{p: "Tôi là {member.full_name}, xin miễn vì {case.ground}."}, {typed: own.reason}]
  sign: [{post: Người làm đơn, name: "{member.full_name}"}]
"""


def told(folder: Path, text: str) -> str:
    """What is wrong with this one text, apart from the forms that have none in this folder."""
    (folder / "thu.yaml").write_text(text, encoding="utf-8")
    return "\n".join(one for one in problems_of(folder) if not one.endswith(": chưa có lời văn"))


def test_a_sound_text_is_taken(tmp_path: Path) -> None:
    assert told(tmp_path, GOOD) == ""


def test_a_form_without_a_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "thu.yaml").write_text(GOOD, encoding="utf-8")
    problems = problems_of(tmp_path)
    assert "exemption.resolution: chưa có lời văn" in problems
    assert "exemption.request: chưa có lời văn" not in problems


@pytest.mark.parametrize(
    ("good", "bad", "says"),
    [
        ("{member.full_name}, xin", "{member.ho_ten}, xin", "không có trường «member.ho_ten»"),
        ("{case.ground}", "{case.so_luong}", "không có trường «case.so_luong»"),
        ("{case.ground}", "{step.khong_co.on}", "không có trường «step.khong_co.on»"),
        ("{case.ground}", "{case.ground", "trường viết sai ở «{»"),
        ("{case.ground}", "[vì lý do riêng]", "ngoặc vuông phải mở, đóng và có trường ở trong"),
        ("{typed: own.reason}", "{typed: own.khac}", "không có trường «own.khac»"),
        ("{typed: own.reason}", "{bang: work}", "exemption.request.body[1].bang: không có khóa nào tên như vậy"),
        ("{typed: own.reason}", "{typed: own.reason, table: work}", "đúng một loại"),
        ("{typed: own.reason}", "{typed: own.reason}, {table: khong_co}", "không có bảng «khong_co»"),
        ("{typed: own.reason}", "{typed: own.reason}, {people: case.ground}", "không nêu người nào"),
        (", {typed: own.reason}", "", "hỏi «own.reason» mà lời văn không dùng"),
        ("form: exemption.request", "form: exemption.khac", "không có biểu mẫu này trong forms.yaml"),
        ("type: Đơn", "from: 2019-05-05\n  type: Đơn", "không có bản nào của biểu mẫu từ ngày 05/05/2019"),
        ("  sign: [{post: Người làm đơn, name: \"{member.full_name}\"}]", "  sign: []", "sign"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named_with_its_form(tmp_path: Path, good: str, bad: str, says: str) -> None:
    assert good in GOOD
    problems = told(tmp_path, GOOD.replace(good, bad))
    assert says in problems
    assert "exemption." in problems or "thu.yaml" in problems


def test_a_form_has_one_text_at_a_time(tmp_path: Path) -> None:
    assert "biểu mẫu này đã có lời văn ở trên" in told(tmp_path, GOOD + GOOD)


def test_a_file_that_is_no_yaml_is_named(tmp_path: Path) -> None:
    assert "thu.yaml" in told(tmp_path, "- form: [")


VALUES = {"a.b": "Ê Đê {c.d} [x]", "c.d": "", "e.f": "&"}


@pytest.mark.parametrize(
    ("text", "said", "missing"),
    [
        ("Tên {a.b}.", "Tên Ê Đê {c.d} [x].", ()),
        ("Tên {e.f}[, khác {c.d}].", "Tên &.", ()),
        ("Tên {e.f}[, khác {a.b}].", "Tên &, khác Ê Đê {c.d} [x].", ()),
        ("Số {c.d}.", "Số .", ("c.d",)),
    ],
)
def test_what_was_typed_is_put_in_and_never_read_as_text(
    text: str, said: str, missing: tuple[str, ...]
) -> None:
    found = filled(text, VALUES.__getitem__)
    assert (found.text, found.missing) == (said, missing)


def test_room_to_write_stands_only_where_it_was_asked_for() -> None:
    assert "…" not in filled("Số {c.d}[, {c.d}].", VALUES.__getitem__).text
    assert filled("Số {c.d}[, {c.d}].", VALUES.__getitem__, dots=True).text.count("…………") >= 2


@pytest.mark.parametrize("text", ["{", "}", "{}", "{A.b}", "[{a.b}", "{a.b}]", "[[{a.b}]]", "[]", "{ a.b }"])
def test_braces_and_brackets_that_do_not_close_are_refused(text: str) -> None:
    with pytest.raises(BadText):
        pieces(text)

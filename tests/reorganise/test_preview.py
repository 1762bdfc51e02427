"""The preview says what a plan would touch, exactly as carrying it out would, and writes nothing."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cast import TODAY, Cast
from reorganise.everything import standing, written
from reorganise.plans import DAY, apply, dissolve, found, merge, plan
from tochuc.audit.models import Entry
from tochuc.documents.models import Document
from tochuc.kernel.errors import Refused
from tochuc.members.ledger import Count
from tochuc.members.models import Holds
from tochuc.reorganise.models import CLOSED, UNDONE, Reorganisation
from tochuc.reorganise.preview import BEGINS, ENDS, Preview, preview

OPERATIONS = (
    found("moi", "cell", "xa-a", posts=[
        {"code": "moi-bi-thu", "kind": "secretary", "title": "Bí thư Chi bộ Mới", "holder_of": ["secretary-b1"]}]),
    merge("xa-b-thon-thuong", "moi", presumed="Chưa thấy quyết định"),
    dissolve("xa-b-tram-y-te", members_to="xa-b-khoi-ha"),
)  # fmt: skip


@pytest.fixture
def seen(cast: Cast) -> Preview:
    Document.objects.create(key="1-NQ/CB", type_name="Nghị quyết", organisation=cast.b1)
    before, counted = standing(), written()
    found_ones = preview(plan(*OPERATIONS), by=cast.actor(), today=TODAY)
    assert (standing(), written()) == (before, counted)
    assert not Reorganisation.objects.exists()
    return found_ones


def test_organisations_before_and_after(seen: Preview) -> None:
    told = {one.code: one for one in seen.organisations}
    assert told["moi"].before is None
    assert told["xa-b-thon-thuong"].after is None
    assert told["xa-b-thon-thuong"].followed_by == ("Tổ chức moi",)
    assert told["xa-b-thon-thuong"].presumed == ("Chưa thấy quyết định",)
    assert told["xa-b-tram-y-te"].followed_by == ("Chi bộ khối Hạ",)


def test_who_goes_where(seen: Preview) -> None:
    assert [
        (one.name, one.standing, one.frm, one.to) for one in seen.people if one.frm != "Chi bộ thôn Thượng"
    ] == [("Vũ Thị Hạnh", "Đảng viên chính thức", "Chi bộ Trạm Y tế", "Chi bộ khối Hạ")]
    others = [one.name for one in seen.people if one.frm == "Chi bộ thôn Thượng"]
    assert others == ["Kim Oanh Sơn Ca", "Phùng Gia Huy", "Châu Văn Lộc", "Huỳnh Ngọc Sơn", "Tạ Thị Yến"]


def test_posts_roles_and_papers(seen: Preview) -> None:
    assert {(one.title, one.what, one.holder) for one in seen.posts} == {
        ("Bí thư Chi bộ thôn Thượng", ENDS, "Huỳnh Ngọc Sơn"),
        ("Bí thư Chi bộ Mới", BEGINS, "Huỳnh Ngọc Sơn"),
    }
    assert {(one.username, one.role, one.organisation, one.what) for one in seen.roles} == {
        ("cell_b1", "Bí thư chi bộ", "Chi bộ thôn Thượng", ENDS),
        ("cell_b1", "Đảng viên", "Chi bộ thôn Thượng", ENDS),
        ("cell_b1", "Bí thư chi bộ", "Tổ chức moi", BEGINS),
        ("cell_b1", "Đảng viên", "Tổ chức moi", BEGINS),
    }
    assert [(one.code, one.documents, one.conferences) for one in seen.papers] == [("xa-b-thon-thuong", 1, 0)]
    assert seen.tasks == ()


def test_both_sides_add_up_and_nobody_is_left(seen: Preview) -> None:
    sides = {one.code: one for one in seen.sides}
    four = Count(3, 1)
    assert (sides["xa-b-thon-thuong"].before, sides["xa-b-thon-thuong"].went) == (four, four)
    assert (sides["moi"].came, sides["moi"].after) == (four, four)
    assert (sides["xa-b"].before, sides["xa-b"].went, sides["xa-b"].came) == (Count(6, 1), four, Count())
    assert sides["huyen"].before == sides["huyen"].after
    assert sides["huyen"].came == Count()
    assert seen.balances
    assert seen.nowhere == ()


def test_cells_below_their_least_number_are_named(cast: Cast, seen: Preview) -> None:
    assert seen.below_minimum == ()
    parts = {
        "op": "split",
        "of": "xa-a-thon-dong",
        "parts": [{"to": "moi", "people": cast.people["cell_a1"].ref}],
    }
    few = preview(
        plan(found("moi", "cell", "xa-a"), parts | {"rest": "xa-a-thon-dong"}), by=cast.actor(), today=TODAY
    )
    assert few.below_minimum == ("Tổ chức moi",)


def test_carrying_it_out_does_what_was_shown(cast: Cast, seen: Preview) -> None:
    made = apply(cast, *OPERATIONS)
    assert {one.code for one in seen.organisations if one.before != one.after} == {
        "moi", "xa-b-thon-thuong", "xa-b-tram-y-te",
    }  # fmt: skip
    assert made.touched.filter(kind="role").count() == len(seen.roles)
    assert made.touched.filter(kind="post").count() == len(seen.posts)
    assert Holds.objects.get(post__code="moi-bi-thu").person.full_name == "Huỳnh Ngọc Sơn"


def test_a_plan_that_cannot_be_is_refused_alike(cast: Cast) -> None:
    with pytest.raises(Refused, match="Không có tổ chức mã «khong»"):
        preview(plan(merge("khong", "xa-a")), by=cast.actor(), today=TODAY)


# --- the command --------------------------------------------------------------------------------------------

FILE = """\
title: Nhập thôn Thượng vào khối Hạ
decision: {number: 12-QĐ/HU, on: 2023-02-20, by: Ban Thường vụ Huyện ủy}
day: 2023-03-01
operations:
  - merge: {of: xa-b-thon-thuong, into: xa-b-khoi-ha}
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "plan.yaml"
    path.write_text(FILE, encoding="utf-8")
    return str(path)


def run(*args: str) -> str:
    out = StringIO()
    call_command("reorganise", *args, stdout=out)
    return out.getvalue()


def test_the_command_shows_carries_out_undoes_and_closes(cast: Cast, file: str) -> None:
    shown = run(file)
    assert "kết thúc: Chi bộ thôn Thượng → Chi bộ khối Hạ" in shown
    assert "Người chuyển chi bộ: 5" in shown
    assert "Không ai bị bỏ sót." in shown
    assert not Reorganisation.objects.exists()
    assert "Đã thực hiện phương án «Nhập thôn Thượng vào khối Hạ»" in run(
        file, "--apply", "--account", "officer"
    )
    made = Reorganisation.objects.get()
    assert (made.applied_by, made.day) == (cast.officer, DAY)
    assert f"{made.ref}  01/03/2023" in run("--list")
    assert "Đã hủy phương án" in run("--undo", made.ref)
    made.refresh_from_db()
    assert made.state == UNDONE
    run(file, "--apply")
    again = Reorganisation.objects.latest("pk")
    assert "Đã khóa phương án" in run("--close", again.ref)
    again.refresh_from_db()
    assert again.state == CLOSED
    assert Entry.objects.filter(action__startswith="reorganisation.").count() == 4


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((), "Hãy nêu tệp phương án"),
        (("--undo", "khong"), "Không có phương án mã «khong»"),
        (("--list", "--account", "khong"), "Không có tài khoản «khong»"),
    ],
)
def test_the_command_says_what_is_missing(cast: Cast, args: tuple[str, ...], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        run(*args)


def test_the_command_names_file_and_line_of_each_objection(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(
        FILE + "  - move: {of: khong, to: xa-a}\n  - move: {of: xa-a, to: khong}\n", encoding="utf-8"
    )
    with pytest.raises(CommandError) as refused:
        run(str(path))
    lines = str(refused.value).splitlines()
    assert lines == [
        "plan.yaml, dòng 6: Không có tổ chức mã «khong».",
        "plan.yaml, dòng 7: Không có tổ chức mã «khong».",
    ]


def test_a_plan_of_a_day_to_come_waits(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(FILE.replace("2023-03-01", "2023-06-01"), encoding="utf-8")
    with pytest.raises(CommandError, match="Ngày 01/06/2023 chưa tới"):
        run(str(path), "--apply")
    assert date(2023, 6, 1) > TODAY

"""A list of posts and their holders enters the record: known people take known posts, nothing twice, undone as one."""

from __future__ import annotations

from typing import Any

import pytest

from cast import TODAY, Cast
from exchange.intake.books import grid, xlsx
from tochuc.changes.actions import undo
from tochuc.exchange.imports.posts import Seated, import_posts
from tochuc.members import actions
from tochuc.members.models import Holds
from tochuc.org.models import Post

HEAD = "Tổ chức|Chức vụ|Họ và tên|Ngày sinh|Từ ngày|Đến ngày|Số quyết định"


def _bring(cast: Cast, *rows: str, **other: Any) -> Seated:
    asked = {"under": cast.commune_a, "as_of": TODAY, "today": TODAY, "by": cast.actor()} | other
    return import_posts(xlsx(grid("ds", "\n".join([HEAD, *rows]))), "chuc-vu.xlsx", **asked)


def _row(cast: Cast, title: str = "Phó Bí thư chi bộ", since: str = "01/03/2023", until: str = "") -> str:
    person = cast.people["other_a1"]
    return f"{cast.a1.name}|{title}|{person.full_name}|{person.birth.vn}|{since}|{until}|05-QĐ/ĐU"


def _held(cast: Cast) -> set[tuple[str, str]]:
    rows = Holds.objects.on(TODAY).filter(person=cast.people["other_a1"])
    return {(one.post.kind, one.since.isoformat()) for one in rows.select_related("post")}


def test_a_known_member_takes_a_post_that_is_set_up_with_them(cast: Cast):
    done = _bring(cast, _row(cast))
    assert [(one.action, one.why) for one in done.rows] == [("create", "")]
    assert ("deputy_secretary", "2023-03-01") in _held(cast)


def test_the_same_list_again_seats_nobody_twice(cast: Cast):
    _bring(cast, _row(cast))
    posts, held = Post.objects.count(), _held(cast)
    again = _bring(cast, _row(cast))
    assert [one.action for one in again.rows] == ["same"]
    assert again.changeset is None
    assert (Post.objects.count(), _held(cast)) == (posts, held)


def test_a_dry_run_writes_nothing(cast: Cast):
    posts, held = Post.objects.count(), _held(cast)
    assert [one.action for one in _bring(cast, _row(cast), dry_run=True).rows] == ["create"]
    assert (Post.objects.count(), _held(cast)) == (posts, held)


def test_who_left_the_post_holds_it_no_more(cast: Cast):
    _bring(cast, _row(cast, since="01/03/2023", until="01/04/2023"))
    assert not any(kind == "deputy_secretary" for kind, _ in _held(cast))


def test_a_post_held_since_before_the_record_begins_is_held_from_its_first_day(cast: Cast):
    _bring(cast, _row(cast, since="01/03/1950"))
    (since,) = [since for kind, since in _held(cast) if kind == "deputy_secretary"]
    assert since == cast.people["other_a1"].memberships.order_by("since").first().since.isoformat()


def test_the_import_is_undone_as_one(cast: Cast):
    before = _held(cast)
    done = _bring(cast, _row(cast))
    assert done.changeset is not None
    undo(done.changeset, by=cast.actor(), reason="Nhầm tệp")
    assert _held(cast) == before


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Chi bộ Không Có|Bí thư|||||", "Không có tổ chức"),
        ("{cell}|Phó Bí thư|Nguyễn Không Ai|01/01/1970|||", "Không tìm được"),
        ("{cell}||Nguyễn Không Ai|01/01/1970|||", "chưa ghi chức vụ"),
        ("{cell}|Phó Bí thư|||31/02/2020||", "ngày đầy đủ"),
    ],
)
def test_a_row_that_cannot_be_taken_in_is_left_out_with_its_reason(cast: Cast, row: str, why: str):
    (one,) = _bring(cast, row.format(cell=cast.a1.name)).rows
    assert one.action == "refuse"
    assert why in one.why


def test_posts_set_up_by_an_import_go_with_it_unless_somebody_holds_them_since(cast: Cast):
    vacant = f"{cast.a1.name}|Phó Bí thư chi bộ|||||"
    done = _bring(cast, vacant, f"{cast.a2.name}|Phó Bí thư chi bộ|||||")
    assert done.changeset is not None
    kept = next(one.made for one in done.rows if one.made and one.made.organisation == cast.a1)
    actions.append(cast.people["other_a1"], "took_post", on=TODAY, by=cast.actor(), today=TODAY, post=kept)
    assert undo(done.changeset, by=cast.actor(), reason="Nhầm tệp").made == 1
    assert Post.objects.on(TODAY).filter(kind="deputy_secretary", organisation=cast.a1).exists()
    assert not Post.objects.on(TODAY).filter(kind="deputy_secretary", organisation=cast.a2).exists()
    assert [one.action for one in _bring(cast, f"{cast.a2.name}|Phó Bí thư chi bộ|||||").rows] == ["create"]


def test_who_holds_a_post_leaves_it_on_the_day_that_a_later_list_gives(cast: Cast):
    _bring(cast, _row(cast))
    left = _row(cast, until="01/04/2023")
    assert [one.action for one in _bring(cast, left).rows] == ["create"]
    assert not any(kind == "deputy_secretary" for kind, _ in _held(cast))
    assert [one.action for one in _bring(cast, left).rows] == ["same"]


def test_posts_called_alike_but_for_a_number_are_all_set_up(cast: Cast):
    titles = ("Tổ viên 3", "Tổ viên 1", "Tổ viên")
    done = _bring(cast, *(f"{cast.a1.name}|{title}|||||" for title in titles))
    assert [(one.action, one.why) for one in done.rows] == [("create", "")] * len(titles)


@pytest.mark.parametrize(
    ("row", "column"), [(f"|{'x' * 161}|||||", "title"), (f"|Tổ viên|||||{'5' * 61}", "decision")]
)
def test_what_the_record_cannot_hold_is_refused_and_not_cut(cast: Cast, row: str, column: str):
    (one,) = _bring(cast, cast.a1.name + row).rows
    assert (one.action, one.field) == ("refuse", column)

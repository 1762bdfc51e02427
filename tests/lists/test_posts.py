"""The posts of a branch: who holds each, which nobody holds."""

from __future__ import annotations

from typing import Any

import pytest

from cast import TODAY, Cast
from tochuc.members.models import Holds
from tochuc.org.models import Post
from web.browsing import entered, own_folders, words  # noqa: F401
from web.sheet import read

pytestmark = pytest.mark.usefixtures("own_folders")
A = "/to-chuc/xa-a/chuc-vu/"


def held(cast: Cast, query: str = "", account: Any = None) -> dict[tuple[str, str], Any]:
    rows = entered(account or cast.secretary_a).get(A + query).context["rows"]
    return {(row["name"], row["cells"][1]): row["cells"][0]["text"] for row in rows}


def vacate(post: Post) -> None:
    Holds.objects.filter(post=post).update(until=TODAY)


def test_the_posts_of_a_branch_with_their_holders(cast: Cast) -> None:
    found = held(cast)
    leads = Holds.objects.on(TODAY).get(post=cast.posts["secretary_a1"])

    assert found[(leads.post.title, "Chi bộ thôn Đông")] == leads.person.full_name
    assert not any("xã Bình Lâm" in place or "thôn Thượng" in place for _title, place in found)


def test_a_post_that_nobody_holds_is_said_to_be_vacant_and_can_be_asked_for(cast: Cast) -> None:
    post = cast.posts["secretary_a1"]
    before = held(cast, "?loai=khuyet")
    vacate(post)

    found = held(cast, "?loai=khuyet")
    assert found[(post.title, "Chi bộ thôn Đông")] == "Còn khuyết"
    assert len(found) == len(before) + 1
    assert f"{len(found)} chức vụ còn khuyết" in words(entered(cast.secretary_a).get(A))


def test_on_a_past_day_the_holder_of_that_day_is_shown(cast: Cast) -> None:
    post = cast.posts["secretary_a1"]
    holder = Holds.objects.on(TODAY).get(post=post).person.full_name
    vacate(post)

    assert held(cast, "?ngay=19/04/2023")[(post.title, "Chi bộ thôn Đông")] == holder


def test_posts_are_found_by_words_without_tones(cast: Cast) -> None:
    assert {place for _title, place in held(cast, "?q=thon dong")} == {"Chi bộ thôn Đông"}


def test_the_workbook_has_the_same_posts(cast: Cast) -> None:
    rows = read(entered(cast.secretary_a).get("/to-chuc/xa-a/chuc-vu.xlsx").getvalue()).rows

    people = [row for row in rows if isinstance(row.get("A"), float)]
    assert len(people) == len(entered(cast.secretary_a).get(A).context["rows"])


@pytest.mark.parametrize("query", ["?ngay=32/1/2023", "?loai=khong-co", "?q=%25", "?trang=x"])
def test_what_cannot_be_used_in_the_address_still_gives_the_list(cast: Cast, query: str) -> None:
    assert entered(cast.secretary_a).get(A + query).status_code == 200


def test_the_posts_ask_at_most_fifteen_queries(cast: Cast, django_assert_max_num_queries: Any) -> None:
    client = entered(cast.secretary_a)

    with django_assert_max_num_queries(15):
        client.get(A)

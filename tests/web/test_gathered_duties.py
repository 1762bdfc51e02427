"""Many duties of one kind stand as one row on the home page of those above a cell; the row opens exactly as many."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from cast import Cast
from tochuc.duties import asking
from tochuc.duties.sifting import MANY
from tochuc.org.models import Post
from web.browsing import entered, own_folders, shown  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folders")]


def _empty_posts(cast: Cast, n: int) -> None:
    """So many leading posts of the base that nobody holds."""
    for one in range(n):
        Post.objects.create(
            code=f"khuyet-{one}",
            organisation=cast.a3,
            kind="secretary",
            title=f"Bí thư thứ {one}",
            since=date(2021, 2, 3 + one),
        )


def _rows(client: Client, url: str) -> list[tuple[str, str, str]]:
    """What, until when, and where it opens, of each row about an empty post."""
    page = shown(client.get(url))
    found = [
        (
            one.xpath("string(.//p[@class='task-what'])").strip(),
            " ".join(one.xpath("string(.//p[@class='task-until'])").split()),
            one.xpath("string(.//p[@class='task-what']/a/@href)"),
        )
        for one in page.xpath("//ul[@class='tasks']/li")
    ]
    return [row for row in found if "chức danh đang khuyết" in row[0]]


def test_many_of_a_kind_are_one_row_that_opens_as_many(cast: Cast) -> None:
    _empty_posts(cast, MANY)
    client = entered(cast.secretary_a)
    ((what, until, url),) = _rows(client, "/")
    assert what == f"Kiện toàn chức danh đang khuyết: {MANY} chức danh"
    assert until == "lâu nhất: chờ từ 03/02/2021 (806 ngày)"
    opened = _rows(client, url)
    assert len(opened) == MANY
    assert [one for one, _, _ in opened] == [
        f"Kiện toàn chức danh đang khuyết: Bí thư thứ {n}" for n in range(MANY)
    ]


def test_few_of_a_kind_stay_rows_of_their_own(cast: Cast) -> None:
    _empty_posts(cast, MANY - 1)
    assert len(_rows(entered(cast.secretary_a), "/")) == MANY - 1


def test_counters_count_what_the_rows_open(cast: Cast) -> None:
    _empty_posts(cast, MANY + 3)
    viewer = cast.viewer("secretary_a")
    single, gathered = asking.look(viewer, size=500), asking.look(viewer, size=500, gathering=True)
    assert gathered.by_kind == single.by_kind
    assert gathered.total == single.total == sum(one.n for one in gathered.slips)
    assert gathered.lines == len(gathered.slips) == len(gathered.duties()) == single.lines - MANY - 2
    cut = [asking.look(viewer, size=2, skip=n, gathering=True).slips for n in range(0, gathered.lines, 2)]
    assert [one for page in cut for one in page] == list(gathered.slips)


def test_whoever_works_for_a_cell_sees_each(cast: Cast) -> None:
    """The terms of the cell and its committee are its own work, however many."""
    client = entered(cast.cell_a1)
    page = shown(client.get("/"))
    assert not page.xpath("//a[contains(@class, 'task-do') and starts-with(., 'Mở danh sách')]")

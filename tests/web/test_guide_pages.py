"""The user guide in the program: its index, its pages with pictures, and the way to it from a procedure."""

from __future__ import annotations

from pathlib import Path

import pytest

from cast import Cast
from web.browsing import entered, own_folders, shown, words  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")

GUIDE = Path(__file__).parents[2] / "docs" / "huong-dan"
TOPICS = sorted(page.stem for page in GUIDE.glob("*.md") if page.stem != "README")


def test_the_help_leads_to_every_page_of_the_guide(cast: Cast) -> None:
    links = set(shown(entered(cast.nobody).get("/huong-dan/")).xpath("//main//a/@href"))
    assert {f"/huong-dan/{topic}/" for topic in TOPICS} <= links


def test_each_page_shows_its_picture_and_leads_only_to_pages_that_are_there(cast: Cast) -> None:
    client = entered(cast.nobody)
    for topic in TOPICS:
        page = client.get(f"/huong-dan/{topic}/")
        content = shown(page).xpath("//main")[0]
        pictures = content.xpath(".//img")
        assert pictures, topic
        for picture in pictures:
            assert picture.get("alt"), topic
            assert (GUIDE.parent / "images" / picture.get("src").rpartition("/")[2]).is_file(), topic
        for link in content.xpath(".//div[@class='prose']//a/@href"):
            assert link.removeprefix("/huong-dan/").removesuffix("/") in TOPICS, topic
        assert "](" not in words(page), topic


def test_a_procedure_leads_to_its_page_of_the_guide(cast: Cast) -> None:
    page = shown(entered(cast.cell_a1).get("/quy-trinh/readmission/"))
    assert page.xpath("//footer//a/@href") == ["/huong-dan/ket-nap-lai/"]


@pytest.mark.parametrize("topic", ["README", "khong-co", "..%2Foperations"])
def test_a_page_that_the_guide_does_not_have_is_not_there(cast: Cast, topic: str) -> None:
    assert entered(cast.nobody).get(f"/huong-dan/{topic}/").status_code == 404

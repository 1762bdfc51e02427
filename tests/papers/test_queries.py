"""The pages of papers ask the database a bounded number of questions, however many papers and people there are."""

from __future__ import annotations

from typing import Any

import pytest

from cast import Cast
from papers.full import full_record
from papers.test_paper_pages import opened
from web.browsing import entered, own_folders  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")


@pytest.mark.parametrize(("path", "most"), [("", 34), ("giay-to/", 32), ("soan/request/", 44)])
def test_a_page_of_papers_asks_little(
    cast: Cast, django_assert_max_num_queries: Any, path: str, most: int
) -> None:
    full_record(cast)
    client = entered(cast.cell_a1)
    case = opened(client, cast)
    client.get(f"/ho-so/{case.ref}/{path}")
    with django_assert_max_num_queries(most):
        client.get(f"/ho-so/{case.ref}/{path}")

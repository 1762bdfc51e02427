"""The pages of entrusted work."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast import Cast
from tochuc.entrusting.models import Entrusted
from web.browsing import entered as enter
from web.browsing import errors, filled, own_folders  # noqa: F401
from web.browsing import words as text

pytestmark = pytest.mark.usefixtures("own_folders")
PATH = "/to-chuc/xa-a-thon-dong/phan-cong/"


def test_a_cell_gives_and_reviews_the_years_work_on_one_screen(cast: Cast) -> None:
    client, who = enter(cast.cell_a1), cast.people["member_a1"]
    sent = client.post(PATH, filled(client.get(PATH), on="5/1/2023", **{f"viec-{who.ref}": "Phụ trách tổ 3"}))
    assert sent.status_code == 302
    refused = client.post(PATH, filled(client.get(PATH), on="5/1/2023", **{f"viec-{who.ref}": "Khác"}))
    assert "cần ghi lý do" in errors(refused)
    assert "Khác" in text(refused)
    review = f"{PATH}?nam=2023&xem=danh-gia"
    page = client.get(review)
    assert "Phụ trách tổ 3" in text(page)
    assert client.post(review, filled(page, **{f"muc-{who.ref}": "hoàn thành tốt"})).status_code == 302
    own = text(enter(cast.member_a1).get(f"/dang-vien/{who.ref}/phan-cong/"))
    assert "Phụ trách tổ 3" in own
    assert "Hoàn thành tốt" in own


def test_those_above_see_figures_and_only_the_cell_and_its_committee_record(cast: Cast) -> None:
    assert "Chi bộ thôn Đông" in text(enter(cast.officer).get("/to-chuc/xa-a/phan-cong/"))
    assert enter(cast.officer).post(PATH, {"on": "5/1/2023"}).status_code == 403
    assert enter(cast.cell_b1).get(PATH).status_code == 404
    assert not Entrusted.objects.exists()


def test_the_pages_ask_few_questions(cast: Cast) -> None:
    for account, path in ((cast.cell_a1, PATH), (cast.secretary_a, "/to-chuc/xa-a/phan-cong/")):
        client = enter(account)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        assert len(asked) <= 15, f"{path}: {len(asked)}"

"""The pages of an organisation's congresses."""

from __future__ import annotations

import pytest

from cast import Cast
from tochuc.org.congresses import congresses
from web.browsing import entered as enter
from web.browsing import filled, own_folders  # noqa: F401
from web.browsing import words as text

pytestmark = pytest.mark.usefixtures("own_folders")
PATH = "/to-chuc/xa-a-thon-dong/dai-hoi/"


def test_a_congress_is_recorded_and_taken_back_with_a_reason(cast: Cast) -> None:
    client = enter(cast.cell_a1)
    sent = client.post(PATH, filled(client.get(PATH), on="5/9/2022", decision="12-QĐ/ĐU"))
    assert sent.status_code == 302
    (held,) = congresses(cast.a1)
    page = client.get(PATH)
    assert "12-QĐ/ĐU" in text(page)
    assert "Đại hội" in text(client.get("/to-chuc/xa-a-thon-dong/lich-su/"))
    path = f"{PATH}bo-ghi/?lan={held.pk}"
    refused = client.post(path, filled(client.get(path), reason=""))
    assert "Cần điền mục này" in text(refused)
    assert client.post(path, filled(client.get(path), reason="Nhầm năm")).status_code == 302
    assert not congresses(cast.a1).exists()


def test_a_day_to_come_is_refused_beside_its_field_and_kept(cast: Cast) -> None:
    client = enter(cast.secretary_a)
    answer = client.post(PATH, filled(client.get(PATH), on="5/9/2030"))
    assert "chưa tới" in text(answer)
    assert 'value="5/9/2030"' in answer.content.decode()

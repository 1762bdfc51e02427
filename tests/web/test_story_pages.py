"""The page of a procedure leads to the stories that explain it; a story reads day by day."""

from __future__ import annotations

import pytest

from cast import Cast
from web.browsing import entered, own_folders, words  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")


def test_a_procedure_leads_to_its_stories_and_a_refusal_names_its_article(cast: Cast) -> None:
    client = entered(cast.cell_a1)
    story = "/quy-trinh/readmission/cau-chuyen/ket-nap-lai/"
    assert story in client.get("/quy-trinh/readmission/").content.decode()
    told = words(client.get(story))
    assert "10/01/2023" in told
    assert "Bị từ chối Mở hồ sơ «Kết nạp lại»: Trịnh Công Phú." in told
    assert "Không ghi được theo điểm 3.5.1b: «từ ngày 02/03/2023»." in told


@pytest.mark.parametrize("path", ["admission/cau-chuyen/ket-nap-lai", "readmission/cau-chuyen/khong-co"])
def test_a_story_of_another_procedure_isn_t_there(cast: Cast, path: str) -> None:
    assert entered(cast.cell_a1).get(f"/quy-trinh/{path}/").status_code == 404

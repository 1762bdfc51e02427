"""An organisation appeals against its discipline through its own page; nobody below the settling level reads it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cases.walk import Walker
from cast import Cast, recorded_on
from tochuc.cases import actions
from tochuc.cases.declare import Count
from tochuc.cases.models import Case
from web.browsing import entered, errors, filled, own_folders, shown, words  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")

PAGE = "/to-chuc/xa-a-thon-dong/kien-toan/"
BEGIN = f"{PAGE}organisation_appeal/"
TITLE = "Tổ chức đảng khiếu nại kỷ luật"


@pytest.fixture
def warned(cast: Cast) -> Case:
    """The cell was warned by the commune; it received the decision on 31/03/2023."""
    on = date(2023, 3, 1)
    with recorded_on(on):
        case = actions.open_case(
            "organisation_discipline",
            on=on,
            by=cast.actor("secretary_a"),
            today=on,
            organisation=cast.a1,
            answers={
                "basis": "inspection",
                "basis_number": "5-KL/UBKT",
                "what": "Theo kết luận",
                "violated_on": "2022-12-01",
                "concluded_on": "2023-02-20",
            },
        )
    walker = Walker(cast, case)
    walker.take("tell", date(2023, 3, 2), meeting_on="2023-03-20")
    walker.take("self_review", date(2023, 3, 10), "made")
    walker.take("hear", date(2023, 3, 15))
    walker.take("resolve", date(2023, 3, 20), "warning", count=Count(9, 9, 8, 1))
    walker.take("issue", date(2023, 3, 30), "issued", number="9-QĐ/ĐU", announced_on="2023-03-30")
    walker.take("deliver", date(2023, 3, 31), "delivered", received_on="2023-03-31")
    return walker.case


def _against(page: Any) -> str:
    (found,) = shown(page).xpath("//input[@name='against']/@value")
    return str(found)


def _sent(client: Any, **more: str) -> Any:
    page = client.get(BEGIN)
    said = {"on": "20/4/2023", "received_on": "31/3/2023", "content": "Mức cảnh cáo quá nặng", **more}
    return client.post(BEGIN, filled(page, against=_against(page), **said))


def test_only_an_organisation_that_was_disciplined_is_offered_an_appeal(cast: Cast, warned: Case) -> None:
    assert TITLE in words(entered(cast.cell_a1).get(PAGE))
    assert TITLE not in words(entered(cast.secretary_b).get("/to-chuc/xa-b/kien-toan/"))


def test_the_secretary_appeals_and_the_level_above_the_deciding_one_settles(cast: Cast, warned: Case) -> None:
    client = entered(cast.cell_a1)
    assert "Thời hạn khiếu nại quyết định kỷ luật" in words(client.get("/"))
    answer = _sent(client)
    assert answer.status_code == 302, errors(answer)
    case = Case.objects.get(procedure="organisation_appeal")
    assert (case.to, case.person, case.closed_file) == (cast.district, None, True)
    page = words(client.get(f"/ho-so-kin/{case.ref}/"))
    assert "Cảnh cáo, Quyết định số 9-QĐ/ĐU ngày 30/03/2023" in page
    assert "Tổ chức đảng khiếu nại" in words(client.get(PAGE))
    for other in (cast.secretary_a, cast.secretary_b, cast.member_a1):
        assert entered(other).get(f"/ho-so-kin/{case.ref}/").status_code == 404
    settler = entered(cast.officer)
    step = f"/ho-so-kin/{case.ref}/buoc/accept/"
    sent = filled(settler.get(step), on="20/4/2023", outcome="accepted", ground="")
    answer = settler.post(step, sent, follow=True)
    assert "Bước tiếp theo: Nghe tổ chức đảng khiếu nại và nơi đã quyết định" in words(answer), errors(answer)
    warned.refresh_from_db()
    assert warned.moves.filter(step="wait", outcome="appealed").exists()


def test_a_late_appeal_is_refused_and_what_was_written_stays(cast: Cast, warned: Case, settings: Any) -> None:
    settings.TOCHUC_TODAY = date(2023, 5, 2)
    answer = _sent(entered(cast.cell_a1), on="2/5/2023", received_on="10/4/2023")
    assert "được khiếu nại đến hết ngày" in errors(answer)
    assert "Điều 39 khoản 7" in errors(answer)
    assert filled(answer)["content"][0].strip() == "Mức cảnh cáo quá nặng"


def test_another_organisations_secretary_cannot_appeal_for_it(cast: Cast, warned: Case) -> None:
    assert entered(cast.secretary_b).get(BEGIN).status_code == 404

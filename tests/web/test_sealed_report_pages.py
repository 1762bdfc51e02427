"""Sealing a statement on its page, reading it as sent, seeing what changed since; the word on confirmation pages."""

from __future__ import annotations

import io
from datetime import date
from urllib.parse import unquote

import pytest
from python_calamine import CalamineWorkbook

from cast import TODAY, Cast
from tochuc.members import actions
from tochuc.reports.models import SealedReport
from tochuc.reports.sealing import seal
from web.browsing import entered, errors, field_error, own_folders, words  # noqa: F401
from web.recording import record, send

pytestmark = pytest.mark.usefixtures("own_folders")

SEAL = "/to-chuc/xa-a/bao-cao-da-gui/chot/?tu=01/01/2022&den=31/12/2022"
PAPER = {"number": "12-BC/ĐU", "signed_on": "5/1/2023", "sent_to": "Ban Tổ chức Huyện ủy"}


def _sealed(cast: Cast) -> SealedReport:
    return seal(
        cast.commune_a,
        date(2022, 1, 1),
        date(2022, 12, 31),
        number="12-BC/ĐU",
        signed_on=date(2023, 1, 5),
        sent_to="Ban Tổ chức Huyện ủy",
        by=cast.actor(),
        today=TODAY,
    )


def _late_death(cast: Cast) -> None:
    actions.append(cast.people["other_a1"], "died", on=date(2022, 11, 30), by=cast.actor(), today=TODAY)


def test_from_the_statement_to_a_sealed_report(cast: Cast) -> None:
    client = entered(cast.secretary_a)
    statement = client.get("/to-chuc/xa-a/bien-dong/?tu=01/01/2022&den=31/12/2022")
    assert unquote(statement.context["seal_url"]) == SEAL
    assert statement.context["seal_url"] in statement.content.decode().replace("&amp;", "&")

    asked = client.get(SEAL)
    assert "Từ ngày 01/01/2022 đến ngày 31/12/2022" in words(asked)
    answer = send(client, SEAL, **PAPER)
    report = SealedReport.objects.get()
    assert answer["Location"] == f"/bao-cao-da-gui/{report.ref}/"
    said = words(client.get(answer["Location"]))
    assert "Báo cáo số 12-BC/ĐU" in said
    assert "Không có thay đổi nào" in said
    assert "Số 12-BC/ĐU" in words(client.get("/to-chuc/xa-a/bao-cao-da-gui/"))


@pytest.mark.parametrize(
    ("typed", "field", "why"),
    [
        ({"number": ""}, "number", "Cần điền mục này"),
        ({"signed_on": "31/2/2023"}, "signed_on", "Không có ngày"),
        ({"signed_on": "1/6/2022"}, "signed_on", "Ngày ký phải từ ngày cuối kỳ"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_everything_typed_stays(
    cast: Cast, typed: dict[str, str], field: str, why: str
) -> None:
    answer = send(entered(cast.secretary_a), SEAL, **(PAPER | typed))
    assert answer.status_code == 422
    assert why in field_error(answer, field)
    assert f'value="{PAPER["sent_to"]}"' in answer.content.decode()
    assert not SealedReport.objects.exists()


def test_the_same_number_again_is_refused(cast: Cast) -> None:
    _sealed(cast)
    answer = send(entered(cast.secretary_a), SEAL, **PAPER)
    assert "đã được chốt trước đó" in field_error(answer, "number")


def test_a_period_that_can_not_be_read_is_said_and_nothing_is_sealed(cast: Cast) -> None:
    client = entered(cast.secretary_a)
    answer = client.post("/to-chuc/xa-a/bao-cao-da-gui/chot/?tu=x&den=31/12/2022", PAPER)
    assert answer.status_code == 422
    assert errors(answer)
    assert not SealedReport.objects.exists()


def test_what_changed_since_names_the_figure_the_person_the_record_and_who_wrote_it(cast: Cast) -> None:
    report = _sealed(cast)
    _late_death(cast)
    client = entered(cast.secretary_a)
    answer = client.get(f"/bao-cao-da-gui/{report.ref}/")
    said = words(answer)
    name = cast.people["other_a1"].full_name
    assert name in said
    assert "Từ trần (chính thức)" in said
    assert "ngày 30/11/2022" in said
    assert cast.officer.full_name in said
    changed = {row["label"]: row["cells"] for row in answer.context["changed"]}
    then, now, difference = changed["Đảng viên có cuối kỳ"]
    assert (now - then, difference) == (-1, "−1")

    raw = client.get(f"/bao-cao-da-gui/{report.ref}/thay-doi.xlsx").getvalue()
    book = CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python()
    cells = [str(cell) for row in book for cell in row]
    assert name in cells
    assert any("Đảng viên có cuối kỳ: đã gửi" in cell for cell in cells)


def test_before_recording_into_a_reported_period_the_page_names_the_report(cast: Cast) -> None:
    _sealed(cast)
    person = cast.people["other_a1"]
    client = entered(cast.secretary_a)
    late = words(send(client, record(person, "tu-tran"), on="30/11/2022"))
    assert "Báo cáo số 12-BC/ĐU của Đảng bộ xã An Hòa, kỳ 01/01/2022 đến 31/12/2022" in late
    assert "báo cáo đã gửi" not in words(send(client, record(person, "tu-tran"), on="1/4/2023")).lower()


def test_a_correction_into_a_reported_period_says_so(cast: Cast) -> None:
    _sealed(cast)
    wrong = cast.people["removed_a"].events.get(kind="removed")
    path = f"/dang-vien/{cast.people['removed_a'].ref}/dinh-chinh/{wrong.pk}/?cach=huy"
    asked = send(entered(cast.officer), path, reason="Nhầm người.")
    assert "Báo cáo số 12-BC/ĐU" in words(asked)


@pytest.mark.parametrize(
    ("account", "seen", "sealing"),
    [("officer", 200, 200), ("secretary_a", 200, 200), ("cell_a1", 404, 404), ("secretary_b", 404, 404)],
)
def test_who_may_read_and_seal(cast: Cast, account: str, seen: int, sealing: int) -> None:
    client, report = entered(getattr(cast, account)), _sealed(cast)
    assert client.get(f"/bao-cao-da-gui/{report.ref}/").status_code == seen
    assert client.get(f"/bao-cao-da-gui/{report.ref}/thay-doi.xlsx").status_code == seen
    assert client.get(SEAL).status_code == sealing


def test_a_cell_reads_its_own_reports_but_doesn_t_seal(cast: Cast) -> None:
    client = entered(cast.cell_a1)
    assert client.get("/to-chuc/xa-a-thon-dong/bao-cao-da-gui/").status_code == 200
    assert client.get("/to-chuc/xa-a-thon-dong/bao-cao-da-gui/chot/").status_code == 403

"""The yearly supplement says what changed in its year and nothing else; a cell gets those of all whose record changed."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest

from cast import TODAY, Cast
from papers.full import sheet_for, typed, with_fill
from tochuc.cases.models import Case
from tochuc.kernel.known_dates import KnownDate
from tochuc.members import actions
from tochuc.members.facts import Ground
from tochuc.members.keeping import keep, keep_row
from tochuc.members.models import Person
from tochuc.papers.check import SUPPLEMENT
from tochuc.papers.drafting import paper_of, word_file
from web.browsing import entered, errors, filled, own_folders, words  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")
PAGE = "/to-chuc/xa-a-thon-dong/phieu-bo-sung/"


def changed(cast: Cast, key: str, code: str, value: str, since: date) -> Person:
    person = cast.people[key]
    keep(person, {code: value}, ground=Ground(since=since, words="Giấy báo"), by=cast.actor(), today=TODAY)
    return person


def texts(raw: bytes) -> str:
    made = docx.Document(BytesIO(raw))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return " ".join([*(one.text for one in made.paragraphs), *cells])


def drafted(cast: Cast, person: Person, year: str = "2023") -> str:
    sheet = sheet_for(Case(person=person, organisation=cast.a1, opened_on=TODAY))
    paper = paper_of(SUPPLEMENT, sheet)
    assert paper is not None
    return texts(word_file(with_fill(paper, typed(cast, paper.asked) | {"own.year": year})))


def test_it_lists_what_changed_in_its_year_and_nothing_of_another(cast: Cast) -> None:
    person = changed(cast, "member_a1", "occupation", "Giáo viên", date(2022, 9, 1))
    changed(cast, "member_a1", "occupation", "Cán bộ xã", date(2023, 2, 1))
    for what, on in (("Giấy khen của xã", "2023-01-15"), ("Bằng khen của tỉnh", "2021-05")):
        keep_row(person, "award", {"what": what, "on": on}, by=cast.actor(), today=TODAY)
    of_2023 = drafted(cast, person)
    assert "Mẫu 3-HSĐV" in of_2023
    assert "Nghề nghiệp hiện nay Giáo viên Cán bộ xã 01/02/2023 Giấy báo" in of_2023
    assert "Giấy khen của xã" in of_2023
    assert "Bằng khen của tỉnh" not in of_2023
    of_2022 = drafted(cast, person, "2022")
    assert "01/09/2022" in of_2022
    assert "Cán bộ xã" not in of_2022


def test_entries_of_the_ledger_stand_with_their_decision_and_what_was_struck_out_does_not(cast: Cast) -> None:
    person = cast.people["other_a1"]
    said: dict[str, Any] = {"by": cast.actor(), "today": TODAY}
    decision = actions.Decision("7-QĐ/ĐU", date(2023, 2, 2), "Đảng ủy xã")
    data = {"form": "reprimand"}
    wrong = actions.append(person, "disciplined", on=date(2023, 2, 3), decision=decision, data=data, **said)
    assert "Khiển trách số 7-QĐ/ĐU ngày 02/02/2023 của Đảng ủy xã" in drafted(cast, person)
    actions.correct(wrong, reason="Ghi nhầm người", **said)
    again = drafted(cast, person)
    assert "7-QĐ/ĐU" not in again
    assert "Không có biến động trong năm." in again


def test_a_cell_gets_the_sheets_of_those_whose_record_changed(cast: Cast) -> None:
    changed(cast, "member_a1", "occupation", "Cán bộ xã", date(2023, 2, 1))
    client = entered(cast.cell_a1)
    page = client.get(PAGE)
    assert "1 thay đổi" in words(page)
    answer = client.post(PAGE, filled(page, g0_signer_name="Lê Văn Ký", g0_signer_post="Bí thư", act="all"))
    assert answer.status_code == 200, errors(answer)
    assert cast.people["member_a1"].full_name in texts(answer.content)
    assert "Cán bộ xã" in texts(answer.content)


def test_namesakes_of_a_cell_each_get_a_file(cast: Cast) -> None:
    known = {"standing": "official", "admitted_on": "2000-01-01", "official_on": "2001-01-01"}
    for year in (1960, 1961):
        person = actions.register(
            full_name="Trần Thị Trùng",
            gender="female",
            birth=KnownDate(date(year, 1, 1), "year"),
            by=cast.actor(),
        )
        actions.append(
            person,
            "opening",
            on=date(2020, 1, 1),
            by=cast.actor(),
            today=TODAY,
            organisation=cast.a1,
            data=known,
        )
        ground = Ground(since=date(2023, 2, 1), words="Giấy báo")
        keep(person, {"occupation": f"Nghề {year}"}, ground=ground, by=cast.actor(), today=TODAY)
    client = entered(cast.cell_a1)
    sent = filled(client.get(PAGE), g0_signer_name="Lê Văn Ký", g0_signer_post="Bí thư", act="all")
    answer = client.post(PAGE, sent)
    assert answer["Content-Type"] == "application/zip", errors(answer)
    with zipfile.ZipFile(BytesIO(answer.content)) as package:
        both = [texts(package.read(name)) for name in package.namelist() if "Trần Thị Trùng" in name]
    assert sorted("Nghề 1960" in one for one in both) == [False, True]


@pytest.mark.parametrize(
    ("typed_year", "says"),
    [("2019", "Năm 2019 chưa ghi thay đổi nào"), ("năm ngoái", "bằng bốn chữ số"), ("-1", "từ 1900 trở lên")],
)
def test_a_year_without_changes_or_that_is_none_is_said(cast: Cast, typed_year: str, says: str) -> None:
    client = entered(cast.cell_a1)
    sent = filled(client.get(PAGE), g0_own_year=typed_year, g0_signer_name="Lê Văn Ký", act="all")
    answer = client.post(PAGE, sent)
    assert answer.status_code == 422
    assert says in errors(answer)
    assert filled(answer)["g0_signer_name"] == ["Lê Văn Ký"]


def test_a_branch_leads_to_its_cells_and_nobody_outside_reads_them(cast: Cast) -> None:
    page = entered(cast.secretary_a).get("/to-chuc/xa-a/phieu-bo-sung/")
    assert "Phiếu bổ sung soạn theo từng chi bộ" in words(page)
    assert PAGE in page.content.decode()
    for other in (cast.secretary_b, cast.member_a1):
        assert entered(other).get(PAGE).status_code == 404


def test_the_page_of_a_cell_asks_the_database_little(cast: Cast, django_assert_max_num_queries: Any) -> None:
    client = entered(cast.cell_a1)
    client.get(PAGE)
    with django_assert_max_num_queries(15):
        client.get(PAGE)

"""Lists and statements as workbooks: what they hold, how they print, that taking one stays in the trail."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO

import pytest

from cast import Cast
from tochuc.audit.models import Entry
from tochuc.exchange.sheets import Column, Sheet, sheet_name, workbook
from tochuc.kernel.known_dates import KnownDate
from web.browsing import entered, own_folders  # noqa: F401
from web.sheet import read

pytestmark = pytest.mark.usefixtures("own_folders")
YEAR_2022 = "?tu=1/1/2022&den=31/12/2022"
EXCEL_DAY_0 = date(1899, 12, 30)


def part(raw: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(raw)) as book:
        return book.read(name).decode()


def test_a_statement_as_a_workbook_has_the_figures_of_the_page_and_one_sheet_for_those_below(
    cast: Cast,
) -> None:
    client = entered(cast.secretary_a)
    page = client.get(f"/to-chuc/xa-a/bien-dong/{YEAR_2022}")
    raw = client.get(f"/to-chuc/xa-a/bien-dong.xlsx{YEAR_2022}").getvalue()

    shown = {
        row["label"]: [c["value"] if isinstance(c, dict) else c for c in row["cells"]]
        for row in page.context["rows"]
    }
    written = {row["A"]: [row["B"], row["C"], row["D"]] for row in read(raw).rows if "D" in row}
    assert {label: written[label] for label in shown} == shown
    assert 'name="Tổ chức trực thuộc"' in part(raw, "xl/workbook.xml")


def test_the_people_behind_a_figure_as_a_workbook_are_those_of_the_page(cast: Cast) -> None:
    client = entered(cast.secretary_a)
    asked = f"{YEAR_2022}&dong=decrease&phan=decrease"
    names = [r["name"] for r in client.get(f"/to-chuc/xa-a/bien-dong/chi-tiet/{asked}").context["rows"]]
    rows = read(client.get(f"/to-chuc/xa-a/bien-dong/chi-tiet.xlsx{asked}").getvalue()).rows

    assert names == [row["B"] for row in rows if isinstance(row.get("A"), float)]


def test_those_present_at_the_end_as_a_workbook(cast: Cast) -> None:
    asked = f"{YEAR_2022}&dong=closing&phan=foot&la=du-bi"
    answer = entered(cast.secretary_a).get(f"/to-chuc/xa-a/bien-dong/chi-tiet.xlsx{asked}")

    assert [row["B"] for row in read(answer.getvalue()).rows if isinstance(row.get("A"), float)] == [
        "Nguyễn Thị Thảo"
    ]


def test_taking_a_list_is_noted_with_how_many_rows_it_had(cast: Cast) -> None:
    entered(cast.secretary_a).get("/to-chuc/xa-a/dang-vien.xlsx?la=du-bi")

    noted = Entry.objects.get(action="list.downloaded")
    assert (noted.account, noted.object_key, noted.data["rows"]) == (cast.secretary_a.pk, "xa-a", 1)
    assert noted.data["asked"] == "la=du-bi"


def test_a_list_is_set_up_for_paper_with_its_heading_on_each_page(cast: Cast) -> None:
    raw = entered(cast.secretary_a).get("/to-chuc/xa-a/dang-vien.xlsx").getvalue()

    written = part(raw, "xl/worksheets/sheet1.xml")
    assert 'paperSize="9"' in written
    assert 'orientation="landscape"' in written
    assert "Trang &amp;P/&amp;N" in written
    assert "Đảng bộ xã An Hòa" in written
    assert "_xlnm.Print_Titles" in part(raw, "xl/workbook.xml")


def test_a_date_known_to_the_year_or_before_excel_knew_days_stays_a_text() -> None:
    rows = [
        [KnownDate(date(1975, 1, 1), "year")],
        [KnownDate(date(1975, 4, 2))],
        [date(1890, 5, 19)],
        ["=1+1"],
    ]
    file, counts = workbook([Sheet("Thử", [Column("Ngày", 10, "date")], rows)])

    written = [row["A"] for row in read(file.read()).rows][2:]
    assert written == ["1975", (date(1975, 4, 2) - EXCEL_DAY_0).days, "19/05/1890", "=1+1"]
    assert counts == [4]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Chi bộ [1/2]: tổ dân phố?", "Chi bộ 1 2 tổ dân phố"),
        ("'", "Danh sách"),
        ("x" * 40, "x" * 31),
    ],
)
def test_any_words_make_a_name_that_a_sheet_may_have(words: str, expected: str) -> None:
    assert sheet_name(words, set()) == expected


def test_two_sheets_of_a_book_never_have_one_name() -> None:
    taken: set[str] = set()

    names = [sheet_name("Danh sách đảng viên của chi bộ thôn Đông", taken) for _ in range(3)]
    assert len({name.casefold() for name in names}) == 3
    assert all(len(name) <= 31 for name in names)


@pytest.mark.parametrize(
    ("account", "path", "title"),
    [
        ("officer", "/to-chuc.xlsx", "Danh sách tổ chức đảng"),
        ("cell_a1", "/to-chuc.xlsx", "Danh sách tổ chức đảng"),
        ("officer", "/viec-can-lam.xlsx", "Việc cần làm"),
        ("member_a1", "/viec-can-lam.xlsx", "Việc cần làm"),
        ("officer", "/hoi-nghi/nhiem-vu.xlsx", "Nhiệm vụ đang theo dõi"),
        ("secretary_a", "/hoi-nghi/nhiem-vu.xlsx", "Nhiệm vụ được giao"),
        ("officer", "/to-chuc/huyen/chuc-vu.xlsx", "Danh sách chức vụ"),
    ],
)
def test_every_list_is_a_workbook_with_its_title_and_an_entry_in_the_trail(
    cast: Cast, account: str, path: str, title: str
) -> None:
    own = getattr(cast, account)
    sheet = read(entered(own).get(path).getvalue())

    assert title in {row.get("A") for row in sheet.rows}
    assert Entry.objects.get(action="list.downloaded").account == own.pk


def test_the_workbook_of_organisations_has_each_under_its_superior_with_its_members(cast: Cast) -> None:
    rows = read(entered(cast.officer).get("/to-chuc.xlsx").getvalue()).rows
    named = {str(row["B"]).strip(): row for row in rows if isinstance(row.get("A"), float)}

    assert named["Chi bộ thôn Đông"]["F"] == "Đảng bộ xã An Hòa"
    assert str(named["Chi bộ thôn Đông"]["B"]).startswith("    ")
    below = [named[o.name]["H"] for o in (cast.a1, cast.a2, cast.a3)]
    assert named["Đảng bộ xã An Hòa"]["H"] == sum(float(n) for n in below)
    assert "H" not in named["Ban Tổ chức Huyện ủy"]


def test_a_row_is_as_high_as_its_longest_text_needs() -> None:
    file, _counts = workbook(
        [Sheet("Thử", [Column("Tên", 10)], [["một hai ba bốn năm sáu"], ["ngắn"], ["a\nb\nc"]])]
    )

    heights = part(file.read(), "xl/worksheets/sheet1.xml").split("<row ")[3:]
    assert ['ht="' in row for row in heights] == [True, False, True]
    assert 'ht="45"' in heights[2]

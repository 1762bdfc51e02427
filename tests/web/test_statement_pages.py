"""The statement of increase and decrease, the people behind its figures, lists on a day, and reports."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cast import TODAY, Cast, decided, recorded_on
from tochuc.members import actions, branches, ledger
from tochuc.members.models import Person
from web.browsing import entered, errors, own_folders, shown, words  # noqa: F401
from web.sheet import read

pytestmark = pytest.mark.usefixtures("own_folders")
MOST_QUERIES = 15
EXCEL_DAY_0 = date(1899, 12, 30)
YEAR_2022 = "?tu=1/1/2022&den=31/12/2022"


def figures(page: Any) -> dict[str, list[int]]:
    """The statement's rows by label: total, official, probationary."""
    return {
        row["label"].removesuffix(" *"): [c["value"] if isinstance(c, dict) else c for c in row["cells"]]
        for row in page.context["rows"]
    }


# The statement


def test_the_statement_shows_opening_increase_decrease_and_closing_and_says_that_it_adds_up(
    cast: Cast,
) -> None:
    page = entered(cast.secretary_a).get(f"/to-chuc/xa-a/bien-dong/{YEAR_2022}")
    found = figures(page)

    assert found["Kết nạp mới"] == [1, 0, 1]
    assert found["Chuyển đến"] == [1, 1, 0]
    assert found["Từ trần"][0] == found["Xóa tên"][0] == found["Chuyển đi"][0] == 1
    opening, closing = found["Đảng viên có đầu kỳ"][0], found["Đảng viên có cuối kỳ"][0]
    assert opening + found["Tăng trong kỳ"][0] - found["Giảm trong kỳ"][0] == closing
    assert "Số liệu khớp" in words(page)


def test_a_move_within_the_commune_counts_for_its_cells_but_not_for_the_commune(cast: Cast) -> None:
    client = entered(cast.secretary_a)
    commune = client.get(f"/to-chuc/xa-a/bien-dong/{YEAR_2022}")
    below = {row["label"]: row["cells"] for row in commune.context["below"]}

    assert sum(cells[1] for cells in below.values()) == figures(commune)["Tăng trong kỳ"][0] + 1
    assert sum(cells[3] for cells in below.values()) == figures(commune)["Đảng viên có cuối kỳ"][0]


def test_the_statement_says_from_when_to_when_and_as_known_when(cast: Cast) -> None:
    client = entered(cast.secretary_a)

    assert "Từ ngày 01/01/2023 đến ngày 20/04/2023, theo hồ sơ hôm nay" in words(
        client.get("/to-chuc/xa-a/bien-dong/")
    )
    assert "Từ ngày 01/01/2022 đến ngày 31/12/2022, theo hồ sơ biết đến ngày 10/01/2023" in words(
        client.get(f"/to-chuc/xa-a/bien-dong/{YEAR_2022}&biet=10/1/2023")
    )


def test_asked_as_known_on_a_past_day_it_gives_what_was_known_then(cast: Cast) -> None:
    with recorded_on(date(2023, 2, 15)):
        actions.append(
            cast.people["other_a1"],
            "died",
            on=date(2022, 12, 20),
            by=cast.actor(),
            today=date(2023, 2, 15),
        )
    client = entered(cast.secretary_a)

    now = figures(client.get(f"/to-chuc/xa-a/bien-dong/{YEAR_2022}"))
    then = figures(client.get(f"/to-chuc/xa-a/bien-dong/{YEAR_2022}&biet=10/1/2023"))
    assert now["Từ trần"][0] == 2
    assert then["Từ trần"][0] == 1


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ("?tu=31/2/2022", "tu", "Không có ngày 31/02/2022"),
        ("?den=1/1/2024", "den", "chưa tới"),
        ("?biet=hôm qua", "biet", "Không đọc được ngày"),
        ("?tu=1/3/2023&den=1/2/2023", "tu", "Ngày bắt đầu phải trước ngày kết thúc"),
    ],
)
def test_a_period_that_cannot_be_is_refused_and_what_was_typed_stays(
    cast: Cast, query: str, field: str, said: str
) -> None:
    page = entered(cast.secretary_a).get(f"/to-chuc/xa-a/bien-dong/{query}")

    assert said in errors(page)
    assert shown(page).xpath(f"//input[@id='id_{field}']")


def test_rows_not_read_in_the_text_of_the_form_are_marked(cast: Cast) -> None:
    page = words(entered(cast.secretary_a).get("/to-chuc/xa-a/bien-dong/"))

    assert "Kết nạp mới *" in page
    assert "Đảng viên có cuối kỳ *" not in page


def test_statements_side_by_side_are_those_of_each_branch_alone(cast: Cast) -> None:
    first, last = date(2022, 1, 1), date(2022, 12, 31)
    every = cast.organisations

    found, _sympathisers = branches.statements(every, first, last)

    assert found == {one.pk: ledger.statement(one, first, last) for one in every}


def test_statements_year_by_year_are_those_of_each_year_alone(cast: Cast) -> None:
    found = branches.years(cast.district, [2020, 2021, 2022, 2023], TODAY)

    for year, statement in found.items():
        last = min(date(year, 12, 31), TODAY)
        assert statement == ledger.statement(cast.district, date(year, 1, 1), last)


# The people behind a figure


def test_every_figure_opens_exactly_as_many_people_as_it_says(cast: Cast) -> None:
    client = entered(cast.secretary_a)
    page = client.get(f"/to-chuc/xa-a/bien-dong/{YEAR_2022}")
    asked = [cell for row in page.context["rows"] for cell in row["cells"] if isinstance(cell, dict)]

    assert len(asked) > 10
    for cell in asked:
        behind = client.get(cell["url"])
        assert behind.context["page"].paginator.count == abs(cell["value"]), cell["url"]


def test_figures_as_known_on_a_past_day_open_those_who_were_known_then(cast: Cast) -> None:
    with recorded_on(date(2023, 2, 15)):
        actions.append(
            cast.people["other_a1"],
            "died",
            on=date(2022, 12, 20),
            by=cast.actor(),
            today=date(2023, 2, 15),
        )
    client = entered(cast.secretary_a)
    page = client.get(f"/to-chuc/xa-a/bien-dong/{YEAR_2022}&biet=10/1/2023")
    asked = [cell for row in page.context["rows"] for cell in row["cells"] if isinstance(cell, dict)]

    assert len(asked) > 10
    for cell in asked:
        behind = client.get(cell["url"])
        assert behind.context["page"].paginator.count == abs(cell["value"]), cell["url"]
        assert "theo hồ sơ biết đến ngày 10/01/2023" in words(behind)
    closing = next(
        cell["url"] for cell in asked if "dong=closing" in cell["url"] and "la=" not in cell["url"]
    )
    late = cast.people["other_a1"].full_name
    assert late in words(client.get(closing))
    sheet = closing.replace("chi-tiet/", "chi-tiet.xlsx")
    assert late in {row.get("B") for row in read(client.get(sheet).getvalue()).rows}
    assert late not in words(client.get(closing.replace("&biet=10%2F01%2F2023", "")))


def test_behind_departures_stand_who_when_and_where_to(cast: Cast) -> None:
    page = words(
        entered(cast.secretary_a).get(f"/to-chuc/xa-a/bien-dong/chi-tiet/{YEAR_2022}&dong=transferred_out")
    )

    assert "Mai Xuân Trường" in page
    assert "10/08/2022" in page
    assert "Đảng bộ Quân đội" in page


def test_a_name_leads_to_the_record_only_where_one_may_read_it(cast: Cast) -> None:
    page = entered(cast.cell_a1).get(f"/to-chuc/xa-a-thon-dong/bien-dong/chi-tiet/{YEAR_2022}&dong=increase")
    linked = {row["name"]: row["url"] for row in page.context["rows"]}
    assert linked["Lý Thanh Tùng"].startswith("/dang-vien/")

    left = entered(cast.secretary_b).get(f"/to-chuc/xa-b/bien-dong/chi-tiet/{YEAR_2022}&dong=decrease")
    linked = {row["name"]: row["url"] for row in left.context["rows"]}
    assert linked["Lý Thanh Tùng"] == ""


@pytest.mark.parametrize(
    "query", ["?dong=khong-co", "?dong=admitted&tu=31/2/2022", "?dong=opening&phan=decrease"]
)
def test_a_figure_that_does_not_exist_is_not_found(cast: Cast, query: str) -> None:
    assert entered(cast.secretary_a).get(f"/to-chuc/xa-a/bien-dong/chi-tiet/{query}").status_code == 404


# The list on a day


def test_the_list_of_a_past_day_holds_those_who_belonged_then(cast: Cast) -> None:
    page = entered(cast.secretary_a).get("/to-chuc/xa-a-thon-dong/dang-vien/?ngay=1/1/2022")
    names = {row["name"] for row in page.context["rows"]}

    assert {"Cao Văn Năm", "Trịnh Công Phú", "Mai Xuân Trường"} <= names
    assert "Lý Thanh Tùng" not in names
    assert "Số liệu đến ngày 01/01/2022" in words(page)


def test_a_day_that_cannot_be_read_is_said_and_today_is_shown(cast: Cast) -> None:
    page = words(entered(cast.cell_a1).get("/to-chuc/xa-a-thon-dong/dang-vien/?ngay=32/1/2022"))

    assert "Không có ngày 32/01/2022" in page
    assert "Danh sách dưới đây là của hôm nay" in page


def test_the_list_is_filtered_by_word_standing_and_cell_and_sorted(cast: Cast) -> None:
    client = entered(cast.secretary_a)

    def names(query: str) -> list[str]:
        return [row["name"] for row in client.get(f"/to-chuc/xa-a/dang-vien/{query}").context["rows"]]

    assert names("?q=thanh") == ["Nguyễn Văn Thành", "Lý Thanh Tùng"]
    assert names("?la=du-bi") == ["Nguyễn Thị Thảo"]
    assert names("?chi-bo=xa-a-thon-tay") == ["Đặng Thị Hồng", "Đỗ Văn Tám"]
    assert names("?xep=ngay-sinh")[0] == "Ngô Văn Sáu"
    assert names("?xep=ngay-sinh&chieu=giam")[-1] == "Ngô Văn Sáu"


def test_the_spreadsheet_holds_the_same_list_with_days_as_days_and_numbers_as_numbers(cast: Cast) -> None:
    answer = entered(cast.secretary_a).get("/to-chuc/xa-a/dang-vien.xlsx?chi-bo=xa-a-thon-dong")

    sheet = read(answer.getvalue())
    assert [row["A"] for row in sheet.rows[:2]] == ["Đảng bộ xã An Hòa", "Danh sách đảng viên"]
    head, first, *rest = [row for row in sheet.rows if "B" in row]
    assert list(head.values())[:4] == ["Số TT", "Họ và tên", "Ngày sinh", "Giới tính"]
    assert (first["A"], first["B"]) == (1, "Võ Đình Cường")
    assert first["G"] == (date(1985, 8, 19) - EXCEL_DAY_0).days
    assert len(rest) + 1 == 7
    assert sheet.frozen_at == "C8"


def test_a_name_like_a_formula_is_written_as_text(cast: Cast) -> None:
    Person.objects.filter(pk=cast.people["member_a1"].pk).update(full_name="=1+1 Lan")

    sheet = read(entered(cast.secretary_a).get("/to-chuc/xa-a-thon-dong/dang-vien.xlsx").getvalue())

    assert "=1+1 Lan" in {row.get("B") for row in sheet.rows}
    assert sheet.formulas == 0


# Reports


def test_reports_show_four_years_and_lead_to_each_statement(cast: Cast) -> None:
    client = entered(cast.secretary_a)
    page = client.get("/bao-cao/")

    assert [column["label"] for column in page.context["columns"]] == [
        "2023, đến nay",
        "2022",
        "2021",
        "2020",
    ]
    for _year, url in page.context["statements"]:
        assert client.get(url).status_code == 200


def test_every_figure_of_the_reports_opens_as_many_people(cast: Cast) -> None:
    client = entered(cast.officer)
    asked = [
        c for row in client.get("/bao-cao/").context["rows"] for c in row["cells"] if isinstance(c, dict)
    ]

    assert len(asked) > 10
    for cell in asked:
        assert client.get(cell["url"]).context["page"].paginator.count == cell["value"], cell["url"]


@pytest.mark.parametrize(
    "path",
    [
        "/to-chuc/xa-a/dang-vien/",
        "/to-chuc/xa-a/dang-vien.xlsx",
        "/to-chuc/xa-a/bien-dong/",
        f"/to-chuc/xa-a/bien-dong/{YEAR_2022}&biet=10/1/2023",
        f"/to-chuc/xa-a/bien-dong/chi-tiet/{YEAR_2022}&dong=decrease",
        f"/to-chuc/xa-a/bien-dong/chi-tiet/{YEAR_2022}&dong=opening",
        f"/to-chuc/xa-a/bien-dong/chi-tiet/{YEAR_2022}&dong=decrease&biet=10/1/2023",
        f"/to-chuc/xa-a/bien-dong/chi-tiet/{YEAR_2022}&dong=opening&biet=10/1/2023",
        "/bao-cao/",
    ],
)
def test_pages_of_a_commune_ask_at_most_fifteen_queries(
    cast: Cast, path: str, django_assert_max_num_queries: Any
) -> None:
    client = entered(cast.secretary_a)

    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(path).status_code == 200


def test_the_admission_of_the_day_stands_in_the_statement_of_cell_commune_and_district(cast: Cast) -> None:
    actions.admit(
        cast.people["sympathiser_a1"],
        cell=cast.a1,
        on=date(2023, 4, 19),
        decision=decided(date(2023, 4, 10)),
        by=cast.actor("cell_a1"),
        today=TODAY,
    )
    client = entered(cast.officer)

    for code in ("xa-a-thon-dong", "xa-a", "huyen"):
        assert figures(client.get(f"/to-chuc/{code}/bien-dong/"))["Kết nạp mới"] == [1, 0, 1]

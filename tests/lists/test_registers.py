"""The official lists: whom they hold, in the columns of their forms, and where the forms come from."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cast import TODAY, Cast
from tochuc.audit.models import Entry
from tochuc.kernel.errors import NotInForce
from tochuc.lists import badge_rounds, party_days, registers
from tochuc.lists.registers import Span
from tochuc.members.models import MemberEvent, Person
from tochuc.rules.load import rule_book
from tochuc.rules.member_lists import member_list, member_lists, read_member_lists
from web.browsing import entered, errors, own_folders, words  # noqa: F401
from web.sheet import read

pytestmark = pytest.mark.usefixtures("own_folders")
A1 = "/to-chuc/xa-a-thon-dong/so-danh-sach/"
A = "/to-chuc/xa-a/so-danh-sach/"


def listed(
    cast: Cast, code: str, place: Any, first: date = date(2022, 1, 1), last: date = TODAY
) -> dict[str, Any]:
    form = member_list(code, last)
    rows = list(registers.rows(form, place, Span(first, last), today=TODAY))
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
    assert all(len(row) == len(form.columns) for row in rows)
    heads = [tuple(column.holds) for column in form.columns]
    name = next(n for n, held in enumerate(heads) if "name" in held)
    return {str(row[name]).split("\n")[0]: dict(zip(heads, row, strict=True)) for row in rows}


def test_the_register_of_a_cell_has_the_fourteen_columns_of_7_HSĐV() -> None:
    """Mẫu 7-HSĐV, Hướng dẫn 12-HD/BTCTW ngày 18/01/2022."""
    form = member_list("so-danh-sach-dang-vien", date(2023, 4, 20))

    assert len(form.columns) == 14
    assert form.form == "7-HSĐV"
    assert "12-HD/BTCTW" in form.why


def test_before_its_document_a_form_is_not_known() -> None:
    with pytest.raises(NotInForce):
        member_list("so-danh-sach-dang-vien", date(2022, 1, 17))
    assert "so-danh-sach-dang-vien" not in {form.code for form in member_lists(date(2020, 1, 1))}


def test_the_register_holds_those_who_left_and_says_when_whither_and_how(cast: Cast) -> None:
    rows = listed(cast, "so-danh-sach-dang-vien", cast.a1)

    assert rows["Mai Xuân Trường"][("left_on", "left_to")] == "10/08/2022\nĐảng bộ Quân đội"
    assert rows["Cao Văn Năm"][("died_on",)] == date(2022, 7, 20)
    assert rows["Trịnh Công Phú"][("out_on", "out_how")] == "05/12/2022\nXóa tên"
    assert rows["Lý Thanh Tùng"][("came_on", "came_from")].split("\n")[1].startswith("Chi bộ")
    assert rows["Bùi Thị Lan"][("left_on", "left_to")] == ""
    assert "Trần Văn Hậu" not in rows, "a sympathiser isn't a member"


def test_a_transfer_inside_the_commune_neither_leaves_nor_enters_its_register(cast: Cast) -> None:
    rows = listed(cast, "so-danh-sach-dang-vien", cast.commune_b)

    assert rows["Vũ Thị Hạnh"][("came_on", "came_from")] == ""
    assert rows["Vũ Thị Hạnh"][("left_on", "left_to")] == ""
    own = listed(cast, "so-danh-sach-dang-vien", cast.b3)
    assert own["Vũ Thị Hạnh"][("came_on", "came_from")] == "01/07/2021\nChi bộ khối Hạ"


def test_transfers_out_and_in_stand_in_10_SHĐ_with_both_ends(cast: Cast) -> None:
    out = listed(cast, "gioi-thieu-sinh-hoat-di", cast.commune_a)
    into = listed(cast, "gioi-thieu-sinh-hoat-den", cast.commune_a)

    assert out["Mai Xuân Trường"][("moved_to",)] == "Đảng bộ Quân đội"
    assert out["Mai Xuân Trường"][("moved_from",)] == "Chi bộ thôn Đông"
    assert "Lý Thanh Tùng" in into


def test_admissions_of_the_period_with_their_decisions(cast: Cast) -> None:
    rows = listed(cast, "moi-ket-nap", cast.commune_a)
    event = MemberEvent.objects.get(person=cast.people["probation_a1"], kind="admitted")

    assert list(rows) == ["Nguyễn Thị Thảo"]
    assert rows["Nguyễn Thị Thảo"][("paper",)] == event.decision_number
    assert rows["Nguyễn Thị Thảo"][("moved_on",)] == date(2022, 5, 10)
    assert listed(cast, "moi-ket-nap", cast.commune_a, date(2023, 1, 1)) == {}


def test_whoever_comes_to_a_mark_after_the_last_occasion_is_on_the_list_of_the_next(cast: Cast) -> None:
    """Huy hiệu Đảng: an occasion lists whoever came to a mark on or before it and after the one before."""
    people = list(Person.objects.filter(home=cast.a1, standing="official"))
    ages = party_days.ages([p.pk for p in people], TODAY)
    marks = {p: party_days.badge_day(ages[p.pk], 40) for p in people if p.pk in ages}
    # Not one whose mark falls on the very day of an occasion.
    person, on = next((p, day) for p, day in marks.items() if (day.month, day.day) != (2, 3))
    found = set()
    for first, last in (
        (date(on.year - 1, 11, 7), date(on.year, 2, 3)),
        (date(on.year, 2, 3), date(on.year, 5, 19)),
        (date(on.year, 5, 19), date(on.year, 9, 2)),
        (date(on.year, 9, 2), date(on.year, 11, 7)),
        (date(on.year, 11, 7), date(on.year + 1, 2, 3)),
    ):
        rows = listed_badges(cast, first, last)
        if person.full_name in rows and rows[person.full_name] == "40 năm":
            found.add(last)
            assert first < on <= last
    assert len(found) == 1


def listed_badges(cast: Cast, first: date, last: date) -> dict[str, str]:
    form = member_list("huy-hieu-dang", TODAY)
    rows = registers.rows(form, cast.a1, Span(first, last), today=TODAY)
    return {row[1]: row[9] for row in rows}


def test_the_occasions_to_choose_from_begin_with_the_one_just_past(cast: Cast) -> None:
    assert badge_rounds.occasions(TODAY)[:3] == [date(2023, 2, 3), date(2023, 5, 19), date(2023, 9, 2)]
    assert badge_rounds.before(date(2023, 2, 3)) == date(2022, 11, 7)


@pytest.mark.parametrize("form", member_lists(TODAY), ids=lambda form: form.code)
def test_every_list_opens_says_where_its_form_comes_from_and_is_a_workbook_of_the_same_rows(
    cast: Cast, form: Any
) -> None:
    client = entered(cast.secretary_a)
    page = client.get(f"{A}{form.code}/?tu=1/1/2022")
    sheet = read(client.get(f"{A}{form.code}.xlsx?tu=1/1/2022").getvalue())

    assert page.status_code == 200
    assert form.why.split(".")[0] in words(page)
    numbered = [row for row in sheet.rows if row.get("A") == 1 and row.get("B") == 2]
    assert len(numbered) == 1
    # The columns' numbers come first, then the people.
    people = [row for row in sheet.rows if isinstance(row.get("A"), float)][1:]
    assert len(people) == len(page.context["rows"])


def test_looking_at_an_official_list_is_noted(cast: Cast) -> None:
    entered(cast.cell_a1).get(f"{A1}so-danh-sach-dang-vien/")

    assert Entry.objects.filter(action="list.opened", account=cast.cell_a1.pk).count() == 1


@pytest.mark.parametrize("query", ["tu=2/1/2023&den=1/1/2023", "den=31/2/2023", "tu=mai"])
def test_days_that_cannot_be_used_are_said_and_give_no_list(cast: Cast, query: str) -> None:
    client = entered(cast.secretary_a)
    page = client.get(f"{A}moi-ket-nap/?{query}")

    assert errors(page)
    assert page.context["rows"] == []
    assert client.get(f"{A}moi-ket-nap.xlsx?{query}").status_code == 404


def test_an_unknown_list_is_not_found(cast: Cast) -> None:
    assert entered(cast.secretary_a).get(f"{A}khong-co/").status_code == 404


@pytest.mark.parametrize("code", ["so-danh-sach-dang-vien", "gioi-thieu-sinh-hoat-di", "huy-hieu-dang"])
def test_an_official_list_asks_at_most_fifteen_queries(
    cast: Cast, code: str, django_assert_max_num_queries: Any
) -> None:
    client = entered(cast.secretary_a)

    # Three more are the entry in the trail.
    with django_assert_max_num_queries(15 + 3):
        client.get(f"{A}{code}/")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- {code: x, title: Danh sách, about: '', editions: []}", "cần ít nhất một mục"),
        (
            "- {code: x, title: Danh sách, about: '', editions: [{from: 2022-01-18, confidence: text, "
            "columns: [{label: Số TT, width: 6, holds: [number]}, {label: Tên, width: 9, holds: [name]}]}]}",
            "phải nêu văn bản",
        ),
        (
            "- {code: x, title: Danh sách, about: '', editions: [{from: 2021-01-18, form: 7-HSĐV, "
            "cite: {source: hd-12-btctw-2022, article: mẫu}, confidence: text, "
            "columns: [{label: Tên, width: 9, holds: [name]}, {label: Tên, width: 9, holds: [name]}]}]}",
            "cột đầu phải là số thứ tự",
        ),
        ("- {code: x, title: Danh sách, about: '', editions: [], columns: 3}", "columns"),
    ],
)
def test_a_table_of_forms_with_a_mistake_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "member_lists.yaml"
    path.write_text(text, encoding="utf-8")

    _lists, problems = read_member_lists(path, rule_book().sources)
    assert any(said in problem for problem in problems), problems

"""What a person says of a file's columns, sheets and header decides over what its headings say."""

from __future__ import annotations

from typing import Any

import pytest

from exchange.intake.books import grid, xlsx
from exchange.intake.clerk import read
from tochuc.exchange.intake.corrections import Corrections, WrongCorrection, parse_columns
from tochuc.exchange.intake.kinds import seen_sheets
from tochuc.exchange.intake.refused import Unreadable

ODD = xlsx(
    grid(
        "Sheet1",
        """
        Theo dõi năm 2026
        Stt|Người|Mốc 1|Mốc 2|Mốc 3|Chi bộ
        1|Nguyễn Văn An|1970|3/2/1995|3/2/1996|Thôn 1
        2|Lê Thị Bình|5/1971|19/5/1996||Thôn 2
        """,
    )
)
TOLD = {"B": "full_name", "C": "birth", "D": "admitted_on", "E": "official_on"}


def _fields(raw: bytes, **said: Any) -> list[dict[str, Any]]:
    return [one["fields"] for one in read(raw, corrections=Corrections(**said)) if "row" in one]


def test_a_list_without_known_headings_is_read_once_its_row_and_columns_are_told() -> None:
    with pytest.raises(Unreadable):
        read(ODD)
    assert _fields(ODD, header_rows={"Sheet1": 2}, columns=TOLD) == [
        {
            "full_name": "Nguyễn Văn An",
            "birth": "1970",
            "admitted_on": "1995-02-03",
            "official_on": "1996-02-03",
            "cell": "Thôn 1",
        },
        {"full_name": "Lê Thị Bình", "birth": "1971-05", "admitted_on": "1996-05-19", "cell": "Thôn 2"},
    ]


def test_a_row_that_is_told_without_a_column_for_names_is_still_no_header() -> None:
    with pytest.raises(Unreadable) as refused:
        _fields(ODD, header_rows={"Sheet1": 2})
    assert refused.value.code == "no_header"


def test_a_column_told_not_to_be_used_is_ignored_and_said_so() -> None:
    raw = xlsx(grid("ds", "STT|Họ và tên|Ngày sinh|Ghi chú\n1|Nguyễn Văn An|1970|ốm"))
    head, row = read(raw, corrections=Corrections(columns={"D": ""}))
    assert head["columns"] == {"B": "full_name", "C": "birth"}
    assert head["ignored_columns"] == ["D"]
    assert "note" not in row["fields"]


def test_a_field_told_of_one_column_is_read_from_no_other() -> None:
    raw = xlsx(grid("ds", "STT|Họ và tên|Ngày sinh|Ngày vào ngành\n1|Nguyễn Văn An|1970|1965"))
    assert _fields(raw, columns={"D": "birth"}) == [{"full_name": "Nguyễn Văn An", "birth": "1965"}]


def test_three_columns_told_to_be_one_date_are_its_day_month_and_year() -> None:
    raw = xlsx(grid("ds", "STT|Họ và tên|a|b|c\n1|Nguyễn Văn An|2|4|1975"))
    assert _fields(raw, columns=dict.fromkeys("CDE", "birth"))[0]["birth"] == "1975-04-02"


def test_only_the_sheets_that_were_named_are_read_hidden_or_not() -> None:
    one, two = (
        grid(name, f"STT|Họ và tên|Ngày sinh\n1|Nguyễn Văn {name}|1970", hidden=name == "Hai")
        for name in ("Một", "Hai")
    )
    assert [one["full_name"] for one in _fields(xlsx(one, two))] == ["Nguyễn Văn Một"]
    assert [one["full_name"] for one in _fields(xlsx(one, two), only=frozenset({"Hai"}))] == [
        "Nguyễn Văn Hai"
    ]


def test_what_is_remembered_of_a_kind_serves_other_files_with_the_same_headings_only() -> None:
    raw, same, other = (
        xlsx(grid("ds", f"Danh sách\nSTT|Họ và tên|{heading}\n1|{name}|1970"))
        for heading, name in (("Mốc 1", "Lê An"), ("MOC  1", "Lê Bình"), ("Mốc 2", "Lê Chi"))
    )
    kinds = {seen_sheets(raw)[0].fingerprint: {"C": "birth"}}
    for file, births in ((raw, ["1970"]), (same, ["1970"]), (other, [None])):
        assert [fields.get("birth") for fields in _fields(file, kinds=kinds)] == births


def test_seen_columns_show_their_first_values_and_what_was_proposed() -> None:
    (sheet,) = seen_sheets(ODD, Corrections(header_rows={"Sheet1": 2}, columns=TOLD))
    assert [(one.letter, one.heading, one.proposed, one.field) for one in sheet.columns] == [
        ("B", "Người", "", "full_name"),
        ("C", "Mốc 1", "", "birth"),
        ("D", "Mốc 2", "", "admitted_on"),
        ("E", "Mốc 3", "", "official_on"),
        ("F", "Chi bộ", "cell", "cell"),
    ]
    assert sheet.columns[1].samples == ("1970", "5/1971")


@pytest.mark.parametrize("typed", ["B", "B=ten", "=full_name", "1=full_name", "ABCD=birth"])
def test_a_correction_that_names_no_column_or_field_is_refused(typed: str) -> None:
    with pytest.raises(WrongCorrection):
        parse_columns([typed])
